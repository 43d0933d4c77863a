"""The charter of a contest: all that it promises, as bytes, and the code that dates them.

The announcement carries the code, so that X itself shows when the promises were made; the key that
decides the draw is one of them. docs/reference/contest-proof.md says what each byte is.
"""

import json
from base64 import b32encode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final, Self

from msgspec import convert, to_builtins

from runner.ledger import Attempting
from runner.models import Contest
from runner.value import Value

QUICKNET: Final = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
"""The hash of drand's chain whose rounds decide contests."""
_FORMAT: Final = b"format=runner-contest/1\n"
_CODE_LENGTH: Final = 26
_TIMES: Final = {"opens", "closes", "draws"}


class Charter(Value, kw_only=True, rename="kebab"):
    """What a contest promises, in the order of its bytes. Instants are seconds since 1970 in UTC,
    ages and lengths of time seconds."""

    account: str
    """The account's user id on X. It is empty where the contest is drawn by hand, as is the key."""
    contest: str
    key: str
    """The fingerprint of the contest's public key."""
    beacon: str
    """The hash of the chain whose round decides."""
    how: str
    phrase: str
    """As JSON."""
    account_age: int
    exclude: str
    """Handles that can't win, beside our own and partners': casefolded, sorted, with commas."""
    prize: str
    """As JSON: a text, or one for each locale."""
    winners: int
    alternates: int
    claim_by: str
    keep: int
    terms: str
    """The digest of the terms that no other line holds: `terms_digest`."""
    opens: int
    closes: int
    draws: int

    @classmethod
    def read(cls, data: bytes) -> Self:
        """The charter in these bytes. Raises ValueError for all but the bytes that `encoded`
        gives."""
        rows = data.decode().removesuffix("\n").split("\n")[1:]
        values = dict(row.partition("=")[::2] for row in rows)
        made = convert(values, cls, strict=False)
        if made.encoded() != data:
            raise ValueError("it is written otherwise than a charter is")
        return made

    def encoded(self) -> bytes:
        """`name=value`, a line each."""
        lines = (f"{name}={value}\n" for name, value in to_builtins(self).items())
        return _FORMAT + "".join(lines).encode()

    @property
    def opens_at(self) -> datetime:
        return datetime.fromtimestamp(self.opens, UTC)

    @property
    def closes_at(self) -> datetime:
        return datetime.fromtimestamp(self.closes, UTC)

    @property
    def draws_at(self) -> datetime:
        return datetime.fromtimestamp(self.draws, UTC)

    @property
    def code(self) -> str:
        """What the announcement carries."""
        return short_code(self.encoded())


def short_code(data: bytes) -> str:
    """The first 130 bits of the sha256, in base32 with small letters."""
    return b32encode(sha256(data).digest())[:_CODE_LENGTH].decode().lower()


def charter_of(id: str, contest: Contest, anchors: Mapping[str, datetime | date]) -> Charter | None:
    """The charter of a contest; None where it has no key, or its times are not known."""
    return _charter(id, contest, anchors) if contest.key else None


def promise_of(id: str, contest: Contest, anchors: Mapping[str, datetime | date]) -> str | None:
    """The code of a contest's charter, also where it is drawn by hand and no announcement carries
    the code; None where its times are not known."""
    charter = _charter(id, contest, anchors)
    return charter.code if charter else None


def is_kept(
    announced: Attempting, id: str, contest: Contest, anchors: Mapping[str, datetime | date]
) -> bool:
    """Whether a contest still promises what it did when it was announced: by the ledger's entry of
    the announcement, and with a key also by the code in its text."""
    promised = promise_of(id, contest, anchors)
    if promised is None:
        return True  # its times are wrong, which is told elsewhere
    # the attempts of former versions hold no promise
    return announced.promise in (None, promised) and (
        contest.key is None or announced.says(promised)
    )


def _charter(id: str, contest: Contest, anchors: Mapping[str, datetime | date]) -> Charter | None:
    times = {name: anchors.get(name) for name in _TIMES & contest.own_anchors.keys()}
    seconds = {name: int(at.timestamp()) for name, at in times.items() if isinstance(at, datetime)}
    if len(seconds) < len(times):
        return None
    entry, age = contest.entry, contest.entry.account_age
    return Charter(
        account=contest.key.user_id if contest.key else "",
        contest=id,
        key=contest.key.fingerprint if contest.key else "",
        beacon=QUICKNET,
        how=entry.how,
        phrase=_as_json(entry.phrase or ""),
        account_age=int(age.total_seconds()) if age else 0,
        exclude=",".join(sorted({handle.casefold() for handle in entry.exclude})),
        prize=_as_json(contest.prize),
        winners=contest.winners,
        alternates=contest.alternates,
        claim_by=str(contest.claim_by),
        keep=int(contest.keep.total_seconds()),
        terms=terms_digest(contest),
        **{"draws": 0, **seconds},
    )


def terms_digest(contest: Contest) -> str:
    """The sha256 of the terms that no other line of the charter holds: who organises the contest,
    what the prizes are worth, and whom it is for. A contest that tells none of these has one,
    too."""
    value = contest.prize_value
    told = {
        "organiser": contest.organiser.model_dump() if contest.organiser else None,
        "prize-value": f"{value.amount.normalize():f} {value.currency}" if value else None,
        "audience": sorted(contest.audience),
    }
    return sha256(_on_one_line(told).encode()).hexdigest()


def _as_json(words: str | Mapping[str, str]) -> str:
    return _on_one_line(words if isinstance(words, str) else dict(words))


def _on_one_line(value: object) -> str:
    """As JSON with no space that could be left out, names in the order of their characters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
