"""Rivals in a report: how they post beside us, what that brings, and their best posts as links."""

from collections.abc import Iterator, Sequence

from runner.report import FEWEST, Finding, GroupComparison, PostingHabits, RivalReport, RivalWeek
from runner.views.phrases import count
from runner.views.reading_costs import rival_todo
from runner.views.report import UNKNOWN, ReportTable, number, pace, ratio, two_figures
from runner.x_facts import post_address

HOW = (
    "Their figures are sums of what X tells everybody. Beside ours: replies, quotes, reposts and "
    "likes for each follower, of posts of the same weeks, when they were about a week old. Weeks "
    "that are younger are not in here, neither theirs nor ours. Engagements are those of the post "
    "in the middle."
)
_BAND = 3
"""Hours that are told as one."""


def rival_words(rivals: Sequence[RivalReport]) -> Iterator[str]:
    """A line for each of whom a week is known: `Other Jeans: 3 posts a day to shop’s 1.2; …`; and
    above of which weeks that is, since they are fewer days than a report has."""
    told = ""
    for each in rivals:
        if each.weeks:
            if (weeks := _weeks_words(each.weeks)) != told:
                yield weeks
            told = weeks
            both = f"{pace(each.theirs.per_day)} to {each.account}’s {number(each.ours.per_day)}"
            yield f"{each.rival.title}: {both}; {_beside_ours(each.comparison)}"


def _weeks_words(weeks: Sequence[RivalWeek]) -> str:
    first = weeks[0].monday
    since = f"from {first.day} {first:%b}"
    return f"read so far: {count(len(weeks), 'week')} {since} on"


def _beside_ours(found: GroupComparison) -> str:
    if found.ratio and found.finding is not Finding.ALIKE:
        return f"{ratio(found.ratio)} as much per follower"
    return f"per follower {found.finding.value}"


def rival_notes(rivals: Sequence[RivalReport]) -> Iterator[str]:
    """What a person should know of those of whom there is nothing, or under another name."""
    for each in rivals:
        title, todo = each.rival.title, each.last and rival_todo(each.last, each.rival.handle)
        if todo:
            yield f"{title}: {todo}."
        elif not each.weeks:
            yield (
                f"{title}: no week of these days was read yet. It is read once all its posts are a "
                "week old: `runner measure`, or listen.yml."
            )


def rivals_table(rivals: Sequence[RivalReport]) -> ReportTable:
    """Each rival, our own account below those that are held against it in the same weeks."""
    rows: list[tuple[str, ...]] = []
    known = [each for each in rivals if each.weeks]
    for place, each in enumerate(known):
        rows.append(_row(each.rival.title, each.theirs, each.comparison))
        below = known[place + 1] if place + 1 < len(known) else None
        if below is None or (below.account, below.ours) != (each.account, each.ours):
            rows.append(_row(f"{each.account}, ours", each.ours, None))
    head = ("who", "posts", "a day", "with a picture", "a film", "a link", "most at")
    brought = ("engagements", "for 1,000 followers", "beside ours", "finding")
    return ReportTable(head=(*head, *brought), rows=tuple(rows), words=frozenset({0, 6, 10}))


def doings_table(rivals: Sequence[RivalReport]) -> ReportTable:
    """What rivals' posts are, and which hashtags stand in most of them."""
    rows = (
        (
            each.rival.title,
            *(f"{n:,}" for n in (each.theirs.originals, each.theirs.quotes)),
            *(f"{n:,}" for n in (each.theirs.replies, each.theirs.reposts)),
            " ".join(f"#{tag}" for tag in each.theirs.hashtags) or UNKNOWN,
        )
        for each in rivals
        if each.weeks
    )
    head = ("who", "of their own", "quotes", "replies to others", "reposts", "most used hashtags")
    return ReportTable(head=head, rows=tuple(rows), words=frozenset({0, 5}))


def best_table(rivals: Sequence[RivalReport]) -> ReportTable:
    """Links to their best posts, whose words stand on X alone."""
    rows = ((each.rival.title, post_address(post)) for each in rivals for post in each.theirs.best)
    places = frozenset({0, 1})
    return ReportTable(head=("who", "post"), rows=tuple(rows), words=places, links=frozenset({1}))


def _row(who: str, habits: PostingHabits, found: GroupComparison | None) -> tuple[str, ...]:
    is_ours = found is None
    per = habits.per_thousand
    return (
        who,
        f"{habits.posts:,}",
        number(habits.per_day),
        _of(habits.pictures, habits.posts),
        UNKNOWN if is_ours else _of(habits.videos, habits.posts),
        _of(habits.links, habits.posts),
        busiest(habits),
        UNKNOWN if habits.engagement is None else number(habits.engagement),
        UNKNOWN if per is None else two_figures(per),
        ratio(found.ratio) if found and found.ratio else UNKNOWN,
        found.finding.value if found else UNKNOWN,
    )


def busiest(habits: PostingHabits) -> str:
    """The three hours in which most posts went out, where there are enough to tell."""
    if habits.posts < FEWEST:
        return Finding.TOO_FEW.value
    bands = [sum(habits.hours[first : first + _BAND]) for first in range(0, 24, _BAND)]
    first = _BAND * bands.index(max(bands))
    return f"{first:02}:00 to {first + _BAND:02}:00"


def _of(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else UNKNOWN
