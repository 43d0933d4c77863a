"""What a run has measured of an account: how many posts, at which age, and for how much; and what
it has read of rivals."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from runner.measure import Window
from runner.measure.measuring import Measured
from runner.rivals import RivalLook, RivalsRead
from runner.views.phrases import count, usd
from runner.views.reading_costs import rival_todo
from runner.x_facts import post_address

_AGES: Final = {
    Window.TWO_DAYS: "48 hours",
    Window.WEEK: "7 days",
    Window.FOUR_WEEKS: "28 days",
}


def measured_as_text(account: str, found: Measured) -> str:
    """A line of what was read, and one for each thing that a person should know of it."""
    return "\n".join(_lines(account, found))


def _lines(account: str, found: Measured) -> Iterator[str]:
    counted = [each for each in found.new if not each.deleted]
    if not found.new and (found.stopped or found.missed):
        yield f"{account}: no post measured ({usd(found.usd)})."
    elif not found.new:
        yield f"{account}: no post has come to an age at which it is measured ({usd(found.usd)})."
    else:
        ages = Counter(each.window for each in counted)
        told = ", ".join(f"{ages[window]} at {_AGES[window]}" for window in Window if ages[window])
        said = f": {told}" if told else ""
        yield f"{account}: {count(len(counted), 'post')} measured ({usd(found.usd)}){said}."
    if late := sum(each.is_late for each in counted):
        yield f"  {late} of them late: their numbers are those of an older post."
    if others := sum(each.key is None for each in counted):
        yield f"  {others} of them not sent by the runner."
    if boosted := sum(each.is_boosted for each in counted):
        yield f"  {boosted} of them boosted: over a tenth of the reach was paid for."
    for each in found.new:
        if each.deleted:
            name = f"{each.key} " if each.key else ""
            yield f"  {name}{post_address(each.post)} is deleted."
    if found.missed:
        posts = count(found.missed, "post has", "posts have")
        yield f"  {posts} no numbers of 28 days: nobody measured them while X told any."
    if found.followers is not None:
        yield f"  {found.followers:,} {'follower' if found.followers == 1 else 'followers'}."


def rivals_as_text(found: RivalsRead) -> str:
    """A line for each week that was read, or could not be; what is said of several is said once."""
    return "\n".join(dict.fromkeys(line for look in found.looks for line in _look_lines(look)))


def _look_lines(look: RivalLook) -> Iterator[str]:
    who, week = f"@{look.handle}", f"{look.monday.day} {look.monday:%b}"
    if look.week:
        read = look.week.posts + look.week.replies + look.week.reposts
        yield f"{who}: {count(read, 'post')} of the week from {week} ({usd(look.usd)})."
    if todo := rival_todo(look, look.handle):
        yield f"{who}: {todo}."
