"""What a report shows, in any format: first what it comes to, then the tables behind it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from runner.report import (
    Finding,
    Interval,
    MeasuredPost,
    Numbers,
    PeriodReport,
    PostedWeek,
    PostGroup,
    RivalReport,
    Standout,
)
from runner.value import Value
from runner.views.phrases import count, day, usd
from runner.views.report import UNKNOWN, ReportTable, percent, ratio, times
from runner.views.report.goals import goals_table
from runner.views.report.headlines import Headline, headlines
from runner.views.report.rhythm import rhythm_table
from runner.views.report.rivals import HOW as HELD_AGAINST
from runner.views.report.rivals import best_table, doings_table, rival_notes, rivals_table

HOW: Final = (
    "Beside others: how much people did with these posts for each view in their first 48 hours, "
    "against the other posts of the same account and month. A reply or a quote counts as ten "
    "likes, a repost as two. In brackets: between what the truth lies, 19 times of 20."
)
TITLES: Final = {
    "account": "By account",
    "campaign": "By campaign",
    "kind": "By kind",
    "post": "By post",
    "slot": "By slot",
    "weekday": "By weekday",
    "hour": "By hour",
    "language": "By language",
    "picture": "With a picture, and without",
    "link": "With a link, and without",
    "hashtag": "By hashtag",
    "thread": "Threads, and single posts",
    "promotion": "Promotion, and the rest",
}
_BY_LANGUAGE: Final = "Each account has a language of its own, so that this is by language, too."
_COUNTED: Final = ("views", "replies", "quotes", "reposts", "likes", "rate")
MOST_ROWS: Final = 20
"""Of a table; those of most posts."""


class Whisker(Value, kw_only=True):
    """What is drawn of a row: where it lies beside the others."""

    ratio: Interval
    finding: Finding


class Bar(Value, kw_only=True):
    """What is drawn of a row: how long it is beside the longest. `shown` is its value in words."""

    label: str
    value: float
    shown: str


class ReportSection(Value, kw_only=True):
    title: str
    words: tuple[str, ...] = ()
    table: ReportTable | None = None
    whiskers: tuple[Whisker | None, ...] = ()
    """Of each row of the table."""
    bars: tuple[Bar, ...] = ()


class ReportListing(Value, kw_only=True):
    """Everything, in the order in which it is read."""

    title: str
    headlines: tuple[Headline, ...]
    sections: tuple[ReportSection, ...]
    notices: tuple[str, ...]


def report_listing(report: PeriodReport) -> ReportListing:
    since, until = (f"{day.day} {day:%b %Y}" for day in (report.period.since, report.period.until))
    return ReportListing(
        title=f"{since} to {until}",
        headlines=headlines(report),
        sections=tuple(_sections(report)),
        notices=report.notices,
    )


def _sections(report: PeriodReport) -> Iterator[ReportSection]:
    if report.goals:
        yield ReportSection(title="Goals", table=goals_table(report.goals))
    yield from _standouts(report)
    how: tuple[str, ...] = (HOW,)
    for dimension, groups in groupby(report.groups, key=lambda group: group.dimension):
        words = (*how, _BY_LANGUAGE) if dimension == "account" and _speak_apart(report) else how
        yield _group_section(dimension, tuple(groups), words)
        how = ()
    yield _weeks(report.weeks)
    if report.posts:
        yield _last_posts(report.posts)
    yield ReportSection(title="Rhythm", table=rhythm_table(report))
    yield from _rivals(report.rivals)


def _speak_apart(report: PeriodReport) -> bool:
    """Whether each account has one language, and no other has the same."""
    spoken = {(post.account, post.language) for post in report.posts}
    languages = {language for _, language in spoken}
    return None not in languages and len(spoken) == len(languages)


def _rivals(rivals: Sequence[RivalReport]) -> Iterator[ReportSection]:
    if not rivals:
        return
    notes = tuple(rival_notes(rivals))
    if not any(each.weeks for each in rivals):
        yield ReportSection(title="Rivals", words=notes)
        return
    yield ReportSection(title="Rivals", words=(HELD_AGAINST, *notes), table=rivals_table(rivals))
    yield ReportSection(title="What rivals post", table=doings_table(rivals))
    if any(each.theirs.best for each in rivals):
        yield ReportSection(title="Best posts of rivals", table=best_table(rivals))


def _weeks(weeks: Sequence[PostedWeek]) -> ReportSection:
    rates = [each.early.engagements / max(each.early.impressions, 1) for each in weeks]
    rows = (
        (
            f"{each.monday.day} {each.monday:%b}",
            f"{each.posts:,}",
            *_views_and_rate(each.early),
            usd(each.cost),
        )
        for each in weeks
    )
    table = ReportTable(head=("week from", "posts", "views", "rate", "cost"), rows=tuple(rows))
    bars = (
        Bar(label=row[0], value=rate, shown=row[3])
        for row, rate in zip(table.rows, rates, strict=True)
    )
    return ReportSection(title="Week by week", table=table, bars=tuple(bars) if any(rates) else ())


def _standouts(report: PeriodReport) -> Iterator[ReportSection]:
    best, worst = report.standouts.best, report.standouts.worst
    if best:
        yield ReportSection(title="Best posts", table=_standout_table(best))
    if worst:
        yield ReportSection(title="Worst posts", table=_standout_table(worst))
    if not (best or worst):
        yield ReportSection(title="Best and worst posts", words=(_why_none(report),))


def _why_none(report: PeriodReport) -> str:
    compared = report.standouts.compared
    if not compared:
        if any(post.early for post in report.posts):
            return (
                "Nobody has answered, shared or liked a post of these days in its first 48 hours."
            )
        return "No post of these days has been measured at 48 hours."
    return (
        f"None of {count(compared, 'post')} stands out: what lies between them may be chance. Too "
        "few people have seen them, or done anything, to tell more."
    )


def _standout_table(found: Sequence[Standout]) -> ReportTable:
    head = ("post", "text", *_COUNTED, "beside its account")
    rows = tuple((*_post_row(each.post), times(each.ratio.value)) for each in found)
    addresses = tuple(each.post.url for each in found)
    return ReportTable(head=head, rows=rows, words=frozenset({0, 1}), addresses=addresses)


def _last_posts(posts: Sequence[MeasuredPost]) -> ReportSection:
    shown = tuple(reversed(posts[-MOST_ROWS:]))
    left_out = len(posts) - len(shown)
    words = (f"{left_out} more are not shown: ask for CSV.",) if left_out else ()
    rows = tuple((*_post_row(post), f"{day(post.at)} {post.at:%H:%M}") for post in shown)
    head = ("post", "text", *_COUNTED, "went out")
    addresses = tuple(post.url for post in shown)
    table = ReportTable(head=head, rows=rows, words=frozenset({0, 1}), addresses=addresses)
    return ReportSection(title="The last posts", words=words, table=table)


def _post_row(post: MeasuredPost) -> tuple[str, ...]:
    """What it is, and what X counted of it at 48 hours."""
    early = post.early
    if early is None:
        return (post.name, post.excerpt, *(UNKNOWN for _ in _COUNTED))
    counts = (early.impressions, early.replies, early.quotes, early.reposts, early.likes)
    rate = percent(early.engagements / max(early.impressions, 1))
    return (post.name, post.excerpt, *(f"{each:,}" for each in counts), rate)


def _group_section(
    dimension: str, groups: Sequence[PostGroup], words: tuple[str, ...]
) -> ReportSection:
    shown = sorted(sorted(groups, key=lambda group: -group.posts)[:MOST_ROWS], key=groups.index)
    left_out = len(groups) - len(shown)
    more = (f"{left_out} more with fewer posts are not shown.",) if left_out else ()
    head = (dimension, "posts", "views", "rate", "cost", "beside others", "finding")
    return ReportSection(
        title=TITLES[dimension],
        words=(*words, *more),
        table=ReportTable(head=head, rows=tuple(map(_group_row, shown)), words=frozenset({0, 6})),
        whiskers=tuple(map(_whisker, shown)),
    )


def _views_and_rate(early: Numbers) -> tuple[str, str]:
    """How often posts were seen, and what people did each time; neither is known of no view."""
    seen = early.impressions
    return (f"{seen:,}", percent(early.engagements / seen)) if seen else (UNKNOWN, UNKNOWN)


def _whisker(group: PostGroup) -> Whisker | None:
    compared = group.comparison
    return Whisker(ratio=compared.ratio, finding=compared.finding) if compared.ratio else None


def _group_row(group: PostGroup) -> tuple[str, ...]:
    compared = group.comparison
    has_others = bool(compared.posts and compared.others)
    return (
        group.label,
        f"{group.posts:,}",
        *_views_and_rate(group.early),
        usd(group.cost),
        ratio(compared.ratio) if compared.ratio else UNKNOWN,
        compared.finding.value if has_others else "nothing like it",
    )
