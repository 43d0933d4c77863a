"""What others say to us, for a job's summary: counts and links, which anybody may see."""

from datetime import datetime, timedelta

from runner.durations import in_words
from runner.inbox.listening import Listened
from runner.views.markdown.escaping import plain
from runner.views.terminal.inbox import (
    SHOWN,
    beyond,
    link_to,
    name_of,
    read_lines,
    standing_of,
)


def inbox_as_markdown(
    account: str, found: Listened, *, now: datetime, within: timedelta | None = None
) -> str:
    """What was read, where all that was heard stands, and links to what waits."""
    waiting = found.conversations.waiting
    lines = [plain(" ".join(line.split())) for line in read_lines(account, found)]
    told = [*lines, plain(standing_of(found.conversations, now, within))]
    links = [
        f"[{name_of(each)}]({link_to(each.mention.newest)}), {in_words(now - each.at)}"
        for each in waiting[:SHOWN]
    ]
    return "".join(
        [f"- {' '.join(told)}\n", *(f"  - {each}\n" for each in (*links, *beyond(waiting)))]
    )
