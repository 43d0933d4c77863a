"""Asking X which of our posts are gone, because a person has deleted them by hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from runner.bugs import Bug, contained
from runner.ledger import Closed, Facts, Posted, Record, Standing, State
from runner.models import Project
from runner.publish.account_entry import enter
from runner.publish.outcome import Refusal
from runner.publish.ports import Unreadable
from runner.publish.run_ports import RunPorts
from runner.value import Value

SHOWN_WITHIN = timedelta(minutes=10)
"""X may take so long to show a new post to everybody who asks for it."""
Out = Mapping[str, tuple[Posted, ...]]
"""The parts that are out, by account."""


class DeletionsFound(Value, kw_only=True):
    """What X said."""

    deleted: tuple[Closed, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    """Accounts of which X could not be asked, so that nothing is known."""


def out_since(standings: Iterable[Standing], *, since: datetime, now: datetime) -> Out:
    """What went out since then and is not known to be deleted; not what is only just out."""
    found: dict[str, tuple[Posted, ...]] = defaultdict(tuple)
    for standing in standings:
        if standing.state is not State.DELETED:
            found[standing.key.account] += tuple(
                part for part in standing.posted if since < part.at <= now - SHOWN_WITHIN
            )
    return {account: found[account] for account in sorted(found) if found[account]}


def too_new_to_ask(standings: Iterable[Standing], *, now: datetime) -> tuple[Posted, ...]:
    """What is only just out, so that X is not asked about it."""
    return tuple(
        part
        for standing in standings
        if standing.state is not State.DELETED
        for part in standing.posted
        if part.at > now - SHOWN_WITHIN
    )


def look_for_deletions(
    out: Out, *, facts: Facts, project: Project, ports: RunPorts
) -> DeletionsFound:
    """Asks X about each of them, and records those that are gone. Raises LedgerUnusable."""
    deleted: list[Closed] = []
    refusals: list[Refusal] = []
    for account, parts in out.items():
        ask = partial(_gone_ids, account, parts, facts, project, ports)
        gone = contained("asking X about the posts of", account, ask)
        if isinstance(gone, Bug):
            refusals.append(Refusal(account=account, because=gone.summary))
        elif isinstance(gone, Refusal):
            refusals.append(gone)
        else:
            deleted += [_deletion_entry(part, ports) for part in parts if part.id in gone]
    if deleted:
        ports.ledger.record(Record(entries=tuple(deleted)))
    return DeletionsFound(deleted=tuple(deleted), refusals=tuple(refusals))


def _gone_ids(
    account: str, parts: tuple[Posted, ...], facts: Facts, project: Project, ports: RunPorts
) -> frozenset[str] | Refusal:
    if account not in project.accounts:
        return Refusal(account=account, because="it is not in runner.yaml any more")
    # to a stranger the posts of a protected account would look deleted
    entered = enter(account, facts=facts, project=project, ports=ports)
    if isinstance(entered, Refusal):
        return entered
    gone = entered.publisher.deleted_ids([part.id for part in parts])
    if isinstance(gone, Unreadable):
        return Refusal(account=account, because=gone.because, help=gone.help)
    return gone


def _deletion_entry(part: Posted, ports: RunPorts) -> Closed:
    return Closed(
        key=part.key,
        part=part.part,
        at=ports.clock.now(),
        run=ports.run.id,
        commit=ports.run.commit,
        state=State.DELETED,
        because="X does not have it any more",
    )
