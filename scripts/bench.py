"""How quick the runner is: CPU time of whole processes, interleaved, medians, and beside them
`python -c pass`, floor A (`scripts/floor.py`) and what others take for the same files.

`python scripts/bench.py --files 300 --rounds 3` takes a minute or two; `--against TREE` measures
the runner of another tree beside this one's, to compare before and after.
"""

import argparse
import platform
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bars import BARS, Bar, Costs
from bench_runs import ROOT, Run, commands, medians, peers

AGAINST = "other: "


def measured(arguments: argparse.Namespace, root: Path) -> Costs:
    files, large = arguments.files, arguments.large
    runs = [*peers(root / "peers", (1, files))]
    own = commands(ROOT, root / "own", files, large)
    if arguments.against:
        others = commands(arguments.against.resolve(), root / "other", files, large)
        runs += [
            each for run, other in zip(own, others, strict=True) for each in (run, _renamed(other))
        ]
    else:
        runs += own
    wanted = [run for run in runs if arguments.only in run.name]
    return Costs(of=medians(wanted, arguments.rounds), files=files, large=large)


def _renamed(run: Run) -> Run:
    return replace(run, name=AGAINST + run.name)


def table_of_bars(costs: Costs) -> Iterator[str]:
    yield "| what | it is | must | aim | |"
    yield "|---|---:|---:|---:|---|"
    for bar in BARS:
        ratio = bar.judged(costs)
        if ratio is not None:
            yield (
                f"| {bar.what} | {ratio:.2f} {bar.unit} | {bar.must:.3g} | {bar.aim:.3g} "
                f"| {_met(bar, ratio)} |"
            )


def _met(bar: Bar, ratio: float) -> str:
    return "reached" if ratio <= bar.aim else "met" if ratio <= bar.must else "not met yet"


def table_of_costs(costs: Costs) -> Iterator[str]:
    """With a column for the other tree, where there is one."""
    others = {
        name.removeprefix(AGAINST): cost
        for name, cost in costs.of.items()
        if name.startswith(AGAINST)
    }
    more = (" other tree, CPU s | this / other |", "---:|---:|") if others else ("", "")
    yield f"| process | CPU s | wall s | peak MiB |{more[0]}"
    yield f"|---|---:|---:|---:|{more[1]}"
    for name, cost in costs.of.items():
        if name.startswith(AGAINST):
            continue
        other = others.get(name)
        beside = f" {other.cpu:.3f} | {cost.cpu / other.cpu:.2f} |" if other else more[0] and " | |"
        yield f"| {name} | {cost.cpu:.3f} | {cost.wall:.3f} | {cost.peak:.0f} |{beside}"


def arguments_of() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--files", type=int, default=1_000, help="campaigns of the project")
    parser.add_argument("--large", type=int, default=0, help="campaigns of a larger one")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median counts")
    parser.add_argument("--only", default="", metavar="WORD", help="only what has it in its name")
    parser.add_argument("--against", type=Path, metavar="TREE", help="another tree to measure")
    return parser.parse_args()


def main() -> None:
    arguments = arguments_of()
    with tempfile.TemporaryDirectory() as folder:
        costs = measured(arguments, Path(folder))
    print(f"{platform.machine()}, CPython {platform.python_version()}, {arguments.files} files\n")
    print("\n".join((*table_of_bars(costs), "", *table_of_costs(costs))))


if __name__ == "__main__":
    main()
