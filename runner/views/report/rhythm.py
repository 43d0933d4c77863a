"""The rhythm of a report: how often, how punctually, how much promotion; and better hours for
slots, with what these rest on."""

from collections.abc import Iterator, Sequence

from runner.durations import in_words
from runner.report import AccountRhythm, PeriodReport, SlotProposal
from runner.views.phrases import count
from runner.views.report import UNKNOWN, ReportTable, number, pace, ratio, share

_NAMED = 3
"""Missed posts in one line."""


def rhythm_words(report: PeriodReport) -> Iterator[str]:
    """A line for each account that has anything to tell of."""
    for each in report.rhythms:
        if each.posts or each.missed:
            yield f"{each.account}: {', '.join(_rhythm_phrases(each))}"


def rhythm_table(report: PeriodReport) -> ReportTable:
    bound = report.bound
    head = ("account", "posts", "a day", "days without", "longest silence", "on time", "missed")
    promotion = f"promotion (at most {bound.at_most} % of {bound.of_last})"
    return ReportTable(head=(*head, promotion), rows=tuple(_row(each) for each in report.rhythms))


def _rhythm_phrases(rhythm: AccountRhythm) -> Iterator[str]:
    yield pace(rhythm.per_day)
    if rhythm.timed:
        yield f"{share(rhythm.on_time, rhythm.timed)} on time"
    if missed := rhythm.missed:
        named = [each.key.short for each in missed[:_NAMED]]
        more = [f"{len(missed) - _NAMED} more"] if len(missed) > _NAMED else []
        yield f"{len(missed)} missed ({', '.join((*named, *more))})"
    if rhythm.judged:
        yield f"{100 * rhythm.promotional // rhythm.judged} % promotion{_excess_words(rhythm)}"


def _excess_words(rhythm: AccountRhythm) -> str:
    return f" (too much with {count(rhythm.passed, 'post')})" if rhythm.passed else ""


def _row(rhythm: AccountRhythm) -> tuple[str, ...]:
    return (
        rhythm.account,
        f"{rhythm.posts:,}",
        number(rhythm.per_day),
        f"{rhythm.silent_days:,}",
        in_words(rhythm.longest_silence) if rhythm.longest_silence else UNKNOWN,
        share(rhythm.on_time, rhythm.timed) if rhythm.timed else UNKNOWN,
        f"{len(rhythm.missed):,}",
        share(rhythm.promotional, rhythm.judged) + _excess_words(rhythm)
        if rhythm.judged
        else UNKNOWN,
    )


def slots_table(proposals: Sequence[SlotProposal]) -> ReportTable:
    return ReportTable(
        head=("account", "slot", "now", "posts then", "better", "posts then", "seen by"),
        rows=tuple(_slot_row(each) for each in proposals),
        words=frozenset({0, 1, 6}),
    )


def _slot_row(each: SlotProposal) -> tuple[str, ...]:
    better = each.better
    why = "no hour is surely better" if each.is_told else "not enough posts to tell"
    return (
        each.account,
        each.slot,
        f"{each.now:%H:%M}",
        f"{each.posts:,}",
        f"{better.at:%H:%M}" if better else UNKNOWN,
        f"{better.posts:,}" if better else UNKNOWN,
        f"{ratio(each.gain)} as many" if each.gain else why,
    )
