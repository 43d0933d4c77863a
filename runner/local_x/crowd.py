"""A crowd that enters contests, from a script: who does what, and when.

The script is a list of `Act`s. `Sandbox.play(acts)` hands them over; each happens by itself as soon
as the clock of the local X has passed its instant, before the next request is answered:

    acts = crowd(500, opens=opens, closes=closes, text="@acme_lv #ZiemasLois")
    sandbox.play(acts)
    sandbox.set_clock(closes)      # by now all of them have entered

`crowd` makes what crowds do beside entering: some enter twice, forget the phrase, rewrite what they
said, delete it, protect their account, are suspended, come too late, or are listed late by X.
`storm` has thousands enter within a minute. By reply (`to=` the announcement's id) and by repost
(`does="repost"`) as well; the same arguments give the same script.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from runner.local_x.state import LocalX
from runner.local_x.values import Post
from runner.snowflakes import instant, snowflake

Does = Literal["post", "repost", "quote", "edit", "delete", "protect", "suspend", "return"]
LATE: Final = timedelta(minutes=5)
"""How long X takes in a crowd to list what it lists late."""


class Act(BaseModel):
    """What one person does at one moment. `edit` and `delete` are about their newest post."""

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
            local_x.put(_post(act, local_x, person.user_id))
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


def _post(act: Act, local_x: LocalX, author: str) -> Post:
    to = act.to
    if act.to_newest_of:
        to = next(local_x.posts(local_x.stranger(act.to_newest_of).user_id)).id
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


def crowd(
    count: int,
    *,
    opens: datetime,
    closes: datetime,
    text: str,
    to: str | None = None,
    does: Literal["post", "repost"] = "post",
    seed: int = 0,
) -> tuple[Act, ...]:
    """So many people who enter, at any time between; one in twenty does something else, too."""
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
    """So many people who enter within one minute."""
    pause = timedelta(minutes=1) / count
    return tuple(
        Act(at=at + number * pause, who=f"storm_{number}", text=text, to=to)
        for number in range(count)
    )
