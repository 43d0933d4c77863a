"""What every kind of campaign may carry."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Self

from pydantic import Field, model_validator

from runner.models.fields import (
    Currency,
    Duration,
    Frozen,
    Hashtag,
    Id,
    Listed,
    LocaleCode,
    Model,
    Moment,
    Money,
    Name,
    SlotName,
    TimeOfDay,
    Url,
    Zone,
)
from runner.models.localized import Words
from runner.models.post import Post
from runner.models.post_parts import Media
from runner.problems import InvalidValue
from runner.when import When


class Offer(Model):
    """A price for those who act: a code, a discount, an end."""

    example: ClassVar[str] = "{code: SLIM20, percent: 20, until: 2026-12-31 20:00}"

    code: str | None = Field(default=None, min_length=1)
    """What people type at the till."""
    percent: int | None = Field(default=None, ge=1, le=100)
    """The discount in percent."""
    amount: Money | None = None
    """The discount as a sum of money."""
    currency: Currency | None = None
    """The currency of `amount`: EUR."""
    url: Url | None = None
    """Where it is taken up."""
    until: Moment = Field(examples=["2026-12-31 23:59"])
    """When it ends; the anchor `offer-ends`."""

    @model_validator(mode="after")
    def _amount_with_currency(self) -> Self:
        _together(self, "amount")
        return self


class Product(Model):
    """What is sold."""

    example: ClassVar[str] = "{name: Slim 27}"
    bare: ClassVar[str] = "name"

    name: Words = Field(examples=["Slim 27"])
    """Its name, as customers know it."""
    category: Words | None = None
    """What it is: jeans."""
    url: Url | None = None
    """Its page."""
    price: Money | None = None
    """Its price, with decimals as written: 59.90."""
    currency: Currency | None = None
    """The currency of the price: EUR."""
    media: Listed[Media] = Field(default=(), max_length=4)
    """Its pictures: shown by every post that takes its text from a standard template and has no
    media or poll of its own (`media: []` shows none)."""

    @model_validator(mode="after")
    def _price_with_currency(self) -> Self:
        _together(self, "price")
        return self


def _together(value: Offer | Product, name: str) -> None:
    """An amount and its currency."""
    amount = getattr(value, name)
    if amount is not None and value.currency is None:
        message, help = f"`{name}` has no currency", "add it: `currency: EUR`"
        raise InvalidValue("amount-and-currency", message, help, below=(name,))
    if amount is None and value.currency is not None:
        message, help = f"`currency` stands without `{name}`", f"add `{name}`, or remove it"
        raise InvalidValue("amount-and-currency", message, help, below=("currency",))


class BaseCampaign(Model):
    """What every kind of campaign may carry."""

    opening_anchor: ClassVar[str] = "starts"
    """The anchor from whose day a rhythm runs, when the campaign has no `starts`."""
    promotes: ClassVar[bool] = False
    """Whether a campaign of this kind is promotion unless it says otherwise."""
    usual_grace: ClassVar[timedelta] = timedelta(hours=12)
    """How late its posts may go out, where neither they, it nor runner.yaml say so."""

    kind: str
    id: Id | None = None
    """Its name in the ledger; the file's name by default. Keep the old one here when you rename."""
    title: Words | None = None
    """What it is called; for the reviewer, and for templates."""
    owner: str | None = None
    """Who answers for it."""
    account: Name | None = None
    """The account of `runner.yaml` that posts it."""
    accounts: Listed[Name] | None = Field(default=None, min_length=1)
    """The accounts that post it, each in its own locale."""
    timezone: Zone | None = None
    """The zone of `at`; the project's by default."""
    locale: LocaleCode | None = None
    """The language of its posts; each account's by default."""
    slots: Frozen[SlotName, TimeOfDay] = Field(default_factory=dict)
    """Named times of day, over those of the account and the project."""
    vars: Frozen[str, Words | Frozen[str, Words]] = Field(default_factory=dict)
    """Anything else that its templates need, by name."""
    link: Url | None = None
    """Where its posts lead; for templates as `link`."""
    hashtags: Listed[Hashtag] = ()
    """Words without the #; for templates as `hashtags`."""
    partner: Name | None = None
    """A partner of `runner.yaml`; disclosure follows from it."""
    offer: Offer | None = None
    """A code or a discount; gives the anchor `offer-ends`."""
    starts: Moment | None = None
    """Its first day, or its first moment."""
    ends: Moment | None = None
    """Its last day, inclusive; required where something recurs."""
    grace: Duration | None = None
    """How late its posts may go out; by default what `runner.yaml` gives the kind."""
    hold: bool = False
    """Stops it until removed."""
    draft: bool = False
    """Never goes out."""
    budget: Money | None = None
    """USD that its posts may cost in all."""
    promotional: bool | None = None
    """Whether its posts count as promotion; by default true for contest, launch and partner."""
    posts: Frozen[Id, Post] = Field(min_length=1)
    """What to publish, by id."""

    @model_validator(mode="after")
    def _account_or_accounts(self) -> Self:
        if self.account is None and self.accounts is None:
            raise InvalidValue(
                "account-or-accounts",
                "a campaign needs an account",
                "add `account: NAME`, a name under `accounts` in runner.yaml",
            )
        if self.account is not None and self.accounts is not None:
            raise InvalidValue(
                "account-or-accounts",
                "a campaign has `account` or `accounts`, not both",
                "keep `account` for one, `accounts` for several",
                below=("accounts",),
            )
        again = [at for at, name in enumerate(self.on) if name in self.on[:at]]
        if again:
            raise InvalidValue(
                "account-or-accounts",
                f"the account `{self.on[again[0]]}` is named twice",
                "name each once",
                below=("accounts", again[0]),
                on_key=False,
            )
        return self

    @model_validator(mode="after")
    def _end_of_rhythm(self) -> Self:
        recurring = [name for name, post in self.posts.items() if post.every]
        if recurring and self.ends is None:
            raise InvalidValue(
                "endless",
                f"`{recurring[0]}` recurs, and the campaign has no end",
                "add its last day to the campaign: `ends: 2026-12-31`",
                below=("posts", recurring[0], "every"),
            )
        return self

    @property
    def on(self) -> tuple[str, ...]:
        """The accounts that it is posted on."""
        return self.accounts or ((self.account,) if self.account else ())

    @property
    def anchors(self) -> Mapping[str, When | None]:
        """Its named moments; None where the name is known and the moment isn't yet."""
        given = {
            "starts": self.starts,
            "ends": self.ends,
            "offer-ends": self.offer.until if self.offer else None,
        }
        return {**{name: moment for name, moment in given.items() if moment}, **self.own_anchors}

    @property
    def own_anchors(self) -> Mapping[str, When | None]:
        """The anchors that its kind adds."""
        return {}

    @property
    def is_promotional(self) -> bool:
        return self.promotes if self.promotional is None else self.promotional
