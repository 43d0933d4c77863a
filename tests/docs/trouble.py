"""What can go wrong, what the runner does then, and what people see of it: a row of a table."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.acceptance.conftest import Desktop
from tests.docs.playing import Played
from tests.docs.reference.markdown import anchored, table

NOTHING = "nothing"
LOOK = "[look, and say](../how-to/when-a-post-needs-a-person.md)"
UP = "../../"
"""From the page to the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A row. `code` is the run's exit code, None where the run has no say in it; `says` is what it
    prints, where `…` is any text; `by` plays it, or names the test as `path::name`."""

    id: str
    what: str
    does: str
    code: int | None = 0
    says: str = ""
    do: str = NOTHING
    by: Callable[[Desktop], Played] | str


def shows(says: str, printed: str) -> bool:
    """Whether a line of what was printed holds it, `…` being any text; spaces don't count."""
    lines = "\n".join(" ".join(line.split()) for line in printed.splitlines())
    return re.search(".*".join(map(re.escape, says.split("…"))), lines) is not None


def table_of(troubles: Iterable[Trouble]) -> str:
    heads = ("what goes wrong", "what the runner does", "exit code, and what you see", "you do", "")
    return table(heads, (tuple(_cells(each)) for each in troubles))


def _cells(trouble: Trouble) -> Iterator[str]:
    yield anchored(trouble.id, trouble.what)
    yield trouble.does
    said = f"“{trouble.says.strip(' …')}”" if trouble.says else ""
    yield ": ".join(filter(None, ("" if trouble.code is None else str(trouble.code), said)))
    yield trouble.do
    yield _proof(trouble.by)


def _proof(by: Callable[[Desktop], Played] | str) -> str:
    """A link whose title is the name of what is tried or played."""
    if isinstance(by, str):
        path, _, name = by.partition("::")
        word, name = "tried", name.removeprefix("test_")
    else:
        path, name, word = f"{by.__module__.replace('.', '/')}.py", by.__name__, "played"
    return f'[{word}]({UP}{path} "{name.replace("_", " ")}")'
