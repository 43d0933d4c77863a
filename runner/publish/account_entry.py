"""Entering an account: its publisher, and the proof that it is the account we mean."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from runner.bugs import TO_DO, Bug, contained
from runner.durations import in_words
from runner.ledger import Facts, Origin
from runner.models import Project
from runner.problems import Refused
from runner.publish.outcome import Refusal
from runner.publish.ports import Clock, Identity, Publisher
from runner.publish.run_ports import RunPorts
from runner.rules import known_as
from runner.value import Value

SKEW = timedelta(seconds=30)
"""How far our clock may be from X's."""


class AgreedTime(Value, kw_only=True):
    """When X's clock and ours agreed, by the wall clock and by the one that nobody sets."""

    wall: datetime
    boot: float

    def holds(self, clock: Clock) -> bool:
        """Whether the wall clock has gone on since as the other one did. Where it was set, what is
        sent would be looked for at the wrong time."""
        passed = timedelta(seconds=clock.boot() - self.boot)
        return abs(clock.now() - self.wall - passed) <= SKEW


class EnteredAccount(Value, kw_only=True):
    """An account that a run works as."""

    id: str
    publisher: Publisher
    agreed: AgreedTime
    origin: Origin | None
    """What the ledger does not know yet of whose it is."""


def enter(
    account: str, *, facts: Facts, project: Project, ports: RunPorts
) -> EnteredAccount | Refusal:
    """Proves whose credentials these are, before anything is claimed or looked for."""
    entered = contained(
        "entering", account, lambda: _enter(account, facts=facts, project=project, ports=ports)
    )
    if isinstance(entered, Bug):
        return Refusal(account=account, because=entered.summary, help=TO_DO)
    return entered


def _enter(
    account: str, *, facts: Facts, project: Project, ports: RunPorts
) -> EnteredAccount | Refusal:
    known = facts.origin.users if facts.origin else {}
    try:
        publisher = ports.publisher_for(account)
        handle = project.accounts[account].handle
        user = prove_identity(publisher, handle, ports.clock, known.get(account))
        if account not in known:
            _refuse_second_name(account, user, known)
    except Refused as refused:
        return Refusal(account=account, because=refused.message, help=refused.help)
    news = None
    if account not in known:
        now, users = ports.clock.now(), {**known, account: user}
        news = Origin(at=now, run=ports.run.id, users=users)
    agreed = AgreedTime(wall=ports.clock.now(), boot=ports.clock.boot())
    return EnteredAccount(id=account, publisher=publisher, agreed=agreed, origin=news)


def _refuse_second_name(account: str, user: str, known: Mapping[str, str]) -> None:
    """What went out under an account's old id stands under that id: it would go out once more."""
    for name, id in known.items():
        if id == user:
            raise Refused(
                known_as(account, name),
                help=f"give the account its id `{name}` back, in runner.yaml and in each campaign",
            )


def prove_identity(
    publisher: Publisher, handle: str, clock: Clock, known: str | None = None
) -> str:
    """The id of the account's user on X. Raises Refused unless the credentials are the account's,
    its user is the `known` one, and the two clocks agree."""
    answer = publisher.identify()
    if not isinstance(answer, Identity):
        raise Refused(answer.because, help=answer.help)
    if answer.handle.casefold() != handle.casefold():
        raise Refused(
            f"the credentials belong to @{answer.handle}, not to @{handle}",
            help="give the account its own credentials, or mend its handle in runner.yaml",
        )
    if known is not None and answer.user_id != known:
        raise Refused(
            f"@{handle} is another user than the one whose posts the ledger holds",
            help="if the handle was given to a new user on purpose: runner ledger adopt",
        )
    skew = answer.server_time - clock.now()
    if abs(skew) > SKEW:
        raise Refused(
            f"this machine's clock and X's are {in_words(skew)} apart",
            help="set the clock (NTP), then run again; a local X keeps the time of the last --now",
        )
    return answer.user_id
