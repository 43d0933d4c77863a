"""Who is told of a redraw, and when: each redraw has a moment of its own, at which a post names who
wins by it. Those of which nobody was told yet are told together."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from runner.cli.contest_posts import is_out, post_standings
from runner.cli.contests import OpenedContest
from runner.cli.context import CommandContext
from runner.models import REDRAWN, Draw, DrawnPlace, anchor_of_redraw, redraw_of
from runner.value import Value
from runner.x_facts import instant

_TO_MERGE: Final = timedelta(minutes=1)
"""How soon after it is written a redraw may be told of."""


class ToldRedraws(Value, kw_only=True):
    """The moments of all redraws of which somebody is told, and the places, each with the redraw by
    which it wins."""

    moments: tuple[str, ...]
    places: tuple[DrawnPlace, ...]
    added: bool
    """Whether somebody new wins."""


def told_redraws(
    context: CommandContext,
    contest: OpenedContest,
    draw: Draw,
    places: Sequence[DrawnPlace],
    fallen: str,
) -> ToldRedraws:
    """The redraws that posts tell of, with the one in which the place of this winner falls. Where
    no winner was named yet, the posts to come name the new one, and tell of no redraw."""
    known = {place.user: place.redraw for place in (draw.proof.places if draw.proof else ())}
    moments = [str(at) for at in draw.redrawn]
    waiting = moments.pop() if moments and not _is_told(context, contest, len(moments)) else None
    number = len(moments) + 1
    is_named = bool(draw.redrawn) or named_at(context, contest, fallen) is not None
    added = any(place.user not in known for place in places)
    marks = {place.user: number if is_named else None for place in places} | known
    if any(marks[place.user] == number and place.fallen is None for place in places):
        soon = contest.as_written(context.clock.now() + _TO_MERGE)
        moments.append(soon if added or waiting is None else waiting)
    else:
        marks = {user: None if mark == number else mark for user, mark in marks.items()}
    return ToldRedraws(
        moments=tuple(moments),
        places=tuple(each.model_copy(update={"redraw": marks[each.user]}) for each in places),
        added=added,
    )


def named_at(context: CommandContext, contest: OpenedContest, handle: str) -> datetime | None:
    """The moment of the first post that names somebody; None where no post that is out does."""
    name = re.compile(rf"(?<!\w){re.escape(handle)}(?!\w)", re.IGNORECASE)
    times = (
        instant(standing.posted[0].id)
        for standing in post_standings(context, contest).values()
        if standing.posted and standing.opening
        if any(name.search(str(part.get("text"))) for part in standing.opening.parts)
    )
    return min(times, default=None)


def naming_post(context: CommandContext, contest: OpenedContest, number: int) -> str:
    """Which post names who wins by a redraw; how to write one, where none does."""
    for name in _posts_at_redraw(contest, number):
        if not is_out(context, contest, name):
            return f"Once that is merged, `{name}` names who wins now."
    anchor = anchor_of_redraw(number)
    text = f", template: contest/{REDRAWN}" if anchor != REDRAWN else ""
    return (
        f"No post names who wins now. Add one to the same pull request, below `posts:` of "
        f"{contest.path}:\n  {anchor}: {{at: {anchor}{text}}}"
    )


def _is_told(context: CommandContext, contest: OpenedContest, number: int) -> bool:
    return any(is_out(context, contest, name) for name in _posts_at_redraw(contest, number))


def _posts_at_redraw(contest: OpenedContest, number: int) -> list[str]:
    """The posts that stand on the moment of a redraw."""
    posts = contest.contest.posts.items()
    return [name for name, post in posts if post.at and redraw_of(post.at.anchor) == number]
