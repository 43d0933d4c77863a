"""The report's page as a person meets it: on a phone and a desk, in the light and in the dark."""

from pathlib import Path

import pytest

from runner.views.html.report import report_as_html
from tests.browser.conftest import Open
from tests.browser.viewing import DESK, PHONE, complaints
from tests.unit.report.building import a_listing


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
    too_wide = "each => each.filter(box => box.scrollWidth > box.clientWidth).length"
    with open_page(report, viewport=DESK, java_script_enabled=False) as page:
        assert page.locator(".settings").count() > 15
        assert page.eval_on_selector_all(".settings", too_wide) == 0
    with open_page(report, viewport=PHONE, java_script_enabled=False) as page:
        widths = "each => each.map(name => name.getBoundingClientRect().width)"
        assert max(page.eval_on_selector_all(".settings tbody th", widths)) < PHONE["width"] / 2


def test_a_plot_takes_the_colours_of_the_page(open_page: Open, report: str) -> None:
    found = []
    for scheme in ("light", "dark"):
        with open_page(report, color_scheme=scheme) as page:
            found.append(page.eval_on_selector(".bars .length", "e => getComputedStyle(e).fill"))
    assert found[0] != found[1]
    assert "rgb(0, 0, 0)" not in found
