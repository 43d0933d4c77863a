"""A contest: people enter, some win; and what its terms tell beside its rules."""

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, field_validator, model_validator

from runner.models.campaign import BaseCampaign
from runner.models.codes import REGIONS
from runner.models.draw import REDRAWN, redraw_of
from runner.models.fields import (
    Currency,
    Duration,
    Frozen,
    Handle,
    Listed,
    Model,
    Moment,
    Money,
    Url,
    UtcMinute,
    XId,
)
from runner.models.formats import is_whole_hashtag
from runner.models.localized import Words
from runner.problems import InvalidValue
from runner.when import When

_MEANT: Final = {"UK": "GB", "EN": "GB", "SP": "ES", "EL": "GR"}
"""What people write for a country whose code is another one."""


class Organiser(Model):
    """Who gives the prize, and answers for the contest."""

    example: ClassVar[str] = "{name: SIA Acme, address: 'Brīvības iela 1, Rīga', contact: a@b.lv}"
    bare: ClassVar[str] = "name"

    name: str = Field(min_length=1, examples=["SIA Acme"])
    """The name of the company or the person, as the law has it."""
    address: str | None = Field(default=None, min_length=1, examples=["Brīvības iela 1, Rīga"])
    """Where letters reach it."""
    contact: str | None = Field(default=None, min_length=1, examples=["hello@acme.lv"])
    """An address for questions and complaints: e-mail, or a page."""


class PrizeValue(Model):
    """What prizes are worth."""

    example: ClassVar[str] = "{amount: 180, currency: EUR}"

    amount: Annotated[Money, Field(gt=Decimal(0))]
    """With decimals as written: 59.90."""
    currency: Currency
    """Its currency: EUR."""


def _country(value: object) -> object:
    if not isinstance(value, str) or (value.isalpha() and value in REGIONS):
        return value
    code = _MEANT.get(value.upper(), value.upper())
    raise InvalidValue(
        "bad-country",
        f"`{value}` is not the code of a country",
        f"write `{code}`" if code in REGIONS else "write its two letters: `LV`",
    )


Country = Annotated[
    str,
    BeforeValidator(_country),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$", "examples": ["LV"]}),
]
"""A country, by the two letters of ISO 3166."""


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
    expected: int = Field(default=1000, ge=1, le=10_000_000)
    """How many entries are expected, for what collecting will cost."""
    accept_missing: Frozen[UtcMinute, str] = Field(default_factory=dict)
    """Times from which entries are missing, in UTC as `runner collect` tells them, and why they are
    left out; without it no list is made past them."""

    @field_validator("account_age")
    @classmethod
    def _age_in_hours(cls, value: timedelta | None) -> timedelta | None:
        """Refuses an age that is not in whole hours, since nobody announces minutes."""
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


class EntriesKey(Model):
    """The public half of a contest's key, as `runner contest key` writes it."""

    example: ClassVar[str] = "{fingerprint: 4xkq…, user-id: '1234567890'}"

    fingerprint: str = Field(pattern=r"^[a-z2-7]{26}$")
    """Which key it is."""
    user_id: XId
    """The account's user id on X, which every ticket is made for."""


class Contest(BaseCampaign):
    """A contest: people enter between two moments; winners are drawn."""

    opening_anchor: ClassVar[str] = "opens"
    promotes: ClassVar[bool] = True
    usual_grace: ClassVar[timedelta] = timedelta(hours=4)
    closing_post: ClassVar[str] = "closed"
    """The post that carries the digest of the list of entries, where there is a `key`."""
    supplement_post: ClassVar[str] = "supplement"
    """The post that carries the digest of the list with its supplement, where it has one."""

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
    key: EntriesKey | None = None
    """The key of a contest whose draw anyone can check; without one it is drawn by hand."""
    draws: Moment | None = None
    """When it is drawn at the earliest, at least 18 hours after `closes`; the anchor `draws`. By
    default, where there is a `key`, `closes + 2d`."""
    claim_by: Moment = Field(default=When(base="drawn", days=7), examples=["drawn + 7d"])
    """Until when a winner has to answer; then the next in order wins. The anchor `claim-by`."""
    keep: Duration = timedelta(days=90)
    """How long what proves the draw is kept."""
    copy_at: Url | None = Field(
        default=None, examples=["https://acme.example/contests/winter-lois"]
    )
    """Where a copy of list and results lies for everyone, where the repository is private: `runner
    contest publish`. The post `closed` waits until the list can be read there."""
    organiser: Organiser | None = None
    """Who gives the prize, for the terms: `runner terms`."""
    prize_value: PrizeValue | None = None
    """What all prizes are worth together, for the terms."""
    audience: Listed[Country] = ()
    """The countries whose people it is for; everyone where it is left out."""

    @model_validator(mode="after")
    def _key_for_one_account(self) -> Self:
        if self.key and len(self.on) > 1:
            raise InvalidValue(
                "contest-key",
                "a contest with a key has one account, since its entries are those of one account",
                "name it: `account: NAME`; write a contest of its own for each other account",
                below=("accounts",),
            )
        return self

    @model_validator(mode="after")
    def _few_stand_by(self) -> Self:
        most = 2 * self.winners + 1
        if self.key and self.alternates > most:
            raise InvalidValue(
                "contest-key",
                f"a draw that anyone can check has {most} alternates at most, for {self.winners} "
                f"winner{'s' * (self.winners != 1)}",
                f"`alternates: {most}`",
                below=("alternates",),
                on_key=False,
            )
        return self

    @property
    def announcement(self) -> str:
        """The post that opens it."""
        at_opens = (name for name, post in self.posts.items() if str(post.at) == "opens")
        return next(at_opens, "announce")

    @property
    def _used_anchors(self) -> tuple[str, ...]:
        """What its posts stand on."""
        return tuple(post.at.anchor for post in self.posts.values() if post.at and post.at.anchor)

    @property
    def own_anchors(self) -> Mapping[str, When | None]:
        draws = self.draws or (When(base="closes", days=2) if self.key else None)
        known = {"opens": self.opens, "closes": self.closes}
        return {
            **known,
            **({"draws": draws} if draws else {}),
            "drawn": None,
            "claim-by": self.claim_by,
            REDRAWN: None,
            **{name: None for name in self._used_anchors if redraw_of(name)},
        }
