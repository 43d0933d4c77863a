"""The page of a plan: what it shows, and that it is one file that stands alone."""

from base64 import b64encode
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from runner.plan import Action, Plan, Verb
from runner.plan.change import compare
from runner.plan.snapshot import PostSnapshot
from runner.problems import Place, Problem
from runner.value import replace
from runner.views.html.preview import LARGE, MOST_POSTS, Material, plan_as_html
from runner.views.html.templates import HUES
from runner.views.phrases import moment
from tests.unit.views.building import NOW, examples, planned, project
from tests.unit.views.elements import Element, elements

LAUNCH = """\
kind: launch
title: Slim 27
accounts: [shop, tienda]
product: {name: Slim 27}
launches: 2027-02-08 10:00
ends: 2027-02-14
posts:
  teaser: {at: launches - 2d noon, text: "Soon: https://acme.lv/slim27?colour=indigo-and-black"}
  launch: {at: launches, thread: [Here it is., And this is why.]}
"""
SERIES = """\
kind: series
account: shop
starts: 2027-02-01
ends: 2027-12-31
posts:
  tip: {every: {slots: [morning, noon]}, items: [{text: One}, {text: Two}], rest: 1h}
"""


@pytest.fixture(scope="module")
def html() -> str:
    return plan_as_html(*examples())


@pytest.fixture(scope="module")
def page(html: str) -> Element:
    return elements(html)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Material]:
    """A plan of more posts than a page shows at once."""
    return planned(project(tmp_path_factory.mktemp("large"), tips=SERIES))


@pytest.fixture(scope="module")
def large_page(large: tuple[Plan, Material]) -> Element:
    return elements(plan_as_html(*large, everything=True))


def test_every_post_of_the_plan_is_there_once_and_calendars_lead_to_it(page: Element) -> None:
    plan, _ = examples()
    occurrences = page.all(class_="occurrence")
    assert len(occurrences) == len(plan.actions) > 100
    ids = [element.attrs["id"] for element in page.all() if "id" in element.attrs]
    assert len(ids) == len(set(ids))
    for by, link in (("by-month", "mark"), ("by-week", "line")):
        (calendar,) = page.all(id=by)
        targets = [one.attrs["href"].removeprefix("#") for one in calendar.all(class_=link)]
        assert set(targets) <= set(ids)
        assert targets
    (weeks,) = page.all(id="by-week")
    assert len(weeks.all(class_="line")) == len(plan.actions)


def test_the_text_of_each_part_is_there_in_its_language(page: Element) -> None:
    plan, _ = examples()
    shown = [p for p in page.all("p", class_="text") if "lang" in p.attrs]
    said = [
        (action.post.locale, part.text)
        for action in plan.actions
        if action.post
        for part in action.post.parts
        if not part.repost
    ]
    assert {p.attrs["lang"] for p in shown} == {"lv", "es", "ru", "en"}
    assert sorted(p.attrs["lang"] for p in shown) == sorted(locale for locale, _ in said)
    without_links = {text for _, text in said if "http" not in text}
    assert without_links <= {p.text for p in shown}


def test_the_sums_stand_on_top(page: Element) -> None:
    plan, _ = examples()
    posts, cost = len(plan.actions), plan.cost_of_all
    tiles = [" ".join(tile.text.split()) for tile in page.all(class_="tile")]
    assert tiles == [
        f"Planned {posts} posts 0 due now · {posts} later · 0 already out",
        "Next in 21 hours denim-tips on shop, Mon 1 Feb 2027 09:00 +02:00",
        f"Cost of these ${cost.normalize()} January so far (UTC): $0.00 of $50.00",
        "Problems none 0 posts need a person",
    ]


def test_the_same_plan_gives_the_same_page(html: str) -> None:
    assert plan_as_html(*examples()) == html


def test_the_page_loads_nothing_and_lets_only_its_own_style_and_script_be(page: Element) -> None:
    (policy,) = (m.attrs["content"] for m in page.all("meta") if "http-equiv" in m.attrs)
    hashes = [
        b64encode(sha256(page.all(tag)[0].text.encode()).digest()).decode()
        for tag in ("style", "script")
    ]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert not page.all("link")
    sources = [element.attrs["src"] for element in page.all() if "src" in element.attrs]
    assert sources
    assert all(src.startswith("data:image/webp;base64,") for src in sources)
    assert "url(" not in page.all("style")[0].text
    assert not [element for element in page.all() if "style" in element.attrs]


def test_a_page_of_the_examples_is_small(html: str) -> None:
    assert len(html.encode()) < 500_000


