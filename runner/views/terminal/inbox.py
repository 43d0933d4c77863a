"""What others say to us: how many wait, for how long, and where they stand; never what they say."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from runner.durations import in_words
from runner.inbox import (
    Conversations,
    HeardMention,
    HeardStretch,
    Label,
    Listened,
    Mention,
    MentionState,
)
from runner.views.phrases import count, skipped_words, usd
from runner.x_facts import instant, post_address

SHOWN: Final = 20
"""Mentions that wait, each in a line."""
_LATELY: Final = timedelta(days=30)
_NAMES: Final = {
    Label.COMPLAINT: "complaint",
    Label.QUESTION: "question",
    Label.PRAISE: "praise",
    Label.DO_NOT_FEED: "not to be answered",
    Label.ENTRY: "entry",
}
_SEVERAL: Final = {
    Label.COMPLAINT: "complaints",
    Label.QUESTION: "questions",
    Label.ENTRY: "entries",
}


def inbox_as_text(
    account: str, found: Listened, *, now: datetime, within: timedelta | None = None
) -> str:
    """What was read, where all that was heard stands, and what waits; `within` is the goal."""
    waiting = found.conversations.waiting
    lines = [*read_lines(account, found), f"  {standing_of(found.conversations, now, within)}"]
    lines += (f"  {_line(each, now)}" for each in waiting[:SHOWN])
    return "\n".join([*lines, *(f"  {line}" for line in more_waiting(waiting))])


def read_lines(account: str, found: Listened) -> Iterator[str]:
    """What is new, and what X did not show."""
    said = f": {_by_label(found.new)}" if found.new else ""
    yield f"{account}: {count(len(found.new), 'new mention')} ({usd(found.usd)}){said}."
    for part in found.unseen:
        yield f"  {_gap_as_text(part)}"


def standing_of(
    conversations: Conversations, now: datetime, within: timedelta | None = None
) -> str:
    """How many wait and for how long, and what became of the others, in one sentence."""
    waiting, answered = conversations.waiting, conversations.of(MentionState.ANSWERED)
    said = [count(len(waiting), "mention waits", "mentions wait")]
    if waiting:
        oldest = min(each.at for each in waiting)
        said = [f"{said[0]} for an answer, the oldest for {in_words(now - oldest)}"]
    if within and (late := conversations.late(within, now)):
        said.append(f"{len(late):,} of them for longer than the {in_words(within)} of your goal")
    wait = conversations.median_wait(now - _LATELY)
    half = f", half of those of 30 days within {in_words(wait)}" if wait is not None else ""
    said.append(f"{len(answered):,} answered{half}")
    said.append(skipped_words(conversations.skipped(conversations.heard)))
    if gone := conversations.of(MentionState.GONE):
        said.append(f"{len(gone):,} deleted")
    return f"{'; '.join(said)}."


def name_of(heard: HeardMention) -> str:
    """What a mention is, by its labels."""
    return ", ".join(_NAMES[label] for label in heard.mention.labels) or "mention"


def more_waiting(waiting: tuple[HeardMention, ...]) -> Iterator[str]:
    """How many wait beside those that are shown."""
    if len(waiting) > SHOWN:
        yield f"and {len(waiting) - SHOWN:,} more."


def _line(heard: HeardMention, now: datetime) -> str:
    return f"{in_words(now - heard.at)}  {name_of(heard)}  {post_address(heard.mention.newest)}"


def _by_label(mentions: Iterable[Mention]) -> str:
    """How many are what, each by the first of its labels."""
    firsts = Counter(next(iter(each.labels), None) for each in mentions)
    told = [
        f"{number:,} {name if number == 1 else _SEVERAL.get(label, name)}"
        for label, name in _NAMES.items()
        if (number := firsts[label])
    ]
    return ", ".join([*told, *([f"{firsts[None]:,} without a label"] if firsts[None] else [])])


def _gap_as_text(part: HeardStretch) -> str:
    return (
        f"Mentions from {_minute(part.since)} until {_minute(part.until)} UTC may be missing: X "
        "shows the newest 800 alone. Look for them on X, and run this more often."
    )


def _minute(post: int) -> str:
    return f"{instant(str(post)).astimezone(UTC):%Y-%m-%d %H:%M}"
