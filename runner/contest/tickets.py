"""The key of a contest, the ticket that it gives an entrant, and what stands for both in public.

A ticket is the key's signature of an entrant's user id. Nobody can know it without the key, and the
key has only one for each entrant: so the list of entries names nobody, and nobody is on it twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from runner.charter import Charter, short_code
from runner.contest.entries import ContestEntry
from runner.contest.signatures import Signer, is_signature

KEY_BYTES: Final = 32
_SECRET: Final = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")
_DOMAIN: Final = b"RUNNER-CONTEST-V1_BLS12381G1_XMD:SHA-256_SSWU_RO_"


@dataclass(frozen=True)
class ContestKey:
    """The secret of one contest, 32 random bytes."""

    secret: bytes = field(repr=False)

    @cached_property
    def _signer(self) -> Signer:
        return Signer(self.derived(b"runner/bls/v1", 48))

    @property
    def public_key(self) -> bytes:
        return self._signer.public_key

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public_key)

    def ticket(self, charter: Charter, user: str) -> bytes:
        return self._signer.signature(_ticket_message(charter, user), _DOMAIN)

    def derived(self, purpose: bytes, length: int = 32, *, salt: bytes | None = None) -> bytes:
        """A key for one purpose, from which no other can be told."""
        return HKDF(algorithm=SHA256(), length=length, salt=salt, info=purpose).derive(self.secret)


def read_keys(text: str) -> Mapping[str, ContestKey]:
    """The keys of a text that has one on each line, in hexadecimal, by fingerprint. Raises
    ValueError for anything else."""
    secrets = text.split()
    if not all(map(_SECRET.fullmatch, secrets)):
        raise ValueError("each line is a key, of 64 hexadecimal digits")
    keys = [ContestKey(bytes.fromhex(secret)) for secret in secrets]
    return {key.fingerprint: key for key in keys}


def fingerprint(public_key: bytes) -> str:
    """What a charter says of a key."""
    return short_code(b"runner/key/v1\0" + public_key)


def is_ticket(ticket: bytes, charter: Charter, user: str, public_key: bytes) -> bool:
    """Whether it is the ticket of this entrant."""
    return is_signature(ticket, _ticket_message(charter, user), _DOMAIN, public_key)


def commitment(ticket: bytes, entry: ContestEntry) -> bytes:
    """What stands in public for the entrant (c) and for the post (e), one after the other: 64
    bytes."""
    entrant = sha256(ticket + entry.user.encode()).digest()
    return entrant + sha256(ticket + b"\0" + entry.post.encode()).digest()


def _ticket_message(charter: Charter, user: str) -> bytes:
    return f"{charter.account}\0{charter.contest}\0{user}".encode()
