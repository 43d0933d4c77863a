"""Finding posts in doubt, as their threads were frozen, among the posts that the account shows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from msgspec import ValidationError

from runner.ledger import Attempting, Key, Standing
from runner.problems import LedgerUnusable
from runner.reconcile.timeline_post import TimelinePost, is_alike, is_same_text, without_link_to
from runner.render import RenderedPart, recorded_part
from runner.value import Value

LOOKS_BACK: Final = timedelta(minutes=10)
"""X's clock and ours may differ, and a person may have been a little faster."""
_BEFORE: Final = timedelta(seconds=60)
_AFTER: Final = timedelta(minutes=2)


def frozen(standing: Standing, attempt: Attempting, part: int) -> RenderedPart:
    """A part as an attempt has frozen it: all parts stand in the attempt of the first.

    Its weight and its cost are not frozen: they are zero. Raises LedgerUnusable.
    """
    parts = attempt.parts or (standing.opening.parts if standing.opening else ())
    try:
        return recorded_part(parts[part - 1])
    except (IndexError, ValidationError) as odd:
        raise LedgerUnusable(
            f"the ledger does not say what part {part} of {standing.key} is",
            help="it was written by another version of runner: use that one to settle the post",
        ) from odd


class Likeness(IntEnum):
    """How alike a post and a part are, the most alike first."""

    MEDIA = 1
    """It shows a file that was uploaded for this very attempt."""
    REPOST = 2
    REPLY = 3
    """The text, as an answer to the same post."""
    REPLY_LOOSELY = 4
    TEXT = 5
    TEXT_LOOSELY = 6


class Match(Value, kw_only=True):
    """A part that is out. `attempt` is the one that it was recognised by: of a later part of the
    thread, which was found along with it, that of an earlier part."""

    part: int
    shown: TimelinePost
    attempt: Attempting


class _Sought(Value, kw_only=True):
    """What an attempt has sent, if it has: a part, in answer to `parent`."""

    standing: Standing
    attempt: Attempting
    part: RenderedPart
    parent: str | None

    @property
    def is_answer(self) -> bool:
        """Whether it answers somebody else."""
        return self.standing.key.is_answer


class _Pair(Value, kw_only=True):
    """A post that may be what is sought."""

    sought: _Sought
    shown: TimelinePost
    likeness: Likeness

    @property
    def rank(self) -> tuple[int, bool, int, datetime, str]:
        """The most alike first; of equal ones, those of the attempt's own time, then the oldest."""
        attempt, key = self.sought.attempt, str(self.sought.standing.key)
        elsewhen = not is_of_its_time(attempt, self.shown)
        return self.likeness, elsewhen, int(self.shown.id), attempt.at, key


def is_of_its_time(attempt: Attempting, shown: TimelinePost) -> bool:
    """Whether a post came up when the attempt's own would have, the clocks' difference included."""
    return is_since(attempt, shown) and shown.begun <= attempt.send_by + _AFTER


def is_since(attempt: Attempting, shown: TimelinePost) -> bool:
    """Whether a post came up after the attempt, the clocks' difference included."""
    return attempt.at - _BEFORE <= shown.begun


def search(
    standings: Iterable[Standing], timeline: Collection[TimelinePost], *, known: Collection[str]
) -> Mapping[Key, tuple[Match, ...]]:
    """What of these standings of one account is out: of each its next part, and the parts after it.

    No post is used twice, and none whose id is `known` to the ledger.
    """
    free = {one.id: one for one in timeline if one.ids.isdisjoint(known)}
    sought = [one for standing in standings for one in _sought(standing)]
    first: dict[Key, _Pair] = {}
    for pair in sorted(_pairs(sought, free.values()), key=lambda pair: pair.rank):
        key = pair.sought.standing.key
        if key not in first and pair.shown.id in free:
            first[key] = pair
            del free[pair.shown.id]
    return {key: tuple(_matches(pair, free.values())) for key, pair in first.items()}


def _sought(standing: Standing) -> Iterator[_Sought]:
    number, out = standing.next_part, standing.posted
    for attempt in standing.suspects(number):
        part = frozen(standing, attempt, number)
        parent = attempt.reply_to or (out[-1].id if out else None)
        yield _Sought(standing=standing, attempt=attempt, part=part, parent=parent)


def _pairs(sought: Collection[_Sought], candidates: Collection[TimelinePost]) -> Iterator[_Pair]:
    for shown in candidates:
        for one in sought:
            if shown.begun < one.attempt.at - LOOKS_BACK:
                continue
            if one.is_answer and shown.reply_to != one.parent:  # the same words may answer many
                continue
            if likeness := _likeness(one.part, one.attempt.media, one.parent, shown):
                yield _Pair(sought=one, shown=shown, likeness=likeness)


def _matches(pair: _Pair, free: Collection[TimelinePost]) -> Iterator[Match]:
    """The part that was found, then those that answer it; what answers it answers no other."""
    standing, attempt, last = pair.sought.standing, pair.sought.attempt, pair.shown
    number = standing.next_part
    yield Match(part=number, shown=last, attempt=attempt)
    for following in range(number + 1, standing.parts + 1):
        part = frozen(standing, standing.opening or attempt, following)
        answers = [one for one in free if one.reply_to in last.ids and says(part, one)]
        if not answers:
            return
        last = min(answers, key=lambda one: (not is_same_text(part.text, one.text), int(one.id)))
        yield Match(part=following, shown=last, attempt=attempt)


def says(part: RenderedPart, shown: TimelinePost) -> bool:
    """Whether a post is like this part, of which no upload is known: one without a word where it
    shows as many files."""
    if not (part.text.strip() or part.repost or shown.repost_of):
        return not shown.text and len(shown.media) == len(part.media)
    return _likeness(part, (), shown.reply_to, shown) is not None


def _likeness(
    part: RenderedPart, media: Sequence[str], parent: str | None, shown: TimelinePost
) -> Likeness | None:
    if part.repost or shown.repost_of:
        return Likeness.REPOST if part.repost == shown.repost_of else None
    if not set(media).isdisjoint(shown.media):
        return Likeness.MEDIA
    text = without_link_to(part.quote, shown.text) if part.quote else shown.text
    answers = parent is not None and shown.reply_to == parent
    if is_same_text(part.text, text):
        return Likeness.REPLY if answers else Likeness.TEXT
    if is_alike(part.text, text, is_reply=shown.reply_to is not None):
        return Likeness.REPLY_LOOSELY if answers else Likeness.TEXT_LOOSELY
    return None
