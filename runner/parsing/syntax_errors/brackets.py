"""Brackets that are not closed, not opened, or not meant as such."""

import re
from typing import Final

from runner.parsing.syntax_errors.intended_text import (
    HASHTAG,
    KEY,
    comments_behind,
    cut_text,
    entry_start,
    intended_span,
    needs_quotes,
)
from runner.parsing.syntax_errors.parser_stop import Explanation, ParserStop
from runner.problems import Message, in_quotes, quoted

_IS_NO_TEXT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\b|[0-9]+[mhdw]\b|(?:true|false)\b")
"""What begins a moment, a duration or a switch."""
_SEMICOLON: Final = re.compile(r";(?=[ ]*[\w-]+$)")
_BEFORE_KEY: Final = "put a comma before the key"


def text_after_bracket(stop: ParserStop) -> Explanation | None:
    """`[New] jeans`: a text whose beginning is read as a list."""
    before = stop.lines.before(stop.at).rstrip()
    if stop.opener is not None or not before.endswith(("]", "}")) or not stop.char.strip():
        return None
    key = KEY.match(stop.lines.text, stop.lines.start(stop.at), stop.at)
    if not key or stop.lines.text[key.end()] not in "[{":
        return None
    text = f"a text that begins with `{stop.lines.text[key.end()]}` needs quotes"
    return needs_quotes(stop, key.end(), text)


def stray_punctuation(stop: ParserStop) -> Explanation | None:
    """Punctuation of lists and mappings where a value should be."""
    if stop.char not in (",", "]", "}") or "node content" not in stop.complaint:
        return None
    if stop.char == "," and stop.opener is not None:
        text, help = "no entry before this `,`", "write the entry, or remove the comma"
    else:
        text = f"this `{stop.char}` has no beginning"
        help = f"remove it, or quote it if it is text: {quoted(stop.char)}"
    return Message("yaml-syntax", text, help), (stop.at, stop.at + 1)


def open_bracket(stop: ParserStop) -> Explanation | None:
    if stop.opener is None:
        return None
    opener, lines = stop.opener, stop.lines
    closing = "]" if stop.bracket == "[" else "}"
    if cut := _comment_with_the_end(stop, opener, closing):
        return cut
    if lines.number(stop.at) == lines.number(opener) and stop.char.strip():
        message = Message("yaml-syntax", f"expected `,` or `{closing}` here", _separation(stop))
        return message, (stop.at, stop.at + 1)
    text = f"the bracket `{stop.bracket}` is never closed"
    help = f"put `{closing}` after its last entry"
    return Message("yaml-unclosed", text, help), (opener, opener + 1)


def _comment_with_the_end(stop: ParserStop, opener: int, closing: str) -> Explanation | None:
    """A hashtag, or a `#` before the closing bracket, from which on the line is a comment."""
    lines = stop.lines
    for start, end in comments_behind(lines, stop.scalars):
        is_hashtag = HASHTAG.match(lines.text, start)
        if start < opener or not (is_hashtag or closing in lines.text[start:end]):
            continue
        word = lines.text[slice(*intended_span(lines, start, bracket=stop.bracket))]
        whole = in_quotes(cut_text(lines, stop.scalars, start, bracket=stop.bracket))
        text = f"`{word}` and the rest of its line are read as a comment"
        move = f"if it is text, put it in quotes: {whole}; else move it behind the `{closing}`"
        help = f"put it in quotes: {whole}" if is_hashtag else move
        return Message("hash-cut", text, help), (start, end)
    return None


def _separation(stop: ParserStop) -> str:
    """How two entries, or a text with punctuation, are told from each other."""
    if stop.char != ":":
        return "put a comma between the entries, and quotes around a text with punctuation"
    start, end = intended_span(stop.lines, entry_start(stop, stop.at), bracket=stop.bracket)
    if _IS_NO_TEXT.match(stop.lines.text, start, stop.at):
        semicolon = _SEMICOLON.search(stop.lines.text[start : stop.at])
        return f"write a comma in place of `{semicolon[0]}`" if semicolon else _BEFORE_KEY
    whole = in_quotes(stop.lines.text[start:end])
    return f"{_BEFORE_KEY}; or if it is one text, quotes around it: {whole}"
