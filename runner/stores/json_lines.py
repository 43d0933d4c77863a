"""JSON lines of the ledger: bytes ↔ entries, each line validated, none passed over.

Whatever stands in a file, little of it is in memory at a time, and little time is lost with it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError

from runner.ledger import on_one_line
from runner.problems import LedgerUnusable
from runner.system import collector_paused
from runner.value import Value

LONG: Final = 2**20
"""Bytes from which on a file is not kept in memory."""
LONGEST_LINE: Final = 4 * 2**20
"""Bytes: a thread of the longest texts that X takes, its pictures described, is shorter."""
LARGEST_FILE: Final = 256 * 2**20
"""Bytes: of a month of an account, or of a campaign."""
_LINE: Final = re.compile(rb"[^\n]*\n|[^\n]+")
_BATCH: Final = 2**16
"""Bytes of lines that are read at once."""
_NAME: Final = re.compile(rb'"([^"]*)"[ \t\r]*:')
T = TypeVar("T")
_ANY: TypeAdapter[Any] = TypeAdapter(Any)


class FileSlice(Value, kw_only=True):
    """The contents of a file of the ledger, as a slice of a file of this machine."""

    path: Path
    start: int
    size: int

    def lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(self.start)
            yield from _lines(file, self.size)

    def whole(self) -> bytes:
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.size)


Content = bytes | FileSlice
"""What a file of the ledger holds: its bytes, or a slice of them that is read line by line."""


def size_of(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else content.size


def bytes_of(content: Content, *, at_most: int = LARGEST_FILE) -> bytes:
    """All bytes of a file. Raises ValueError where there are more than may be."""
    if size_of(content) > at_most:
        raise ValueError("the file is too large")
    return content if isinstance(content, bytes) else content.whole()


def lines_of(content: Content) -> Iterator[bytes]:
    """The lines of a file, with their newlines; of one that is too long, more of it than the
    longest may have."""
    if not isinstance(content, bytes):
        return content.lines()
    if len(content) > LONGEST_LINE:
        return _lines(BytesIO(content), len(content))
    return (line[0] for line in _LINE.finditer(content))  # as most files are


def _lines(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0 and (line := file.readline(min(left, LONGEST_LINE + 1))):
        left -= len(line)
        yield line


def dump(lines: Iterable[Any]) -> bytes:
    """The values as lines of JSON, each ended by a newline."""
    return b"".join(_ANY.dump_json(line, exclude_none=True) + b"\n" for line in lines)


def whole(data: bytes) -> bytes:
    """The lines that are whole. What was cut off in writing was never acted on, and goes; a last
    line that lacks nothing but its newline, as some editors leave it, gets one and stays."""
    end = data.rfind(b"\n") + 1
    if end == len(data):
        return data
    return data + b"\n" if _is_whole(data[end:]) else data[:end]


class LineFormat(Generic[T]):
    """What a line of a file says. `many` reads lines at once that the runner has written, and says
    nothing where one of them may be another's."""

    def __init__(
        self,
        one: TypeAdapter[T],
        *,
        many: Callable[[Sequence[bytes]], list[T] | None] = lambda _: None,
    ) -> None:
        self.one = one
        self._many = many

    def at_once(self, lines: Sequence[bytes]) -> list[T] | None:
        """What they say; None where each has to be looked at alone."""
        return self._many(lines) if max(map(len, lines)) <= LONGEST_LINE else None


def load(content: Content, format: LineFormat[T], *, name: str) -> tuple[list[T], bool]:
    """What stands in the lines, and whether the last one was cut off in writing. Raises
    LedgerUnusable, naming the line: a run never posts past what it can't read."""
    if size_of(content) > LARGEST_FILE:
        raise _unusable(name, f"the file is larger than {LARGEST_FILE // 2**20} MiB")
    found: list[T] = []
    with collector_paused():
        for batch in _batches(lines_of(content)):
            if (read := format.at_once(batch)) is not None:
                found += read
                continue
            for line in batch:
                if not _is_ended(line):
                    return found, True
                found.append(_parse_line(line, format.one, f"{name}, line {len(found) + 1}"))
    return found, False


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _is_ended(line: bytes) -> bool:
    return line.endswith(b"\n") or len(line) > LONGEST_LINE or _is_whole(line)


def _parse_line(line: bytes, adapter: TypeAdapter[T], where: str) -> T:
    """What stands in one line. Raises LedgerUnusable, which says what is wrong."""
    if len(line) > LONGEST_LINE:
        raise _unusable(where, f"the line is longer than {LONGEST_LINE // 2**20} MiB")
    try:
        return _read(line, adapter)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        at = "".join(f"`{on_one_line(str(part))}`: " for part in first["loc"][-1:])
        raise _unusable(where, f"{at}{on_one_line(first['msg'])}") from None
    except (ValueError, RecursionError) as error:
        raise _unusable(where, on_one_line(str(error))) from None


def _read(line: bytes, adapter: TypeAdapter[T]) -> T:
    """The value of a line, as `parsed` and the adapter give it; quicker where the line is one flat
    object with plain names."""
    if line.count(b"{") == 1 and b"\\" not in line:
        names = _NAME.findall(line)
        if len(set(names)) == len(names):
            return adapter.validate_json(line)
    return adapter.validate_python(parsed(line))


def parsed(line: bytes) -> Any:
    """A JSON text that says each thing once, and nothing that JSON has no words for. Raises
    ValueError or RecursionError."""
    text = line.decode()
    if "\0" in text or "\\u0000" in text:
        raise ValueError("a zero stands in it")
    value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()  # half of a pair of surrogates is no text
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in it")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _is_whole(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _unusable(where: str, why: str) -> LedgerUnusable:
    return LedgerUnusable(
        f"{where}: {why}",
        help="nothing was sent; mend that line, or restore the file from a backup",
    )
