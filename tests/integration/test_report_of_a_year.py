"""What a report of very many posts takes; it is counted, since clocks differ."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from bench_year import YEAR, build

from runner.cli.commands.report import AskedReport, ReportFormat, report
from runner.cli.context import CommandContext
from runner.cli.machine import clock_at
from runner.ledger import entries_at_once, sent_at_once
from tests.unit.report.test_scale import calls_in

CALLS = 250
"""Of functions of ours, for one more post."""
NOW = "2026-12-31T23:00+02:00"


def printed(root: Path, format: ReportFormat) -> str:
    out = StringIO()
    context = CommandContext(root=root, environ={}, out=out, talk=StringIO(), clock=clock_at(NOW))
    asked = AskedReport(since=f"{YEAR:%Y-%m-%d}", until="2026-12-31", format=format)
    assert report(context, asked) == 0
    return out.getvalue()


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Path]:
    """A project by how many posts it has sent in a year."""
    made = {posts: tmp_path_factory.mktemp(f"year-of-{posts}") for posts in (120, 240)}
    for posts, root in made.items():
        build(root, posts)
    return made


@pytest.mark.parametrize("format", [ReportFormat.TEXT, ReportFormat.JSON])
def test_one_more_post_takes_few_calls(years: Mapping[int, Path], format: ReportFormat) -> None:
    few, many = (calls_in(partial(printed, root, format)) for root in years.values())
    assert (many - few) / 120 <= CALLS


def test_all_posts_are_in_it(years: Mapping[int, Path]) -> None:
    for posts, root in years.items():
        assert len(json.loads(printed(root, ReportFormat.JSON))["posts"]) == posts


@pytest.mark.parametrize(
    ("files", "at_once"), [("campaigns/*/*.jsonl", entries_at_once), ("sent/*.jsonl", sent_at_once)]
)
def test_no_line_of_the_ledger_is_looked_at_alone(
    years: Mapping[int, Path], files: str, at_once: Callable[[list[bytes]], list[object] | None]
) -> None:
    found = list(years[240].glob(f".runner/ledger/ledgers/*/{files}"))
    lines = [path.read_bytes().splitlines(keepends=True) for path in found]
    assert sum(map(len, lines)) >= 240
    assert all(at_once(each) for each in lines)
