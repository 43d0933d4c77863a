"""How problems look in a terminal: a dozen mistakes, in black and white and in colour.

All other golden files hold values (`tests/diagnostics.py`), so that the looks can change alone.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from runner.parsing import parse
from runner.views.problems import as_text

GOLDEN = Path(__file__).parents[2] / "golden"
MISTAKES = (
    "unquoted-colon",  # one line
    "duplicate-key",  # the line before it
    "unquoted-colon-wide",  # characters of two cells
    "control-character",  # what would steer a terminal
    "hidden-characters",  # several problems, some on one line
    "hash-cut-next-line",  # the line before it is empty
    "yaml-tab",
    "yaml-unclosed-quote",  # to the end of its line
    "windowed",  # a long line, and the mistake at its beginning
    "windowed-middle",
    "windowed-right",
    "empty-file",  # no line to show
)


def in_a_terminal(name: str, *, color: bool) -> str:
    file = GOLDEN / "errors" / "yaml" / f"{name}.yaml"
    parsed = parse(file.name, file.read_bytes())
    return as_text(parsed.problems, {file.name: parsed.source}, color=color)


def sheets(*, color: bool) -> Iterator[str]:
    for name in MISTAKES:
        yield f"{f' {name} ':-^60}\n{in_a_terminal(name, color=color)}\n"


def test_problems_look_like_a_compilers(golden: Callable[[Path, str], None]) -> None:
    for name, color in {"problems.txt": False, "problems.colour.txt": True}.items():
        text = "\n".join(sheets(color=color))
        golden(GOLDEN / "layout" / name, text.replace("\x1b", "␛"))
