"""What was measured of an account, as numbers of posts: threads summed, own replies left out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from runner.measure import Counts, MeasuredAccount, Measurement, PostTraits, Window
from runner.report.measured_post import Numbers, known_total, total
from runner.value import Value, replace
from runner.x_facts import instant


class PostNumbers(Value, kw_only=True):
    """The numbers of a post with all its parts. `at` are those that were measured at their age, and
    not later; `newest` the last, at whatever age."""

    at: Mapping[Window, Numbers]
    newest: Numbers | None
    is_boosted: bool
    is_deleted: bool


class OtherPost(Value, kw_only=True):
    """A post that the runner did not make: by hand, or by another tool."""

    ids: tuple[str, ...]
    at: datetime
    traits: PostTraits


class _PartNumbers(NamedTuple):
    """One part of a post at one age."""

    numbers: Numbers | None
    """None where nothing was counted."""
    is_late: bool
    is_boosted: bool
    is_deleted: bool


class AccountNumbers:
    """The numbers of an account's posts, by X's ids; nothing else of the measurements is kept."""

    def __init__(
        self, account: MeasuredAccount, exported: Mapping[str, Counts] = MappingProxyType({})
    ) -> None:
        """`exported` is what X's own export says of posts, where somebody has imported it."""
        found = dict(account.by_post)
        every = [each for of_post in found.values() for each in of_post.values()]
        answered = {each.post: each.answers for each in every if each.answers}
        self._found = found
        self._own_replies = Counter(answered.values())
        self._exported = exported
        self.others = tuple(_others_in(found))
        """What the runner did not make, and is no reply to what it made."""

    def of(self, ids: Sequence[str]) -> PostNumbers:
        """The numbers of a post whose parts have these ids."""
        parts = [self._numbers_of_part(id) for id in ids]
        measured = {
            window: [part[window] for part in parts]
            for window in parts[0]
            if all(window in part for part in parts)
        }
        counted = {window: _total_of_parts(found) for window, found in measured.items()}
        known = {window: each for window, each in counted.items() if each}
        every = [each for found in measured.values() for each in found]
        late = {window for window in known if any(each.is_late for each in measured[window])}
        return PostNumbers(
            at={window: each for window, each in known.items() if window not in late},
            newest=self._with_exported(next(reversed(known.values()), None), ids),
            is_boosted=any(each.is_boosted for each in every),
            is_deleted=any(each.is_deleted for each in every),
        )

    def _numbers_of_part(self, id: str) -> dict[Window, _PartNumbers]:
        posted_at, own_replies = instant(id), self._own_replies[id]
        return {
            window: _PartNumbers(
                numbers=_without(own_replies, each),
                is_late=each.is_late_after(posted_at),
                is_boosted=each.is_boosted,
                is_deleted=each.deleted,
            )
            for window, each in self._found.get(id, {}).items()
        }

    def _with_exported(self, numbers: Numbers | None, ids: Sequence[str]) -> Numbers | None:
        """The numbers with what X tells in its export alone, if that has all of these posts."""
        if numbers is None or not self._exported:
            return numbers
        found = [self._exported.get(id, Counts()) for id in ids]
        return replace(
            numbers,
            shares=known_total([each.shares for each in found]),
            follows=known_total([each.follows for each in found]),
        )


def _total_of_parts(parts: Sequence[_PartNumbers]) -> Numbers | None:
    """What was counted of all parts together; None where it was not of each."""
    known = [part.numbers for part in parts if part.numbers]
    return total(known) if len(known) == len(parts) else None


def _without(own_replies: int, measurement: Measurement) -> Numbers | None:
    """The numbers of a measurement, less our own replies; None where nothing was counted."""
    counts = measurement.comparable
    if counts is None:
        return None
    return Numbers(
        impressions=counts["impressions"] or 0,
        replies=max((counts["replies"] or 0) - own_replies, 0),
        quotes=counts["quotes"] or 0,
        reposts=counts["reposts"] or 0,
        likes=counts["likes"] or 0,
        bookmarks=counts["bookmarks"] or 0,
        clicks=counts["link_clicks"],
        profile_visits=counts["profile_clicks"],
    )


def _others_in(found: Mapping[str, Mapping[Window, Measurement]]) -> Iterator[OtherPost]:
    """The posts that the runner did not make, and that are no replies to what it made."""
    first = {post: next(iter(of_post.values())) for post, of_post in found.items()}
    threads: dict[str, list[Measurement]] = {}
    for each in first.values():
        root = first.get(each.root)
        if each.key is None and root is not None and root.key is None:
            threads.setdefault(each.root, []).append(each)
    for parts in threads.values():
        yield OtherPost(
            ids=tuple(each.post for each in parts), at=parts[0].posted_at, traits=parts[0].traits
        )
