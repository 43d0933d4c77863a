"""Sealing what was collected: who entered is on a branch that others may read, and nobody can.

Each message has a key of its own, from a new salt; so no key ever meets a second message, and the
nonce may stand still. A message belongs to its contest and its name, and opens nowhere else.
"""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from runner.contest.tickets import ContestKey

SALT_BYTES: Final = 32
_NONCE: Final = bytes(12)


class Unopened(ValueError):
    """A message that this key did not seal, or that was changed since."""


def seal(
    key: ContestKey, contest: str, name: str, plain: bytes, *, salt: bytes, openly: bytes = b""
) -> bytes:
    """`salt` is new each time, also where the same is sealed again; `openly` stands beside it, and
    can't be changed."""
    return salt + _cipher(key, contest, name, salt).encrypt(_NONCE, plain, openly)


def unseal(key: ContestKey, contest: str, name: str, data: bytes, *, openly: bytes = b"") -> bytes:
    """What was sealed with this key, beside this. Raises Unopened."""
    salt, message = data[:SALT_BYTES], data[SALT_BYTES:]
    try:
        return _cipher(key, contest, name, salt).decrypt(_NONCE, message, openly)
    except InvalidTag:
        raise Unopened(f"{name} was not sealed with this key, or was changed since") from None


def _cipher(key: ContestKey, contest: str, name: str, salt: bytes) -> ChaCha20Poly1305:
    purpose = b"\0".join((b"runner/seal/v1", contest.encode(), name.encode()))
    return ChaCha20Poly1305(key.derived(purpose, salt=salt))
