"""A contest: people enter, some win."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from runner.models.campaign import BaseCampaign
from runner.models.fields import Duration, Handle, Listed, Model, Moment
from runner.models.formats import is_whole_hashtag
from runner.models.localized import Words
from runner.problems import InvalidValue
from runner.when import When


class EntryRule(Model):
    """How people enter."""

    example: ClassVar[str] = "{how: reply}"
    bare: ClassVar[str] = "how"

    how: Literal["reply", "mention", "hashtag", "repost"]
    """What a person does to enter."""
    phrase: str | None = Field(default=None, min_length=1)
    """What the entry has to say: a phrase, or a hashtag with its #."""
    account_age: Duration | None = None
    """How old an account must be to win, in whole hours or days: `12h`, `30d`."""
    exclude: Listed[Handle] = ()
    """Who can't win: our own people."""

    @field_validator("account_age")
    @classmethod
    def _age_in_hours(cls, value: timedelta | None) -> timedelta | None:
        """Nobody announces minutes."""
        if value is not None and (not value or value % timedelta(hours=1)):
            hours = max(1, round(value / timedelta(hours=1)))
            message = "the age of an account is told in hours or days"
            raise InvalidValue("bad-duration", message, f"write `{hours}h`")
        return value

    @model_validator(mode="after")
    def _hashtag_has_one(self) -> Self:
        if self.how == "hashtag" and not (self.phrase or "").startswith("#"):
            tag = re.sub(r"\s", "", self.phrase or "") or "WinterLois"
            do = "write" if self.phrase else "add"
            raise InvalidValue(
                "contest-hashtag",
                "entering by hashtag needs the hashtag",
                f'{do} it with its # and in quotes: `phrase: "#{tag}"`',
                below=("phrase" if self.phrase else "how",),
            )
        return self

    @model_validator(mode="after")
    def _hashtags_are_whole(self) -> Self:
        for word in (self.phrase or "").split():
            if "{" in word:
                continue  # a tag, which is told where the phrase is shown
            if word.startswith("#") and not is_whole_hashtag(word[1:]):
                whole = re.sub(r"\W", "", word)
                raise InvalidValue(
                    "contest-hashtag",
                    f"X makes no hashtag of `{word}`, or only of a part",
                    f'write it in one word: `phrase: "#{whole}"`'
                    if is_whole_hashtag(whole)
                    else 'write one word with a letter in it: `phrase: "#WinterLois"`',
                    below=("phrase",),
                )
        return self


class Contest(BaseCampaign):
    """A contest: people enter between two moments; winners are drawn."""

    opening_anchor: ClassVar[str] = "opens"
    promotes: ClassVar[bool] = True
    usual_grace: ClassVar[timedelta] = timedelta(hours=4)

    kind: Literal["contest"]
    """What kind of campaign it is."""
    prize: Words = Field(examples=["three pairs of jeans"])
    """What there is to win."""
    opens: Moment
    """When entries begin to count."""
    closes: Moment = Field(examples=["2026-12-31 23:59"])
    """When entries stop to count."""
    entry: EntryRule
    """How people enter."""
    winners: int = Field(default=1, ge=1, le=1000)
    """How many win."""
    alternates: int = Field(default=0, ge=0, le=1000)
    """How many stand by, should a winner not answer."""

    @property
    def own_anchors(self) -> Mapping[str, When | None]:
        return {"opens": self.opens, "closes": self.closes, "drawn": None}


class Draw(Model):
    """`campaigns/results/<contest>.yaml`: what a draw came to; the reviewer may move `drawn`."""

    drawn: Moment = Field(examples=["2027-01-02 12:00"])
    """When the winners are public; the anchor `drawn`."""
    round: int | None = Field(default=None, ge=1, le=10**15)
    """The public source of randomness: its round."""
    digest: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """sha256 of the list of entries that was drawn from."""
    winners: Listed[Handle] = ()
    """Who won, in order."""
    alternates: Listed[Handle] = ()
    """Who stands by, in order."""
