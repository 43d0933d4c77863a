"""What the tests of measuring build."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from runner.measure import Counts, Measurement, PostTraits, Window
from runner.measure.ports import CountedPage, CountedPost, MeasuredUser
from runner.measure.record import MeasuredStretch, MeasuringHead, MeasuringRecord
from runner.reading import FilesRaced, NotRead
from runner.x_facts import instant, snowflake

POSTED = datetime(2026, 11, 2, 9, tzinfo=UTC)


def post_of(at: datetime) -> str:
    """The id of a post of that moment."""
    return str(snowflake(at))


def measurement(
    posted: datetime = POSTED,
    window: Window = Window.TWO_DAYS,
    *,
    after: timedelta | None = None,
    **more,
) -> Measurement:
    """A post, measured as soon as it was old enough unless said otherwise."""
    post = post_of(posted)
    given = {"root": post, "public": Counts(impressions=100, likes=3), **more}
    return Measurement(post=post, window=window, at=posted + (after or window.age), **given)


def record(*measurements: Measurement, at: datetime = POSTED, stretches=(), **head):
    kept = tuple(
        MeasuredStretch(window=w, since=since, until=until) for w, since, until in stretches
    )
    return MeasuringRecord(
        head=MeasuringHead(at=at, stretches=kept, **head), measurements=measurements
    )


class MemoryFiles:
    """Satisfies `KeptFiles` in memory. `before_add` may raise, as a machine that dies does."""

    commit = None

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.before_add = lambda: None

    def read(self) -> dict[str, bytes]:
        return dict(self.files)

    def add(self, name: str, data: bytes) -> None:
        self.before_add()
        if name in self.files:
            raise FilesRaced
        self.files[name] = data

    def replace(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)


@dataclass
class Timeline:
    """Satisfies `CountReader`: posts by id, of which X counts an impression an hour."""

    clock: Callable[[], datetime]
    posts: dict[int, str | None] = field(default_factory=dict)
    """The id of each post, and of its first version where it was edited."""
    shown: int = 0
    before_page: Callable[[], NotRead | None] = lambda: None
    followers: int = 400

    def user(self, *, with_followers: bool) -> MeasuredUser:
        followers = self.followers if with_followers else None
        return MeasuredUser(user_id="42", at=self.clock(), followers=followers)

    def page(self, since: int, until: int, size: int) -> CountedPage | NotRead:
        assert 5 <= size <= 100
        if refused := self.before_page():
            return refused
        there = sorted((id for id in self.posts if since <= id < until), reverse=True)
        found, rest = there[:size], there[size:]
        self.shown += len(found)
        return CountedPage(
            posts=tuple(self._post(id) for id in found),
            shown=len(found),
            since=found[-1] if rest else since,
            is_public_alone=False,
        )

    def _post(self, id: int) -> CountedPost:
        first = self.posts[id] or str(id)
        hours = (self.clock() - instant(first)) // timedelta(hours=1)
        counts = Counts(impressions=hours)
        return CountedPost(
            post=first,
            root=first,
            answers=None,
            is_ours=True,
            traits=PostTraits(),
            public=counts,
            organic=counts,
            private=counts,
        )
