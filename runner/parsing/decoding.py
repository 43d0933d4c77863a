"""Bytes into text: what no file may hold is refused here, before a parser sees it."""

import re
from typing import Final

from runner.parsing.lines import Lines
from runner.problems import Place, Problem, Span

LARGEST: Final = 256 * 1024
# What YAML calls printable, less the ends of lines that only YAML 1.1 knows and byte order marks.
FORBIDDEN: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
NAMES: Final = {
    "\0": "a NUL byte",
    "\x85": "a next-line character",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\ufeff": "a byte order mark",
}
BREAKS: Final = "\x0b\x0c\x85\u2028\u2029"
"""What ends a line elsewhere."""


def take_in(path: str, data: bytes) -> tuple[str, Problem | None]:
    """The text, with `\\n` at every line's end and without a byte order mark; and why it can't be
    read.

    With a problem the text is only good for showing the line.
    """
    if len(data) > LARGEST:
        return "", _too_large(path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        help = "save it as UTF-8 (not as UTF-16 or “Unicode”)"
        place = Place(path=path, span=Span(line=1, column=1, end_line=1, end_column=2))
        return "", Problem(
            rule="not-utf-8", message="the file is written in UTF-16", place=place, help=help
        )
    try:
        text = _tidy(data.decode())
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error)
    found = FORBIDDEN.search(text)
    return text, _forbidden(path, text, found) if found else None


def _tidy(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _too_large(path: str) -> Problem:
    return Problem(
        rule="too-large",
        message=f"the file has more than {LARGEST // 1024} KiB",
        place=Place(path=path, span=Span(line=1, column=1, end_line=1, end_column=2)),
        help="divide it into several files",
    )


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> tuple[str, Problem]:
    at = len(_tidy(data[: error.start].decode()))
    text = _tidy(data.decode(errors="replace"))
    problem = Problem(
        rule="not-utf-8",
        message=f"the byte 0x{data[error.start]:02x} is not UTF-8",
        place=Place(path=path, span=Lines(text).span(at, at + 1)),
        help="save the file as UTF-8, then look at this character again",
    )
    return text, problem


def _forbidden(path: str, text: str, found: re.Match[str]) -> Problem:
    code = f"U+{ord(found[0]):04X}"
    name = NAMES.get(found[0], "a control character")
    breaks = found[0] in BREAKS
    return Problem(
        rule="control-character",
        message=f"{name} ({code}) can't stand in a file",
        place=Place(path=path, span=Lines(text).span(*found.span())),
        help="delete it, and begin a new line in its place" if breaks else "delete it",
    )
