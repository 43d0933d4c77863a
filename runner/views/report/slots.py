"""Proposals of better hours for slots, with what they rest on."""

from collections.abc import Sequence

from runner.report import SlotProposal
from runner.views.report.figures import UNKNOWN, ratio
from runner.views.report.table import ReportTable


def slots_table(proposals: Sequence[SlotProposal]) -> ReportTable:
    return ReportTable(
        head=("account", "slot", "now", "posts then", "better", "posts then", "seen by"),
        rows=tuple(_row(each) for each in proposals),
        words=frozenset({0, 1, 6}),
    )


def _row(each: SlotProposal) -> tuple[str, ...]:
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
