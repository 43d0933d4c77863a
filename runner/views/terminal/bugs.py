"""Bugs as whoever mends them needs them. Nothing in them can become a command of a workflow."""

from collections.abc import Iterable, Iterator
from traceback import format_exception
from typing import Final

from runner.bugs import Bug, contained
from runner.views.safe_text import visible

FRAMES: Final = 8
"""How many of the innermost calls are shown of each."""
LONGEST: Final = 300
"""Characters of a line: what an exception says may be of any length."""


def bugs_as_text(bugs: Iterable[Bug], version: str) -> str:
    """What to do, and each bug with where it was met first and the innermost calls."""
    lines = [
        "",
        f"This is a bug in runner ({version}).",
        "`runner status` shows whether a post is open. Please report this with the lines below.",
    ]
    for bug in tuple(bugs):
        lines += ["", _line(f"{bug.doing} {bug.subject}: {bug.spot}"), *_calls(bug)]
    return "\n".join(lines) + "\n"


def _calls(bug: Bug) -> Iterator[str]:
    formatted = contained(
        "showing", "a traceback", lambda: "".join(format_exception(bug.error, limit=-FRAMES))
    )
    if isinstance(formatted, str):
        yield from (_line(line) for line in formatted.splitlines())


def _line(text: str) -> str:
    # behind a bar no line begins a command; the older form of commands counts anywhere in a line
    return f"  | {visible(text[:LONGEST])}".replace("##[", "#\u200b#[")
