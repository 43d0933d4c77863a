"""Where the YAML parser gave up, and what it had read by then."""

from yaml import Mark
from yaml.error import MarkedYAMLError

from runner.problems import Message
from runner.sources import Lines
from runner.value import Value

Explanation = tuple[Message, tuple[int, int]]
"""What is wrong, and from which offset of the file to which."""


class ParserStop(Value, kw_only=True):
    """Where the parser gave up, and what it had read."""

    lines: Lines
    at: int
    since: int
    """Where the thing began that it was reading."""
    complaint: str
    """The parser's own words."""
    scalars: list[tuple[int, int]]
    opener: int | None
    """Where the innermost bracket opened."""
    bracket: str
    """That bracket itself; empty outside of brackets."""

    @property
    def char(self) -> str:
        return self.lines.text[self.at : self.at + 1]

    @property
    def closed_quote(self) -> tuple[int, int] | None:
        """The quoted scalar right before, on the same line."""
        start, end = self.scalars[-1] if self.scalars else (0, 0)
        text = self.lines.text
        between = text[end : self.at]
        is_quoted = text[start : start + 1] in ("'", '"') and end > start + 1
        return (start, end) if is_quoted and not between.strip(" \t") else None


def parser_stop(
    error: MarkedYAMLError,
    lines: Lines,
    scalars: list[tuple[int, int]],
    opener: int | None,
    bracket: str,
) -> ParserStop:
    last = len(lines.text.rstrip())

    def offset(mark: Mark | None) -> int:
        return min(mark.index, last) if mark else last

    at = offset(error.problem_mark)
    return ParserStop(
        lines=lines,
        at=at,
        since=offset(error.context_mark) if error.context_mark else at,
        complaint=f"{error.context or ''}; {error.problem or ''}",
        scalars=scalars,
        opener=opener,
        bracket=bracket,
    )
