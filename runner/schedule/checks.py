"""What is wrong with rhythms and their items: one that never comes, items twice, items too few."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from runner.durations import as_written, rounded_down
from runner.models import CampaignFile, ItemList
from runner.problems import Place, Problem
from runner.schedule.item_rotation import item_id
from runner.schedule.recurrence import Once, Rhythm


def rhythm_problems(file: CampaignFile, entries: Iterable[Once | Rhythm]) -> Iterator[Problem]:
    rhythms = [entry for entry in entries if isinstance(entry, Rhythm)]
    yield from (_never(rhythm) for rhythm in rhythms if not any(rhythm.walls()))
    for name, items in file.items.items():
        yield from _twice(items)
        rest = file.campaign.posts[name].rest
        if rest:
            runs = [sorted(each.walls()) for each in rhythms if each.key.post == name]
            yield from _too_few(
                Place(path=file.path, route=("posts", name, "rest")), items, rest, runs
            )


def most_within(moments: list[datetime], length: timedelta) -> int:
    """The most of these, which are in order, that one stretch of this length holds; what stands at
    both ends of it counts once."""
    most, end = 0, 0
    for begin, moment in enumerate(moments):
        while end < len(moments) and moments[end] - moment < length:
            end += 1
        most = max(most, end - begin)
    return most


def _never(rhythm: Rhythm) -> Problem:
    return Problem(
        rule="never-due",
        message=f"`{rhythm.key.post}` never comes between {rhythm.first} and {rhythm.last}",
        place=Place(path=rhythm.campaign.path, route=("posts", rhythm.key.post, "every")),
        help="look at `days`, `except`, and the campaign's first and last day",
    )


def _twice(items: ItemList) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, item in enumerate(items.items):
        name = item_id(item)
        first = seen.setdefault(name, index)
        if first == index:
            continue
        route = (*items.route, index)
        yield Problem(
            rule="duplicate-item",
            message=f"item {index + 1} "
            + (
                f"has the id of item {first + 1}"
                if item.id
                else f"says the same as item {first + 1}"
            ),
            place=Place(path=items.path, route=(*route, "id") if item.id else route),
            help="give it another id" if item.id else "remove it, or give it an `id` of its own",
        )


def _too_few(
    place: Place, items: ItemList, rest: timedelta, runs: list[list[datetime]]
) -> Iterator[Problem]:
    """Each account has a ring of its own, so the one with the most posts decides.

    Calendars decide, not elapsed time: four weeks stay four weeks when the clocks change."""
    count = len(items.items)
    missing = max((most_within(run, rest) for run in runs), default=0) - count
    if missing <= 0:
        return
    add = f"add {missing} {'item' if missing == 1 else 'items'}"
    longest = min(later - run[at] for run in runs for at, later in enumerate(run[count:]))
    possible = rounded_down(longest)
    yield Problem(
        rule="too-few-items",
        message=f"{count} {'item is' if count == 1 else 'items are'} too few to rest "
        f"{as_written(rest)} each: {missing} {'is' if missing == 1 else 'are'} missing",
        place=place,
        help=f"{add}, or write `rest: {as_written(possible)}`" if possible else add,
    )
