"""The beacon of rehearsals decides draws on a local X, and nowhere else."""

from hashlib import sha256

import pytest

from runner.contest.published import Verdict
from runner.contest.signatures import QUICKNET_CHAIN, REHEARSAL_CHAIN, rehearsed_signature
from runner.contest.verifying import verify
from runner.value import replace
from runner.views.terminal.verification import verification_as_text
from tests.unit.contest.building import ROUNDS, a_draw, a_rehearsed_draw

REHEARSED = a_rehearsed_draw()


@pytest.mark.parametrize("round", ROUNDS)
def test_a_rehearsed_round_is_none_of_the_beacon(round: int) -> None:
    signature = rehearsed_signature(round)
    assert REHEARSAL_CHAIN.randomness(round, signature) == sha256(signature).digest()
    assert REHEARSAL_CHAIN.randomness(round + 1, signature) is None
    assert QUICKNET_CHAIN.randomness(round, signature) is None
    assert REHEARSAL_CHAIN.randomness(round, bytes.fromhex(ROUNDS[round])) is None


def test_elsewhere_than_on_a_local_x_a_rehearsed_draw_does_not_hold() -> None:
    found = verify(REHEARSED)
    assert found.verdict is Verdict.FALSE
    assert "signed with the key of rehearsals, which everybody has" in (found.wrong or "")


def test_a_rehearsed_draw_is_checked_like_any_other_and_never_told_as_one() -> None:
    rehearsed = replace(REHEARSED, may_be_rehearsed=True)
    found = verify(rehearsed)
    assert (found.verdict, len(found.held)) == (Verdict.CONSISTENT, 8)
    told = verification_as_text(found, rehearsed, "acme_lv", names=rehearsed.draw.winners)
    assert "The beacon of rehearsals has signed that round" in told
    assert "rehearsal: everybody has the key" in told
    first, _ = rehearsed.draw.winners
    edited = rehearsed.draw.model_copy(update={"winners": (first,)})
    assert verify(replace(rehearsed, draw=edited)).verdict is Verdict.FALSE


def test_a_draw_by_the_beacon_is_no_rehearsal_on_a_local_x_either() -> None:
    honest = replace(a_draw(), may_be_rehearsed=True)
    found = verify(honest)
    told = verification_as_text(found, honest, "acme_lv", names=honest.draw.winners)
    assert found.verdict is Verdict.CONSISTENT
    assert "rehearsal" not in told
