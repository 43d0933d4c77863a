"""What was measured of an account, as numbers of posts: threads summed, own replies left out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from runner.measure import Counts, MeasuredAccount, Measurement, PostTraits, Window
from runner.report.measured_post import Numbers, known_total, total


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNumbers:
    """Of a post with all its parts. `at` are those that were measured at their age, and not later;
    `newest` the last, at whatever age."""

    at: Mapping[Window, Numbers]
    newest: Numbers | None
    is_boosted: bool
    is_deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPost:
    """A post that the runner did not make: by hand, or by another tool."""

    ids: tuple[str, ...]
    at: datetime
    traits: PostTraits


class AccountNumbers:
    """The numbers of an account's posts, by X's ids."""

    def __init__(
        self, account: MeasuredAccount, exported: Mapping[str, Counts] = MappingProxyType({})
    ) -> None:
        """`exported` is what X's own export says of posts, where somebody has imported it."""
        self._exported = exported
        self._found: dict[str, dict[Window, Measurement]] = defaultdict(dict)
        measurements = account.measurements
        for each in measurements:
            self._found[each.post][each.window] = each
        answered = {each.post: each.answers for each in measurements if each.answers}
        self._own_replies = Counter(answered.values())

    def of(self, ids: Sequence[str]) -> PostNumbers:
        """Those of a post that consists of these."""
        parts = [self._found.get(id, {}) for id in ids]
        measured = {
            window: [part[window] for part in parts]
            for window in Window
            if all(window in part for part in parts)
        }
        every = [each for found in measured.values() for each in found]
        counted = {window: self._counted(found) for window, found in measured.items()}
        known = {window: each for window, each in counted.items() if each}
        return PostNumbers(
            at={
                window: each
                for window, each in known.items()
                if not any(part.is_late for part in measured[window])
            },
            newest=self._with_exported(next(reversed(known.values()), None), ids),
            is_boosted=any(each.is_boosted for each in every),
            is_deleted=any(each.deleted for each in every),
        )

    @property
    def others(self) -> tuple[OtherPost, ...]:
        """What the runner did not make, and is no reply to what it made."""
        first = {id: next(iter(found.values())) for id, found in self._found.items()}
        threads: dict[str, list[Measurement]] = defaultdict(list)
        for each in first.values():
            root = first.get(each.root)
            if each.key is None and root is not None and root.key is None:
                threads[each.root].append(each)
        return tuple(
            OtherPost(
                ids=tuple(each.post for each in parts),
                at=parts[0].posted_at,
                traits=parts[0].traits,
            )
            for parts in threads.values()
        )

    def _with_exported(self, numbers: Numbers | None, ids: Sequence[str]) -> Numbers | None:
        """The same with what X tells in its export alone, if that has all of these posts."""
        if numbers is None or not self._exported:
            return numbers
        found = [self._exported.get(id, Counts()) for id in ids]
        return replace(
            numbers,
            shares=known_total([each.shares for each in found]),
            follows=known_total([each.follows for each in found]),
        )

    def _counted(self, parts: Sequence[Measurement]) -> Numbers | None:
        """What was counted of all parts together; None where it was not of each."""
        found = [self._numbers(part) for part in parts]
        known = [each for each in found if each]
        if len(known) < len(found):
            return None
        return known[0] if len(known) == 1 else total(known)

    def _numbers(self, measurement: Measurement) -> Numbers | None:
        counts = measurement.comparable
        if counts is None:
            return None
        own = self._own_replies[measurement.post]
        return Numbers(
            impressions=counts.impressions or 0,
            replies=max((counts.replies or 0) - own, 0),
            quotes=counts.quotes or 0,
            reposts=counts.reposts or 0,
            likes=counts.likes or 0,
            bookmarks=counts.bookmarks or 0,
            clicks=counts.link_clicks,
            profile_visits=counts.profile_clicks,
        )
