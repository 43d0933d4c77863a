"""A text that needs quotes: where it begins, and how it is quoted."""

import re
from typing import Final

from runner.parsing.syntax_errors.intended_text import intended_span
from runner.parsing.syntax_errors.parser_stop import Explanation, ParserStop
from runner.problems import Message, in_quotes

KEY: Final = re.compile(r"[ ]*(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s\"'#:][^:]*):[ \t]+")
NEXT_LINES: Final = "or write it below `|`, each line indented"


def entry_start(stop: ParserStop, at: int) -> int:
    """Where the value begins that `at` stands in."""
    line = stop.lines.start(at)
    if stop.opener is not None and stop.opener >= line:
        before = max(stop.lines.text.rfind(mark, line, at) for mark in (",", "[", ": ", "{ "))
        step = 2 if stop.lines.text[before] in ":{" else 1
        gap = stop.lines.text[before + step : at]
        return before + step + len(gap) - len(gap.lstrip())
    key = KEY.match(stop.lines.text, line, at)
    return key.end() if key else at


def needs_quotes(stop: ParserStop, start: int, text: str, *, bracket: str = "") -> Explanation:
    start, end = intended_span(stop.lines, start, bracket=bracket)
    written = stop.lines.text[start:end]
    needs_block = '"' in written or written[:1] in ("|", ">")
    help = f"quote the text: {in_quotes(written)}" + (f", {NEXT_LINES}" if needs_block else "")
    return Message("unquoted-text", text, help), (start, max(end, start + 1))
