"""An answer of X that says no, read without trust: any shape, any size, any text."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from runner.confidential import without_claims
from runner.x.call import ApiReply
from runner.x.kinds import KINDS, RefusalKind

_QUOTED: Final = 200
"""Characters of X's own text that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiProblem:
    """What X said of a refusal: RFC 9457's members, or the old API's `errors`."""

    status: int
    types: tuple[str, ...]
    words: str
    """All its text in lowercase, without what it repeats of the request."""
    codes: tuple[int, ...]
    said: str
    """The most telling line of it, safe to show."""

    def kind(self) -> RefusalKind | None:
        """The first known refusal that it is, or None."""
        return next((kind for kind in KINDS if self._is(kind)), None)

    def _is(self, kind: RefusalKind) -> bool:
        if self.status not in kind.statuses:
            return False
        by_type = any(part in type for type in self.types for part in kind.types)
        by_word = any(word in self.words for word in kind.words)
        by_code = any(code in kind.codes for code in self.codes)
        alone = not (kind.types or kind.words or kind.codes)
        return alone or by_type or by_word or by_code


def content(reply: ApiReply) -> dict[str, JsonValue] | None:
    """The JSON object that X answered, or None where it is anything else."""
    try:
        value: JsonValue = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def is_page(reply: ApiReply) -> bool:
    """Whether something on the way answered in X's place: a web page, not the API."""
    html = "html" in reply.headers.get("content-type", "").lower()
    return html or reply.body.lstrip()[:1] == b"<"


def problem(reply: ApiReply) -> ApiProblem:
    """Reads what there is; of an answer without JSON that is the status alone."""
    told = content(reply) or {}
    each = [told, *_errors(told)]
    texts = [text for one in each for text in _texts(one)]
    codes = tuple(code for one in each if isinstance(code := one.get("code"), int))
    types = tuple(_str(one, "type").rstrip("/").rsplit("/", 1)[-1].lower() for one in each)
    details = [_str(one, name) for one in reversed(each) for name in ("message", "detail", "title")]
    return ApiProblem(
        status=reply.status,
        types=types,
        words="\n".join(texts).lower(),
        codes=codes,
        said=one_line(next((text for text in details if text), "")),
    )


def one_line(text: str) -> str:
    """`text` on one line, without control and direction marks and without what it calls a
    credential, cut to what is worth reading."""
    kept = (" " if unicodedata.category(char)[0] in "CZ" else char for char in without_claims(text))
    line = " ".join("".join(kept).split())
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + "…"


def quoting(sentence: str, said: str) -> str:
    """`sentence`, with what X says of it."""
    return f"{sentence} (X says: “{said}”)" if said else sentence


def _errors(told: dict[str, JsonValue]) -> Iterator[dict[str, JsonValue]]:
    errors = told.get("errors")
    for error in errors if isinstance(errors, list) else []:
        if isinstance(error, dict):
            yield error


def _texts(one: dict[str, JsonValue]) -> Iterator[str]:
    for name in ("title", "detail", "message", "reason", "required_enrollment"):
        if text := _str(one, name):
            yield text


def _str(one: dict[str, JsonValue], name: str) -> str:
    value = one.get(name)
    return value if isinstance(value, str) else ""
