"""`runner.yaml`: accounts, partners, money and rules of the whole project."""

from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from runner.models.campaign_file import Kind
from runner.models.fields import (
    Day,
    Duration,
    Frozen,
    Handle,
    Id,
    Listed,
    LocaleCode,
    Model,
    Money,
    SlotName,
    TimeOfDay,
    Zone,
)
from runner.models.inbox import InboxSettings
from runner.models.localized import Words, readable
from runner.models.report_settings import MOST_RIVALS, Goals, Rival, expect_others
from runner.models.rule_settings import Rules
from runner.problems import InvalidValue, joined, suggest

PROJECT_FILE: Final = "runner.yaml"
Relationship = Literal["paid", "gifted", "affiliate", "none"]


class Account(Model):
    """An account on X that the project posts as."""

    example: ClassVar[str] = "{handle: acme_lv, locale: lv}"
    bare: ClassVar[str] = "handle"

    handle: Handle
    """Its name on X, without the @."""
    locale: LocaleCode
    """The language that it writes."""
    tier: Literal["pay-per-use", "enterprise"] = "pay-per-use"
    """The access to X's API that its app has."""
    premium: bool = False
    """Whether it may write long posts (25,000 characters in place of 280)."""
    timezone: Zone | None = None
    """The zone of its slots; the project's by default."""
    owned: bool | None = None
    """Whether its user owns the app on X, which makes reading cost a fifth; so where it is the only
    account, unless this says otherwise."""
    slots: Frozen[SlotName, TimeOfDay] = Field(default_factory=dict)
    """Named times of day, over the project's."""
    hold: bool = False
    """Stops it until removed."""


class Partner(Model):
    """Somebody whom campaigns name."""

    example: ClassVar[str] = "{handle: loisjeans, name: Lois, relationship: paid}"
    bare: ClassVar[str] = "handle"

    handle: Handle
    """Their name on X, without the @."""
    name: Words
    """Their name, as people know it."""
    relationship: Relationship
    """What they give for being named; anything but `none` is disclosed."""
    until: Day | None = None
    """The last day of the agreement."""


class Utm(Model):
    """What is added to links, so that visits can be counted."""

    example: ClassVar[str] = "{source: x, medium: social}"

    source: str = "x"
    """utm_source."""
    medium: str = "social"
    """utm_medium."""


class Links(Model):
    """How links are written."""

    example: ClassVar[str] = "{utm: {source: x, medium: social}}"

    utm: Utm | None = None
    """Adds utm parameters to `link` and `product.url`; campaign and post become utm_campaign and
    utm_content."""


class Budget(Model):
    """What posting may cost."""

    example: ClassVar[str] = "{usd-per-month: 50}"
    bare: ClassVar[str] = "usd-per-month"

    usd_per_month: Money
    """USD in a calendar month (UTC), over all accounts."""
    reading: Money | None = None
    """USD in a calendar month (UTC) for reading the entries of contests, the numbers of our own
    posts, mentions and rivals, beside the other."""


class LedgerSettings(Model):
    """Where the record of what went out is kept."""

    example: ClassVar[str] = "{store: files}"
    bare: ClassVar[str] = "store"

    store: Literal["files", "git"] = "files"
    """`files`: a folder of one machine. `git`: branches of the repository, one an account."""
    branch: str = "runner-ledgers"
    """What the accounts' branches are below, for `git`: `runner-ledgers/shop`."""
    folder: str = ".runner/ledger"
    """The folder, for `files`."""

    @property
    def on_branches(self) -> bool:
        """Whether the store is on branches of the remote; all others are folders."""
        return self.store == "git"

    @property
    def place(self) -> str:
        """The branch or the folder of the store that is chosen."""
        return self.branch if self.on_branches else self.folder


class Project(Model):
    """`runner.yaml`."""

    timezone: Zone
    """The zone of all times that name no other."""
    slots: Frozen[SlotName, TimeOfDay] = Field(default_factory=dict)
    """Named times of day."""
    accounts: Frozen[Id, Account] = Field(min_length=1)
    """The accounts on X, by id."""
    partners: Frozen[Id, Partner] = Field(default_factory=dict)
    """Partners, by id."""
    disclosure: Annotated[Frozen[Relationship, Words], AfterValidator(readable)] = Field(
        default_factory=dict
    )
    """What discloses each relationship, in each locale; for templates as `disclosure`."""
    links: Links = Links()
    """How links are written."""
    budget: Budget | None = None
    """What posting may cost."""
    goals: Goals | None = None
    """What posting is meant to bring."""
    inbox: InboxSettings | None = None
    """What others say to us, and who answers; without it no mention is read."""
    rivals: Listed[Rival] = Field(default=(), max_length=MOST_RIVALS)
    """Accounts of others, whose rhythm reports show beside ours."""
    grace: Frozen[Kind, Duration] = Field(default_factory=dict)
    """How late a post may go out, by kind; a kind that it leaves out keeps its usual grace."""
    ledger: LedgerSettings = LedgerSettings()
    """Where the record of what went out is kept."""
    hold: bool = False
    """Stops everything until removed."""
    threshold: int = Field(default=5, ge=1)
    """More overdue posts than this on one account stop that account until a person has looked."""
    rules: Rules = Rules()
    """Settings of rules, under their ids."""

    @model_validator(mode="after")
    def _handles_differ(self) -> Self:
        """Two accounts of one handle would post past each other's rhythm and budget."""
        first: dict[str, str] = {}
        for id, account in self.accounts.items():
            other = first.setdefault(account.handle.casefold(), id)
            if other != id:
                message = f"`{account.handle}` is the handle of `{other}`, too"
                help, below = "mend the handle, or keep one of the two", ("accounts", id, "handle")
                raise InvalidValue("handle-twice", message, help, below=below, on_key=False)
        return self

    @model_validator(mode="after")
    def _somebody_answers(self) -> Self:
        name = self.inbox.answers_from if self.inbox else None
        if name is not None and name not in self.accounts:
            raise InvalidValue(
                "unknown-account",
                f"there is no account `{name}` in runner.yaml",
                suggest(name, self.accounts) or f"there are {joined(self.accounts)}",
                below=("inbox", "answers-from"),
                on_key=False,
            )
        return self

    @model_validator(mode="after")
    def _rivals_are_others(self) -> Self:
        expect_others(self.rivals, {id: each.handle for id, each in self.accounts.items()})
        return self

    def rivals_of(self, account: str) -> tuple[Rival, ...]:
        """Those that are held against an account of ours."""
        first = next(iter(self.accounts))
        return tuple(each for each in self.rivals if (each.account or first) == account)

    def zone_of(self, account: str) -> ZoneInfo:
        """The zone of an account's slots and quiet hours."""
        return self.accounts[account].timezone or self.timezone

    def is_owned(self, account: str) -> bool:
        """Whether the account's user owns the app on X, as far as anybody has said."""
        owned = self.accounts[account].owned
        return len(self.accounts) == 1 if owned is None else owned

    @property
    def monthly_budget(self) -> Decimal | None:
        """USD in a calendar month, or None without a bound."""
        return self.budget.usd_per_month if self.budget else None
