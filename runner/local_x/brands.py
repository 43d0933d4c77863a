"""A brand beside ours, from a script: how it posts, day by day.

    sandbox.play(brand("otherjeans", since=monday, days=28, a_day=3, tags=("denim",)))

Seven of ten of its posts are its own, with a picture, a film, a link or words alone; the others
quote a fan, answer one, or share what one has posted. The same arguments give the same script.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from runner.local_x.crowd import Act

_TEN: Final = ("post",) * 7 + ("quote", "answer", "repost")
_LOOKS: Final[tuple[Literal["photo", "video"] | None, ...]] = ("photo", "photo", "video", None)
_BEFORE: Final = timedelta(minutes=30)
"""So much earlier a fan says what the brand answers, or shares."""


def brand(
    who: str,
    *,
    since: datetime,
    days: int,
    a_day: float = 3,
    hours: Sequence[int] = (9, 13, 18),
    says: str = "Our new jeans are here",
    tags: Sequence[str] = ("denim", "newin"),
    seed: int = 0,
) -> tuple[Act, ...]:
    """Everything that it does in so many days from `since` on; `hours` count from there."""
    chance = random.Random(f"{seed}/{who}")  # noqa: S311 - a play, the same each time
    acts: list[Act] = []
    for number in range(round(days * a_day)):
        day = timedelta(days=int(number / a_day))
        at = since + day + timedelta(hours=chance.choice(hours), minutes=chance.randrange(60))
        acts += _one(who, at, f"{says}, no. {number} #{chance.choice(tags)}", chance)
    return tuple(acts)


def _one(who: str, at: datetime, text: str, chance: random.Random) -> Iterator[Act]:
    does, fan = chance.choice(_TEN), f"{who[:11]}_fan"
    if does == "post":
        link = " https://otherjeans.lv/new" if chance.random() < 0.3 else ""
        yield Act(at=at, who=who, text=text + link, media=chance.choice(_LOOKS))
        return
    yield Act(at=at - _BEFORE, who=fan, text=f"I love @{who}, {at:%d %H:%M}")
    if does == "quote":
        yield Act(at=at, who=who, does="quote", text=text, to_newest_of=fan)
    elif does == "answer":
        yield Act(at=at, who=who, text=f"Thank you! {at:%d %H:%M}", to_newest_of=fan)
    else:
        yield Act(at=at, who=who, does="repost", to_newest_of=fan)
