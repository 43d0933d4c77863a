"""A value of each encoding, as the runner makes it: docs/contest-proof.json."""

from hashlib import sha256
from typing import Final

from runner.contest.commitments import as_lines, ordered
from runner.contest.entries import ContestEntry
from runner.contest.entry_list import SUPPLEMENT_FILE, drawn_places, supplemented
from runner.contest.list_head import LIST_FILE
from runner.contest.signatures import QUICKNET_CHAIN
from runner.contest.tickets import commitment
from runner.schedule.rounds import round_of_draw
from runner.value import replace
from runner.x_facts import instant
from tests.unit.contest.building import (
    ANNOUNCEMENT,
    CHARTER,
    CLOSING_POST,
    ENTRIES,
    KEY,
    ROUNDS,
    a_list,
)

REFUSED = {
    "outside the subgroup": "80" + "00" * 46 + "04",
    "identity": "c0" + "00" * 47,
    "identity with a sign": "e0" + "00" * 47,
    "identity with rubbish": "ff" * 48,
}


LONG: Final = 10_001


def long_list() -> dict[str, object]:
    """What a list in parts comes to, of entries that anyone can count up."""
    numbers = [sha256(f"entry {number}".encode()).digest() for number in range(1, LONG + 1)]
    made = ordered(each + sha256(each).digest() for each in numbers)
    entries = replace(a_list(), commitments=made)
    rows = dict(entries.files())[LIST_FILE].decode().partition("\n\n")[2].splitlines()
    return {
        "c": f"the SHA-256 of `entry 1`, and so on up to `entry {LONG}`",
        "e": "the SHA-256 of c",
        "line-of-entries-00.txt": rows[0],
        "line-of-entries-ff.txt": rows[-1],
        "digest": entries.digest,
    }


def supplement() -> dict[str, object]:
    """One entry more, and what the list with it comes to."""
    entry = ContestEntry(user="5000", post=ENTRIES[0].post)
    added = a_list((entry,)).commitments
    whole = supplemented(a_list(), {SUPPLEMENT_FILE: as_lines(added)})
    return {
        "lines": as_lines(added).decode(),
        "digest": whole.digest,
        "entries": len(whole.commitments),
    }


def vectors() -> dict[str, object]:
    entries = a_list()
    tickets = [KEY.ticket(CHARTER, each.user) for each in ENTRIES]
    committed = [commitment(ticket, each) for ticket, each in zip(tickets, ENTRIES, strict=True)]
    round = round_of_draw(QUICKNET_CHAIN, CHARTER.draws, instant(CLOSING_POST))
    assert round
    randomness = QUICKNET_CHAIN.randomness(round.number, bytes.fromhex(ROUNDS[round.number]))
    assert randomness
    users = dict(zip(committed, (each.user for each in ENTRIES), strict=True))
    return {
        "secret": KEY.secret.hex(),
        "public-key": KEY.public_key.hex(),
        "fingerprint": KEY.fingerprint,
        "charter": CHARTER.encoded().decode(),
        "code": CHARTER.code,
        "entries": [
            {
                "user": each.user,
                "post": each.post,
                "ticket": ticket.hex(),
                "c": pair[:32].hex(),
                "e": pair[32:].hex(),
            }
            for each, ticket, pair in zip(ENTRIES, tickets, committed, strict=True)
        ],
        "announcement": ANNOUNCEMENT,
        "list": dict(entries.files())[LIST_FILE].decode(),
        "digest": entries.digest,
        "long-list": long_list(),
        "supplement": supplement(),
        "closing-post": CLOSING_POST,
        "round": round.number,
        "days-late": round.days_late,
        "beacon-public-key": QUICKNET_CHAIN.public_key.hex(),
        "signature": ROUNDS[round.number],
        "randomness": randomness.hex(),
        "places": [users[each] for each in drawn_places(entries, randomness)],
        "refused-points": REFUSED,
    }
