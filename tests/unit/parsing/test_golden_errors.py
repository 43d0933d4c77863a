"""What is found of every mistake: in `errors/yaml` of the dialect, in `errors/model` of a model."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, TypeAdapter, model_validator

from runner.parsing import parse, validate
from runner.problems import InvalidValue
from runner.views.problems import as_json
from tests.diagnostics import values

ERRORS = Path(__file__).parents[2] / "golden" / "errors"
Case = pytest.mark.parametrize


class Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.replace("_", "-"),
        use_attribute_docstrings=True,
    )


def moment(value: object) -> str:
    if value == "2026-12-08\n  25:00\n":
        raise InvalidValue("bad-when", "there is no hour 25", line=2, column=3)
    if value == "2026-12-01 25:00":
        help = "hours go from 00 to 23"
        raise InvalidValue("bad-when", "there is no hour 25", help, column=12)
    if not isinstance(value, str):
        raise InvalidValue("bad-when", "this is not a moment", "such as `opens`")
    return value


Moment = Annotated[str, PlainValidator(moment)]
Words = str | dict[str, str]
How = Literal["reply", "mention", "hashtag"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class Media(Model):
    file: str = Field(examples=["media/jeans.jpg"])
    """Its path, from this file."""
    alt: Words
    """What it shows."""


class Part(Model):
    text: str


class Post(Model):
    at: Moment
    """When it goes out."""
    text: Words | None = None
    how: How | None = None
    thread: tuple[str | Part, ...] = ()
    media: tuple[Media, ...] = ()
    template: str | None = None
    reply_to: str | None = None

    @model_validator(mode="after")
    def text_or_thread(self) -> "Post":
        if self.text and self.thread:
            raise InvalidValue("one-text", "a post has a text or a thread, not both")
        return self


class Campaign(Model):
    posts: dict[Id, Post] = Field(min_length=1)
    """What to publish, by id."""
    prize: str | None = Field(None, min_length=1)
    """What there is to win."""
    hashtags: list[str] = Field(default=[], max_length=3)
    currency: str | None = Field(None, pattern="^[A-Z]{3}$")
    """A code of three letters, such as `EUR`."""
    timezone: str | None = None


class Contest(Campaign):
    kind: Literal["contest"]
    prize: str = Field(min_length=1)
    """What there is to win."""
    winners: int = Field(1, ge=1)
    """How many win."""
    how: How = "reply"
    draft: bool = False
    opens: Moment = ""
    closes: Moment = ""


class Launch(Campaign):
    kind: Literal["launch"]
    price: float


class Partner(Campaign):
    kind: Literal["partner"]
    partner: str


CAMPAIGN: TypeAdapter[Contest | Launch | Partner] = TypeAdapter(
    Annotated[Contest | Launch | Partner, Field(discriminator="kind")]
)


def named(folder: str) -> pytest.MarkDecorator:
    files = sorted((ERRORS / folder).glob("*.yaml"))
    return pytest.mark.parametrize("file", files, ids=lambda file: file.stem)


@named("yaml")
def test_a_mistake_of_yaml_is_explained(file, golden):
    parsed = parse(file.name, file.read_bytes())
    assert parsed.problems
    found = as_json(parsed.problems, {file.name: parsed.source})
    golden(file.with_suffix(".txt"), values(found))


@named("model")
def test_a_mistake_in_a_campaign_is_explained(file, golden):
    parsed = parse(file.name, file.read_bytes())
    campaign, problems = validate(parsed, CAMPAIGN)
    assert campaign is None
    assert parsed.problems or problems
    found = as_json([*parsed.problems, *problems], {file.name: parsed.source})
    golden(file.with_suffix(".txt"), values(found))


def test_every_text_belongs_to_a_file():
    texts = [text for folder in ("yaml", "model") for text in (ERRORS / folder).glob("*.txt")]
    assert len(texts) > 60
    assert [text.name for text in texts if not text.with_suffix(".yaml").exists()] == []
