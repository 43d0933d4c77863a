"""What a run has read of rivals: who, how much of which week, and for how much."""

from collections.abc import Iterator

from runner.rivals import RivalLook
from runner.rivals.reading import RivalsRead
from runner.views.phrases import count, usd
from runner.views.rivals import rival_todo


def rivals_as_text(found: RivalsRead) -> str:
    """A line for each week that was read, or could not be."""
    return "\n".join(line for look in found.looks for line in _lines(look))


def _lines(look: RivalLook) -> Iterator[str]:
    who, week = f"@{look.handle}", f"{look.monday.day} {look.monday:%b}"
    if look.week:
        read = look.week.posts + look.week.replies + look.week.reposts
        yield f"{who}: {count(read, 'post')} of the week from {week} ({usd(look.usd)})."
    if todo := rival_todo(look, look.handle):
        yield f"{who}: {todo}."
