"""JSON lines of the ledger: bytes ↔ entries, each line validated, none passed over."""

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from runner.problems import LedgerUnusable

T = TypeVar("T")


def dump(lines: Iterable[BaseModel]) -> bytes:
    """One line each, ended by a newline."""
    return b"".join(
        line.model_dump_json(exclude_none=True, exclude_defaults=False).encode() + b"\n"
        for line in lines
    )


def whole(data: bytes) -> bytes:
    """Without a last line that was cut off in writing: what has no newline was never acted on."""
    return data[: data.rfind(b"\n") + 1]


def load(data: bytes, adapter: TypeAdapter[T], *, name: str) -> list[T]:
    """Raises LedgerUnusable, naming the line: a run never posts past what it can't read."""
    found = []
    for number, line in enumerate(whole(data).splitlines(), start=1):
        try:
            found.append(adapter.validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise LedgerUnusable(
                f"{name}, line {number}: {first['msg']}",
                help="nothing was sent; mend that line, or restore the file from a backup",
            ) from None
    return found
