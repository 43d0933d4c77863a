"""Markdown as GitHub reads it, safe whatever a text holds.

It closes no fence, makes no markup, pings nobody, links nothing, and hides no character. No line of
it is a command of the workflow that prints it.
"""

import re
from typing import Final

from runner.views.safe_text import safe, unhidden

WIDEST: Final = 100
"""How many characters of a line are shown before it goes on in the next: GitHub does not break the
lines of a fence, and a comment is about so wide."""
_GOES_ON: Final = "↳ "
_NOTHING: Final = "\u200b"
"""After the marks that make GitHub link a name, an issue or an address: nobody sees it."""
_LINKING: Final = re.compile(r"(?<=[@#])|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\bGH)(?=-\d)", re.I)
_DOING: Final = re.compile(
    r"(?<=@)(?=\w)|(?<=!)(?=\[)|(?<=<)(?!/?(?:details|summary|sub|br)\b[ \w]*>)"
)
"""Within marks that make GitHub call somebody, load a picture, or read HTML that we do not use."""
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>|~$&!^#])")


def fenced(text: str, language: str = "text", *, broken: bool = True) -> str:
    """The text in a fence that is longer than any run of backticks inside it. Its long lines are
    `broken`."""
    shown = unhidden(text).split("\n")
    pieces = [piece for line in shown for piece in _pieces_of(line)] if broken else shown
    lines = [safe(piece) for piece in pieces]
    fence = "`" * max(3, _longest_run(lines) + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def code(text: str) -> str:
    """The text as code within a line, outside of tables."""
    line = _on_one_line(text) or _NOTHING
    tick = "`" * (_longest_run([line]) + 1)
    pad = " " if {line[0], line[-1]} & {"`", " "} else ""
    return f"{tick}{pad}{line}{pad}{tick}"


def plain(text: str) -> str:
    """A sentence that may quote anything, within a line or a table."""
    return _MARKUP.sub(r"\\\1", _LINKING.sub(_NOTHING, _on_one_line(text)))


def escaped(text: str) -> str:
    """A text within a line that is no markup, and can be copied as it is."""
    return _MARKUP.sub(r"\\\1", _on_one_line(text))


def defused(markdown: str) -> str:
    """Markdown that another has made, as it is but for what it would do: it calls nobody, loads no
    picture, holds no HTML but what folds and breaks, and hides nothing."""
    shown = (unhidden(piece) for piece in markdown.split(_NOTHING))
    return _DOING.sub(_NOTHING, _NOTHING.join(shown))


def _on_one_line(text: str) -> str:
    return safe(" ".join(text.split("\n")))


def _longest_run(lines: list[str]) -> int:
    return max((len(run) for line in lines for run in re.findall(r"`+", line)), default=0)


def _pieces_of(line: str) -> list[str]:
    """A long line in pieces, broken after spaces where there are some; a mark shows what goes on.

    Its first character may be the sign of a difference, which each piece has then. What a
    difference is about stays on one line.
    """
    if line.startswith("@@ "):
        return [line]
    sign = line[0] if line[:1] in ("+", "-") else ""
    pieces = []
    while len(line) > WIDEST:
        end = line.rfind(" ", WIDEST // 2, WIDEST) + 1 or WIDEST
        pieces.append(line[:end])
        line = f"{sign}{_GOES_ON}{line[end:]}"
    return [*pieces, line]
