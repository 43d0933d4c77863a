"""Where the time of commands goes, room by room, as cProfile tells it.

`python scripts/profile_rooms.py 300` prints a table, for so many campaigns. A profiler slows what
consists of many small calls more than the rest, so these are shares to compare, not times.
"""

import os
import pstats
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench_runs import ROOT
from fair_project import NOW, a_project

Function = tuple[str, int, str]
"""File, line and name, as pstats has it."""
RUNNER = str(ROOT / "runner") + os.sep
STARTING = "starting: imports"
COMMANDS = {
    "validate": ("validate",),
    "preview": ("preview", "--now", NOW),
    "post": ("post", "--now", NOW),
}
LEAST = 0.01
DEPTH = 60
"""Calls inside libraries, within which practically all time has reached a room."""


def profiled(words: tuple[str, ...], size: int) -> pstats.Stats:
    """A command on a project of so many campaigns, without a cache and on one core, since a second
    process would not be seen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        a_project(folder, size)
        environ = {
            "HOME": name,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "X_API_URL": "http://127.0.0.1:9",
        }
        found = folder / "profile"
        program = (sys.executable, "-m", "cProfile", "-o", str(found), "-m", "runner", *words)
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})
        try:
            subprocess.run(  # noqa: S603
                program, cwd=folder, env=environ, stdout=subprocess.DEVNULL, check=True
            )
        finally:
            os.sched_setaffinity(0, cores)
        return pstats.Stats(str(found))


def by_function(stats: pstats.Stats) -> Counter[Function]:
    """Seconds by function of the runner. What a library's function takes counts to those that it
    worked for: its time goes on to who called it, call by call, until a room is reached."""
    table = stats.stats  # type: ignore[attr-defined]
    here = {function: own for function, (_, _, own, _, _) in table.items()}
    times: Counter[Function] = Counter()
    for _ in range(DEPTH):
        onward: Counter[Function] = Counter()
        for function, time in here.items():
            callers = table[function][4]
            calls = sum(each[1] for each in callers.values())
            if _room(function) or not calls:
                times[function] += time
                continue
            for caller, (_, called, _, _) in callers.items():
                onward[caller] += time * called / calls
        here = dict(onward)
    return times


def _room(function: Function) -> str | None:
    """None for a library's function, which works for who calls it."""
    file, _, name = function
    if name == "<module>" or "importlib" in file:
        return STARTING
    if not file.startswith(RUNNER):
        return None
    return file.removeprefix(RUNNER).split(os.sep)[0].removesuffix(".py")


def table_of_rooms(size: int) -> Iterator[str]:
    """Shares of what each command takes; rooms below a hundredth of all commands are summed up."""
    times = {command: by_function(profiled(words, size)) for command, words in COMMANDS.items()}
    shares = {command: _by_room(each) for command, each in times.items()}
    rooms = {room for each in shares.values() for room, share in each.items() if share >= LEAST}
    yield f"| room | {' | '.join(f'`{command}`' for command in shares)} |"
    yield f"|---|{'---:|' * len(shares)}"
    for room in sorted(rooms, key=lambda room: -shares["validate"][room]):
        yield _row(room, [each[room] for each in shares.values()])
    yield _row("all others", [1 - sum(each[room] for room in rooms) for each in shares.values()])
    working = Counter({f: time for f, time in times["validate"].items() if _room(f) != STARTING})
    ten = [time / times["validate"].total() for _, time in working.most_common(10)]
    yield f"\nOf `validate` the dearest function takes {ten[0]:.0%}, ten of them {sum(ten):.0%}."


def _by_room(times: Counter[Function]) -> Counter[str]:
    shares: Counter[str] = Counter()
    for function, time in times.items():
        shares[_room(function) or STARTING] += time / times.total()
    return shares


def _row(name: str, shares: list[float]) -> str:
    return f"| {name} | {' | '.join(f'{share:.0%}' for share in shares)} |"


def main() -> None:
    print("\n".join(table_of_rooms(int(sys.argv[1]) if sys.argv[1:] else 300)))


if __name__ == "__main__":
    main()
