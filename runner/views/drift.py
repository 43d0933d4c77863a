"""What came to differ after a post went out, in words."""

from collections.abc import Iterator

from runner.plan import Drift
from runner.plan.fields import ITEM
from runner.views.difference import field_in_one_line
from runner.views.phrases import excerpts, moment


def drift_in_words(drift: Drift) -> Iterator[str]:
    """A line each: `edited since: text: “…” → “…”`, `moved since: … → …`, `removed since: …`."""
    if drift.edited and drift.edited.name == ITEM:
        item, _ = excerpts(str(drift.edited.old or ""), "")
        yield f"edited since: its item is gone, or says something else: {item}"
    elif drift.edited:
        yield f"edited since: {field_in_one_line(drift.edited)}"
    if drift.moved_to:
        yield f"moved since: {moment(drift.was_due)} → {moment(drift.moved_to)}"
    if drift.removed:
        yield f"removed since: {drift.removed}"
