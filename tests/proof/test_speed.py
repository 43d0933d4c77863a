"""The runner is as quick as it was: ratios of CPU time, as scripts/bars.py holds them."""

import sys
from pathlib import Path

import bench_year
import pytest
from bars import BARS, PROVEN, SLACK, Costs
from bench_runs import ROOT, Run, commands, medians, peers

ROUNDS = 3
PASS = 0.012
"""Seconds of CPU that `python -c pass` takes where a year's report takes 1.6 to 1.9."""
PROVEN_BARS = [bar for bar in BARS if bar.proven]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_command_takes_more_than_it_did(tmp_path: Path) -> None:
    runs = (*peers(tmp_path / "peers", (1, PROVEN)), *commands(ROOT, tmp_path / "own", PROVEN, 0))
    costs = Costs(of=medians(runs, ROUNDS), files=PROVEN, large=0)
    ratios = {bar: bar.ratio(costs) for bar in PROVEN_BARS}
    worse = [
        f"{bar.what}: {ratio:.2f} {bar.unit}, not {bar.held:.2f}"
        for bar, ratio in ratios.items()
        if ratio > bar.held * SLACK
    ]
    assert worse == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_report_of_a_year_of_a_thousand_posts_a_month_holds_its_bounds(tmp_path: Path) -> None:
    """On a slower machine than the one whose `python -c pass` is known it may take longer."""
    run = Run(name="pass", words=(sys.executable, "-c", "pass"), folder=tmp_path, environ={})
    seconds = bench_year.SECONDS * max(1.0, medians([run], ROUNDS)["pass"].cpu / PASS)
    bench_year.build(tmp_path, *bench_year.SIZES)
    for format in bench_year.FORMATS:
        costs = [bench_year.report(tmp_path, format) for _ in range(ROUNDS)]
        assert min(cost.cpu for cost in costs) < seconds, (format, costs)
        assert max(cost.megabytes for cost in costs) < bench_year.MEGABYTES, (format, costs)


def test_what_is_held_is_what_must_be_or_says_how_far_it_is() -> None:
    assert len(PROVEN_BARS) >= 6
    assert all(bar.aim <= bar.must for bar in BARS)
    assert all(bar.must < bar.so_far for bar in BARS if bar.so_far)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a peak is nobody else's")
def test_the_peak_of_a_program_is_its_own(tmp_path: Path) -> None:
    """Not that of the bench, which starts it: Linux counts that to it."""
    large = b"x" * (100 << 20)
    run = Run(name="pass", words=(sys.executable, "-c", "pass"), folder=tmp_path, environ={})
    assert 0 < run.cost().peak < 40
    assert large


def test_a_program_that_fails_stops_the_bench_with_its_words(tmp_path: Path) -> None:
    words = (sys.executable, "-c", "print('no campaign'); raise SystemExit(3)")
    run = Run(name="broken", words=words, folder=tmp_path, environ={})
    with pytest.raises(SystemExit, match="broken ended with 3:\nno campaign"):
        run.cost()
