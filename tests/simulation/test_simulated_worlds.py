"""Worlds in which everything that can go wrong does: no post goes out twice, none is lost."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from runner.stores.ledger_files import PROJECT
from runner.stores.refs import Move
from runner.value import replace
from tests.simulation.__main__ import digest, falls_short, main
from tests.simulation.check import holds
from tests.simulation.crashes import scenario
from tests.simulation.drafts import EDITS, MENU, MUTE
from tests.simulation.keeping import TamperedRemote
from tests.simulation.simulation import Simulation
from tests.simulation.sometimes import HALF_UPGRADE, SOMETIMES, WHOLE
from tests.simulation.weather import KINDS
from tests.simulation.world import Deed
from tests.simulation.world_maker import world_of

FEW, SAMPLE = 4, 100
"""Worlds of a test, and of a run of all tests that are not long proofs."""
ALL = 10_000
WITH_EACH_EDIT = 300
"""Worlds among which there is each edit; it has a test of its own, too."""
ROOT = Path(__file__).parents[2]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("first", range(0, SAMPLE, FEW))
def test_random_worlds_hold(first):
    for seed in range(first, first + FEW):
        holds(world_of(seed))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(SAMPLE, ALL, 100))
def test_ten_thousand_random_worlds_hold(first):
    for seed in range(first, first + 100):
        holds(world_of(seed))


def test_the_end_of_a_thread_in_other_words_is_not_sent_by_a_ledger_that_was_deleted():
    holds(world_of(7410023))


def test_a_look_does_not_settle_a_doubt_with_what_was_sent_since_the_ledger_was_read():
    """It was frozen for two hours in the middle of its look."""
    holds(world_of(31000907))


def test_an_account_that_begins_between_two_looks_of_one_reading_is_not_claimed_past():
    """Both of two runs on a new ledger sent its first post."""
    holds(world_of(74000071))


def test_somebody_is_asked_about_what_is_in_doubt_of_an_account_that_is_gone():
    """It was told of as in doubt for good, and nobody could look for it."""
    holds(world_of(680538115912))


def test_a_clock_that_is_set_right_after_the_plan_was_made_sends_nothing_early():
    """A picture without a word went out an hour early, and after a roll-back once more."""
    holds(world_of(710444308724))


def test_a_ledger_that_is_rolled_back_lacks_nothing_that_was_cut_then_and_mended():
    """The world of seed 344212260811 called the ledger broken that it had itself left cut."""
    remote = TamperedRemote()
    for name in (PROJECT, "shop", "tienda"):
        assert remote.swap({name: Move(old=None, new=remote.commit(None, {}, f"Begin {name}"))})
    remote.cut("both", "tienda")
    at = remote.branches["shop"]
    for _ in range(2):
        at, before = remote.commit(at, {}, "More"), at
        assert remote.swap({"shop": Move(old=before, new=at)})
    remote.mend()
    remote.back(1)
    assert remote.branches.keys() == {PROJECT, "shop", "tienda"}
    assert not remote.damaged


@pytest.mark.parametrize("seed", [501266, 503208])
def test_g6_worlds_that_were_broken_hold(seed):
    """Part 2 of a thread deleted by hand, the account renamed, the ledger deleted; and two clocks
    of which the one calls missed what the other sees as due."""
    holds(world_of(seed))


def test_g6_who_says_no_seed_gets_fresh_ones_and_is_told_them(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["simulation", "--worlds", "0", "--jobs", "1"])
    told = []
    for _ in range(2):
        main()
        told.append(capsys.readouterr().out.splitlines()[0])
    first, second = told
    assert first.startswith("seeds ")
    assert first != second


@pytest.mark.parametrize("store", ["git", "files"])
def test_where_nothing_goes_wrong_all_is_posted(store):
    simulation = holds(scenario(store=store))
    assert {post.tag for post in simulation.x.posts} == set(simulation.prices)
    assert simulation.happened["in the end: posted"] == 9
    assert simulation.happened["in the end: missed"] == 0


def test_a_seed_says_all_that_happens():
    first, again = holds(world_of(7)), holds(world_of(7))
    assert first.trace == again.trace
    assert first.kept == again.kept
    told = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "--seed", "7"],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    said = "\n".join([str(world_of(7)), *first.trace, digest(first), ""])
    assert told.stdout == said


def test_a_whole_run_fails_where_something_has_never_happened(capsys):
    happened = Counter(dict.fromkeys(SOMETIMES, 1))
    assert not falls_short(happened, WHOLE)
    del happened[HALF_UPGRADE]
    assert falls_short(happened, WHOLE)
    assert HALF_UPGRADE in capsys.readouterr().out
    assert not falls_short(happened, WHOLE - 1), "a small sample may lack what is seldom"


def test_the_sample_has_all_that_can_go_wrong_in_it():
    many = [world_of(seed) for seed in range(WITH_EACH_EDIT)]
    worlds = many[:SAMPLE]
    blows = Counter(fate.blow for world in worlds for tick in world.ticks for fate in tick.fates)
    kinds = {kind for world in worlds for storm in world.storms for kind in storm.kinds}
    cuts = {act.cut for world in worlds for act in world.acts if act.what == "cut"}
    assert set(blows) == {"kill", "freeze", "stop", "jump", "meanwhile"}
    assert kinds == set(KINDS)
    assert cuts == {"branch", "back", "witness", "both", "project", "all"}
    assert {act.what for world in worlds for act in world.acts} == set(get_args(Deed))
    assert {edit.name for world in many for edit in world.edits} == set(EDITS)
    assert {post for world in worlds for post in world.draft.menu} == {*MENU, MUTE}
    assert {world.store for world in worlds} == {"git", "files"}
    assert {world.store for world in worlds if world.rolled} == {"git", "files"}
    assert any(world.lags for world in worlds)
    assert any(world.refused for world in worlds)
    assert any(world.calm for world in worlds)


def test_a_broken_world_says_how_to_replay_it():
    never_run = replace(scenario(frozenset({"announce"})), seed=7, ticks=())
    with pytest.raises(AssertionError, match=r"python -m tests\.simulation --seed 7"):
        holds(never_run)


def test_what_happened_is_counted():
    simulation = Simulation(world_of(3))
    simulation.run()
    assert simulation.happened["runs"] == len(
        [each for each in simulation.processes if each.name.startswith("run")]
    )
