"""Why the YAML parser gives up, explained so that somebody who only writes text can mend it.

The character under its mark tells what happened; its own words only tell apart what looks alike.
"""

import re
from collections.abc import Callable
from typing import Final

from runner.parsing.syntax_errors.brackets import (
    open_bracket,
    stray_punctuation,
    text_after_bracket,
)
from runner.parsing.syntax_errors.intended_text import (
    KEY,
    entry_start,
    intended_span,
    needs_quotes,
    quoted_span,
)
from runner.parsing.syntax_errors.look_alikes import look_alike, look_alike_at_the_end
from runner.parsing.syntax_errors.parser_stop import Explanation, ParserStop
from runner.problems import Message, in_quotes

TIGHT_KEY: Final = re.compile(r"[ ]*(?:- +)*([\w-]+):(\S.*)")
RESERVED: Final = {
    "@": "a text that begins with `@` needs quotes",
    "`": "a text that begins with a backtick needs quotes",
    "%": "a text that begins with `%` needs quotes",
    "*": "a text that begins with `*` needs quotes",
    "&": "a text that begins with `&` needs quotes",
    "!": "a text that begins with `!` needs quotes",
    "-": "a text that begins with `- ` needs quotes",
    "?": "a text that begins with `? ` needs quotes",
    "|": "a text that begins with `|` needs quotes",
    ">": "a text that begins with `>` needs quotes",
    ",": "a text that begins with `,` needs quotes",
}
COLON: Final = "a text with `: ` in it needs quotes"


def explain(stop: ParserStop) -> Explanation:
    """The first explanation that fits; they run from the most certain to the most general."""
    return next(found for explanation in EXPLANATIONS if (found := explanation(stop)))


def _look_alike(stop: ParserStop) -> Explanation | None:
    """Between what was read last and where the parser gave up."""
    lines, at = stop.lines, stop.at
    begin = max((start for start, _ in stop.scalars if start <= at), default=0)
    for number in range(lines.number(begin), lines.number(at) + 1):
        start = lines.starts[number - 1]
        if found := look_alike(lines.text[start : lines.end(start)]):
            message, index = found
            return message, (start + index, start + index + 1)
    return None


def _look_alike_in_brackets(stop: ParserStop) -> Explanation | None:
    """Before the key where the parser gave up, in the place of a bracket, or at the line's end."""
    lines, line = stop.lines, stop.lines.start(stop.at)
    key = KEY.match(lines.text, line, stop.at)
    if stop.opener is None:
        start, end = (key.end(), key.end() + 1) if key else (line, line)
    elif stop.char == ":":
        start, end = (
            max((first for first, _ in stop.scalars if first < stop.at), default=line),
            stop.at,
        )
    else:
        start, end = stop.opener, stop.lines.end(stop.opener)
    if not (found := look_alike_at_the_end(lines.text[start:end])):
        return None
    message, index = found
    return message, (start + index, start + index + 1)


def _tab(stop: ParserStop) -> Explanation | None:
    margin = re.compile(r"[ \t]*").match(stop.lines.text, stop.lines.start(stop.at))
    tab = stop.lines.text.find("\t", margin.start(), margin.end()) if margin else -1
    if tab < 0:
        return None
    help = "indent with spaces, two for each level"
    return Message("yaml-tab", "a tab can't indent", help), (tab, tab + 1)


def _template(stop: ParserStop) -> Explanation | None:
    text = stop.lines.text
    at = next((at for at in (stop.at, stop.at - 1) if text[at : at + 2] in ("{{", "{%", "{#")), -1)
    if at < 0:
        return None
    bracket = "" if stop.opener == at else stop.bracket
    message = f"a text with `{text[at : at + 2]}` needs quotes here"
    return needs_quotes(stop, entry_start(stop, at), message, bracket=bracket)


def _quote(stop: ParserStop) -> Explanation | None:
    text, since = stop.lines.text, stop.since
    if "scanning a quoted scalar" in stop.complaint:
        help = f"put `{text[since]}` at the end of the text, or begin it without"
        message = Message("yaml-unclosed", f"the quote `{text[since]}` is never closed", help)
        return message, (since, since + 1)
    if "parsing a quoted scalar" not in stop.complaint:
        return None
    escape = text[stop.at : stop.at + 2].strip()
    help = f"write `\\{escape}` for a backslash, or use single quotes ('…')"
    message = Message("yaml-escape", f"`{escape}` means nothing between double quotes", help)
    return message, (stop.at, stop.at + len(escape))