def test_a_post_says_when_until_what_it_costs_and_how_long_it_is(tmp_path) -> None:
    page = elements(plan_as_html(*planned(project(tmp_path, slim27=LAUNCH))))
    (teaser,) = page.all(id="tienda.slim27.teaser")
    text = " ".join(teaser.text.split())
    assert "13:00 slim27 / teaser on tienda" in text
    assert "Sat 6 Feb 2027 13:00 +01:00 Europe/Madrid · 12:00 UTC" in text
    assert "17:00 +01:00" in text
    assert "$0.20" in text
    assert "https://acme.lv/slim27?colour=indigo-and-black 46 characters, counts 23" in text
    assert "Soon: acme.lv/slim27?colour=indi… 29/280" in text
    assert teaser.all(class_="avatar")[0].text == "AE"


def test_the_parts_of_a_thread_are_joined(tmp_path) -> None:
    page = elements(plan_as_html(*planned(project(tmp_path, slim27=LAUNCH))))
    first, second = page.all(id="shop.slim27.launch")[0].all("article")
    assert first.attrs["class"].split() == ["post", "below"]
    assert second.attrs["class"].split() == ["post", "above"]


def test_each_account_keeps_its_colour_and_its_initials(page: Element) -> None:
    seen = {
        (mark.attrs["data-account"], mark.attrs["class"].split()[1], mark.all("b")[0].text)
        for mark in page.all(class_="mark")
    }
    assert seen == {
        ("shop", "hue0", "AL"),
        ("tienda", "hue1", "AE"),
        ("magazin", "hue2", "AR"),
        ("support", "hue3", "AS"),
    }


def test_a_problem_stands_beside_its_post_and_on_top(tmp_path) -> None:
    long = LAUNCH.replace("Here it is.", "x" * 300)
    page = elements(plan_as_html(*planned(project(tmp_path, slim27=long))))
    (problems,) = page.all("section", aria_labelledby="problems")
    assert "campaigns/slim27.yaml:9:" in problems.text
    (occurrence,) = page.all(id="shop.slim27.launch")
    assert "needs a person" in occurrence.text
    assert occurrence.all(class_="trouble")
    assert occurrence.all(class_="over")
    assert not page.all(id="shop.slim27.teaser")[0].all(class_="trouble")
    (mark,) = page.all(class_="alarms", data_account="shop", data_campaign="slim27")
    assert "needs a person" in mark.attrs["aria-label"]


def test_what_a_problem_quotes_is_code_unless_a_backtick_stands_alone() -> None:
    plan, material = examples()
    plan = replace(plan, actions=plan.actions[:1])

    def said(message: str) -> list[str]:
        problem = Problem(rule="r", message=message, place=Place(path="p"))
        page = elements(plan_as_html(plan, replace(material, problems=(problem,))))
        return [each.text for each in page.all(class_="troubles")[0].all("code")]

    assert said("`<b>` is no `thread`") == ["<b>", "thread", "p", "r"]
    assert said("the ` key") == ["p", "r"]


@pytest.mark.thorough
def test_what_is_further_away_is_left_out_and_counted(
    large: tuple[Plan, Material], large_page: Element
) -> None:
    plan, material = large
    assert len(plan.actions) > MOST_POSTS
    page = elements(plan_as_html(plan, material))
    assert len(page.all(class_="occurrence")) == MOST_POSTS
    more = len(plan.actions) - MOST_POSTS
    assert f"{more} posts further away, the last Fri 31 Dec 2027 13:00" in " ".join(
        page.all(class_="asides")[0].text.split()
    )
    assert len(large_page.all(class_="occurrence")) == len(plan.actions)


@pytest.mark.thorough
def test_what_lies_further_back_is_not_told_to_be_still_to_come(
    large: tuple[Plan, Material],
) -> None:
    plan, material = large
    over = replace(plan, now=plan.actions[-1].occurrence.due)
    (aside,) = elements(plan_as_html(over, material)).all(class_="asides")
    last = moment(plan.actions[-MOST_POSTS - 1].occurrence.due)
    assert f"further away, the last {' '.join(last.split())}," in " ".join(aside.text.split())


def test_accounts_stand_in_the_order_of_runner_yaml_however_many_there_are(
    tmp_path: Path,
) -> None:
    names = [f"a{number:02}" for number in range(len(HUES) + 3)]
    made = project(
        tmp_path, tips=SERIES.replace("account: shop", f"accounts: [{', '.join(names)}]")
    )
    accounts = "".join(f"  {name}: {{handle: {name}, locale: en}}\n" for name in names)
    settings = (made / "runner.yaml").read_text().replace("accounts:\n", f"accounts:\n{accounts}")
    (made / "runner.yaml").write_text(settings)
    plan, material = planned(made)
    some = replace(plan, actions=plan.actions[: 2 * len(names)])
    page = elements(plan_as_html(some, material))
    (filters, *_) = page.all("fieldset")
    assert [each.attrs["value"] for each in filters.all("input")] == names


