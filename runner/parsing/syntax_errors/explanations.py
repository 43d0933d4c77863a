"""What the YAML parser stumbles over, said so that somebody who only writes text can mend it.

The character under its mark tells what happened; its own words only tell apart what looks alike.
"""

import re
from collections.abc import Callable
from typing import Final

from runner.parsing.syntax_errors.brackets import after_bracket, bracket, stray
from runner.parsing.syntax_errors.intended_text import intended
from runner.parsing.syntax_errors.look_alikes import look_alike
from runner.parsing.syntax_errors.parser_stop import Stumble
from runner.parsing.syntax_errors.unquoted_text import KEY, Complaint, entry, unquoted
from runner.problems import in_quotes

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


def explain(found: Stumble) -> Complaint:
    """The first explanation that fits; they run from the most certain to the most general."""
    return next(complaint for judge in JUDGES if (complaint := judge(found)))


def _look_alike(found: Stumble) -> Complaint | None:
    """Between what was read last and where the parser stumbled."""
    lines, at = found.lines, found.at
    begin = max((start for start, _ in found.scalars if start <= at), default=0)
    for number in range(lines.number(begin), lines.number(at) + 1):
        start = lines.starts[number - 1]
        seen = look_alike(lines.text[start : lines.end(start)])
        if seen:
            return Complaint(
                rule="yaml-look-alike",
                message=seen.message,
                start=start + seen.at,
                end=start + seen.at + 1,
                help=seen.help,
            )
    return None


def _tab(found: Stumble) -> Complaint | None:
    margin = re.compile(r"[ \t]*").match(found.lines.text, found.lines.start(found.at))
    tab = found.lines.text.find("\t", margin.start(), margin.end()) if margin else -1
    if tab < 0:
        return None
    help = "indent with spaces, two for each level"
    return Complaint(
        rule="yaml-tab", message="a tab can't indent", start=tab, end=tab + 1, help=help
    )


def _template(found: Stumble) -> Complaint | None:
    text = found.lines.text
    at = next(
        (at for at in (found.at, found.at - 1) if text[at : at + 2] in ("{{", "{%", "{#")), -1
    )
    if at < 0:
        return None
    start = entry(found, at)
    bracket = "" if found.opener == at else found.bracket
    message = f"a text with `{text[at : at + 2]}` needs quotes here"
    return unquoted(found, start, message, bracket=bracket)


def _quote(found: Stumble) -> Complaint | None:
    text, since = found.lines.text, found.since
    if "scanning a quoted scalar" in found.said:
        return Complaint(
            rule="yaml-unclosed",
            message=f"the quote `{text[since]}` is never closed",
            start=since,
            end=since + 1,
            help=f"put `{text[since]}` at the end of the text, or begin it without",
        )
    if "parsing a quoted scalar" not in found.said:
        return None
    escape = text[found.at : found.at + 2].strip()
    return Complaint(
        rule="yaml-escape",
        message=f"`{escape}` means nothing between double quotes",
        start=found.at,
        end=found.at + len(escape),
        help=f"write `\\{escape}` for a backslash, or use single quotes ('…')",
    )


def _after_quote(found: Stumble) -> Complaint | None:
    if not found.char.strip() or not found.closed_quote:
        return None
    start, end = found.closed_quote
    opened, mark = found.lines.number(start), found.lines.text[start]
    if opened != found.lines.number(end):
        help = f"the quote was opened on line {opened}; close it where that text ends"
    else:
        _, stop = intended(found.lines, start)
        whole = found.lines.text[start:stop]
        text = whole[1:-1] if whole.endswith(mark) else whole
        help = f"put quotes around all of it: {in_quotes(text)}"
    return Complaint(
        rule="yaml-quotes",
        message="the text goes on after its closing quote",
        start=found.at,
        end=intended(found.lines, found.at)[1],
        help=help,
    )


def _colon(found: Stumble) -> Complaint | None:
    if found.char != ":" or "mapping values" not in found.said:
        return None
    line = found.lines.start(found.at)
    key = KEY.match(found.lines.text, line, found.at)
    if key:
        return unquoted(found, key.end(), COLON, bracket=found.bracket)
    start = line + len(found.lines.before(found.at)) - len(found.lines.before(found.at).lstrip())
    name = found.lines.text[start : found.at]
    return Complaint(
        rule="yaml-indent",
        message=f"`{name}` is indented as if it belonged to the text above",
        start=start,
        end=found.at,
        help="begin it in the column of the keys that it stands beside; if it is text, put the "
        "whole text in quotes",
    )


def _opening(found: Stumble) -> Complaint | None:
    """A text whose first character means something to YAML."""
    scanning = re.search(r"scanning an? (alias|anchor|tag|block scalar)|parsing a tag", found.said)
    start = found.since if scanning else found.at
    char = found.lines.text[start : start + 1]
    said = scanning or "cannot start" in found.said or "not allowed" in found.said
    if char not in RESERVED or not (said or "node content" in found.said or char == "%"):
        return None
    return unquoted(found, start, RESERVED[char], bracket=found.bracket)


def _keyless(found: Stumble) -> Complaint | None:
    if "could not find expected ':'" not in found.said:
        return None
    start, end = intended(found.lines, found.since)
    tight = TIGHT_KEY.fullmatch(found.lines.text, found.lines.start(start), end)
    help = (
        f"put a space after the colon: `{tight[1]}: {tight[2]}`"
        if tight
        else "write `key: value`; if it belongs to the text above, indent it further than that key"
    )
    return Complaint(
        rule="yaml-syntax", message="expected `key: value`", start=start, end=end, help=help
    )


def _indent(found: Stumble) -> Complaint | None:
    if "expected key" not in found.said and "'-' indicator" not in found.said:
        return None
    if found.lines.before(found.at).strip():
        return None
    entry = found.char == "-"
    return Complaint(
        rule="yaml-indent",
        message="a list entry stands among keys"
        if entry
        else "this line is indented like nothing above it",
        start=found.at,
        end=intended(found.lines, found.at)[1],
        help="begin it in the same column as the entries that it belongs with",
    )


def _anything(found: Stumble) -> Complaint:
    problem = found.said.rpartition("; ")[2]
    return Complaint(
        rule="yaml-syntax",
        message=f"this can't be read as YAML: {problem}",
        start=found.at,
        end=found.at + 1,
        help="put texts with punctuation in quotes, and check the indentation",
    )


JUDGES: Final[tuple[Callable[[Stumble], Complaint | None], ...]] = (
    *(_look_alike, _tab, _template, _quote, _after_quote, after_bracket, _colon, stray, _opening),
    *(bracket, _keyless, _indent, _anything),
)
