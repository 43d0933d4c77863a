"""Secrets, struck out of what others say before anybody reads it or writes it down.

An answer may repeat the request that it refuses, its headers too: X's of the four credentials,
GitHub's of the token. What is known by its value is struck out in whatever form it comes back, and
what only looks like a credential by the words around it.
"""

import html
import json
import re
from base64 import b32encode, b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import quote, quote_plus

STRUCK: Final = "***"
SHORTEST: Final = 8
"""Characters of a secret. To strike out a shorter one would mangle every text, and hide nothing."""
RUN: Final = 12
"""Characters in a row of a secret that give it away, where the rest of it was cut off."""
_STEP: Final = 5
"""Any run of 12 characters has within it one of the windows that begin every 5 characters."""
_ACCOUNT: Final = re.compile(r"^\d+-(?=.)")
"""What a token of X begins with: the id of a user, which anybody may know
(https://docs.x.com/fundamentals/authentication/oauth-1-0a/api-key-and-secret, November 2026)."""
_NAMES: Final = re.compile(
    r"X_(\w+_)?(API_KEY|API_SECRET|ACCESS_TOKEN|ACCESS_SECRET)"
    r"|GITHUB_TOKEN|GH_TOKEN|ACTIONS_\w*TOKEN|NOTIFY_URL|RUNNER_ENTRIES_KEY"
)
"""Variables of the environment that hold secrets."""
_GAP: Final = r"(?:\s|\\[nrt]|=\r?\n)*"
"""What stands between two characters of a text that was wrapped, as it is or escaped."""
_GAPS: Final = re.compile(r"\s|\\[nrt]|=\r?\n")
_WHITE_SPACE: Final = re.compile(r"\s|\\[nrt]")
_SOFT_BREAK: Final = re.compile(r"=\r?\n")
_CLAIMED: Final = re.compile(
    r"""
      (\bauthorization["']?\s*[:=]\s*["']?(?:(?:basic|bearer|token)\s+)?)(?!oauth)[^\s"',;]+
    | (\bbearer\s+)(?=[^\s"']*\d)[^\s"',;]{8,}
    | (\b(?:oauth_\w+|(?:consumer|api|access|client)[_-](?:key|secret|token)(?:[_-]secret)?)
       ["']?\s*(?:=|:|%3d)\s*["']?)[^\s"'&,;]+
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Confidential:
    """Values that nobody may read. Those with fewer than eight characters are none."""

    def __init__(self, values: Iterable[str]) -> None:
        secrets = [secret for value in values if len(secret := value.strip()) >= SHORTEST]
        forms = {form for secret in secrets for form, _ in _forms(secret)}
        self._forms = tuple(sorted(forms, key=len, reverse=True))
        parts = {part for secret in secrets for part in _parts(secret)}
        self._cuts = tuple(sorted({cut for part in parts for cut in _forms(part)}))
        """What may come back in pieces, each with how long a piece gives it away."""
        self._beginnings = frozenset(
            [form[:SHORTEST] for form in forms]
            + [window[:SHORTEST] for cut in self._cuts for _, window in _windows(*cut)]
        )
        """A text with none of these in it holds nothing to strike out, and most hold none."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Confidential":
        """The secrets of an environment, by the names that this program knows."""
        return cls(value for name, value in environ.items() if _NAMES.fullmatch(name))

    def without_secrets(self, text: str) -> str:
        """The text without them: as they are, backwards, escaped, in base64, base32 or hex, cut off
        anywhere, and wrapped at any place."""
        if not self._forms:
            return text
        text = self._struck(text, _GAPS)
        # the `=` before a line break may be the secret's own
        return self._struck(text, _WHITE_SPACE) if _SOFT_BREAK.search(text) else text

    def _struck(self, text: str, gaps: re.Pattern[str]) -> str:
        squeezed = _squeezed_text(text, gaps)
        if self._beginnings.isdisjoint(_stretches(squeezed)):
            return text
        for form in self._forms:
            if form in squeezed:
                text = _without(text, form)
                squeezed = _squeezed_text(text, gaps)
        for form, length in self._cuts:
            # the longest first, or what is left of one would be too short to be found
            for run in sorted(set(_runs(form, squeezed, length)), key=len, reverse=True):
                text = _without(text, run)
                squeezed = _squeezed_text(text, gaps)
        return text

    def cleaned(self, answer: bytes) -> bytes:
        """An answer over the network without them. Where it is JSON, its escapes hide none."""
        if not self._forms:
            return answer
        try:
            said = json.dumps(json.loads(answer), ensure_ascii=False)
        except (ValueError, RecursionError):
            said = answer.decode(errors="replace")
        struck = self.without_secrets(said)
        return answer if struck == said else struck.encode(errors="replace")


def without_claims(text: str) -> str:
    """What somebody else says, without what it calls a credential: `oauth_…=`, `Authorization:`,
    `Bearer …`. Not for what we say: a post may be about such things."""
    return _CLAIMED.sub(lambda match: next(filter(None, match.groups())) + STRUCK, text)


def _without(text: str, squeezed: str) -> str:
    """The text without what is squeezed there, however it was wrapped in it."""
    return re.sub(_GAP.join(map(re.escape, squeezed)), STRUCK, text, flags=re.IGNORECASE)


def _parts(value: str) -> Iterator[str]:
    """What is secret of a value, even by itself: not the id in a token, not the words of an
    address, not the names in a mapping."""
    if value.startswith("{"):
        yield from re.findall(r":\s*\"([^\"]+)\"", value)
    elif "://" in value:
        yield from (each for each in re.split(r"[/?&=#]", value)[3:] if re.search(r"\d", each))
    else:
        yield _ACCOUNT.sub("", value, count=1)


def _runs(form: str, squeezed: str, length: int) -> Iterator[str]:
    """The stretches that a squeezed text has in common with a form, from a length on."""
    for start, window in _windows(form, length):
        at = -1
        while (at := squeezed.find(window, at + 1)) >= 0:
            first, last = _widest(form, start, squeezed, at)
            if last - first >= length:
                yield form[first:last]


def _windows(form: str, length: int) -> Iterator[tuple[int, str]]:
    """What is looked for, of which every stretch of that length holds one; each with where it
    begins."""
    width = length - _STEP + 1
    for start in range(0, len(form) - width + 1, _STEP):
        yield start, form[start : start + width]


def _stretches(squeezed: str) -> Iterator[str]:
    """Every eight characters in a row."""
    return (squeezed[at : at + SHORTEST] for at in range(len(squeezed) - SHORTEST + 1))


def _widest(form: str, start: int, squeezed: str, at: int) -> tuple[int, int]:
    """How far they agree around a place at which they do."""
    first, last, shift = start, start, at - start
    while first and first + shift and form[first - 1] == squeezed[first - 1 + shift]:
        first -= 1
    while (
        last < len(form) and last + shift < len(squeezed) and form[last] == squeezed[last + shift]
    ):
        last += 1
    return first, last


@lru_cache
def _forms(value: str) -> tuple[tuple[str, int], ...]:
    """How a secret may come back, in lowercase and without white space; each with the length of as
    much of it as 12 characters of the secret make."""
    once = quote(value, safe="")
    plain = (value, once, quote(once, safe=""), quote_plus(value), html.escape(value))
    raw = value.encode()
    encoded = {part for url in (False, True) for part in _encoded_forms(raw, url=url)}
    found = dict.fromkeys((*plain, value[::-1], json.dumps(value)[1:-1]), RUN)
    found |= dict.fromkeys((*encoded, *map(quote, encoded)), RUN * 8 // 6)
    found |= dict.fromkeys(_in_base32(raw), RUN * 8 // 5 + 1) | {raw.hex(): RUN * 2}
    squeezed = ((_squeezed_text(form), length) for form, length in found.items())
    return tuple((form, length) for form, length in squeezed if len(form) >= SHORTEST)


def _encoded_forms(value: bytes, *, url: bool) -> Iterator[str]:
    """The value in base64, as it looks at each of the three places at which it may begin in what
    was encoded."""
    encode = urlsafe_b64encode if url else b64encode
    return (_inner(encode(b"\0" * before + value), before, value, 6) for before in range(3))


def _in_base32(value: bytes) -> Iterator[str]:
    """The value in base32, as it looks at each of the five places at which it may begin in what was
    encoded."""
    return (_inner(b32encode(b"\0" * n + value), n, value, 5) for n in range(5))


def _inner(whole: bytes, before: int, value: bytes, bits: int) -> str:
    """The encoded value without the characters that also encode bits of what stands around it."""
    first, last = 8 * before, 8 * (before + len(value))
    return whole.decode()[-(-first // bits) : last // bits]


def _squeezed_text(text: str, gaps: re.Pattern[str] = _GAPS) -> str:
    return gaps.sub("", text).lower()
