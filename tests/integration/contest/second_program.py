"""Another program for contests, written from docs/reference/contest-proof.md alone.

It knows nothing of the runner: only hashlib, hmac, base64 and py_ecc.
"""

import hashlib
import hmac
import sys
from base64 import b32encode
from hashlib import sha256

_DEPTH = sys.getrecursionlimit()
from py_ecc.bls.hash_to_curve import hash_to_G1  # noqa: E402
from py_ecc.bls.point_compression import (  # noqa: E402
    compress_G1,
    compress_G2,
    decompress_G1,
    decompress_G2,
)
from py_ecc.optimized_bls12_381 import (  # noqa: E402
    FQ12,
    G2,
    curve_order,
    is_inf,
    multiply,
    neg,
    pairing,
)

sys.setrecursionlimit(_DEPTH)  # py_ecc raises it for all that runs in this process

TICKETS = b"RUNNER-CONTEST-V1_BLS12381G1_XMD:SHA-256_SSWU_RO_"
BEACON = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
GENESIS, PERIOD = 1692803367, 3


def short_code(data: bytes) -> str:
    return b32encode(sha256(data).digest()).decode().lower()[:26]


def secret_number(secret: bytes) -> int:
    extracted = hmac.new(bytes(32), secret, sha256).digest()
    first = hmac.new(extracted, b"runner/bls/v1" + b"\1", sha256).digest()
    second = hmac.new(extracted, first + b"runner/bls/v1" + b"\2", sha256).digest()
    return int.from_bytes((first + second)[:48], "big") % curve_order


def public_key(secret: bytes) -> bytes:
    high, low = compress_G2(multiply(G2, secret_number(secret)))
    return high.to_bytes(48, "big") + low.to_bytes(48, "big")


def ticket(secret: bytes, account: str, contest: str, user: str) -> bytes:
    message = b"\0".join(each.encode() for each in (account, contest, user))
    point = multiply(hash_to_G1(message, TICKETS, sha256), secret_number(secret))
    return compress_G1(point).to_bytes(48, "big")


def entrant_and_entry(r: bytes, user: str, post: str) -> tuple[str, str]:
    c = sha256(r + user.encode()).hexdigest()
    return c, sha256(r + b"\0" + post.encode()).hexdigest()


def the_list(charter: str, key: str, announcement: str, pairs: list[tuple[str, str]]) -> str:
    head = f"public-key={key}\nannouncement={announcement}\nentries={len(pairs)}\n\n"
    return charter + head + "".join(f"{c} {e}\n" for c, e in sorted(pairs))


def the_long_list(
    charter: str, key: str, announcement: str, pairs: list[tuple[str, str]]
) -> dict[str, str]:
    """Of more than 10,000 entries: its files, by name."""
    files = {f"entries-{first:02x}.txt": "" for first in range(256)}
    for c, e in sorted(pairs):
        files[f"entries-{c[:2]}.txt"] += f"{c} {e}\n"
    rows = (
        f"{text.count(chr(10))} {sha256(text.encode()).hexdigest()}\n" for text in files.values()
    )
    head = the_list(charter, key, announcement, []).replace("entries=0", f"entries={len(pairs)}")
    return {**files, "entries.txt": head + "".join(rows)}


def round_and_lateness(draws: int, closing_post: str) -> tuple[int, int] | None:
    closed = (int(closing_post) >> 22) + 1288834974657
    for late in range(4):
        number = (draws + late * 86400 - GENESIS) // PERIOD + 2
        if (GENESIS + (number - 1) * PERIOD) * 1000 - closed >= 12 * 3600 * 1000:
            return number, late
    return None


def randomness(round: int, signature: bytes, key: bytes) -> bytes | None:
    message = sha256(round.to_bytes(8, "big")).digest()
    return sha256(signature).digest() if is_signed(message, BEACON, signature, key) else None


def is_signed(message: bytes, domain: bytes, signature: bytes, key: bytes) -> bool:
    point = point_in_g1(signature)
    if point is None:
        return False
    of_key = decompress_G2((int.from_bytes(key[:48], "big"), int.from_bytes(key[48:], "big")))
    hashed = hash_to_G1(message, domain, sha256)
    return pairing(neg(G2), point) * pairing(of_key, hashed) == FQ12.one()


def point_in_g1(data: bytes):
    try:
        point = decompress_G1(int.from_bytes(data, "big"))
    except ValueError:
        return None
    if is_inf(point) or not is_inf(multiply(point, curve_order)):
        return None
    return point if compress_G1(point).to_bytes(48, "big") == data else None


def places(contest: str, drawn: bytes, pairs: list[tuple[str, str]], count: int) -> list[str]:
    """The c of each place."""

    def rank(c: str) -> bytes:
        return hmac.new(drawn, contest.encode() + b"\0" + bytes.fromhex(c), hashlib.sha256).digest()

    return sorted((c for c, _ in pairs), key=rank)[:count]
