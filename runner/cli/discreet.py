"""A stream that shows no secret: the last guard, for what is written past `Outside`.

Tracebacks, above all, whose last line may repeat what was sent.
"""

from collections.abc import Iterable
from typing import Any, TextIO, cast

from runner.confidential import Confidential


class _Discreet:
    """All that the stream below is, but for what is written."""

    def __init__(self, stream: TextIO, confidential: Confidential) -> None:
        self._stream = stream
        self._confidential = confidential

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._stream.write(self._confidential.struck(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)


def discreet(stream: TextIO, confidential: Confidential) -> TextIO:
    """The stream, without what is confidential in any one of the texts that are written to it."""
    return cast("TextIO", _Discreet(stream, confidential))
