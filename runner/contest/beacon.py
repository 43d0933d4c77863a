"""The beacon of a draw: drand's chain quicknet, whose rounds nobody knows before their time.

Source: https://docs.drand.love/developer/http-api and the chain's own description; the message of a
round is the sha256 of its number, its randomness that of its signature.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from runner.charter import QUICKNET
from runner.contest.points import is_signature
from runner.schedule.rounds import QUICKNET_CLOCK, RoundClock

DOMAIN: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
"""Of its signatures."""


def round_message(round: int) -> bytes:
    """What is signed of a round."""
    return sha256(round.to_bytes(8, "big")).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeaconChain(RoundClock):
    """A public source of randomness."""

    id: str
    """Its hash, as charters name it."""
    public_key: bytes = field(repr=False)

    def randomness(self, round: int, signature: bytes) -> bytes | None:
        """What a round came to; None where that is not its signature."""
        if not is_signature(signature, round_message(round), DOMAIN, self.public_key):
            return None
        return sha256(signature).digest()


QUICKNET_CHAIN: Final = BeaconChain(
    id=QUICKNET,
    public_key=bytes.fromhex(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d"
        "1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8"
        "991ef5ece45a"
    ),
    genesis=QUICKNET_CLOCK.genesis,
    period=QUICKNET_CLOCK.period,
)
