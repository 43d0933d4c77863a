"""Of effects that are planted each is told once, however many groups show it."""

from collections.abc import Iterable
from dataclasses import replace as with_

from runner.ledger import Key
from runner.report import Finding, MeasuredPost, PeriodReport, Standouts, report_of
from runner.value import replace
from runner.views.report.headlines import headlines
from tests.unit.report.building import Shop

SHOP = Shop(posts=240, scatter=0.4)


def is_late(post: MeasuredPost) -> bool:
    return post.slot == "evening"


def is_launch(post: MeasuredPost) -> bool:
    return post.kind == "launch"


def late_alone(post: MeasuredPost) -> MeasuredPost:
    """Of a campaign of its own, if it is of an evening, but for each sixth; others are, too."""
    is_of_it = is_late(post) if int(post.id) % 6 else not is_late(post)
    campaign = "tips" if is_of_it else "rest"
    return replace(post, key=Key("shop", campaign, f"post-{post.id}"), kind=None)


def distinct(report: PeriodReport) -> set[tuple[str, str]]:
    return {(each.dimension, each.label) for each in report.groups if each.is_distinct}


def found(report: PeriodReport) -> set[str]:
    sure = (*report.found(Finding.BETTER), *report.found(Finding.WORSE))
    return {each.label for each in sure}


def lines(report: PeriodReport, label: str) -> Iterable[str]:
    return next((each.lines for each in headlines(report) if each.label == label), ())


def test_a_campaign_that_posts_when_more_is_done_is_not_told_as_better_by_itself() -> None:
    for seed in range(5):
        given = with_(SHOP, effects={is_late: 3}).material(seed)
        report = report_of(replace(given, posts=tuple(map(late_alone, given.posts))))
        assert {"evening", "tips", "rest"} <= found(report)
        assert ("slot", "evening") in distinct(report)
        assert not {("campaign", "tips"), ("campaign", "rest")} & distinct(report)


def test_two_effects_are_both_told_and_which_is_surer_does_not_matter() -> None:
    for evening, launch in ((3, 0.5), (1.8, 0.3)):
        shop = with_(SHOP, effects={is_late: evening, is_launch: launch})
        for seed in range(5):
            told = distinct(report_of(shop.material(seed)))
            assert ("slot", "evening") in told
            assert {("kind", "launch"), ("campaign", "campaign-3")} & told


def test_what_may_come_of_the_same_is_counted_and_not_named() -> None:
    report = report_of(with_(SHOP, effects={is_late: 3}).material(1))
    (first, *_), worse = lines(report, "Do more of"), lines(report, "Do less of")
    assert first.startswith("slot evening: ")
    assert worse == (
        "nothing by itself: 2 groups do worse, below, which may come of what does better",
    )


def test_of_two_slots_the_worse_is_told_where_other_posts_went_out_at_none() -> None:
    def at_two_slots(each: MeasuredPost) -> MeasuredPost:
        return replace(each, slot=None) if each.slot == "noon" else each

    given = with_(SHOP, effects={lambda each: each.slot == "morning": 0.3}).material(1)
    report = report_of(replace(given, posts=tuple(map(at_two_slots, given.posts))))
    (worse,) = lines(report, "Do less of")
    assert worse.startswith("slot morning: ")


def test_nothing_is_distinct_where_nothing_is_found() -> None:
    report = report_of(replace(SHOP.material(1), posts=()))
    assert report.standouts == Standouts()
    assert not distinct(report)
