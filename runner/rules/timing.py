"""Rules of time: what is due together, too soon, or at night."""

from collections.abc import Iterator
from datetime import time, timedelta
from itertools import pairwise

from runner.problems import Severity
from runner.rules.context import Proof, RuleContext
from runner.rules.moments import apart, said, shown
from runner.rules.places import time_place
from runner.rules.rule import Breach, rule


@rule("same-time")
def same_time(context: RuleContext) -> Iterator[Breach]:
    """Two posts of an account are not due at the same moment.

    One of them would have to wait, and which one comes first would be chance.

    Move one of them.
    """
    for before, proof in _neighbours(context):
        if _apart(before, proof) == timedelta(0):
            yield same_time.breach(
                text=f"{_both(before, proof)} are due at the same time on `{proof.account}`: "
                f"{shown(proof.occurrence.due)}",
                place=time_place(proof.occurrence),
                help=f"move one of them by {said(context.project.rules.min_gap)} or more",
                about=(proof.occurrence, before.occurrence),
                alike=_pair(before),
            )


@rule("min-gap", Severity.WARNING)
def min_gap(context: RuleContext) -> Iterator[Breach]:
    """Some time passes between two posts of an account.

    Posts that come in a burst push each other out of sight. The runner keeps the gap: it sends the
    later post when the gap is over, if its grace is not over by then.

    Move one of them. `rules: {min-gap: 45m}` in runner.yaml says how long the gap is.
    """
    gap = context.project.rules.min_gap
    for before, proof in _neighbours(context):
        between = _apart(before, proof)
        if timedelta(0) < between < gap:
            yield min_gap.breach(
                text=f"{_both(before, proof)} are due {said(between)} apart on "
                f"`{proof.account}`, the later at {shown(proof.occurrence.due)}; the gap is "
                f"{said(gap)}",
                place=time_place(proof.occurrence),
                help="move one of them; else the later one waits until the gap is over",
                about=(proof.occurrence, before.occurrence),
                alike=_pair(before),
            )


@rule("quiet-hours", Severity.WARNING)
def quiet_hours(context: RuleContext) -> Iterator[Breach]:
    """Nothing is due while the followers sleep.

    Quiet hours are those of the account's zone. The grace of earlier posts ends where they begin.

    Move the post. `rules: {quiet-hours: ["22:00", "07:00"]}` in runner.yaml says from when to when;
    there are none unless it does.
    """
    quiet = context.project.rules.quiet_hours
    if quiet is None:
        return
    for account, proofs in context.accounts.items():
        zone = context.project.zone_of(account)
        for proof in proofs:
            local = proof.occurrence.due.astimezone(zone)
            if _within(local.time(), quiet):
                yield quiet_hours.breach(
                    text=f"`{proof.occurrence.key.post}` is due at {local:%H:%M} in {zone.key}, "
                    f"and quiet hours are {quiet[0]:%H:%M} to {quiet[1]:%H:%M}",
                    place=time_place(proof.occurrence),
                    help=f"move it before {quiet[0]:%H:%M}, or to {quiet[1]:%H:%M} or later",
                    about=(proof.occurrence,),
                    alike=zone.key,
                )


def _neighbours(context: RuleContext) -> Iterator[tuple[Proof, Proof]]:
    for proofs in context.accounts.values():
        yield from pairwise(proofs)


def _apart(first: Proof, second: Proof) -> timedelta:
    return apart(first.occurrence.due, second.occurrence.due)


def _both(first: Proof, second: Proof) -> str:
    if first.file.id == second.file.id:
        return f"`{first.occurrence.key.post}` and `{second.occurrence.key.post}`"
    return " and ".join(f"`{p.occurrence.key.post}` of `{p.file.id}`" for p in (first, second))


def _pair(other: Proof) -> str:
    return f"{other.file.id}/{other.occurrence.key.post}"


def _within(clock: time, quiet: tuple[time, time]) -> bool:
    start, end = quiet
    return start <= clock < end if start <= end else clock >= start or clock < end
