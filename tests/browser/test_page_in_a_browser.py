"""The page as a person meets it: on a phone and a desk, in the light and in the dark."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.viewing import DESK, PHONE, complaints
from tests.unit.views.building import examples

pytestmark = pytest.mark.sampled(2)
SCHEMES = ("light", "dark")


@pytest.mark.sampled(1)
@pytest.mark.timeout(180)  # axe looks at each element in many ways
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_nothing_stands_in_a_readers_way(
    open_page: Open, every_kind: str, size: dict[str, int], scheme: str
) -> None:
    with open_page(every_kind, viewport=size, color_scheme=scheme) as page:
        assert complaints(page) == []
        page.check("[value=by-week]", force=True)
        assert complaints(page) == []


def test_axe_would_find_something(open_page: Open, every_kind: str) -> None:
    with open_page(every_kind) as page:
        page.evaluate("() => document.querySelector('.post img').removeAttribute('alt')")
        assert any("image-alt" in one for one in complaints(page))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", [360, 390, 600, 768, 821, 1280, 1920])
def test_no_width_makes_anybody_scroll_sideways(open_page: Open, preview: str, width: int) -> None:
    with open_page(preview, viewport={"width": width, "height": 800}) as page:
        for by in ("by-month", "by-week"):
            page.check(f"[value={by}]", force=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            outside = page.evaluate(
                """() => [...document.querySelectorAll('.occurrence *, .mark, .line, .tile *')]
                .filter((e) => e.checkVisibility() && !e.closest('svg')
                  && e.getBoundingClientRect().right > innerWidth)
                .map((e) => e.outerHTML.slice(0, 80))"""
            )
            assert outside == []


def test_everything_can_be_read_without_javascript(open_page: Open, preview: str) -> None:
    with open_page(preview, java_script_enabled=False, viewport=DESK) as page:
        assert page.locator(".filters").is_hidden()
        assert page.locator(".switch").is_hidden()
        for part in ("#by-month", "#by-week"):
            assert page.locator(part).is_visible()
        posts = page.locator(".occurrence")
        assert posts.count() == 110
        assert all(posts.nth(number).is_visible() for number in range(110))


def shown(page: Page) -> set[str]:
    accounts: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('[data-account]')]
        .filter((e) => e.checkVisibility()).map((e) => e.dataset.account)"""
    )
    return set(accounts)


def test_the_filters_work_by_keyboard(open_page: Open, preview: str) -> None:
    with open_page(preview, viewport=DESK) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        for _ in range(2):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.value") == "shop"
        page.keyboard.press("Space")
        assert shown(page) == {"tienda", "magazin", "support"}
        for _ in range(3):
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
        assert shown(page) == set()
        assert page.locator("output").inner_text() == "0 of 110 posts shown"
        assert page.locator(".day:visible").count() == 0
        page.focus("button[type=reset]")
        page.keyboard.press("Enter")
        expect(page.locator("output")).to_have_text(re.compile("^110"))
        assert shown(page) == {"shop", "tienda", "magazin", "support"}


def test_a_campaign_can_be_looked_at_alone(open_page: Open, preview: str) -> None:
    with open_page(preview, viewport=DESK) as page:
        for box in page.locator("[name=campaign]").all():
            box.set_checked(box.get_attribute("value") == "slim27")
        planned = sum(action.key.campaign == "slim27" for action in examples()[0].actions)
        assert page.locator(".occurrence:visible").count() == planned > 10
        assert shown(page) == {"shop", "tienda"}
        assert page.locator(".occurrence[data-campaign=denim-ru]:visible").count() == 0


def test_a_reviewer_can_look_at_changes_alone(open_page: Open, every_kind: str) -> None:
    with open_page(every_kind, viewport=PHONE) as page:
        page.focus("summary")
        page.keyboard.press("Enter")
        page.focus("[name=changed]")
        page.keyboard.press("Space")
        assert page.locator(".occurrence:visible").count() == 2
        assert page.locator(".occurrence:visible del").inner_text() == "Not yet"
        assert page.locator("#removed").is_visible()


def test_the_calendar_turns_by_keyboard_and_leads_to_the_post(
    open_page: Open, preview: str
) -> None:
    with open_page(preview, viewport=DESK) as page:
        assert page.locator("#by-week").is_hidden()
        page.focus("[value=by-month]")
        page.keyboard.press("ArrowRight")
        assert page.locator("#by-week").is_visible()
        assert page.locator("#by-month").is_hidden()
        page.locator('[href="#shop.slim27.launch"]:visible').first.press("Enter")
        assert page.locator("[id='shop.slim27.launch']").evaluate("e => e.matches(':target')")


def test_an_alt_text_comes_on_demand(open_page: Open, preview: str) -> None:
    with open_page(preview, viewport=PHONE) as page:
        alt = page.locator("[id='shop.slim27.launch'] .alt")
        assert alt.locator("p").is_hidden()
        alt.locator("summary").press("Enter")
        assert "džinsi" in alt.locator("p").inner_text()


def test_on_paper_all_is_shown_and_nothing_asks_to_be_clicked(
    open_page: Open, preview: str
) -> None:
    with open_page(preview, viewport=DESK, color_scheme="dark") as page:
        page.uncheck("[name=account][value=shop]")
        page.emulate_media(media="print", color_scheme="dark")
        assert page.locator(".filters").is_hidden()
        assert page.locator("#by-week").is_visible()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"


@pytest.mark.sampled(1)  # each time: no other is about it
def test_the_policy_lets_no_other_script_run(open_page: Open, preview: str, tmp_path: Path) -> None:
    from urllib.request import url2pathname

    source = Path(url2pathname(preview.removeprefix("file://"))).read_text(encoding="utf-8")
    evil = tmp_path / "evil.html"
    evil.write_text(source.replace("</main>", "<script>document.title='evil'</script></main>"))
    with (
        pytest.raises(AssertionError, match="Content Security Policy"),
        open_page(evil.as_uri()) as page,
    ):
        assert page.title() != "evil"
