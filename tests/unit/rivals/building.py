"""What the tests of rivals build."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from runner.models.report_settings import Rival
from runner.reading import NotRead
from runner.rivals import RivalLooks, RivalState, rival_looks
from runner.rivals.ports import PostKind, RivalPage, RivalPost, RivalUser
from runner.rivals.reading import RivalsRead, RivalsRun
from runner.x_facts import snowflake
from tests.turns import OwnTurn
from tests.unit.measure.building import MemoryFiles

MONDAY = date(2026, 11, 2)
RIVAL = Rival(handle="otherjeans")


def post_at(days: float = 0.5, kind: PostKind = PostKind.ORIGINAL, **given: object) -> RivalPost:
    """A post so many days after the Monday."""
    at = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(days=days)
    id = str(snowflake(at))
    values: dict[str, object] = {
        "post": id,
        "root": id,
        "kind": kind,
        "hashtags": (),
        **dict.fromkeys(("has_picture", "has_video", "has_link"), False),
        **dict.fromkeys(("likes", "replies", "reposts", "quotes"), 0),
    }
    return RivalPost(**{**values, **given})  # type: ignore[arg-type]


@dataclass
class OtherX:
    """Satisfies `RivalReader`: one user, by its id, and what it posts."""

    posts: list[RivalPost] = field(default_factory=list)
    handle: str = "otherjeans"
    state: RivalState = RivalState.SEEN
    asked: list[str] = field(default_factory=list)
    before_page: Callable[[], NotRead | None] = lambda: None
    most: int = 100
    """That it shows on a page."""

    def user(self, handle: str, user_id: str | None) -> RivalUser | NotRead:
        self.asked.append(user_id or f"@{handle}")
        is_there = user_id == "7" or handle == self.handle
        if self.state in (RivalState.MISSING, RivalState.SUSPENDED) or not is_there:
            return RivalUser(state=self.state if is_there else RivalState.MISSING)
        return RivalUser(state=self.state, user_id="7", handle=self.handle, followers=900)

    def page(self, user_id: str, since: int, until: int, size: int) -> RivalPage | NotRead:
        assert 5 <= size <= 100
        if refused := self.before_page():
            return refused
        self.asked.append("page")
        inside = [each for each in self.posts if since <= int(each.post) < until]
        inside.sort(key=lambda each: -int(each.post))
        found = inside[: min(size, self.most)]
        oldest = int(found[-1].post) if len(found) < len(inside) else since
        return RivalPage(posts=tuple(found), shown=len(found), since=oldest)


@dataclass
class Watch:
    """A project that watches rivals: what X shows, what is kept, and the clock."""

    x: OtherX = field(default_factory=OtherX)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    rivals: tuple[Rival, ...] = (RIVAL,)
    now: datetime = datetime(2026, 11, 16, 9, tzinfo=UTC)

    def run(self, *, left: str | None = None, waits: bool = False) -> RivalsRead:
        return RivalsRun(
            files=self.files,
            reader=self.x,
            rivals=self.rivals,
            zone=UTC,
            now=lambda: self.now,
            turn=OwnTurn(waits),
            left=Decimal(left) if left else None,
        ).run()

    @property
    def looks(self) -> RivalLooks:
        return rival_looks(self.files.files)

    @property
    def mondays(self) -> list[date]:
        return [each.monday for each in self.looks.of("otherjeans")]
