"""Finding the occurrence that a person means by CAMPAIGN/POST."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from runner.ledger import Facts, Key
from runner.plan import PlanInputs, Vanished
from runner.problems import BadUsage, joined, suggest
from runner.publish import ResolutionTarget
from runner.schedule import EARLIEST_DUE, LATEST_DUE, Occurrence, Once, Timetable
from runner.value import Value, replace

AROUND = timedelta(days=2)
"""How far from its nominal date, in UTC, an occurrence may be due."""


class TypedPost(Value, kw_only=True):
    """A post's name as it was typed; None stands for what was left out."""

    campaign: str
    post: str
    nominal: str | None = None
    account: str | None = None

    @classmethod
    def parse(cls, text: str) -> "TypedPost":
        """What is typed as a post's name, taken apart. Raises BadUsage for anything else."""
        names = text.count("/")
        try:
            key = Key.parse(text if names > 1 else f"any/{text}")
        except ValueError:
            raise BadUsage(
                f"`{text}` is not the name of a post",
                help="write CAMPAIGN/POST, or CAMPAIGN/POST@2026-12-01.morning for one that recurs",
            ) from None
        account = key.account if names > 1 else None
        return cls(campaign=key.campaign, post=key.post, nominal=key.nominal, account=account)

    @classmethod
    def of(cls, key: Key) -> "TypedPost":
        """The post of an occurrence, by its whole name."""
        return cls(campaign=key.campaign, post=key.post, nominal=key.nominal, account=key.account)

    def on(self, account: str | None) -> "TypedPost":
        """The same post on this account only. Raises BadUsage when the name says another."""
        if account and self.account and account != self.account:
            raise BadUsage(
                f"the name says account `{self.account}`, and --account says `{account}`",
                help="leave out one of the two",
            )
        return replace(self, account=self.account or account)

    @property
    def periods(self) -> frozenset[tuple[str, str]]:
        """The periods of the ledger that may hold the post, each with its campaign."""
        months = {self.nominal[:7]} if self.nominal else set()
        return frozenset((self.campaign, period) for period in {"once", *months})

    def fits(self, key: Key) -> bool:
        """Whether an occurrence has this name; what the name leaves out may be anything."""
        return (
            (key.campaign, key.post) == (self.campaign, self.post)
            and self.nominal in (None, key.nominal)
            and self.account in (None, key.account)
        )

    def __str__(self) -> str:
        name = f"{self.campaign}/{self.post}"
        name = f"{self.account}/{name}" if self.account else name
        return f"{name}@{self.nominal}" if self.nominal else name


def resolution_target_of(target: TypedPost, inputs: PlanInputs, facts: Facts) -> ResolutionTarget:
    """The one occurrence with this name, with what the ledger and the files know of it. Raises
    BadUsage where there is none, or several."""
    known = declared_occurrences(target, inputs.timetables)
    keys = {key for key in facts.standings if target.fits(key)} | known.keys()
    key = _the_one_key(keys, target, inputs, facts)
    account = inputs.project.accounts.get(key.account)
    occurrence = known.get(key)
    return ResolutionTarget(
        key=key,
        standing=facts.standings.get(key),
        due=occurrence.due if occurrence else None,
        handle=account.handle if account else None,
        asked=occurrence is not None
        and Vanished(inputs.declared, facts).under_another_name(occurrence) is not None,
    )


def declared_occurrences(
    target: TypedPost, timetables: Iterable[Timetable]
) -> dict[Key, Occurrence | None]:
    """The occurrences that the files declare by this name; None for one that has no time yet."""
    found: dict[Key, Occurrence | None] = {}
    for table in timetables:
        if table.campaign.id != target.campaign:
            continue
        posts = table.campaign.posts
        found |= dict.fromkeys(key for key in table.waiting if posts[key.post].slots is None)
        for entry in table.entries:
            if isinstance(entry, Once) == (target.nominal is None):
                found |= {each.key: each for each in entry.between(*_window(target.nominal))}
    return {key: occurrence for key, occurrence in found.items() if target.fits(key)}


def _window(nominal: str | None) -> tuple[datetime, datetime]:
    """Between which moments an occurrence of this date is due; an empty span for what is no
    date."""
    if nominal is None:
        return EARLIEST_DUE, LATEST_DUE
    try:
        day = datetime.fromisoformat(nominal[:10]).replace(tzinfo=UTC)
        return day - AROUND, day + AROUND
    except (ValueError, OverflowError):
        return EARLIEST_DUE, EARLIEST_DUE


def _the_one_key(keys: set[Key], target: TypedPost, inputs: PlanInputs, facts: Facts) -> Key:
    if not keys:
        raise _unknown_error(target, inputs, facts)
    if len(keys) == 1:
        return keys.pop()
    accounts = sorted({key.account for key in keys})
    if len(accounts) > 1:
        raise BadUsage(
            f"`{target}` is on the accounts {joined(accounts)}",
            help=f"add --account {accounts[0]}, or another of them",
        )
    shown = ", ".join(f"`{key.campaign}/{key.short}`" for key in sorted(keys)[-3:])
    raise BadUsage(f"`{target}` is {len(keys)} occurrences", help=f"name one of them: {shown}")


def _unknown_error(target: TypedPost, inputs: PlanInputs, facts: Facts) -> BadUsage:
    """The error that nothing has this name, with the name that was probably meant."""
    known = {f"{key.campaign}/{key.post}" for key in facts.standings}
    accounts = {key.account for key in facts.standings}
    for table in inputs.timetables:
        accounts |= set(table.campaign.accounts)
        known |= {f"{table.campaign.id}/{post}" for post in table.campaign.posts}
    name = f"{target.campaign}/{target.post}"
    if name not in known:
        there = "`runner status` and `runner preview` name those that are"
        help = suggest(name, known) or there
        return BadUsage(f"neither the files nor the ledger know `{name}`", help=help)
    if target.account and target.account not in accounts:
        help = suggest(target.account, accounts) or f"there are {joined(sorted(accounts))}"
        return BadUsage(f"`{name}` is not on an account `{target.account}`", help=help)
    if target.nominal is None:
        help = f"name the one that you mean: `{name}@2026-12-01.morning`"
        return BadUsage(f"`{name}` recurs, and none of it needs a person", help=help)
    return BadUsage(
        f"there is no `{target}`", help="`runner preview --all` names each day and slot of it"
    )
