"""The beacon of a draw: drand's chain quicknet, whose rounds nobody knows before their time.

Source: https://docs.drand.love/developer/http-api and the chain's own description; the message of a
round is the sha256 of its number, its randomness that of its signature.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from runner.charter import QUICKNET, Charter
from runner.contest.points import is_signature

NOTICE: Final = timedelta(hours=12)
"""Between the closing post and the round: nobody can know the round when the list is
fixed, and who was left out has time to say so."""
LATEST_DAYS: Final = 3
_DAY: Final = 86_400
_DOMAIN: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeaconChain:
    """A public source of randomness."""

    id: str
    """Its hash, as charters name it."""
    public_key: bytes = field(repr=False)
    genesis: int
    """When its first round came, in seconds since 1970."""
    period: int
    """Seconds between two rounds."""

    def first_round_after(self, instant: int) -> int:
        """The first that comes strictly after an instant."""
        return max((instant - self.genesis) // self.period + 2, 1)

    def instant(self, round: int) -> datetime:
        """When a round comes."""
        return datetime.fromtimestamp(self.genesis + (round - 1) * self.period, UTC)

    def randomness(self, round: int, signature: bytes) -> bytes | None:
        """What a round came to; None where that is not its signature."""
        message = sha256(round.to_bytes(8, "big")).digest()
        if not is_signature(signature, message, _DOMAIN, self.public_key):
            return None
        return sha256(signature).digest()


QUICKNET_CHAIN: Final = BeaconChain(
    id=QUICKNET,
    public_key=bytes.fromhex(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d"
        "1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8"
        "991ef5ece45a"
    ),
    genesis=1_692_803_367,
    period=3,
)


@dataclass(frozen=True, slots=True)
class DrawRound:
    """The round that decides, and how many days it is later than the charter says."""

    number: int
    days_late: int


def round_of_draw(chain: BeaconChain, charter: Charter, closed: datetime) -> DrawRound | None:
    """The round that a closing post of this instant leads to; None where that is more than three
    days late, so that nothing is proven any more."""
    for days_late in range(LATEST_DAYS + 1):
        number = chain.first_round_after(charter.draws + days_late * _DAY)
        if chain.instant(number) - closed >= NOTICE:
            return DrawRound(number, days_late)
    return None
