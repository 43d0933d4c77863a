"""Bytes into text: what no file may hold is refused here, before a parser sees it."""

import re
from typing import Final

from runner.parsing.lines import Lines
from runner.problems import Message, Place, Problem, Span

LARGEST: Final = 256 * 1024
# What YAML does not call printable, the ends of lines that only YAML 1.1 knows, byte order marks.
FORBIDDEN: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
NAMES: Final = {
    "\0": "a NUL byte",
    "\x85": "a next-line character",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\ufeff": "a byte order mark",
}
LINE_ENDS: Final = "\x0b\x0c\x85\u2028\u2029"
"""What ends a line elsewhere."""


def decode(path: str, data: bytes) -> tuple[str, Problem | None]:
    """The text, with `\\n` at every line's end and without a byte order mark; and why it can't be
    read.

    With a problem the text is only good for showing the line.
    """
    start = Place(path=path, span=Span(line=1, column=1, end_line=1, end_column=2))
    if len(data) > LARGEST:
        text = f"the file has more than {LARGEST // 1024} KiB"
        return "", Message("too-large", text, "divide it into several files").at(start)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        help = "save it as UTF-8 (not as UTF-16 or “Unicode”)"
        return "", Message("not-utf-8", "the file is written in UTF-16", help).at(start)
    try:
        text = _tidy(data.decode())
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error)
    found = FORBIDDEN.search(text)
    return text, _forbidden(path, text, found) if found else None


def _tidy(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> tuple[str, Problem]:
    at = len(_tidy(data[: error.start].decode()))
    text = _tidy(data.decode(errors="replace"))
    fault = f"the byte 0x{data[error.start]:02x} is not UTF-8"
    help = "save the file as UTF-8, then look at this character again"
    place = Place(path=path, span=Lines(text).span(at, at + 1))
    return text, Message("not-utf-8", fault, help).at(place)


def _forbidden(path: str, text: str, found: re.Match[str]) -> Problem:
    name = NAMES.get(found[0], "a control character")
    fault = f"{name} (U+{ord(found[0]):04X}) can't stand in a file"
    ends_line = found[0] in LINE_ENDS
    help = "delete it, and begin a new line in its place" if ends_line else "delete it"
    place = Place(path=path, span=Lines(text).span(*found.span()))
    return Message("control-character", fault, help).at(place)
