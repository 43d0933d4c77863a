"""What is wrong with the times of a campaign: accounts that nobody knows, so that they have no
clocks; anchors out of their order; a rhythm that never comes, with items twice, or too few."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from runner.durations import as_written, rounded_down
from runner.models import Campaign, CampaignFile, ItemList, Project
from runner.problems import InvalidValue, Message, Place, Problem, Route
from runner.schedule.anchors import Anchors
from runner.schedule.moments import Anchor, Broken, Clocks, known_names
from runner.schedule.recurrence import Once, Rhythm

LONGEST = 366
"""Days of a rhythm, from its first to its last."""
LEAST_BEFORE_DRAW = timedelta(hours=18)
"""The list of entries is fixed soon after the end, and lies open for half a day before the draw."""
PAIRS = (
    ("starts", "ends", "ends-before-start"),
    ("opens", "ends", "ends-before-start"),
    ("launches", "ends", "ends-before-start"),
    ("opens", "closes", "closes-before-opens"),
    ("closes", "drawn", "drawn-before-closes"),
    ("drawn", "claim-by", "claim-by-before-drawn"),
)
PROVEN = (("draws", "drawn", "drawn-before-draws"),)
"""Of a draw that anyone can check: before that its round has not come."""


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
    for index, item in enumerate(items.items):
        first = items.indexes[items.ids[index]]
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
    """A problem where a ring has fewer items than it needs, so that one would come again within its
    rest. Each account has a ring of its own, so the one with the most posts decides.

    Calendars decide, not elapsed time: four weeks stay four weeks when the clocks change.
    """
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


def span(campaign: Campaign, anchors: Anchors) -> tuple[Anchor, Anchor]:
    """The anchors from which and to which a rhythm runs. Raises Awaited, Broken, or InvalidValue
    without start."""
    opening = "starts" if campaign.starts else campaign.opening_anchor
    if opening not in campaign.anchors:
        raise InvalidValue(
            "missing-start",
            "what recurs needs a first day, and the campaign has no `starts`",
            "add it to the campaign: `starts: 2026-12-01`",
        )
    start, end = anchors.value(opening), anchors.value("ends")
    if anchors.edge("ends") <= anchors.edge(opening) or _days(start, end) > LONGEST:
        raise Broken
    return start, end


def order_problems(file: CampaignFile, anchors: Anchors) -> Iterator[Problem]:
    """What ends before it begins, and a rhythm that lasts too long."""
    is_proven = file.draw is not None and file.draw.proof is not None
    for first, second, rule in PAIRS + PROVEN if is_proven else PAIRS:
        if {first, second} <= anchors.found.keys() and anchors.edge(second) <= anchors.edge(first):
            later, earlier = _anchor_text(second, anchors), _anchor_text(first, anchors)
            help = f"move one of the two, so that `{first}` comes first"
            message = Message(rule, f"{later} is not after {earlier}", help)
            yield message.at(anchors.where(second))
            return
    yield from _drawn_too_soon(anchors)
    yield from _too_long(file.campaign, anchors)


def _drawn_too_soon(anchors: Anchors) -> Iterator[Problem]:
    """A draw that leaves no time between the list of entries and the round that decides."""
    if not {"closes", "draws"} <= anchors.found.keys():
        return
    if anchors.edge("draws") - anchors.edge("closes") < LEAST_BEFORE_DRAW:
        later, earlier = _anchor_text("draws", anchors), _anchor_text("closes", anchors)
        text = f"{later} is less than 18 hours after {earlier}"
        message = Message("draws-too-soon", text, "write `closes + 2d`")
        yield message.at(anchors.where("draws"))


def _too_long(campaign: Campaign, anchors: Anchors) -> Iterator[Problem]:
    opening = "starts" if campaign.starts else campaign.opening_anchor
    if not {opening, "ends"} <= anchors.found.keys():
        return
    days = _days(anchors.found[opening], anchors.found["ends"])
    recurring = [name for name, post in campaign.posts.items() if post.every]
    if recurring and days > LONGEST:
        yield Problem(
            rule="too-long-rhythm",
            message=f"`{recurring[0]}` recurs for {days} days; {LONGEST} is the most",
            place=anchors.where("ends"),
            help="end it sooner, and go on in a new file next year",
        )


def _days(start: Anchor, end: Anchor) -> int:
    first, last = (value.date() if isinstance(value, datetime) else value for value in (start, end))
    return (last - first).days


def _anchor_text(name: str, anchors: Anchors) -> str:
    value = anchors.found[name]
    return (
        f"`{name}` ({value:%Y-%m-%d %H:%M})"
        if isinstance(value, datetime)
        else f"`{name}` ({value})"
    )


def known_clocks(
    file: CampaignFile, project: Project
) -> tuple[tuple[Clocks, ...], tuple[Problem, ...]]:
    """The clocks of the accounts that are known, and a problem for each that is not."""
    campaign = file.campaign
    known, problems = [], []
    for index, account in enumerate(campaign.on):
        if account in project.accounts:
            known.append(Clocks.of(account, campaign, project))
            continue
        route: Route = ("accounts", index) if campaign.accounts else ("account",)
        text = f"there is no account `{account}` in runner.yaml"
        help = _handle_of(account, project) or known_names(account, project.accounts)
        message = Message("unknown-account", text, help)
        problems.append(message.at(Place(path=file.path, route=route)))
    return tuple(known), tuple(problems)


def _handle_of(name: str, project: Project) -> str | None:
    """The help for a handle that stands in the place of an account's name."""
    bare = name.removeprefix("@").casefold()
    ids = (id for id, account in project.accounts.items() if account.handle.casefold() == bare)
    id = next(ids, None)
    return f"that is the handle of `{id}`: write `{id}`" if id else None
