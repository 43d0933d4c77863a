"""The simulator fails where the runner lacks what keeps a post from going out twice."""

import pytest

from runner.value import replace
from tests.simulation.check import first_broken
from tests.simulation.crashes import SMALL, before_sending, cut, dying, frozen, scenario, steps
from tests.simulation.tampering import (
    HONEST,
    Blind,
    Broke,
    Careless,
    Forgetful,
    Hasty,
    Loose,
    NoWitness,
    OneTip,
    StoppedClock,
    Tampering,
    Trusting,
    Unheld,
)
from tests.simulation.weather import Storm
from tests.simulation.world import BEGINS, ENDS
from tests.simulation.world_maker import world_of

SAMPLE = range(300)
CAUGHT_BY_CHANCE = {
    "the attempt before the request": (Tampering(ledger=Forgetful), "times", 2),
    "the look at the timeline": (Tampering(publisher=Blind), "times", 0),
    "the doubt": (Tampering(publisher=Hasty), "which X shows", 47),
    "the race for a claim": (Tampering(ledger=Careless), "times", 2),
    "the tip": (Tampering(refs=OneTip), "not those of the tip", 19),
    "the holds": (Tampering(ledger=Unheld), "on hold", 10),
    "the budget": (Tampering(ledger=Broke), "were spent", 17),
    "the order of a thread": (Tampering(publisher=Loose), "does not answer", 1),
}
"""Each with the first world that breaks, as worlds are made now: it is tried before the others."""


@pytest.mark.parametrize("what", CAUGHT_BY_CHANCE)
def test_no_sample_of_random_worlds_holds_without(what):
    tampering, saying, first = CAUGHT_BY_CHANCE[what]
    assert first_broken(map(world_of, [first, *SAMPLE]), tampering, saying=saying)


def test_what_was_sent_by_a_run_that_died_goes_out_twice_without_a_look():
    world = scenario(SMALL)
    sending = before_sending(world)
    worlds = [dying(world, (0, step)) for step in (sending, sending + 1)]
    assert first_broken(worlds, HONEST) is None
    assert first_broken(worlds, Tampering(publisher=Blind), saying="times")


@pytest.mark.slow
def test_a_run_may_freeze_at_every_step_while_both_of_its_clocks_tell():
    world = scenario(SMALL)
    worlds = [frozen(world, step) for step in range(1, steps(world, 0) + 1)]
    assert first_broken(worlds, HONEST) is None


def test_a_run_that_was_frozen_sends_too_late_without_its_clocks():
    world = scenario(SMALL)
    sending = before_sending(world)
    worlds = [frozen(world, step) for step in (sending - 2, sending - 1)]
    assert first_broken(worlds, HONEST) is None
    assert first_broken(worlds, Tampering(clock=StoppedClock))


def test_a_ledger_that_was_cut_back_is_believed_without_its_witness():
    """One without its branch is a new one, and what went out before it is recalled; a look would
    find what was forgotten, too."""
    worlds = [cut(scenario(frozenset({"tip", "photo"})), "back", "13:00")]
    assert first_broken(worlds, Tampering(publisher=Blind)) is None
    assert first_broken(worlds, Tampering(refs=NoWitness, publisher=Blind))


def test_a_ledger_that_was_rolled_back_doubles_posts_without_a_look():
    """Both refs together, or a backup of the folder: no witness tells."""
    worlds = [world for world in map(world_of, SAMPLE) if world.rolled]
    assert first_broken(worlds[:2], HONEST) is None
    assert first_broken(worlds[:2], Tampering(publisher=Blind), saying="times")
    assert {world.old for world in worlds} == {True, False}


def test_a_library_that_hides_what_was_sent_doubles_posts_where_nobody_asks_for_a_proof():
    """G2. A look would find them, as what is late is looked for; here nobody looks."""
    world = scenario(SMALL)
    storm = Storm(
        begins=BEGINS, ends=ENDS, kinds=("lost-answer",), share=1, routes="POST /2/tweets"
    )
    ticks = tuple(replace(tick, hides=True) for tick in world.ticks)
    world = replace(world, ticks=ticks, storms=(storm,), calm=False)
    assert first_broken([world], Tampering(publisher=Blind)) is None
    trusting = Tampering(publisher=Blind, proof=Trusting)
    assert first_broken([world], trusting, saying="which X shows")
