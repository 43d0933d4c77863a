"""BLS over BLS12-381 with signatures in G1: what a signature is, and which bytes are one.

A key has exactly one signature of a message. So that it has exactly one form, too, a point counts
only if it lies in the subgroup, is not the identity, and is written again as the very same bytes:
the library takes some bytes for the identity that are none. Its `unchecked` functions are banned.
"""

from typing import Final

from py_arkworks_bls12381 import GT, G1Point, G2Point, Scalar

SIGNATURE_BYTES: Final = 48
PUBLIC_KEY_BYTES: Final = 96


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
    signed, key = _in_g1(signature), _in_g2(public_key)
    if signed is None or key is None:
        return False
    hashed = G1Point.hash_to_curve(message, domain)
    return GT.pairing_check([signed, hashed], [-G2Point(), key])


def is_public_key(data: bytes) -> bool:
    return _in_g2(data) is not None


def _in_g1(data: bytes) -> G1Point | None:
    try:
        point = G1Point.from_compressed_bytes(data)
    except ValueError:
        return None
    plain = point != G1Point.identity() and point.to_compressed_bytes() == data
    return point if plain else None


def _in_g2(data: bytes) -> G2Point | None:
    try:
        point = G2Point.from_compressed_bytes(data)
    except ValueError:
        return None
    plain = point != G2Point.identity() and point.to_compressed_bytes() == data
    return point if plain else None
