"""The table of how late posts are is what its simulation prints."""

import re
from pathlib import Path
from random import Random

from scripts.simulate_ticks import DAY, DAYS, SETTINGS, Setting, simulate, table, ticks

ROOT = Path(__file__).parents[2]


def test_the_page_shows_the_table_that_the_simulation_prints() -> None:
    assert table() in (ROOT / "docs/how-to/be-on-time.md").read_text(encoding="utf-8")


def test_about_as_few_ticks_run_as_were_measured() -> None:
    hourly = Setting(name="hourly", every=60, wait=0)
    ran = sum(1 for _ in ticks(hourly, Random(1)))
    assert 0.15 < ran / (DAYS * DAY / 60) < 0.25


def test_every_post_of_the_year_is_counted_and_none_is_early() -> None:
    for setting in SETTINGS:
        late = simulate(setting).late
        assert DAYS * 3 - 3 <= len(late) <= DAYS * 3
        assert min(late) >= 0


def test_who_stays_longer_is_later_less_often() -> None:
    short, long = (simulate(Setting(name="", every=30, wait=wait)).late for wait in (10, 330))
    assert sum(short) > sum(long)


def test_what_the_page_changes_stands_in_the_workflow() -> None:
    page = (ROOT / "docs/how-to/be-on-time.md").read_text(encoding="utf-8")
    workflow = (ROOT / ".github/workflows/post.yml").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:job|step) .* \| `(.+)` \| `.+` \|$", page, re.MULTILINE)
    assert len(rows) == 4
    assert all(before in workflow for before in rows)
