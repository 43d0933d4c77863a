"""Doing a plan: account by account, in order, through ports."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from runner.apply.outcome import Outcome, Refusal, Result
from runner.apply.ports import Clock, Identity, Ledger, Publisher, PublisherFor, ReadMedia
from runner.apply.sending import Sender
from runner.apply.writing import Run, Writer
from runner.ledger import Record
from runner.plan import Action, Plan, Verb
from runner.problems import Refused
from runner.project import Project

SKEW = timedelta(seconds=30)
"""How far our clock may be from X's."""
Watch = Callable[[Result], None]


def _unwatched(_: Result) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The collaborators of a run."""

    publisher_for: PublisherFor
    ledger: Ledger
    clock: Clock
    read_media: ReadMedia
    run: Run
    deadline: datetime | None = None
    """When the job ends, if it does."""
    watch: Watch = _unwatched
    """Told of each result as it comes."""

    @property
    def writer(self) -> Writer:
        return Writer(run=self.run, clock=self.clock)


def apply(plan: Plan, *, project: Project, world: World, accounts: Collection[str]) -> Outcome:
    """Publishes what the plan says, and records what it calls missed.

    `accounts` are those that the plan looked at as a whole, so that they can be accounted for.
    Raises LedgerUnusable; then nothing more is sent.
    """
    outcome = Outcome()
    publish = plan.of(Verb.PUBLISH)
    for account in sorted({action.key.account for action in publish}):
        mine = tuple(action for action in publish if action.key.account == account)
        outcome = outcome.and_then(_publish(mine, account, project, world))
    missed = tuple(action for action in plan.of(Verb.SKIP) if action.misses)
    if missed or any(result.recorded for result in outcome.results):
        entries = tuple(world.writer.missed(action) for action in missed)
        accounted = dict.fromkeys(accounts, plan.now)
        world.ledger.record(Record(entries=entries, accounted=accounted))
    return outcome.and_then(Outcome(missed=missed))


def _publish(actions: tuple[Action, ...], account: str, project: Project, world: World) -> Outcome:
    try:
        publisher = world.publisher_for(account)
        prove_identity(publisher, project.accounts[account].handle, world.clock)
    except Refused as refused:
        refusal = Refusal(account=account, because=refused.message, help=refused.help)
        return Outcome(refusals=(refusal,))
    sender = Sender(
        publisher=publisher,
        ledger=world.ledger,
        clock=world.clock,
        read_media=world.read_media,
        writer=world.writer,
        deadline=world.deadline,
    )
    results: list[Result] = []
    for action in actions:
        if not sender.has_time():
            break
        result = sender.send(action)
        results.append(result)
        world.watch(result)
        if result.stops or result.retry_at:
            break
    return Outcome(results=tuple(results))


def prove_identity(publisher: Publisher, handle: str, clock: Clock) -> None:
    """Raises Refused unless the credentials are the account's and the two clocks agree."""
    answer = publisher.identify()
    if not isinstance(answer, Identity):
        raise Refused(answer.because, help=answer.help)
    if answer.handle.casefold() != handle.casefold():
        raise Refused(
            f"the credentials belong to @{answer.handle}, not to @{handle}",
            help="give the account its own credentials, or mend its handle in runner.yaml",
        )
    skew = answer.server_time - clock.now()
    if abs(skew) > SKEW:
        raise Refused(
            f"this machine's clock and X's are {_apart(abs(skew))} apart",
            help="set the clock (NTP), then run again; a local X keeps the time of the last --now",
        )


def _apart(skew: timedelta) -> str:
    return f"{skew.days} days" if skew.days > 1 else f"{skew.total_seconds():.0f} seconds"
