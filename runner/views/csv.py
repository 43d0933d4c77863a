"""The posts of a report for spreadsheets, without their words; and the weeks of rivals."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Final

from runner.measure import Window
from runner.report import MeasuredPost, Numbers, PostingHabits, RivalReport
from runner.x_facts import post_address

_COUNTED: Final = ("impressions", "replies", "quotes", "reposts", "likes", "bookmarks")
_PRIVATE: Final = ("clicks", "profile_visits")
_HEAD: Final = (
    *("post", "url", "account", "campaign", "kind", "at", "minutes-late", "slot", "language"),
    *("picture", "link", "hashtags", "parts", "promotion", "boosted", "deleted", "cost-usd"),
)
_EXPORTED: Final = ("shares", "follows")
"""What X's own export alone tells, of no age."""
_WEEK_HEAD: Final = (
    *("who", "ours", "week", "posts", "days", "originals", "quotes", "replies", "reposts"),
    *("pictures", "videos", "links", "engagement", "per-thousand-followers", "hashtags", "best"),
)


def posts_as_csv(posts: tuple[MeasuredPost, ...]) -> str:
    """Numbers at 48 hours, a week and four weeks; nothing stands where nothing is known."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    counted = (*_COUNTED, *_PRIVATE)
    of_ages = (f"{name}-{each.value}" for each in Window for name in counted)
    writer.writerow([*_HEAD, *of_ages, *_EXPORTED])
    for post in posts:
        writer.writerow([*_facts(post), *_numbers(post.numbers), *_exported(post.newest)])
    return written.getvalue()


def rivals_as_csv(rivals: tuple[RivalReport, ...]) -> str:
    """A row for each week of each rival, and below it one for our own account in that week; what is
    not known of ours is left out. No cell begins with an @, which spreadsheets take for a
    formula."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_WEEK_HEAD)
    for each in rivals:
        for week in each.weeks:
            writer.writerow([each.rival.handle, "no", week.monday, *_habits(week.theirs)])
            ours = _habits(week.ours, is_ours=True)
            writer.writerow([each.account, "yes", week.monday, *ours])
    return written.getvalue()


def _habits(habits: PostingHabits, *, is_ours: bool = False) -> tuple[object, ...]:
    told_apart = (habits.originals, habits.quotes, habits.replies, habits.reposts)
    links = map(post_address, habits.best)
    return (
        *(habits.posts, f"{habits.days:.2f}", *(("",) * 4 if is_ours else told_apart)),
        *(habits.pictures, "" if is_ours else habits.videos, habits.links),
        *(_rounded(habits.engagement), _rounded(habits.per_thousand)),
        *(" ".join(habits.hashtags), " ".join(links)),
    )


def _rounded(value: float | None) -> str:
    """In four figures, or whole where there are more of them."""
    if value is None:
        return ""
    return f"{value:.4g}" if value < 1_000 else f"{value:.0f}"


def _facts(post: MeasuredPost) -> tuple[object, ...]:
    minutes = "" if post.late is None else int(post.late.total_seconds() // 60)
    promotion = "" if post.is_promotional is None else _yes_or_no(post.is_promotional)
    return (
        *(post.name, post.url, post.account, post.campaign or "", post.kind or ""),
        *(post.at.isoformat(), minutes, post.slot or "", post.language or ""),
        *(_yes_or_no(post.has_picture), _yes_or_no(post.has_link), " ".join(post.hashtags)),
        *(post.parts, promotion, _yes_or_no(post.is_boosted), _yes_or_no(post.is_deleted)),
        f"{post.cost:f}",
    )


def _exported(newest: Numbers | None) -> tuple[object, ...]:
    told = (getattr(newest, name, None) for name in _EXPORTED)
    return tuple("" if each is None else each for each in told)


def _numbers(numbers: Mapping[Window, Numbers]) -> tuple[object, ...]:
    found = (numbers.get(window) for window in Window)
    return tuple(
        "" if each is None or (value := getattr(each, name)) is None else value
        for each in found
        for name in (*_COUNTED, *_PRIVATE)
    )


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"