@pytest.mark.thorough
def test_a_large_page_lists_posts_by_month_and_keeps_each_until_somebody_looks(
    large: tuple[Plan, Material], large_page: Element
) -> None:
    plan, _ = large
    assert len(plan.actions) > LARGE
    months = large_page.all("details", class_="by-month")
    assert [m.all("summary")[0].text for m in months][:2] == [
        "February 2027 56 posts",
        "March 2027 62 posts",
    ]
    assert [m for m in months if "open" in m.attrs] == months[:1]
    posts = large_page.all(class_="occurrence")
    assert len(posts) == sum(len(m.all(class_="occurrence")) for m in months) == len(plan.actions)
    for post in posts:
        (kept,) = post.children
        assert isinstance(kept, Element)
        assert kept.tag == "noscript"
        assert kept.all(class_="text")[0].text in ("One", "Two")


@pytest.mark.thorough
def test_the_calendar_of_a_large_page_counts_the_posts_of_each_day(large_page: Element) -> None:
    days = {
        day.attrs["id"]: len(day.all(class_="occurrence")) for day in large_page.all(class_="day")
    }
    totals = {
        total.attrs["href"].removeprefix("#"): int(total.all("b")[0].text)
        for total in large_page.all(class_="total")
    }
    assert totals == days
    assert set(days.values()) == {2}
    assert not large_page.all(class_="mark")
    assert not large_page.all(id="by-week")


def test_a_page_that_is_not_large_keeps_nothing_back(page: Element) -> None:
    assert not page.all("noscript")
    assert not page.all("details", class_="by-month")


@pytest.mark.thorough
def test_what_needs_a_person_is_never_left_out(large: tuple[Plan, Material]) -> None:
    plan, material = large
    last = plan.actions[-1]
    asked = replace(plan, actions=(*plan.actions[:-1], replace(last, verb=Verb.ASK)))
    page = elements(plan_as_html(asked, material))
    assert page.all(id="shop.tips.tip.2027-12-31.noon")


def test_an_empty_plan_says_so(tmp_path) -> None:
    plan, material = planned(project(tmp_path, slim27=LAUNCH), NOW + timedelta(days=99))
    page = elements(plan_as_html(replace(plan, actions=()), material))
    assert "Nothing is planned." in page.text


def test_a_post_without_a_time_yet_is_named(tmp_path) -> None:
    plan, material = planned(project(tmp_path, slim27=LAUNCH))
    occurrence = replace(plan.actions[0].occurrence, awaits="drawn")
    undated = (replace(plan.actions[0], occurrence=occurrence),)
    page = elements(plan_as_html(replace(plan, undated=undated), material))
    assert "shop/slim27/teaser waits for drawn" in page.text


def test_the_budget_is_a_bar(tmp_path) -> None:
    plan, material = planned(project(tmp_path, slim27=LAUNCH))
    page = elements(plan_as_html(replace(plan, spent=Decimal("2.5")), material))
    (bar,) = page.all("svg", role="img")
    assert bar.attrs["aria-label"] == "25 % of the month’s budget is spent"
    assert bar.all(class_="spent")[0].attrs["width"] == "25"


def test_a_pull_request_shows_what_changes_and_what_is_taken_away(tmp_path) -> None:
    plan, material = planned(project(tmp_path, slim27=LAUNCH))
    teaser, launch = (
        next(a for a in plan.actions if a.key.post == n) for n in ("teaser", "launch")
    )
    assert teaser.post
    part = replace(teaser.post.parts[0], text="Not yet.")
    was = replace(teaser, post=replace(teaser.post, parts=(part,)))
    before = {each.key: snapshot(each) for each in plan.actions} | {teaser.key: snapshot(was)}
    after = {each.key: snapshot(each) for each in plan.actions if each != launch}
    page = elements(
        plan_as_html(
            replace(plan, actions=tuple(a for a in plan.actions if a != launch)),
            replace(material, comparison=compare(before, after)),
        )
    )
    changed = page.all(class_="occurrence", data_changed="")
    assert [occurrence.attrs["id"] for occurrence in changed] == ["shop.slim27.teaser"]
    assert "changed: text" in changed[0].all(class_="revision")[0].text
    assert changed[0].all("del")[0].text == "Not yet."
    assert changed[0].all("ins")[0].text.startswith("Soon: ")
    (removed,) = page.all("section", aria_labelledby="removed")
    assert "shop/slim27/launch" in removed.text
    assert "Here it is." in removed.all("del")[0].text
    assert "2 posts 1 changed · 1 removed" in " ".join(page.all(class_="tile")[-1].text.split())
    assert len(page.all("input", name="changed")) == 1


def snapshot(action: Action) -> PostSnapshot:
    return PostSnapshot(key=action.key, campaign=action.occurrence.campaign, action=action)


def test_without_a_comparison_nothing_speaks_of_changes(page: Element) -> None:
    assert not page.all("input", name="changed")
    assert not page.all(class_="occurrence", data_changed="")


def test_a_post_that_cannot_go_out_is_counted_for_a_person(tmp_path) -> None:
    long = LAUNCH.replace("Here it is.", "x" * 300)
    page = elements(plan_as_html(*planned(project(tmp_path, slim27=long))))
    assert "2 posts need a person" in page.all(class_="tile")[3].text
