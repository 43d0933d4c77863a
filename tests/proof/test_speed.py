"""The runner is as quick as it was: ratios of CPU time, as scripts/bars.py holds them."""

from pathlib import Path

import pytest
from bars import BARS, PROVEN, SLACK, Costs
from bench_runs import ROOT, commands, medians, peers

ROUNDS = 3
HELD = [bar for bar in BARS if bar.held]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_command_takes_more_than_it_did(tmp_path: Path) -> None:
    runs = (*peers(tmp_path / "peers", (1, PROVEN)), *commands(ROOT, tmp_path / "own", PROVEN, 0))
    costs = Costs(of=medians(runs, ROUNDS), files=PROVEN, large=0)
    ratios = {bar: bar.ratio(costs) for bar in HELD}
    worse = [
        f"{bar.what}: {ratio:.2f} {bar.unit}, not {bar.held}"
        for bar, ratio in ratios.items()
        if ratio > (bar.held or 0) * SLACK
    ]
    assert worse == []


def test_what_is_held_is_no_less_than_what_is_wanted() -> None:
    assert len(HELD) >= 6
    assert all(bar.aim <= bar.must for bar in BARS)
