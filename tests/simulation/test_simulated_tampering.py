"""The simulator fails where the runner lacks what keeps a post from going out twice."""

import pytest

from tests.simulation.check import first_broken
from tests.simulation.crashes import SMALL, cut, frozen, scenario, steps
from tests.simulation.tampering import (
    HONEST,
    Blind,
    Careless,
    Forgetful,
    NoWitness,
    OneTip,
    StoppedClock,
    Tampering,
)
from tests.simulation.world import world_of

SAMPLE = range(300)
CAUGHT_BY_CHANCE = {
    "the attempt before the request": Tampering(ledger=Forgetful),
    "the look at the timeline": Tampering(publisher=Blind),
    "the race for a claim": Tampering(ledger=Careless),
    "the tip": Tampering(refs=OneTip),
}


@pytest.mark.parametrize("what", CAUGHT_BY_CHANCE)
def test_no_sample_of_random_worlds_holds_without(what):
    assert first_broken(map(world_of, SAMPLE), CAUGHT_BY_CHANCE[what])


def test_a_run_that_was_frozen_sends_too_late_without_its_clocks():
    world = scenario(SMALL)
    worlds = [frozen(world, step) for step in range(1, steps(world, 0) + 1)]
    assert first_broken(worlds, HONEST) is None
    assert first_broken(worlds, Tampering(clock=StoppedClock))


@pytest.mark.parametrize("how", ["branch", "back"])
def test_a_ledger_that_was_cut_is_believed_without_its_witness(how):
    worlds = [cut(scenario(frozenset({"tip", "photo"})), how, "13:00")]
    assert first_broken(worlds, HONEST) is None
    assert first_broken(worlds, Tampering(refs=NoWitness))
