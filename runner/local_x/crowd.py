"""A crowd that enters contests, and a brand beside ours, from a script: who does what, and when.

The script is a list of `Act`s. `Sandbox.play(acts)` hands them over; each happens by itself as soon
as the clock of the local X has passed its instant, before the next request is answered:

    acts = crowd_acts(500, opens=opens, closes=closes, text="@acme_lv #ZiemasLois")
    sandbox.play(acts)
    sandbox.set_clock(closes)      # by now all of them have entered
    sandbox.play(brand_acts("otherjeans", since=monday, days=28, a_day=3, tags=("denim",)))

`crowd_acts` makes what crowds do beside entering: some enter twice, forget the phrase, rewrite what
they said, delete it, protect their account, are suspended, come too late, or are listed late by X.
`storm` has thousands enter within a minute. By reply (`to=` the announcement's id) and by repost
(`does="repost"`) as well. Of ten of `brand_acts` seven are posts of its own, with a picture, a
film, a link or words alone; the others quote a fan, answer one, or share what one has posted. The
same arguments give the same script.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from runner.local_x.state import LocalX
from runner.local_x.values import Post
from runner.value import replace
from runner.x_facts import instant, snowflake

Does = Literal["post", "repost", "quote", "edit", "delete", "protect", "suspend", "return"]
LATE: Final = timedelta(minutes=5)
"""How long X takes in a crowd to list what it lists late."""


_ODDITIES: Final = (
    "twice",
    "phrase forgotten",
    "phrase added",
    "deleted",
    "protected",
    "suspended",
    "too late",
    "listed late",
    "young",
)
_TEN: Final = ("post",) * 7 + ("quote", "answer", "repost")
_LOOKS: Final[tuple[Literal["photo", "video"] | None, ...]] = ("photo", "photo", "video", None)
_BEFORE: Final = timedelta(minutes=30)
"""So much earlier a fan says what the brand answers, or shares."""


class Act(BaseModel):
    """What one person does at one moment, if they can: nobody answers what is gone. `edit` and
    `delete` are about their newest post."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: AwareDatetime
    who: str
    """Their handle."""
    does: Does = "post"
    text: str = ""
    to: str | None = None
    """The post that is answered, or shared."""
    to_newest_of: str | None = None
    """The handle of whose newest post it is, where that has no id yet."""
    media: Literal["photo", "video"] | None = None
    listed: timedelta = timedelta(0)
    """How long afterwards X lists it."""
    unmentioned: bool = False
    """They take away the name that X puts before a reply."""
    language: str = "und"
    """In which X takes it to be."""
    joined: AwareDatetime | None = None
    """When they made their account, where it is young."""


class Script:
    """Acts that wait for their moment."""

    def __init__(self) -> None:
        self._waiting: list[Act] = []

    def add(self, acts: Iterable[Act]) -> None:
        """Puts acts in at their moments."""
        waiting = sorted((*self._waiting, *acts), key=lambda act: act.at)
        self._waiting = waiting[::-1]

    def play(self, local_x: LocalX, now: datetime) -> None:
        """Does all that is due."""
        while self._waiting and self._waiting[-1].at <= now:
            _do(self._waiting.pop(), local_x)

    def clear(self) -> None:
        self._waiting.clear()


def _do(act: Act, local_x: LocalX) -> None:
    user_id = str(snowflake(act.joined) + sum(act.who.encode())) if act.joined else ""
    person = local_x.stranger(act.who, user_id=user_id)
    newest = next(local_x.posts(person.user_id), None)
    match act.does:
        case "post" | "repost" | "quote":
            to, is_alone = _target(act, local_x), not (act.to or act.to_newest_of)
            if to or (is_alone and act.does == "post"):
                local_x.put(_post(act, local_x, person.user_id, to))
        case "edit" if newest:
            local_x.edit(newest.id, act.text, at=act.at)
        case "delete" if newest:
            local_x.remove(newest.id)
        case "protect":
            local_x.hide(person, "protected")
        case "suspend":
            local_x.hide(person, "suspended")
        case "return":
            local_x.hide(person, None)


def _target(act: Act, local_x: LocalX) -> str | None:
    """The post that an act is about; None where there is none, or it is not there any more."""
    if act.to_newest_of:
        posts = local_x.posts(local_x.stranger(act.to_newest_of).user_id)
        return next((post.id for post in posts), None)
    return act.to if act.to and local_x.post(act.to) else None


def _post(act: Act, local_x: LocalX, author: str, to: str | None) -> Post:
    media = (local_x.library.hang(author, act.media, act.at).id,) if act.media else ()
    id = local_x.new_id(act.at)
    at = instant(id)
    post = Post(id=id, author=author, at=at, text=act.text, conversation=id, media=media)
    post = replace(post, language=act.language)
    if act.listed:
        post = replace(post, indexed=at + act.listed)
    match act.does:
        case "repost":
            return replace(post, text="", repost_of=to)
        case "quote":
            return replace(post, text=f"{act.text} https://x.com/i/status/{to}", quotes=to)
        case _:
            return replace(post, reply_to=to, unmentioned=act.unmentioned)


def crowd_acts(
    count: int,
    *,
    opens: datetime,
    closes: datetime,
    text: str,
    to: str | None = None,
    does: Literal["post", "repost"] = "post",
    seed: int = 0,
) -> tuple[Act, ...]:
    """What a crowd of entrants does between two moments: each enters once, and one in twenty does
    something else, too."""
    chance = random.Random(seed)  # noqa: S311 - a play, the same each time
    length = closes - opens
    acts: list[Act] = []
    for number in range(count):
        at = opens + length * chance.random()
        entry = Act(at=at, who=f"person_{seed}_{number}", does=does, text=text, to=to)
        if number % 20:
            acts.append(entry)
        else:
            acts += _odd(entry, number // 20 % len(_ODDITIES), closes)
    return tuple(acts)


def _odd(entry: Act, which: int, closes: datetime) -> Iterator[Act]:
    """An entry, and what becomes of it."""
    later = min(entry.at + timedelta(minutes=20), closes)
    match _ODDITIES[which]:
        case "twice":
            yield from (entry, entry.model_copy(update={"at": later}))
        case "phrase forgotten":
            yield entry.model_copy(update={"text": entry.text.partition(" ")[0]})
        case "phrase added":
            yield entry.model_copy(update={"text": entry.text.partition(" ")[0]})
            yield Act(at=later, who=entry.who, does="edit", text=entry.text)
        case "deleted":
            yield from (entry, Act(at=later, who=entry.who, does="delete"))
        case "protected":
            yield from (entry, Act(at=later, who=entry.who, does="protect"))
        case "suspended":
            yield from (entry, Act(at=later, who=entry.who, does="suspend"))
        case "too late":
            yield entry.model_copy(update={"at": closes + timedelta(minutes=1)})
        case "listed late":
            yield entry.model_copy(update={"listed": LATE})
        case _:
            yield entry.model_copy(update={"joined": entry.at - timedelta(days=1)})


def storm(count: int, *, at: datetime, text: str, to: str | None = None) -> tuple[Act, ...]:
    """The acts of people who all enter within one minute."""
    pause = timedelta(minutes=1) / count
    return tuple(
        Act(at=at + number * pause, who=f"storm_{number}", text=text, to=to)
        for number in range(count)
    )


def brand_acts(
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
