"""Standard output and standard error that can't stop a command: what they do not take is told, or
dropped.

What was published and recorded, and the exit code, must not hang on who reads along.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import TextIOWrapper
from typing import IO, Any, TextIO, cast

from runner.confidential import Confidential


class UnbreakableStream:
    """A stream of text that takes whatever it is given. What its encoding lacks is escaped. Once it
    breaks it drops all that comes: a closed pipe without a word, for anything else after `told` has
    said what happened. Without a stream it drops everything from the start."""

    def __init__(
        self, stream: TextIO | None, told: Callable[[str], object] = lambda _: None
    ) -> None:
        self._stream = stream
        self._told = told
        self._broken = False
        self._try(_escape_what_it_lacks)

    def write(self, text: str) -> int:
        self._try(lambda stream: stream.write(text))
        return len(text)

    def flush(self) -> None:
        self._try(lambda stream: stream.flush())

    def isatty(self) -> bool:
        with suppress(ValueError):
            return self._stream is not None and self._stream.isatty()
        return False

    def __getattr__(self, name: str) -> Any:
        """Whatever else one may ask a stream: its encoding, what a test has caught. Not what lies
        below it, which breaks."""
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self._stream, name)

    def _try(self, do: Callable[[TextIO], object]) -> None:
        if self._stream is None or self._broken:
            return
        try:
            do(self._stream)
        except (OSError, ValueError) as error:  # ValueError: it was closed
            self._broken = True
            _let_go(self._stream)
            if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
                why = (error.strerror or str(error)).lower()
                self._told(f"error: standard output can't be written: {why}\n")


def unbreakable(stream: TextIO | None, told: Callable[[str], object] = lambda _: None) -> TextIO:
    """The stream, of which no failure ends or changes what the command does."""
    return (
        stream
        if isinstance(stream, UnbreakableStream)
        else cast("TextIO", UnbreakableStream(stream, told))
    )


class _RedactingStream:
    """All that the stream below is, but for what is written."""

    def __init__(self, stream: TextIO, confidential: Confidential) -> None:
        self._stream = stream
        self._confidential = confidential

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._stream.write(self._confidential.without_secrets(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)


def redacting(stream: TextIO, confidential: Confidential) -> TextIO:
    """The stream, without what is confidential in any one of the texts that are written to it."""
    return cast("TextIO", _RedactingStream(stream, confidential))


def keep_low_numbers_taken() -> None:
    """A process that was started with standard streams closed would get their numbers for the next
    files that it opens, and what it says would end up in them."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)


def _escape_what_it_lacks(stream: IO[str]) -> None:
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _let_go(stream: IO[str]) -> None:
    """What is still held back would break it again when Python ends
    (https://docs.python.org/3/library/signal.html#note-on-sigpipe)."""
    with suppress(OSError, ValueError):
        number = stream.fileno()
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, number)
        os.close(nothing)
