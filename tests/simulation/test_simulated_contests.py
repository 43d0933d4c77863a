"""Whatever goes wrong around a contest, no draw is verified but the honest one."""

from collections import Counter
from pathlib import Path

import pytest

from runner.local_x.server import Sandbox
from tests.acceptance.beacons import a_beacon
from tests.simulation.contest_worlds import START, ContestWorld, broken_promise, world

PLANTED = 3
"""In it somebody has a shorter list merged before the closing post."""
ALL = 24


def played(seed: int, root: Path, *, calm: bool = False) -> ContestWorld:
    with a_beacon() as beacon, Sandbox.start({"shop": "acme_lv"}, clock=lambda: START) as sandbox:
        made = world(seed, sandbox, root, beacon, calm=calm)
        made.play()
        assert broken_promise(made) is None, (seed, made.seen)
    return made


def test_where_nothing_goes_wrong_the_draw_is_verified_and_the_winners_are_named(tmp_path):
    calm = played(0, tmp_path, calm=True)
    assert (calm.seen["verified"], calm.seen["named"]) == (1, 1), calm.seen


def test_a_shorter_list_that_was_merged_is_never_drawn_from(tmp_path):
    seen = played(PLANTED, tmp_path).seen
    assert (seen["tampered: second"], seen["draw 5"] > 0, seen["verified"]) == (1, True, 0), seen


@pytest.mark.slow
def test_many_random_contests_hold_and_all_that_can_go_wrong_does(tmp_path):
    seen: Counter[str] = Counter()
    for seed in range(1, 1 + ALL):
        seen += played(seed, tmp_path / str(seed)).seen
    tampered = ("tampered: second", "tampered: key")
    lost, refused = ("list lost", "draw lost"), ("list 5", "draw 5")
    for what in ("in doubt", "verified", "verified late", "named", *lost, *refused, *tampered):
        assert seen[what], (what, seen)
