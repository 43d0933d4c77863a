"""Text that YAML reads as something else: hashtags as comments, templates as mappings.
It needs quotes: where it begins, and how it is quoted."""

import re
from typing import Final

from runner.parsing.syntax_errors.parser_stop import Explanation, ParserStop
from runner.problems import Message, in_quotes
from runner.sources import Lines

KEY: Final = re.compile(r"[ ]*(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s\"'#:][^:]*):[ \t]+")
NEXT_LINES: Final = "or write it below `|`, each line indented"
# `# a comment` and `#----` are comments; `#launch` is what somebody wanted to publish
HASHTAG: Final = re.compile(r"#[^\s#=\-]")
CUT_HASHTAG: Final = re.compile(r"[ \t]*(#[^\s#=\-].*)")
COMMENT: Final = re.compile(r"[ \t]#(?=[\s#=\-]|$)")
# what ends an entry within brackets; templates are matched so that they are passed over
TEMPLATE: Final = r"\{\{.*?\}\}|\{%.*?%\}"
ENDS: Final = {
    "[": re.compile(rf"{TEMPLATE}|[,\]}}]"),
    # between braces a comma is of the text, unless a key or nothing comes after it
    "{": re.compile(rf"{TEMPLATE}|[\]}}]|,(?=\s*(?:(?:\"[^\"]*\"|'[^']*'|[\w-]+):(?:\s|$)|$))"),
}
LONGEST_LINE: Final = 2000


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


def intended_span(lines: Lines, start: int, *, bracket: str = "") -> tuple[int, int]:
    """Where the text runs that the author meant as one: from `start` to the end of its line, or
    within a `bracket` to what ends an entry there. A comment is left out."""
    line = lines.text[start : min(lines.end(start), start + LONGEST_LINE)]
    if bracket:
        ends = ENDS[bracket].finditer(line)
        line = line[: next((end.start() for end in ends if len(end[0]) == 1), None)]
    if comment := COMMENT.search(line):
        line = line[: comment.start()]
    return start, start + len(line.rstrip())


def quoted_span(lines: Lines, start: int, closed: int, *, bracket: str) -> tuple[int, int]:
    """Where a text was meant to end that begins with a quote at `start`, is closed at `closed`, and
    goes on. Within a `bracket` that is at a later quote before what ends an entry there, behind
    which all other quotes are in pairs."""
    if not bracket:
        return intended_span(lines, start)
    mark, stop = lines.text[start], min(lines.end(start), start + LONGEST_LINE)
    ends = re.compile(rf"{mark}(?=[ \t]*(?:[,\]}}]|$))").finditer(lines.text, closed, stop)
    found = [end.end() for end in ends]
    paired = (end for end in found if lines.text.count(mark, end, stop) % 2 == 0)
    end = next(paired, found[0] if found else None)
    return (start, end) if end else intended_span(lines, start, bracket=bracket)


def cut_hashtag(lines: Lines, end: int, indent: int | None) -> tuple[int, int] | None:
    """The hashtag, and the rest of its line, that was cut off a plain scalar which ends at `end`.

    `indent` is how far the entry itself is indented: a hashtag on the next line belongs to the text
    when it is indented further.
    """
    if indent is None and lines.text[end : end + 1] not in (" ", "\t", "#"):
        return None
    stop = lines.end(end)
    here = CUT_HASHTAG.match(lines.text, end, stop)
    if here:
        return here.span(1)
    below = stop + 1
    if indent is None or lines.text[end : below - 1].strip():
        return None
    there = CUT_HASHTAG.match(lines.text, below, lines.end(below))
    if there and lines.column(there.start(1)) - 1 > indent:
        return there.span(1)
    return None


def cut_text(lines: Lines, scalars: list[tuple[int, int]], start: int, *, bracket: str = "") -> str:
    """The text that what is read as a comment from `start` on was meant to be, with the text right
    before it."""
    whole = lines.text[slice(*intended_span(lines, start, bracket=bracket))]
    before = next((span for span in reversed(scalars) if span[1] <= start), None)
    if not before or lines.text[before[1] : start].strip(" \t"):
        return whole
    mark, text = lines.text[before[0]], lines.text[slice(*before)]
    inside = text[1:-1] if mark in "'\"" and len(text) > 1 else text
    return f"{inside} {whole}" if inside else whole


def comments_behind(lines: Lines, scalars: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Comments that stand behind something on a line, outside of the given scalars."""
    found, at = [], 0
    for start, end in [*scalars, (len(lines.text), len(lines.text))]:
        while (hash_at := lines.text.find("#", at, start)) >= 0:
            at = lines.end(hash_at)
            if lines.before(hash_at).strip():
                found.append((hash_at, at))
        at = max(at, end)
    return found


def hashtag_comments(lines: Lines, scalars: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The comments behind something that are like `#launch`."""
    return [span for span in comments_behind(lines, scalars) if HASHTAG.match(lines.text, span[0])]
