"""The report's page as a person meets it: on a phone and a desk, in the light and in the dark."""

from pathlib import Path

import pytest

from runner.ledger import Key
from runner.report import Numbers, report_of
from runner.views.html.report import report_as_html
from runner.views.report.listing import report_listing
from tests.browser.conftest import Open
from tests.browser.viewing import DESK, PHONE, complaints
from tests.unit.report.building import a_listing, material, measured

TOO_WIDE = "each => each.filter(box => box.scrollWidth > box.clientWidth).length"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    file: Path = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report_as_html(a_listing()), encoding="utf-8")
    return file.as_uri()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["390 dark", "1280 light"]
)
def test_nothing_stands_in_a_readers_way(
    open_page: Open, report: str, size: dict[str, int], scheme: str
) -> None:
    with open_page(report, viewport=size, color_scheme=scheme) as page:
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_what_the_report_comes_to_is_on_the_first_screen_of_a_desk(
    open_page: Open, report: str
) -> None:
    with open_page(report, viewport=DESK, java_script_enabled=False) as page:
        tiles = page.locator(".tile")
        assert tiles.count() == 7
        for number in range(tiles.count()):
            box = tiles.nth(number).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= DESK["height"]


def test_a_desk_shows_tables_whole_and_a_phone_a_name_with_what_stands_beside_it(
    open_page: Open, report: str
) -> None:
    with open_page(report, viewport=DESK, java_script_enabled=False) as page:
        assert page.locator(".settings").count() > 15
        assert page.eval_on_selector_all(".settings", TOO_WIDE) == 0
    with open_page(report, viewport=PHONE, java_script_enabled=False) as page:
        widths = "each => each.map(name => name.getBoundingClientRect().width)"
        assert max(page.eval_on_selector_all(".settings tbody th", widths)) < PHONE["width"] / 2


def test_posts_of_long_names_and_texts_fit_a_desk(open_page: Open, tmp_path: Path) -> None:
    key = Key("magazin", "denim-of-the-week", "quote", "2026-06-14.evening")
    words = "Džinsus mazgā reti, aukstā ūdenī, un kreiso pusi uz āru…"
    seen = Numbers(impressions=1_234_567, replies=1_234, reposts=4_321, likes=43_210)
    posts = [measured(n, seen, key=key, excerpt=words) for n in range(20)]
    file = tmp_path / "report.html"
    file.write_text(report_as_html(report_listing(report_of(material(*posts)))), encoding="utf-8")
    with open_page(file.as_uri(), viewport=DESK, java_script_enabled=False) as page:
        assert page.get_by_role("link", name="quote@2026-06-14.evening").count() == 20
        assert page.eval_on_selector_all(".settings", TOO_WIDE) == 0


def test_a_plot_takes_the_colours_of_the_page(open_page: Open, report: str) -> None:
    found = []
    for scheme in ("light", "dark"):
        with open_page(report, color_scheme=scheme) as page:
            found.append(page.eval_on_selector(".bars .length", "e => getComputedStyle(e).fill"))
    assert found[0] != found[1]
    assert "rgb(0, 0, 0)" not in found
