"""The text of a file that another program has written, whatever its encoding."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from io import StringIO
from typing import Final

from runner.problems import InvalidValue

_OTHERS: Final = {
    b"PK\x03\x04": "a spreadsheet, or a ZIP",
    b"\xd0\xcf\x11\xe0": "a spreadsheet",
    b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF",
    b"<": "a web page",
    b"{": "JSON",
    b"[": "JSON",
}
"""What people take for an export, by how it begins."""
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""Control characters that stand in no text; `\\x1a` may end one, as DOS wrote it."""
_AGAIN: Final = "export it again, and import the file as it came"


def lines_of_export(data: bytes) -> tuple[str, ...]:
    """The lines of the file, each with its end, as editors count them: what else Unicode calls a
    separator may stand in a value. Raises InvalidValue, at its place, where it is no text."""
    return tuple(StringIO(_text(data), newline=""))


def _text(data: bytes) -> str:
    if other := next((what for begins, what in _OTHERS.items() if data.startswith(begins)), None):
        raise InvalidValue("no-such-table", f"it is {other}, and no CSV")
    try:
        text = _decoded(data).removesuffix("\x1a")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(error.encoding, errors="replace")
        raise _at(before, "cut-off", "the file is cut off here, or damaged") from None
    if found := _NO_TEXT.search(text):
        raise _at(text[: found.start()], "no-such-table", "it holds what is no text, and is no CSV")
    return text


def _at(before: str, rule: str, text: str) -> InvalidValue:
    """What is wrong behind these characters."""
    lines = list(StringIO(f"{before}.", newline=""))
    return InvalidValue(rule, text, _AGAIN, line=len(lines), column=len(lines[-1]))


def _decoded(data: bytes) -> str:
    """As Unicode, else as Windows' western code page: numbers, ids and English headings are the
    same in all of those pages. Raises UnicodeDecodeError where it has a mark of Unicode, or ends
    within a character of it."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf_16")
    if data[1:4:2] == b"\0\0":  # UTF-16 without its mark: half of the bytes of ASCII are zeros
        return data.decode("utf_16_le")
    if data[0:4:2] == b"\0\0":
        return data.decode("utf_16_be")
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        # two letters of Windows may by chance be one of Unicode: `Чё`
        is_cut = error.reason == "unexpected end of data" and not data[: error.start].isascii()
        if is_cut or data.startswith(BOM_UTF8):
            raise
        return data.decode("cp1252", "replace")
