"""What is wrong with a file so far, and how the dialect says no to what it lacks."""

from dataclasses import dataclass, field
from typing import Final

from runner.parsing.syntax_errors.intended_text import (
    cut_hashtag,
    cut_text,
    hashtag_comments,
    intended_span,
)
from runner.problems import Message, Place, Problem, Route, in_quotes, quoted
from runner.sources import Lines
from runner.text import HIDDEN_CHARACTER, hidden_characters_message

MOST: Final = 500


@dataclass(slots=True, kw_only=True)
class Report:
    """The problems of one file, by offsets into its text: 500 of them at most."""

    path: str
    lines: Lines
    problems: list[Problem] = field(default_factory=list)
    bad_lines: set[int] = field(default_factory=set)
    """The lines that have a problem."""

    @property
    def full(self) -> bool:
        return len(self.problems) >= MOST

    def add(self, message: Message, span: tuple[int, int], route: Route = ()) -> None:
        """`route` is the value that is spoiled by it, so that it is not judged any further."""
        self.bad_lines.add(self.lines.number(span[0]))
        if not self.full:
            place = Place(path=self.path, route=route, span=self.lines.span(*span))
            self.problems.append(message.at(place))

    def hidden(self, span: tuple[int, int], route: Route, characters: str) -> None:
        """Characters that nobody sees, which are written at the span."""
        text, help = hidden_characters_message(characters)
        verb = "stand" if len(characters) > 1 else "stands"
        self.add(Message(HIDDEN_CHARACTER, f"here {verb} {text}", help), span, route)

    def anchor(self, start: int, route: Route, *, bracket: str) -> None:
        self._mark("yaml-alias", "an anchor", start, route, bracket=bracket)

    def alias(self, start: int, route: Route, *, bracket: str) -> None:
        self._mark("yaml-alias", "an alias", start, route, bracket=bracket)

    def tag(self, start: int, route: Route, *, bracket: str) -> None:
        self._mark("yaml-tag", "a tag", start, route, bracket=bracket)

    def _mark(self, rule: str, noun: str, start: int, route: Route, *, bracket: str) -> None:
        whole = self.lines.text[slice(*intended_span(self.lines, start, bracket=bracket))]
        mark = whole.split(None, 1)[0] if whole else self.lines.text[start : start + 1]
        text = f"`{mark}` is {noun} of YAML, which campaigns don't have"
        message = Message(rule, text, _removal(mark, whole))
        self.add(message, (start, start + len(mark)), route)

    def document(self, start: int, end: int) -> None:
        mark = self.lines.text[start:end].strip()
        help = "one file is one campaign: move what follows into a file of its own"
        message = Message("yaml-documents", f"`{mark}` begins a second document", help)
        self.add(message, (start, end))

    def too_large(self, span: tuple[int, int]) -> None:
        text = "the file has too many keys and values to be read"
        self.add(Message("too-large", text, "divide it into several files"), span)

    def too_deep(self, start: int, most: int) -> None:
        message = Message("too-deep", f"more than {most} levels of nesting", "nest it less deeply")
        self.add(message, (start, start + 1))

    def merge(self, span: tuple[int, int]) -> None:
        text = "`<<` merges mappings, which campaigns can't"
        self.add(Message("yaml-merge", text, "write the keys out where they belong"), span)

    def complex_key(self, start: int) -> None:
        help = "write `key: value`, with a text as the key"
        message = Message("yaml-complex-key", "a list or mapping can't be a key", help)
        self.add(message, (start, start + 1))

    def key(self, name: str, span: tuple[int, int], route: Route) -> None:
        """A key that is not a text."""
        text, (start, end) = self.lines.text, span
        if name.isdigit() and text[start - 1 : start] == "," and text[start - 2].isdigit():
            first = start - 1
            while text[first - 1 : first].isdigit():
                first -= 1
            help = f"write the number with a point: {text[first : start - 1]}.{name}"
            message = Message("decimal-comma", f"`{text[first:end]}` is read as two entries", help)
            self.add(message, (first, end), route[:-1])
            return
        fault = f"the key `{name}` is not a text" if name else "a key is missing before the `:`"
        help = f"quote the key: {quoted(name)}" if name else "write `key: value`"
        self.add(Message("non-text-key", fault, help), span, route)

    def duplicate(self, name: str, span: tuple[int, int], route: Route, first: int) -> None:
        text = f"the key `{name}` is written twice, first on line {first}"
        self.add(Message("duplicate-key", text, "keep one of the two"), span, route)

    def template(self, start: int, route: Route, *, bracket: str) -> None:
        span = intended_span(self.lines, start, bracket=bracket)
        help = f"quote the text: {in_quotes(self.lines.text[slice(*span)])}"
        message = Message("unquoted-text", "a text that begins with `{{` needs quotes", help)
        self.add(message, span, route)

    def cut(
        self, span: tuple[int, int], indent: int | None, route: Route, *, bracket: str
    ) -> str | None:
        """A plain scalar from which a hashtag is cut off: the text that was meant."""
        start, end = span
        cut = cut_hashtag(self.lines, end, indent if end > start else None)
        if not cut:
            return None
        text = self.lines.text
        _, stop = intended_span(self.lines, cut[0], bracket=bracket)
        whole = " ".join(text[start if end > start else cut[0] : stop].split())
        word = text[cut[0] : cut[1]].rstrip()
        message = Message(
            "hash-cut",
            f"`{word}` is read as a comment, so it is cut off the text",
            f"quote the text: {in_quotes(whole)}, or put a space after the # of a comment",
        )
        self.add(message, cut, route)
        return whole

    def comments(self, scalars: list[tuple[int, int]]) -> None:
        """Hashtags behind anything else than a plain scalar."""
        for start, end in hashtag_comments(self.lines, scalars):
            if self.full:
                return
            if self.lines.number(start) in self.bad_lines:
                continue
            word = self.lines.text[start:end].split()[0].rstrip(",]}")
            text = f"`{word}` is read as a comment, with the rest of its line"
            whole = in_quotes(cut_text(self.lines, scalars, start))
            help = f"quote it if it is text: {whole}; put a space after the # of a comment"
            self.add(Message("hash-cut", text, help), (start, end))


def _removal(mark: str, whole: str) -> str:
    """The thing to do about a mark of YAML before what is written there."""
    rest = whole.removeprefix(mark).strip()
    if mark.startswith("*"):
        return f"if it is text, quote it: {in_quotes(whole)}; else write out what it stands for"
    if not rest or rest[0] in "{[|>":
        return f"remove `{mark}`"
    return f"if it is text, quote it: {in_quotes(whole)}; else remove `{mark}`"
