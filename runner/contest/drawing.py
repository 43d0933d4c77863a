"""The draw: which entries the randomness of a round puts first."""

import hmac
from heapq import nsmallest

from runner.contest.entry_list import EntryList


def drawn_places(entries: EntryList, randomness: bytes) -> tuple[bytes, ...]:
    """The commitments (c and e) of the entries that may win, the first place first: as many as the
    charter has winners and alternates. Nobody beyond them ever wins."""
    charter = entries.charter
    contest = f"{charter.contest}\0".encode()

    def rank(commitment: bytes) -> bytes:
        return hmac.digest(randomness, contest + commitment[:32], "sha256")

    return tuple(nsmallest(charter.winners + charter.alternates, entries.commitments, key=rank))
