"""Offsets into a file's text, as lines and columns. It knows nothing of YAML."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from runner.problems import Span


@dataclass(frozen=True)
class Lines:
    """A text whose lines end in `\\n`. Offsets count code points from 0, lines and columns from
    1."""

    text: str

    @cached_property
    def starts(self) -> list[int]:
        starts = [0]
        found = self.text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        return starts

    def number(self, offset: int) -> int:
        """The line that an offset stands on."""
        return bisect_right(self.starts, offset)

    def column(self, offset: int) -> int:
        return offset - self.starts[self.number(offset) - 1] + 1

    def start(self, offset: int) -> int:
        """Where the line begins that an offset stands on."""
        return self.starts[self.number(offset) - 1]

    def end(self, offset: int) -> int:
        """Where the line ends that an offset stands on; its newline is not part of it."""
        number = self.number(offset)
        return self.starts[number] - 1 if number < len(self.starts) else len(self.text)

    def before(self, offset: int) -> str:
        """What stands on the line before an offset."""
        return self.text[self.start(offset) : offset]

    def span(self, start: int, end: int) -> Span:
        line = self.number(start)
        same = line == len(self.starts) or end < self.starts[line]
        end_line = line if same else self.number(end)
        return Span(
            line=line,
            column=start - self.starts[line - 1] + 1,
            end_line=end_line,
            end_column=end - self.starts[end_line - 1] + 1,
        )
