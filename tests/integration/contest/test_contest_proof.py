"""The values in the documentation: the runner makes them, and a second program agrees."""

import json
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from runner.contest.signatures import QUICKNET_CHAIN, Signer, is_public_key
from tests.integration.contest import second_program as second
from tests.integration.contest.vectors import vectors
from tests.unit.contest.building import CHARTER, ROUNDS

FILE = Path(__file__).parents[3] / "docs/contest-proof.json"
VALUES = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}


def test_the_documented_values_are_what_the_runner_makes(
    golden: Callable[[Path, str], None],
) -> None:
    golden(FILE, json.dumps(vectors(), ensure_ascii=False, indent=2) + "\n")


def test_a_second_program_makes_the_same_key_and_list() -> None:
    secret = bytes.fromhex(VALUES["secret"])
    key = second.public_key(secret)
    assert key.hex() == VALUES["public-key"]
    assert second.short_code(b"runner/key/v1\0" + key) == VALUES["fingerprint"]
    assert second.short_code(VALUES["charter"].encode()) == VALUES["code"]
    pairs = [
        second.entrant_and_entry(bytes.fromhex(each["ticket"]), each["user"], each["post"])
        for each in VALUES["entries"]
    ]
    assert pairs == [(each["c"], each["e"]) for each in VALUES["entries"]]
    listed = second.the_list(VALUES["charter"], key.hex(), VALUES["announcement"], pairs)
    assert listed == VALUES["list"]
    assert second.sha256(listed.encode()).hexdigest() == VALUES["digest"]


def test_a_second_program_makes_the_same_list_with_a_supplement() -> None:
    told = VALUES["supplement"]
    pairs = [(each["c"], each["e"]) for each in VALUES["entries"]]
    pairs += [(line[:64], line[65:]) for line in told["lines"].splitlines()]
    key, announcement = VALUES["public-key"], VALUES["announcement"]
    listed = second.the_list(VALUES["charter"], key, announcement, pairs)
    assert (sha256(listed.encode()).hexdigest(), len(pairs)) == (told["digest"], told["entries"])


def test_a_second_program_makes_the_same_list_in_parts() -> None:
    told = VALUES["long-list"]
    numbers = [sha256(f"entry {number}".encode()).digest() for number in range(1, 10_002)]
    pairs = [(each.hex(), sha256(each).hexdigest()) for each in numbers]
    key, announcement = VALUES["public-key"], VALUES["announcement"]
    files = second.the_long_list(VALUES["charter"], key, announcement, pairs)
    lines = files["entries.txt"].splitlines()
    assert [lines[-256], lines[-1]] == [
        told["line-of-entries-00.txt"],
        told["line-of-entries-ff.txt"],
    ]
    assert sha256(files["entries.txt"].encode()).hexdigest() == told["digest"]


@pytest.mark.parametrize("index", [0, 7])
def test_a_second_program_gives_the_same_ticket(index: int) -> None:
    entry = VALUES["entries"][index]
    made = second.ticket(
        bytes.fromhex(VALUES["secret"]), CHARTER.account, CHARTER.contest, entry["user"]
    )
    assert made.hex() == entry["ticket"]


def test_another_library_signs_the_same() -> None:
    domain, secret = b"RUNNER-TESTS", bytes(range(48))
    number = int.from_bytes(secret) % second.curve_order
    point = second.multiply(second.hash_to_G1(b"message", domain, sha256), number)
    signature = Signer(secret).signature(b"message", domain)
    assert second.compress_G1(point).to_bytes(48, "big") == signature


def test_a_second_program_draws_the_same_places() -> None:
    found = second.round_and_lateness(CHARTER.draws, VALUES["closing-post"])
    assert found == (VALUES["round"], VALUES["days-late"])
    drawn = second.sha256(bytes.fromhex(VALUES["signature"])).digest()
    assert drawn.hex() == VALUES["randomness"]
    pairs = [(each["c"], each["e"]) for each in VALUES["entries"]]
    users = {each["c"]: each["user"] for each in VALUES["entries"]}
    count = CHARTER.winners + CHARTER.alternates
    places = second.places(CHARTER.contest, drawn, pairs, count)
    assert [users[c] for c in places] == VALUES["places"]


@pytest.mark.parametrize("why", ["outside the subgroup", "identity", "identity with a sign"])
def test_both_programs_refuse_points_that_are_none(why: str) -> None:
    point = bytes.fromhex(VALUES["refused-points"][why])
    assert second.point_in_g1(point) is None
    assert QUICKNET_CHAIN.randomness(1000, point) is None
    assert not is_public_key(point + bytes(48))


@pytest.mark.slow
@pytest.mark.parametrize("round", ROUNDS)
def test_a_second_program_believes_each_recorded_round(round: int) -> None:
    signature = bytes.fromhex(ROUNDS[round])
    key = QUICKNET_CHAIN.public_key
    assert second.randomness(round, signature, key) == QUICKNET_CHAIN.randomness(round, signature)


def test_the_second_program_leaves_the_depth_of_calls_as_it_is() -> None:
    """Other tests see what happens at its end."""
    assert sys.getrecursionlimit() <= 2_000
