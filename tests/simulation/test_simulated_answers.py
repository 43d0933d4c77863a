"""Worlds in which people are answered, and all that can go wrong does: no answer goes out twice,
what was approved is out or told of, and no issue is left as it must not be."""

from collections import Counter

import pytest

from tests.simulation.answer_world import answer_world
from tests.simulation.answers import AnswerSimulation
from tests.simulation.check import counted
from tests.simulation.sometimes import OF_ANSWERS

AT_ONCE, FEW = 100, 4
ALL, CHUNK = 1_000, 25
TOLD = ("an answer sent", "killed", *OF_ANSWERS)


def played(seed: int) -> AnswerSimulation:
    simulation = AnswerSimulation(answer_world(seed))
    try:
        simulation.run()
    except Exception as broken:
        told = "\n".join(simulation.trace[-40:])
        replay = f"python -m tests.simulation --answer-seed {seed}"
        raise AssertionError(f"{broken}\nreplay: {replay}\n{told}") from broken
    return simulation


def happened(seeds: range) -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in seeds:
        found += played(seed).happened
    counted(
        {"answer worlds": len(seeds), **{f"answer worlds, {what}": found[what] for what in TOLD}}
    )
    return found


@pytest.mark.sampled(1)
@pytest.mark.parametrize("first", range(0, AT_ONCE, FEW))
def test_worlds_of_answers_hold_and_a_seed_says_all_that_happens_in_one(first):
    happened(range(first + 1, first + FEW))
    once, again = played(first), played(first)
    assert once.trace == again.trace
    assert once.kept == again.kept


@pytest.mark.slow
@pytest.mark.parametrize("first", range(AT_ONCE, ALL, CHUNK))
def test_so_it_is_in_a_thousand_worlds(first):
    happened(range(first, first + CHUNK))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_in_a_sample_all_that_can_go_wrong_does():
    found = happened(range(200))
    assert [what for what in OF_ANSWERS if not found[what]] == []
    faults = ("twice", "lost-answer", "lost-request", "refused", "502-done")
    assert all(found[f"GitHub: {fault}"] for fault in faults)


@pytest.mark.slow
def test_where_no_run_knows_what_another_has_sent_an_answer_goes_out_twice():
    def play_all() -> None:
        for seed in range(AT_ONCE):
            AnswerSimulation(answer_world(seed), forgetful=True).run()

    with pytest.raises(AssertionError, match="is out twice"):
        play_all()


@pytest.mark.slow
def test_the_judge_sees_what_nobody_has_approved():
    simulation = AnswerSimulation(answer_world(0))
    simulation.people.approved = Unwritten()
    with pytest.raises(AssertionError, match="nobody has asked"):
        simulation.run()


class Unwritten(set):
    """It forgets all at once."""

    def add(self, item: object) -> None: ...
