"""Where the CPU time of commands goes: what one more file costs, room by room, and what a start
does.

`python scripts/profile_rooms.py 300` prints two tables. Each command runs several times on a
project of so many campaigns, and of one, with a look each millisecond at where it is. What a
library does counts to the room that it works for. The rows of a table sum to its last.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bench_runs import ROOT
from fair_project import NOW, a_project
from sampled_run import Stack

T = TypeVar("T")
RUNNER = str(ROOT / "runner") + os.sep
COMMANDS = {
    "validate": ("validate",),
    "preview": ("preview", "--now", NOW),
    "post": ("post", "--now", NOW),
}
ROUNDS = {"many": 2, "one": 8}
LEAST = 50
"""Microseconds of a file: rooms that cost less in each command are summed up."""
PARTS = (
    ("classes of dataclasses made", ("/dataclasses.py",)),
    ("regexes compiled", ("/re/_compiler.py", "/re/_parser.py")),
    ("models built by pydantic", ("/pydantic/_internal/", "/pydantic/type_adapter.py")),
    ("templates compiled", ("/jinja2/compiler.py", "/jinja2/parser.py", "/jinja2/lexer.py")),
)
"""What stands out in a start: one of these files is at work then."""
PYTHON, LIBRARIES, OWN = "Python itself", "libraries imported, else", "the runner imported, else"
REST = "the one campaign, else"


@dataclass(kw_only=True)
class Profile:
    """CPU seconds of a command, the mean of some runs, by what they were spent on."""

    rooms: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    functions: Counter[tuple[str | int, ...]] = field(default_factory=Counter)
    """But for imports, as with the rooms."""

    def add(self, before: float, whole: float, looks: list[tuple[Stack, int]], runs: int) -> None:
        """One of so many runs, of which Python has begun `before`."""
        look = whole / sum(count for _, count in looks) / runs
        self.parts[PYTHON] += before / runs
        for stack, count in looks:
            self.parts[_part(stack)] += look * count
            if not _is_import(stack):
                self.rooms[_room(stack)] += look * count
                self.functions[tuple(stack[0])] += look * count


def profiled(words: tuple[str, ...], size: int, runs: int) -> Profile:
    """A command on a project of so many campaigns, without a cache and on one core, since a second
    process would not be seen."""
    profile = Profile()
    with tempfile.TemporaryDirectory() as name:
        folder, found = Path(name), Path(name) / "profile"
        a_project(folder, size)
        environ = {
            "HOME": name,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "X_API_URL": "http://127.0.0.1:9",
        }
        program = (sys.executable, str(ROOT / "scripts" / "sampled_run.py"), str(found), *words)
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})
        try:
            for _ in range(runs):
                shutil.rmtree(folder / ".runner", ignore_errors=True)
                subprocess.run(  # noqa: S603
                    program, cwd=folder, env=environ, stdout=subprocess.DEVNULL, check=True
                )
                profile.add(*json.loads(found.read_text(encoding="utf-8")), runs)
        finally:
            os.sched_setaffinity(0, cores)
    return profile


def _room(stack: Stack) -> str:
    """The room that works, or has a library work for it."""
    own = (file.removeprefix(RUNNER) for file, _, _ in stack if file.startswith(RUNNER))
    return next(own, "cli").split(os.sep)[0].removesuffix(".py")


def _part(stack: Stack) -> str:
    """What a start is at."""
    for part, files in PARTS:
        if any(file in where for where, _, _ in stack for file in files):
            return part
    if not _is_import(stack):
        return REST
    module = next(file for file, name, _ in stack if name == "<module>")
    return OWN if module.startswith(RUNNER) else LIBRARIES


def _is_import(stack: Stack) -> bool:
    return any("importlib" in file for file, _, _ in stack)


def tables(size: int) -> Iterator[str]:
    """What one more file costs, and what a start does."""
    many = {name: profiled(words, size, ROUNDS["many"]) for name, words in COMMANDS.items()}
    one = {name: profiled(words, 1, ROUNDS["one"]) for name, words in COMMANDS.items()}
    costs = {name: _of_a_file(many[name].rooms, one[name].rooms, size) for name in COMMANDS}
    yield "One more file, in microseconds of CPU time:\n"
    yield from _table("room", costs, least=LEAST)
    yield "\nA start, with one campaign, in milliseconds:\n"
    yield from _table("what", {name: _in_milliseconds(one[name].parts) for name in COMMANDS})
    dearest = _of_a_file(many["validate"].functions, one["validate"].functions, size)
    ten = sum(cost for _, cost in dearest.most_common(10)) / dearest.total()
    yield f"\nMost of one more file in `validate` is {_dearest(costs['validate'])}, most of a start"
    yield f"{_dearest(one['validate'].parts)}. Of a file the ten dearest functions take {ten:.0%}."


def _dearest(costs: Counter[str]) -> str:
    """The row that costs most, with its share."""
    ((name, cost),) = costs.most_common(1)
    return f"*{name}* ({cost / costs.total():.0%})"


def _of_a_file(many: Counter[T], one: Counter[T], size: int) -> Counter[T]:
    """Microseconds of one more file."""
    return Counter({key: 1e6 * (many[key] - one[key]) / (size - 1) for key in many})


def _in_milliseconds(seconds: Counter[str]) -> Counter[str]:
    return Counter({key: 1e3 * value for key, value in seconds.items()})


def _table(noun: str, columns: dict[str, Counter[str]], least: float = 0) -> Iterator[str]:
    """Rows by their first column; those that are small in each are summed up."""
    yield f"| {noun} | {' | '.join(f'`{name}`' for name in columns)} |"
    yield f"|---|{'---:|' * len(columns)}"
    first, *_ = columns.values()
    names = {name for column in columns.values() for name, cost in column.items() if cost >= least}
    for name in sorted(names, key=lambda name: -first[name]):
        yield _row(name, [column[name] for column in columns.values()])
    rest = [column.total() - sum(column[name] for name in names) for column in columns.values()]
    if least:
        yield _row("all others", rest)
    yield _row("**whole**", [column.total() for column in columns.values()])


def _row(name: str, costs: list[float]) -> str:
    return f"| {name} | {' | '.join(f'{cost:,.0f}' for cost in costs)} |"


def main() -> None:
    print("\n".join(tables(int(sys.argv[1]) if sys.argv[1:] else 300)))


if __name__ == "__main__":
    main()
