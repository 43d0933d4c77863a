"""Brackets that are not closed, not opened, or not meant as such."""

from runner.parsing.syntax_errors.intended_text import comments, cut_text, intended
from runner.parsing.syntax_errors.parser_stop import Stumble
from runner.parsing.syntax_errors.unquoted_text import KEY, Complaint, entry, unquoted
from runner.problems import in_quotes, quoted


def after_bracket(found: Stumble) -> Complaint | None:
    """`[New] jeans`: a text whose beginning is read as a list."""
    before = found.lines.before(found.at).rstrip()
    if found.opener is not None or not before.endswith(("]", "}")) or not found.char.strip():
        return None
    key = KEY.match(found.lines.text, found.lines.start(found.at), found.at)
    if not key or found.lines.text[key.end()] not in "[{":
        return None
    message = f"a text that begins with `{found.lines.text[key.end()]}` needs quotes"
    return unquoted(found, key.end(), message)


def stray(found: Stumble) -> Complaint | None:
    """Punctuation of lists and mappings where a value should be."""
    if found.char not in (",", "]", "}") or "node content" not in found.said:
        return None
    if found.char == "," and found.opener is not None:
        message, help = "no entry before this `,`", "write the entry, or remove the comma"
    else:
        message = f"this `{found.char}` has no beginning"
        help = f"remove it, or quote it if it is text: {quoted(found.char)}"
    return Complaint(
        rule="yaml-syntax", message=message, start=found.at, end=found.at + 1, help=help
    )


def bracket(found: Stumble) -> Complaint | None:
    if found.opener is None:
        return None
    opener, lines = found.opener, found.lines
    cut = next((span for span in comments(lines, found.scalars) if span[0] > opener), None)
    if cut:
        word = lines.text[slice(*intended(lines, cut[0], bracket=found.bracket))]
        whole = in_quotes(cut_text(lines, found.scalars, cut[0], bracket=found.bracket))
        return Complaint(
            rule="hash-cut",
            message=f"`{word}` and the rest of its line are read as a comment",
            start=cut[0],
            end=cut[1],
            help=f"put it in quotes: {whole}",
        )
    opening = found.bracket
    closing = "]" if opening == "[" else "}"
    if lines.number(found.at) == lines.number(opener) and found.char.strip():
        return Complaint(
            rule="yaml-syntax",
            message=f"expected `,` or `{closing}` here",
            start=found.at,
            end=found.at + 1,
            help=_separated(found),
        )
    return Complaint(
        rule="yaml-unclosed",
        message=f"the bracket `{opening}` is never closed",
        start=opener,
        end=opener + 1,
        help=f"put `{closing}` after its last entry",
    )


def _separated(found: Stumble) -> str:
    """How two entries, or a text with punctuation, are told from each other."""
    if found.char != ":":
        return "put a comma between the entries, and quotes around a text with punctuation"
    start, end = intended(found.lines, entry(found, found.at), bracket=found.bracket)
    whole = in_quotes(found.lines.text[start:end])
    return f"put a comma before the key; or if it is one text, quotes around it: {whole}"
