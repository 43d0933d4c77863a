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
        found = [self._numbers_of_part(id) for id in ids]
        at: dict[Window, Numbers] = {}
        newest, is_boosted, is_deleted = None, False, False
        for window, each in (found[0] if len(ids) == 1 else _together(found)).items():
            is_boosted = is_boosted or each.is_boosted
            is_deleted = is_deleted or each.is_deleted
            if each.numbers:
                newest = each.numbers
                if not each.is_late:
                    at[window] = newest
        return PostNumbers(
            at=at,
            newest=self._with_exported(newest, ids),
            is_boosted=is_boosted,
            is_deleted=is_deleted,
        )

    def _numbers_of_part(self, id: str) -> dict[Window, _PartNumbers]:
        """What was counted of one part, by age."""
        measured = self._found.get(id)
        if measured is None:
            return {}
        posted_at, own_replies = instant(id), self._own_replies.get(id, 0)
        return {
            window: _PartNumbers(
                _numbers_of(each, own_replies),
                each.is_late_after(posted_at),
                each.is_boosted,
                each.deleted,
            )
            for window, each in measured.items()
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


def _together(parts: Sequence[Mapping[Window, _PartNumbers]]) -> dict[Window, _PartNumbers]:
    """Several parts as one, at the ages at which each was measured."""
    first = parts[0]
    return {
        window: _as_one([part[window] for part in parts])
        for window in first
        if all(window in part for part in parts)
    }


def _as_one(parts: Sequence[_PartNumbers]) -> _PartNumbers:
    """Several parts as one, of which nothing was counted where that holds for one of them."""
    known = [part.numbers for part in parts if part.numbers]
    return _PartNumbers(
        numbers=total(known) if len(known) == len(parts) else None,
        is_late=any(part.is_late for part in parts),
        is_boosted=any(part.is_boosted for part in parts),
        is_deleted=any(part.is_deleted for part in parts),
    )


def _numbers_of(measurement: Measurement, own_replies: int) -> Numbers | None:
    """The numbers of a measurement, less our own replies; None where nothing was counted."""
    counts = measurement.comparable
    if counts is None:
        return None
    return Numbers(
        impressions=counts.impressions or 0,
        replies=max((counts.replies or 0) - own_replies, 0),
        quotes=counts.quotes or 0,
        reposts=counts.reposts or 0,
        likes=counts.likes or 0,
        bookmarks=counts.bookmarks or 0,
        clicks=counts.link_clicks,
        profile_visits=counts.profile_clicks,
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
