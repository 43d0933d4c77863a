"""BLS signatures, and the beacons that are made of them: drand's chain quicknet, whose rounds
nobody knows before their time, and that of rehearsals, which takes its place on a local X.

The curve is BLS12-381, with signatures in G1. A key has exactly one signature of a message. So that
it has exactly one form, too, a point counts only if it lies in the subgroup, is not the identity,
and is written again as the very same bytes: the library takes some bytes for the identity that are
none. Its `unchecked` functions are banned.

Source: https://docs.drand.love/developer/http-api and the chain's own description; the message of a
round is the sha256 of its number, its randomness that of its signature.
"""

from hashlib import sha256
from typing import Final, TypeVar

from py_arkworks_bls12381 import GT, G1Point, G2Point, Scalar

from runner.charter import QUICKNET
from runner.schedule import QUICKNET_CLOCK, RoundClock

SIGNATURE_BYTES: Final = 48
PUBLIC_KEY_BYTES: Final = 96
_Point = TypeVar("_Point", G1Point, G2Point)
DOMAIN: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
"""The domain separation tag of the signatures of rounds."""


class Signer:
    """Signs with one secret. `secret` are bytes of which it is the number, taken modulo the order
    of the group."""

    def __init__(self, secret: bytes) -> None:
        self._scalar = Scalar.from_be_bytes_mod_order(secret)
        self.public_key = (G2Point() * self._scalar).to_compressed_bytes()

    def signature(self, message: bytes, domain: bytes) -> bytes:
        return (G1Point.hash_to_curve(message, domain) * self._scalar).to_compressed_bytes()


def is_signature(signature: bytes, message: bytes, domain: bytes, public_key: bytes) -> bool:
    """Whether it is the one signature of the message by the key."""
    signed, key = _decoded(G1Point, signature), _decoded(G2Point, public_key)
    if signed is None or key is None:
        return False
    hashed = G1Point.hash_to_curve(message, domain)
    return GT.pairing_check([signed, hashed], [-G2Point(), key])


def is_public_key(data: bytes) -> bool:
    return _decoded(G2Point, data) is not None


def _decoded(group: type[_Point], data: bytes) -> _Point | None:
    """The point, if these are the one way to write it, and it is no identity."""
    try:
        point = group.from_compressed_bytes(data)
    except ValueError:
        return None
    plain = point != group.identity() and point.to_compressed_bytes() == data
    return point if plain else None


def round_message(round: int) -> bytes:
    """What is signed of a round."""
    return sha256(round.to_bytes(8, "big")).digest()


class BeaconChain(RoundClock, kw_only=True):
    """A public source of randomness."""

    id: str
    """Its hash, as charters name it."""
    public_key: bytes

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
_SIGNER: Final = Signer(b"runner/rehearsal/v1")
REHEARSAL_CHAIN: Final = BeaconChain(
    id="rehearsal",
    public_key=_SIGNER.public_key,
    genesis=QUICKNET_CLOCK.genesis,
    period=QUICKNET_CLOCK.period,
)
"""Its secret stands here, so that everybody can sign any round of it: what it decides proves
nothing, and `runner verify` takes it for a draw on a local X alone."""


def rehearsed_signature(round: int) -> bytes:
    """The signature of a round, whether or not its time has come."""
    return _SIGNER.signature(round_message(round), DOMAIN)
