"""JSON lines of the ledger: bytes ↔ entries, each line validated, none passed over."""

import json
from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from runner.problems import LedgerUnusable

T = TypeVar("T")


def dump(lines: Iterable[BaseModel]) -> bytes:
    """One line each, ended by a newline."""
    return b"".join(line.model_dump_json(exclude_none=True).encode() + b"\n" for line in lines)


def whole(data: bytes) -> bytes:
    """The lines that are whole. What was cut off in writing was never acted on, and goes; a last
    line that lacks nothing but its newline, as some editors leave it, gets one and stays."""
    end = data.rfind(b"\n") + 1
    try:
        json.loads(data[end:])
    except ValueError:
        return data[:end]
    return data + b"\n"


def load(data: bytes, adapter: TypeAdapter[T], *, name: str) -> list[T]:
    """Raises LedgerUnusable, naming the line: a run never posts past what it can't read."""
    found = []
    for number, line in enumerate(whole(data).splitlines(), start=1):
        try:
            found.append(adapter.validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = "".join(f"`{part}`: " for part in first["loc"][-1:])
            raise LedgerUnusable(
                f"{name}, line {number}: {where}{first['msg']}",
                help="nothing was sent; mend that line, or restore the file from a backup",
            ) from None
    return found
