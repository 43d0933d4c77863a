"""Standings and timelines for the tests of doubt."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from runner.ledger import Attempting, Closed, Entry, Key, Posted, Standing, State
from runner.reconcile import TimelinePost
from runner.render.rendered import RenderedMedia, RenderedPart
from runner.x_facts import snowflake

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
SEND_WITHIN = timedelta(seconds=60)


def key(post: str = "launch") -> Key:
    return Key("shop", "slim27", post)


def part(text: str = "", **more: Any) -> RenderedPart:
    return RenderedPart(text=text, weight=len(text), cost=Decimal("0.015"), **more)


def picture(number: int = 1) -> RenderedMedia:
    return RenderedMedia(path=f"{number}.png", digest="d", type="image/png", size=1)


def attempting(
    *parts: RenderedPart, at: float = 0, number: int = 1, post: str = "launch", **more: Any
) -> Attempting:
    """An attempt `at` seconds after noon; of a later part without parts."""
    when = NOON + timedelta(seconds=at)
    return Attempting(
        key=key(post),
        part=number,
        at=when,
        run="r",
        attempt=more.pop("attempt", f"{post}-{number}-{at:g}"),
        send_by=when + SEND_WITHIN,
        due=NOON,
        digest="d",
        parts=tuple(each.canonical() for each in parts),
        cost=Decimal("0.015"),
        **more,
    )


def posted(id: str, *, number: int = 1, post: str = "launch") -> Posted:
    return Posted(
        key=key(post), part=number, at=NOON, run="r", id=id, url=f"u/{id}", cost=Decimal("0.015")
    )


def closed(attempt: Attempting, state: State, **more: Any) -> Closed:
    return Closed(
        key=attempt.key,
        part=attempt.part,
        at=attempt.send_by,
        run="r",
        attempt=attempt.attempt,
        state=state,  # type: ignore[arg-type]
        because="",
        **more,
    )


def standing(*entries: Entry) -> Standing:
    return Standing(key=entries[0].key, entries=entries)


def id_at(seconds: float, number: int = 0) -> str:
    return str(snowflake(NOON + timedelta(seconds=seconds)) + number)


def shown(text: str = "", *, at: float = 1, number: int = 0, **more: Any) -> TimelinePost:
    """A post of so many seconds after noon."""
    id = id_at(at, number)
    when = NOON + timedelta(seconds=at)
    return TimelinePost(id=id, url=f"https://x.com/acme_lv/status/{id}", at=when, text=text, **more)


def edited(one: TimelinePost, text: str, *, at: float) -> TimelinePost:
    return shown(text, at=at, earlier=(one.id,), first_at=one.at, media=one.media)


def ids(found: Iterable[TimelinePost]) -> list[str]:
    return [one.id for one in found]