def _after_quote(stop: ParserStop) -> Explanation | None:
    if not stop.char.strip() or not stop.closed_quote:
        return None
    start, end = stop.closed_quote
    opened, mark = stop.lines.number(start), stop.lines.text[start]
    if opened != stop.lines.number(end):
        help = f"the quote was opened on line {opened}; close it where that text ends"
    else:
        whole = stop.lines.text[slice(*quoted_span(stop.lines, start, end, bracket=stop.bracket))]
        text = whole[1:-1] if whole.endswith(mark) else whole
        help = f"put quotes around all of it: {in_quotes(text)}"
    message = Message("yaml-quotes", "the text goes on after its closing quote", help)
    return message, intended_span(stop.lines, stop.at, bracket=stop.bracket)


def _colon(stop: ParserStop) -> Explanation | None:
    if stop.char != ":" or "mapping values" not in stop.complaint:
        return None
    line = stop.lines.start(stop.at)
    key = KEY.match(stop.lines.text, line, stop.at)
    if key:
        return needs_quotes(stop, key.end(), COLON, bracket=stop.bracket)
    before = stop.lines.before(stop.at)
    start = line + len(before) - len(before.lstrip())
    name = stop.lines.text[start : stop.at]
    help = (
        "begin it in the column of the keys that it stands beside; if it is text, put the whole "
        "text in quotes"
    )
    text = f"`{name}` is indented as if it belonged to the text above"
    return Message("yaml-indent", text, help), (start, stop.at)


def _opening(stop: ParserStop) -> Explanation | None:
    """A text whose first character means something to YAML."""
    words = stop.complaint
    scanning = re.search(r"scanning an? (alias|anchor|tag|block scalar)|parsing a tag", words)
    start = stop.since if scanning else stop.at
    char = stop.lines.text[start : start + 1]
    refused = scanning or "cannot start" in words or "not allowed" in words
    if char not in RESERVED or not (refused or "node content" in words or char == "%"):
        return None
    return needs_quotes(stop, start, RESERVED[char], bracket=stop.bracket)


def _keyless(stop: ParserStop) -> Explanation | None:
    if "could not find expected ':'" not in stop.complaint:
        return None
    start, end = intended_span(stop.lines, stop.since)
    tight = TIGHT_KEY.fullmatch(stop.lines.text, stop.lines.start(start), end)
    help = (
        f"put a space after the colon: `{tight[1]}: {tight[2]}`"
        if tight
        else "write `key: value`; if it belongs to the text above, indent it further than that key"
    )
    return Message("yaml-syntax", "expected `key: value`", help), (start, end)


def _indent(stop: ParserStop) -> Explanation | None:
    if "expected key" not in stop.complaint and "'-' indicator" not in stop.complaint:
        return None
    if stop.lines.before(stop.at).strip():
        return None
    is_entry = stop.char == "-"
    text = "this line is indented like nothing above it"
    help = "begin it in the same column as the entries that it belongs with"
    if is_entry:
        text = "a list entry stands among keys"
        help = (
            "give it a key in place of its `-`, or begin it in the column of the list that it "
            "belongs to"
        )
    return Message("yaml-indent", text, help), intended_span(stop.lines, stop.at)


def _anything(stop: ParserStop) -> Explanation:
    text = f"this can't be read as YAML: {stop.complaint.rpartition('; ')[2]}"
    help = "put texts with punctuation in quotes, and check the indentation"
    return Message("yaml-syntax", text, help), (stop.at, stop.at + 1)


EXPLANATIONS: Final[tuple[Callable[[ParserStop], Explanation | None], ...]] = (
    *(_look_alike, _tab, _template, _quote, _after_quote, text_after_bracket),
    *(_look_alike_in_brackets, _colon),
    *(stray_punctuation, _opening, open_bracket, _keyless, _indent, _anything),
)
