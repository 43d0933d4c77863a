"""BLS over BLS12-381 with signatures in G1: what a signature is, and which bytes are one.

A key has exactly one signature of a message. So that it has exactly one form, too, a point counts
only if it lies in the subgroup, is not the identity, and is written again as the very same bytes:
the library takes some bytes for the identity that are none. Its `unchecked` functions are banned.
"""

from typing import Final, TypeVar

from py_arkworks_bls12381 import GT, G1Point, G2Point, Scalar

SIGNATURE_BYTES: Final = 48
PUBLIC_KEY_BYTES: Final = 96
_Point = TypeVar("_Point", G1Point, G2Point)


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
