"""What was measured of an account, as numbers of posts: threads summed, own replies left out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from runner.measure import MeasuredAccount, Measurement, PostTraits, Window
from runner.report.measured_post import Numbers, total


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

    def __init__(self, account: MeasuredAccount) -> None:
        self._found: dict[str, dict[Window, Measurement]] = defaultdict(dict)
        for each in account.measurements:
            self._found[each.post][each.window] = each
        answered = {each.post: each.answers for each in account.measurements if each.answers}
        self._own_replies = Counter(answered.values())

    def of(self, ids: Sequence[str]) -> PostNumbers:
        """Those of a post that consists of these."""
        parts = [self._found.get(id, {}) for id in ids]
        by_age = {
            window: [part[window] for part in parts]
            for window in Window
            if all(window in part for part in parts)
        }
        counted = {
            window: self._summed(measured)
            for window, measured in by_age.items()
            if all(each.comparable for each in measured)
        }
        every = [each for measured in by_age.values() for each in measured]
        late = {window for window, found in by_age.items() if any(x.is_late for x in found)}
        return PostNumbers(
            at={window: each for window, each in counted.items() if window not in late},
            newest=next(reversed(counted.values()), None),
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

    def _summed(self, measured: Sequence[Measurement]) -> Numbers:
        return total(self._numbers(each) for each in measured)

    def _numbers(self, measurement: Measurement) -> Numbers:
        counts = measurement.comparable
        if counts is None:
            return Numbers(impressions=0)
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
