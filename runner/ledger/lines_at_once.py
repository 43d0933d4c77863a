"""Lines of the ledger as the runner writes them, very many at once.

They are read in one go, and written again. Where that makes the same bytes, each line says each
thing once, and nothing that no schema knows; whether it is to be believed is then looked at in
columns. On any doubt nothing is said: each line is read by its schema, which says what is wrong.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Annotated, Any, Final, Literal, TypeVar

from msgspec import DecodeError, Meta, Struct
from msgspec.json import Decoder, Encoder
from msgspec.structs import asdict
from pydantic import BaseModel

from runner.ledger.entry import (
    MOST_PARTS,
    Attempting,
    Closed,
    Entry,
    Posted,
    Sent,
    State,
    address,
    expect_part,
    handle_in,
)
from runner.ledger.fields import (
    ZonedMoment,
    are_digests,
    are_names,
    are_plausible,
    are_post_ids,
    expect_plain_cost,
    on_one_line,
)
from runner.ledger.key import Key

PartNumber = Annotated[int, Meta(ge=1, le=MOST_PARTS)]
_DEEPEST: Final = 64
"""Brackets of one kind in a line, from which on it is looked at alone."""
_STATE: Final = re.compile(rb'"state":"([a-z]+)"')
_ZERO: Final = b"\\u0000"
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


class _EntryLine(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    v: Literal[1]
    key: str
    part: PartNumber
    at: ZonedMoment
    run: str
    commit: str | None = None


class _AttemptLine(_EntryLine, kw_only=True):
    state: Literal["attempting"]
    attempt: str
    send_by: ZonedMoment
    due: ZonedMoment
    digest: str
    parts: tuple[dict[str, Any], ...]
    media: tuple[str, ...]
    item: str | None = None
    reply_to: str | None = None
    cost: str
    costs: tuple[str, ...]
    promise: str | None = None


class _PostedLine(_EntryLine, kw_only=True):
    state: Literal["posted"]
    attempt: str | None = None
    id: str
    url: str
    cost: str
    by: str | None = None
    because: str | None = None


class _ClosedLine(_EntryLine, kw_only=True):
    state: Literal["released", "rejected", "unknown", "skipped", "missed", "deleted"]
    attempt: str | None = None
    because: str
    due: ZonedMoment | None = None
    digest: str | None = None
    by: str | None = None
    look: Literal["absent", "unclear"] | None = None


class _SentLine(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    v: Literal[1]
    at: ZonedMoment
    key: str
    part: PartNumber
    id: str
    digest: str
    text: str
    due: ZonedMoment | None = None
    item: str | None = None
    cost: str


_READERS: Final[dict[bytes, Decoder[Any]]] = {
    b"attempting": Decoder(_AttemptLine),
    b"posted": Decoder(_PostedLine),
}
_CLOSED: Final = Decoder(_ClosedLine)
_SENT: Final = Decoder(_SentLine)
_WRITER: Final = Encoder()
_STATES: Final = {state.value: state for state in State}


def entries_at_once(lines: Sequence[bytes]) -> list[Entry] | None:
    """The entries that these lines are; None where that is in any doubt."""
    return _without_doubt(lines, _entry_line, _believable_entries)


def sent_at_once(lines: Sequence[bytes]) -> list[Sent] | None:
    """The lines of a journal that these are; None where that is in any doubt."""
    return _without_doubt(lines, _SENT.decode, _believable_sends)


def _without_doubt(
    lines: Sequence[bytes],
    read: Callable[[bytes], Any],
    believable: Callable[[list[Any]], list[T] | None],
) -> list[T] | None:
    if any(line.count(b"[") > _DEEPEST or line.count(b"{") > _DEEPEST for line in lines):
        return None
    try:
        found = list(map(read, lines))
        data = b"".join(lines)
        if _ZERO in data or _WRITER.encode_lines(found) != data:
            return None
        return believable(found)
    except (DecodeError, ValueError, RecursionError):
        return None


def _entry_line(line: bytes) -> Any:
    state = _STATE.search(line)
    return (_READERS.get(state[1], _CLOSED) if state else _CLOSED).decode(line)


def _believable_entries(found: list[Any]) -> list[Entry] | None:
    attempts = [line for line in found if isinstance(line, _AttemptLine)]
    posted = [line for line in found if isinstance(line, _PostedLine)]
    closed = [line for line in found if isinstance(line, _ClosedLine)]
    names = _column(found, "run", "commit", "attempt") + _column(attempts, "item", "promise")
    moments = _column(found, "at") + _column(attempts, "send_by", "due") + _column(closed, "due")
    said = _column([*posted, *closed], "by", "because")
    believed = (
        are_names([*names, *chain.from_iterable(_column(attempts, "media"))])
        and are_digests(_column([*attempts, *closed], "digest"))
        and are_post_ids(_column(posted, "id") + _column(attempts, "reply_to"))
        and are_plausible(moments)
        and all(on_one_line(words) == words for words in said)
        and all(line.url == address(handle_in(line.url, line.id), line.id) for line in posted)
        and all(not line.costs or len(line.costs) == len(line.parts) for line in attempts)
    )
    for part in chain.from_iterable(_column(attempts, "parts")):
        expect_part(part)
    return list(map(_entry, found)) if believed else None


def _believable_sends(found: list[Any]) -> list[Sent] | None:
    believed = (
        are_names(_column(found, "item"))
        and are_digests(_column(found, "digest", "text"))
        and are_post_ids(_column(found, "id"))
        and are_plausible(_column(found, "at", "due"), in_utc=True)
    )
    return list(map(_sent, found)) if believed else None


def _column(lines: Sequence[Any], *names: str) -> list[Any]:
    """What lines say by these names, as far as they say it."""
    getters = map(attrgetter, names)
    return [value for get in getters for value in map(get, lines) if value is not None]


# What is believed is made as its schema makes it, without being looked at once more


def _entry(line: Any) -> Entry:
    values = asdict(line)
    values["key"], values["state"] = Key.parse(line.key), _STATES[line.state]
    if isinstance(line, _ClosedLine):
        return _trusted(Closed, values)
    values["cost"] = expect_plain_cost(line.cost)
    if isinstance(line, _PostedLine):
        return _trusted(Posted, values)
    values["costs"] = tuple(map(expect_plain_cost, line.costs))
    return _trusted(Attempting, values)


def _trusted(model: type[M], values: dict[str, Any]) -> M:
    """A model of values that were checked already, as `model_construct` makes it, but in a seventh
    of the time."""
    made = model.__new__(model)
    write = object.__setattr__
    write(made, "__dict__", values)
    write(made, "__pydantic_fields_set__", _names_of(model))
    write(made, "__pydantic_extra__", None)
    write(made, "__pydantic_private__", None)
    return made


@cache
def _names_of(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def _sent(line: Any) -> Sent:
    made = Sent.__new__(Sent)
    for name, value in asdict(line).items():
        object.__setattr__(made, name, value)
    object.__setattr__(made, "key", Key.parse(line.key))
    object.__setattr__(made, "cost", expect_plain_cost(line.cost))
    return made
