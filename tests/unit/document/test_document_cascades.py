"""One mistake is one problem: what only follows from it is not told."""

from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Discriminator, TypeAdapter

from runner.document import parse, validate
from tests.diagnostics import did_you_mean


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Picture(Model):
    example: ClassVar[str] = "{file: a.jpg}"
    bare: ClassVar[str] = "file"

    file: str
    alt: str | None = None


class Post(Model):
    at: str
    text: str = ""
    media: list[Picture] = []


class Offer(Model):
    code: str
    percent: int = 0


class Price(Model):
    amount: int
    currency: str = "EUR"


class Sale(Model):
    kind: Literal["sale"]
    offer: Offer | None = None
    price: Price = Price(amount=1)
    title: str | None = None
    posts: dict[str, Post]


class Raffle(Model):
    kind: Literal["raffle"]
    prize: str
    posts: dict[str, Post] = {}


FILE = TypeAdapter(Annotated[Sale | Raffle, Discriminator("kind")])
POSTS = "posts: {a: {at: now}}\n"


def told(text):
    parsed = parse("a.yaml", text.encode())
    assert parsed.problems == ()
    _, problems = validate(parsed, FILE)
    return [(p.rule, p.message, p.help) for p in problems]


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        (
            f"kind: sale\nprice:\namount: 3\ncurrency: EUR\n{POSTS}",
            "`amount` and `currency` belong below `price`",
            "indent them by two spaces more than `price`",
        ),
        (
            "kind: sale\nposts:\n  a:\n  at: now\n  text: Hello\n",
            "`at` and `text` belong below `a`",
            "indent them by two spaces more than `a`",
        ),
        (
            "kind: sale\nposts:\na: {at: now}\n",
            "`a` belongs below `posts`",
            "indent it by two spaces more than `posts`",
        ),
    ],
)
def test_what_is_not_indented_is_told_once(text, message, help):
    assert told(text) == [("yaml-indent", message, help)]


@pytest.mark.parametrize(
    ("text", "key", "help"),
    [
        ("kind: sale\nat: now\n", "`at`", "it belongs below `posts.NAME`: move it there"),
        (
            f"kind: sale\npercent: 20\n{POSTS}",
            "`percent`",
            "it belongs below `offer`: move it there",
        ),
        (f"kind: sale\nprize: A\n{POSTS}", "`prize`", "only campaigns of kind `raffle` have it"),
        (
            "kind: sale\nposts: {a: {at: now, title: A}}\n",
            "`title`",
            "it belongs to the file as a whole: begin it at the left edge",
        ),
        (
            "kind: sale\nposts: {a: {at: now, media: [{file: a.jpg, text: Hello}]}}\n",
            "`text`",
            "it belongs below `posts.a`: move it there",
        ),
    ],
)
def test_a_key_at_the_wrong_place_is_told_where_it_belongs(text, key, help):
    assert told(text) == [("unknown-key", f"unknown key {key}", help)]


def test_keys_that_mean_one_are_told_together():
    assert told("kind: sale\nposts: {a: {date: today, time: now}}\n") == [
        (
            "unknown-key",
            "unknown keys `date` and `time`",
            did_you_mean("`at: today now`, for all of it"),
        )
    ]


def test_a_kind_under_another_name_is_not_missing():
    assert told(f"type: sale\n{POSTS}") == [
        ("unknown-key", "unknown key `type`", did_you_mean("`kind`"))
    ]


def test_no_secret_stands_in_a_file():
    (problem,) = told(f"kind: sale\napi_key: ABC\n{POSTS}")
    assert problem[2] == "no file holds a secret: `runner doctor` says where they belong"


def test_what_follows_a_comma_is_the_rest_of_the_text():
    (problem,) = told("kind: sale\nposts: {a: {text: Red, blue and so on, green, at: now}}\n")
    assert problem == (
        "comma-cut",
        "the comma before `blue and so on` ends the text",
        'quote the text: "Red, blue and so on, green", or leave out the comma',
    )


def test_a_known_key_without_a_value_is_not_the_rest_of_a_text():
    (problem,) = told("kind: sale\nposts: {a: {at: now, media}}\n")
    assert problem[0] == "wrong-type"


def test_a_text_in_the_place_of_keys_is_written_out():
    (problem,) = told("kind: sale\nposts: {a: {at: now, media: [b.jpg]}}\n")
    assert problem[2] == "write it like this: `{file: b.jpg}`"
    (problem,) = told("kind: sale\nposts: {a: {at: now, media: b.jpg}}\n")
    assert problem[2] == "write it like this: `media: [{file: b.jpg}]`"
