"""Rules of time: what is due together, too soon, or at night."""

from collections.abc import Iterator
from datetime import time, timedelta
from itertools import pairwise

from runner.durations import apart, in_words
from runner.problems import Severity
from runner.rules.compiled_post import DatedPost
from runner.rules.context import RuleContext
from runner.rules.places import as_local, time_place
from runner.rules.project_context import ProjectContext
from runner.rules.rule import Breach, project_rule, rule


@project_rule("same-time")
def same_time(context: ProjectContext) -> Iterator[Breach]:
    """Two posts of an account are not due at the same moment.

    One of them would have to wait, and which one comes first would be chance.

    Move one of them.
    """
    for before, later in _neighbours(context):
        if apart(before.due, later.due) == timedelta(0):
            yield same_time.breach(
                text=f"{_both(before, later)} are due at the same time on `{later.key.account}`: "
                f"{as_local(later.due)}",
                place=later.time_place,
                help=f"move one of them by {in_words(context.project.rules.min_gap)} or more",
                about=(later, before),
                alike=_pair(before),
            )


@project_rule("min-gap", Severity.WARNING)
def min_gap(context: ProjectContext) -> Iterator[Breach]:
    """Some time passes between two posts of an account.

    Posts that come in a burst push each other out of sight. The runner keeps the gap: it sends the
    later post when the gap is over, if its grace is not over by then.

    Move one of them. `rules: {min-gap: 45m}` in runner.yaml says how long the gap is.
    """
    gap = context.project.rules.min_gap
    for before, later in _neighbours(context):
        between = apart(before.due, later.due)
        if timedelta(0) < between < gap:
            yield min_gap.breach(
                text=f"{_both(before, later)} are due {in_words(between)} apart on "
                f"`{later.key.account}`, the later at {as_local(later.due)}; the gap is "
                f"{in_words(gap)}",
                place=later.time_place,
                help="move one of them; else the later one waits until the gap is over",
                about=(later, before),
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


def _neighbours(context: ProjectContext) -> Iterator[tuple[DatedPost, DatedPost]]:
    for dated in context.accounts.values():
        yield from pairwise(dated)


def _both(first: DatedPost, second: DatedPost) -> str:
    if first.key.campaign == second.key.campaign:
        return f"`{first.key.post}` and `{second.key.post}`"
    return " and ".join(f"`{each.key.post}` of `{each.key.campaign}`" for each in (first, second))


def _pair(other: DatedPost) -> str:
    return f"{other.key.campaign}/{other.key.post}"


def _within(clock: time, quiet: tuple[time, time]) -> bool:
    start, end = quiet
    return start <= clock < end if start <= end else clock >= start or clock < end
