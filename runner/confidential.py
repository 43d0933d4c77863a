"""Secrets, struck out of what others say before anybody reads it or writes it down.

An answer may repeat the request that it refuses, its headers too: X's of the four credentials,
GitHub's of the token. What is known by its value is struck out in whatever form it comes back, and
what only looks like a credential by the words around it.
"""

import html
import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote, quote_plus

STRUCK: Final = "***"
SHORTEST: Final = 8
"""Characters of a secret. To strike out a shorter one would mangle every text, and hide nothing."""
_NAMES: Final = re.compile(
    r"X_(\w+_)?(API_KEY|API_SECRET|ACCESS_TOKEN|ACCESS_SECRET)"
    r"|GITHUB_TOKEN|GH_TOKEN|ACTIONS_\w*TOKEN|NOTIFY_URL|RUNNER_ENTRIES_KEY"
)
"""Variables of the environment that hold secrets."""
_GAP: Final = r"(?:\s|\\[nrt]|=\r?\n)*"
"""What stands between two characters of a text that was wrapped, as it is or escaped."""
_GAPS: Final = re.compile(r"\s|\\[nrt]|=\r?\n")
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
        forms = {form for value in values for form in _forms(value.strip())}
        self._forms = tuple(sorted(forms, key=len, reverse=True))

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Confidential":
        """The secrets of an environment, by the names that this program knows."""
        return cls(value for name, value in environ.items() if _NAMES.fullmatch(name))

    def struck(self, text: str) -> str:
        """The text without them: as they are, escaped, in base64, and wrapped at any place."""
        squeezed = _squeezed(text) if self._forms else ""
        for form in self._forms:
            if form in squeezed:
                text = re.sub(_GAP.join(map(re.escape, form)), STRUCK, text, flags=re.IGNORECASE)
                squeezed = _squeezed(text)
        return text

    def cleaned(self, answer: bytes) -> bytes:
        """An answer over the network without them. Where it is JSON, its escapes hide none."""
        if not self._forms:
            return answer
        try:
            said = json.dumps(json.loads(answer), ensure_ascii=False)
        except (ValueError, RecursionError):
            said = answer.decode(errors="replace")
        struck = self.struck(said)
        return answer if struck == said else struck.encode(errors="replace")


def unclaimed(text: str) -> str:
    """What somebody else says, without what it calls a credential: `oauth_…=`, `Authorization:`,
    `Bearer …`. Not for what we say: a post may be about such things."""
    return _CLAIMED.sub(lambda match: next(filter(None, match.groups())) + STRUCK, text)


def _forms(value: str) -> Iterator[str]:
    """How a secret may come back, in lowercase and without white space."""
    if len(value) < SHORTEST:
        return
    once = quote(value, safe="")
    plain = (value, once, quote(once, safe=""), quote_plus(value), html.escape(value))
    encoded = {part for url in (False, True) for part in _encoded(value.encode(), url=url)}
    for form in {*plain, json.dumps(value)[1:-1], *encoded, *(quote(each) for each in encoded)}:
        if len(squeezed := _squeezed(form)) >= SHORTEST:
            yield squeezed


def _encoded(value: bytes, *, url: bool) -> Iterator[str]:
    """In base64, at each of the three places at which it may begin within what was encoded; without
    the characters that its neighbours have a part in."""
    encode = urlsafe_b64encode if url else b64encode
    for before in range(3):
        whole = encode(b"\0" * before + value).decode()
        bits_before, bits = 8 * before, 8 * (before + len(value))
        yield whole[-(-bits_before // 6) : bits // 6]


def _squeezed(text: str) -> str:
    return _GAPS.sub("", text).lower()
