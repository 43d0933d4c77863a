"""The runner is as quick as it was: ratios of CPU time, as scripts/bars.py holds them."""

from pathlib import Path

import pytest
from bars import BARS, PROVEN, SLACK, Costs
from bench_runs import ROOT, commands, medians, peers

ROUNDS = 3
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


def test_what_is_held_is_what_must_be_or_says_how_far_it_is() -> None:
    assert len(PROVEN_BARS) >= 6
    assert all(bar.aim <= bar.must for bar in BARS)
    assert all(bar.must < bar.so_far for bar in BARS if bar.so_far)
