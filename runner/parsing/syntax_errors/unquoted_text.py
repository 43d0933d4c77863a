"""What is said of a place where the YAML parser stumbled."""

import re
from dataclasses import dataclass
from typing import Final

from runner.parsing.syntax_errors.intended_text import intended
from runner.parsing.syntax_errors.parser_stop import Stumble
from runner.problems import in_quotes

KEY: Final = re.compile(r"[ ]*(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s\"'#:][^:]*):[ \t]+")
NEXT_LINES: Final = "or write it below `|`, each line indented"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A rule broken between two offsets of the file."""

    rule: str
    message: str
    start: int
    end: int
    help: str


def entry(found: Stumble, at: int) -> int:
    """Where the value begins that `at` stands in."""
    line = found.lines.start(at)
    if found.opener is not None and found.opener >= line:
        before = max(found.lines.text.rfind(mark, line, at) for mark in (",", "[", ": ", "{ "))
        step = 2 if found.lines.text[before] in ":{" else 1
        gap = found.lines.text[before + step : at]
        return before + step + len(gap) - len(gap.lstrip())
    key = KEY.match(found.lines.text, line, at)
    return key.end() if key else at


def unquoted(found: Stumble, start: int, message: str, *, bracket: str = "") -> Complaint:
    start, end = intended(found.lines, start, bracket=bracket)
    text = found.lines.text[start:end]
    needs_block = '"' in text or text[:1] in ("|", ">")
    return Complaint(
        rule="unquoted-text",
        message=message,
        start=start,
        end=max(end, start + 1),
        help=f"quote the text: {in_quotes(text)}" + (f", {NEXT_LINES}" if needs_block else ""),
    )
