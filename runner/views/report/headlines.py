"""The few things that a report comes to: what to do more of, and whether it was worth it."""

from collections.abc import Iterator
from typing import Final

from runner.report import Finding, PeriodMoney, PeriodReport, PostGroup
from runner.value import Value
from runner.views.phrases import count, skipped_words, usd
from runner.views.report import price, ratio
from runner.views.report.goals import goal_words
from runner.views.report.rhythm import rhythm_words
from runner.views.report.rivals import rival_words

MOST_NAMED: Final = 3
"""Groups that do better, and that do worse."""


class Headline(Value, kw_only=True):
    label: str
    lines: tuple[str, ...]


def headlines(report: PeriodReport) -> tuple[Headline, ...]:
    """All of them fit on one screen."""
    better, worse = (_finding_lines(report, each) for each in (Finding.BETTER, Finding.WORSE))
    found = (
        ("Do more of", better or (_nothing_found(report),)),
        ("Do less of", worse),
        ("Worth it?", tuple(_worth(report))),
        ("Goals", tuple(goal_words(goal) for goal in report.goals)),
        ("Inbox", tuple(_conversations(report))),
        ("Followers", tuple(_followers(report))),
        ("Rhythm", tuple(rhythm_words(report))),
        ("Rivals", tuple(rival_words(report.rivals))),
    )
    return tuple(Headline(label=label, lines=lines) for label, lines in found if lines)


def _finding_lines(report: PeriodReport, finding: Finding) -> tuple[str, ...]:
    """The groups that differ by themselves, and how many others there are."""
    found = _without_other_halves(report, report.found(finding))
    distinct = [group for group in found if group.is_distinct]
    lines = [_group_words(group) for group in distinct[:MOST_NAMED]]
    if more := len(distinct) - len(lines):
        lines.append(f"and {more} more, below")
    if echoes := len(found) - len(distinct):
        does = "group does" if echoes == 1 else "groups do"
        told = f"{echoes} other" if distinct else f"nothing by itself: {echoes}"
        source = "of the same" if distinct else f"of what does {_OPPOSITE[finding]}"
        lines.append(f"{told} {does} {finding.value}, below, which may come {source}")
    return tuple(lines)


_OPPOSITE: Final = {
    Finding.BETTER: Finding.WORSE.value,
    Finding.WORSE: Finding.BETTER.value,
}


def _without_other_halves(
    report: PeriodReport, groups: tuple[PostGroup, ...]
) -> tuple[PostGroup, ...]:
    """The groups; where two are all posts, without the worse one: that the other is better tells
    it."""
    better = {
        (group.dimension, group.comparison.others, group.comparison.posts)
        for group in report.groups
        if group.comparison.finding is Finding.BETTER
    }
    return tuple(
        group
        for group in groups
        if group.comparison.finding is Finding.BETTER
        or (group.dimension, group.comparison.posts, group.comparison.others) not in better
    )


def _group_words(group: PostGroup) -> str:
    found = group.comparison.ratio
    beside = f"{ratio(found)} the others’ response per view" if found else ""
    what = f"{group.dimension} {group.label}" if group.dimension in _BARE else group.label
    return f"{what}: {beside}, {count(group.posts, 'post')}"


_BARE: Final = frozenset({"campaign", "kind", "post", "slot", "language"})
"""Dimensions whose labels don't tell what they are."""


def _nothing_found(report: PeriodReport) -> str:
    compared = [group for group in report.groups if group.comparison.ratio]
    if not compared:
        return "not enough posts to tell: eight of a kind, and eight others, is the least"
    return (
        f"nothing stands out: {count(len(compared), 'group')} of posts were compared, and what "
        "lies between them may be chance"
    )


def _worth(report: PeriodReport) -> Iterator[str]:
    money = report.money
    parts = ((money.answers, "answers"), (money.reading, "reading"))
    of_it = "".join(f", {usd(each)} of it for {what}" for each, what in parts if each)
    yield f"{usd(money.spent)} for {count(len(report.posts), 'post')}{of_it}"
    measured = sum(post.newest is not None for post in report.posts)
    if unknown := len(report.posts) - measured:
        yield f"{unknown:,} of them without numbers: {_WITHOUT_NUMBERS}"
    if apart := sum(post.newest is not None and post.early is None for post in report.posts):
        yield f"{apart:,} of them compared with no others: {_COMPARED_WITH_NONE}"
    brought = (
        (money.engagements if measured else None, "engagement", "engagements"),
        (money.clicks, "click", "clicks"),
        (money.orders, "order", "orders"),
    )
    for number, one, many in brought:
        each = money.per(number)
        if number is not None:
            cost = f", {price(each)} each" if each is not None else ""
            took = _revenue_phrase(money) if one == "order" else ""
            yield f"{number:,} {one if number == 1 else many}{cost}{took}"
    yield from _exported_of_posts(report)


_WITHOUT_NUMBERS: Final = "reposts, posts younger than 48 hours, or never measured"
_COMPARED_WITH_NONE: Final = "boosted, or not measured at 48 hours"


def _revenue_phrase(money: PeriodMoney) -> str:
    sums = [
        f"{taken:,.2f} {currency}".rstrip() for currency, taken in sorted(money.revenue.items())
    ]
    return f"; they brought {' and '.join(sums)}" if sums else ""


def _exported_of_posts(report: PeriodReport) -> Iterator[str]:
    """What X tells in its export alone, of the posts that stand in it."""
    numbers = [post.newest for post in report.posts if post.newest]
    follows = [each.follows for each in numbers if each.follows is not None]
    shares = [each.shares for each in numbers if each.shares is not None]
    told = [(sum(found), what) for found, what in ((follows, "follow"), (shares, "share")) if found]
    if told:
        brought = " and ".join(f"{many:,} {what}{'s' * (many != 1)}" for many, what in told)
        posts = count(max(len(follows), len(shares)), "post")
        yield f"{brought} of {posts} in X’s export"


def _conversations(report: PeriodReport) -> Iterator[str]:
    for each in report.heard:
        deleted = f", {each.deleted:,} deleted" if each.deleted else ""
        skipped = skipped_words(each.skipped)
        yield f"{each.account}: {each.answered:,} answered, {skipped}, {each.open:,} open{deleted}"


def _followers(report: PeriodReport) -> Iterator[str]:
    for each in report.followers:
        gained = each.last[1] - each.first[1]
        yield f"{each.account}: {each.first[1]:,} → {each.last[1]:,} ({gained:+,})"
    if told := report.exported:
        yield (
            f"by X’s export: {told.follows:,} followed, {told.unfollows:,} unfollowed, "
            f"{told.profile_visits:,} looked at the profile"
        )
