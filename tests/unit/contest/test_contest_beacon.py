"""The beacon: recorded rounds are believed, everything else is not."""

from datetime import UTC, datetime, timedelta

import pytest

from runner.contest.signatures import QUICKNET_CHAIN
from runner.schedule.rounds import DrawRound, round_of_draw
from runner.value import replace
from tests.unit.contest.building import CHARTER, CLOSES, DRAWS, ROUNDS

TIMES = {
    1: "2023-08-23 15:09:27",
    1000: "2023-08-23 15:59:24",
    657413: "2023-09-15 11:00:03",
    30662982: "2026-07-23 07:38:30",
    30662990: "2026-07-23 07:38:54",
}


@pytest.mark.parametrize("round", ROUNDS)
def test_a_recorded_round_has_its_time_and_its_signature(round: int) -> None:
    at = QUICKNET_CHAIN.instant(round)
    assert f"{at:%Y-%m-%d %H:%M:%S}" == TIMES[round]
    assert QUICKNET_CHAIN.randomness(round, bytes.fromhex(ROUNDS[round]))
    assert QUICKNET_CHAIN.first_round_after(int(at.timestamp()) - 1) == round
    assert QUICKNET_CHAIN.first_round_after(int(at.timestamp())) == round + 1


def test_the_randomness_is_the_published_one() -> None:
    found = QUICKNET_CHAIN.randomness(30662982, bytes.fromhex(ROUNDS[30662982]))
    assert found
    assert found.hex() == "ae76da5137c6d0a0d3b50d325948b26cc3ff1f804cd7bbca29b9250c2bfe8d67"


def test_the_signature_of_another_round_is_refused() -> None:
    assert QUICKNET_CHAIN.randomness(30662983, bytes.fromhex(ROUNDS[30662982])) is None
    assert QUICKNET_CHAIN.randomness(30662982, bytes([0x80, *[0] * 46, 0x04])) is None
    assert QUICKNET_CHAIN.randomness(30662982, b"") is None


def test_before_its_first_round_the_first_is_what_comes() -> None:
    assert QUICKNET_CHAIN.first_round_after(0) == 1


def test_the_round_is_the_first_after_the_promised_minute() -> None:
    soon = CLOSES + timedelta(minutes=20)
    assert round_of_draw(QUICKNET_CHAIN, CHARTER.draws, soon) == DrawRound(657413, 0)


def test_twelve_hours_lie_between_the_closing_post_and_the_round() -> None:
    round_at = datetime(2023, 9, 15, 11, 0, 3, tzinfo=UTC)
    last = round_at - timedelta(hours=12)
    assert round_of_draw(QUICKNET_CHAIN, CHARTER.draws, last) == DrawRound(657413, 0)
    late = round_of_draw(QUICKNET_CHAIN, CHARTER.draws, last + timedelta(milliseconds=1))
    assert late == DrawRound(657413 + 28_800, 1)


def test_more_than_three_days_late_no_round_decides() -> None:
    last = DRAWS + timedelta(days=3, seconds=3) - timedelta(hours=12)
    assert round_of_draw(QUICKNET_CHAIN, CHARTER.draws, last) == DrawRound(657413 + 3 * 28_800, 3)
    assert round_of_draw(QUICKNET_CHAIN, CHARTER.draws, last + timedelta(milliseconds=1)) is None


def test_a_chain_with_another_key_believes_no_round_of_quicknet() -> None:
    other = replace(QUICKNET_CHAIN, public_key=bytes([0xC0, *[0] * 95]))
    assert other.randomness(1000, bytes.fromhex(ROUNDS[1000])) is None
