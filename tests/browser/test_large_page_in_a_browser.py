"""A page of many posts: drawn where a person looks, and all of it to be read without JavaScript."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from bench_browser import DEEDS, costs_of_page
from playwright.sync_api import Page, expect

from runner.views.html.preview import plan_as_html
from scripts.fair_project import NOW, a_project
from tests.browser.conftest import Open
from tests.browser.viewing import DESK, PHONE, complaints
from tests.unit.views.building import EVIL, large_page_saying, planned

pytestmark = pytest.mark.sampled(2)
CAMPAIGNS, OCCURRENCES = 48, 14


def page_of(folder: Path, campaigns: int) -> Path:
    a_project(folder, campaigns)
    plan, material = planned(folder, datetime.fromisoformat(NOW))
    file = folder / "preview.html"
    file.write_text(plan_as_html(plan, material, everything=True), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_of(tmp_path_factory.mktemp("large"), CAMPAIGNS).as_uri()


def settled(page: Page) -> None:
    """Waits for two frames: one in which the page sees what is near, and one that shows it."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def drawn(page: Page) -> list[str]:
    ids: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('.drawn')].map((each) => each.id)"
    )
    return ids


def test_only_what_is_near_is_drawn(open_page: Open, large: str) -> None:
    with open_page(large, viewport=DESK) as page:
        settled(page)
        assert page.locator("output").inner_text() == "672 of 672 posts shown"
        assert len(drawn(page)) <= 30
        page.locator("#posts").scroll_into_view_if_needed()
        settled(page)
        first = drawn(page)
        assert "shop-0000.c00000.opening" in first
        assert page.locator(".drawn .text").first.is_visible()
        page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
        settled(page)
        last = drawn(page)
        assert last
        assert not set(first) & set(last)
        assert max(len(first), len(last)) <= 60


def test_reading_a_page_from_end_to_end_keeps_it_small(open_page: Open, large: str) -> None:
    with open_page(large, viewport=DESK) as page:
        settled(page)
        read = set(drawn(page))
        most = 0
        for _ in range(400):
            if page.evaluate("scrollY + innerHeight + 1 >= document.documentElement.scrollHeight"):
                break
            page.evaluate("() => scrollBy(0, 2000)")
            settled(page)
            now = drawn(page)
            read |= set(now)
            most = max(most, len(now))
        assert len(read) == CAMPAIGNS * OCCURRENCES
        assert most <= 60


def test_an_address_of_a_post_and_the_calendar_lead_to_it(open_page: Open, large: str) -> None:
    with open_page(f"{large}#shop-0002.c00046.number", viewport=DESK) as page:
        settled(page)
        post = page.locator("[id='shop-0002.c00046.number']")
        post.locator(".text").wait_for()
        assert post.evaluate("(e) => e.matches(':target')")
        page.locator(".total").last.press("Enter")
        settled(page)
        assert page.locator(".day:target .text").first.is_visible()


def test_the_filters_of_a_large_page(open_page: Open, large: str) -> None:
    with open_page(large, viewport=DESK) as page:
        said = page.locator("output")
        page.uncheck("[name=account][value=shop-0000]")
        assert said.inner_text() == "504 of 672 posts shown"
        total = sum(map(int, page.locator(".total:visible b").all_inner_texts()))
        assert total == 504
        page.focus("[name=find]")
        page.keyboard.type("c00005")
        assert said.inner_text() == "14 of 672 posts shown"
        page.locator("#posts").scroll_into_view_if_needed()
        page.locator(".occurrence:visible .text").first.wait_for()
        assert page.locator(".occurrence:visible").count() == OCCURRENCES
        words = page.locator(".occurrence:visible .text").nth(2).inner_text()
        page.fill("[name=find]", words)
        assert said.inner_text() == "1 of 672 posts shown"
        page.fill("[name=find]", '"<&')
        assert said.inner_text() == "0 of 672 posts shown"
        page.click("button[type=reset]")
        expect(said).to_have_text(re.compile("^672"))
        assert len(drawn(page)) <= 60


def test_a_large_page_can_be_read_by_month_without_javascript(open_page: Open, large: str) -> None:
    with open_page(large, java_script_enabled=False, viewport=DESK) as page:
        months = page.locator(".by-month")
        assert months.count() == 3
        posts = [months.nth(n).locator(".occurrence .text") for n in range(3)]
        assert posts[0].first.is_visible()
        assert posts[1].first.is_hidden()
        months.nth(1).locator("summary").first.click()
        assert posts[1].first.is_visible()
        assert page.locator(".occurrence").count() == 672
        assert page.locator(".occurrence .text").count() > 672


@pytest.mark.sampled(1)
@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["390-dark", "1280-light"]
)
def test_nothing_stands_in_a_readers_way_on_a_large_page(
    open_page: Open, large: str, size: dict[str, int], scheme: str
) -> None:
    with open_page(large, viewport=size, color_scheme=scheme) as page:
        page.locator("#posts").scroll_into_view_if_needed()
        settled(page)
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.sampled(1)  # each time: no other is about it
def test_what_is_drawn_is_still_only_what_we_wrote(open_page: Open, tmp_path: Path) -> None:
    evil = tmp_path / "evil.html"
    said = ["</noscript><script>document.title='evil'</script>", *EVIL]
    evil.write_bytes(large_page_saying(*said).encode("utf-8", "replace"))
    with open_page(evil.as_uri(), viewport=DESK) as page:
        page.locator("#posts").scroll_into_view_if_needed()
        settled(page)
        page.locator(".occurrence").nth(len(said)).scroll_into_view_if_needed()
        settled(page)
        assert len(drawn(page)) >= len(said)
        assert page.title().startswith("Preview of")
        assert page.locator("script").count() == 1
        assert page.locator(".drawn [onerror], .drawn [onclick], .drawn [onmouseover]").count() == 0
        assert "</noscript><script>" in page.locator(".drawn .text").first.inner_text()


# --- How quick it is, in CPU time of the thread that draws


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_page_of_ten_thousand_posts_opens_at_once_and_is_smooth(
    open_page: Open, tmp_path: Path
) -> None:
    file = page_of(tmp_path, 715)
    assert file.stat().st_size < 25_000_000
    with open_page("about:blank", viewport=DESK) as page:
        costs = dict(costs_of_page(page, file.as_uri()))
        assert page.locator("output").inner_text() == "10010 of 10010 posts shown"
        assert page.evaluate("document.getElementsByTagName('*').length") < 40_000
    seconds = {name: cost.cpu for name, cost in costs.items()}
    assert seconds.keys() == {"page: open", *DEEDS}
    bars = {"page: open": 2, "page: a frame of scrolling": 0.05}
    assert {name: took for name, took in seconds.items() if took > bars.get(name, 0.5)} == {}
