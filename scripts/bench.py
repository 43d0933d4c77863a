"""How quick the runner is: CPU time of whole processes, interleaved, medians, and beside them
`python -c pass`, floor A (`scripts/floor.py`) and what others take for the same files.

`python scripts/bench.py --files 300 --rounds 3` takes a minute or two; `--against TREE` measures
the runner of another tree beside this one's, to compare before and after. `make bench` adds 10,000
files and the page of as many posts, and writes docs/performance.md.
"""

import argparse
import tempfile
from pathlib import Path

from bars import Costs
from bench_browser import costs_in_chromium
from bench_report import AGAINST, table_of_bars, table_of_costs, write
from bench_runs import ROOT, Run, commands, has_node, medians, page_of_posts, peers

from runner.value import replace


def measured(arguments: argparse.Namespace, root: Path) -> Costs:
    files, large = arguments.files, arguments.large
    runs = [*peers(root / "peers", (1, files), node=has_node())]
    own = commands(ROOT, root / "own", files, large)
    if arguments.against:
        others = commands(arguments.against.resolve(), root / "other", files, large)
        runs += [
            each for run, other in zip(own, others, strict=True) for each in (run, _renamed(other))
        ]
    else:
        runs += own
    wanted = [run for run in runs if arguments.only in run.name]
    found = medians(wanted, arguments.rounds)
    if large:
        found |= costs_in_chromium(page_of_posts(root / "page"))
    return Costs(of=found, files=files, large=large)


def _renamed(run: Run) -> Run:
    return replace(run, name=AGAINST + run.name)


def arguments_of() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--files", type=int, default=1_000, help="campaigns of the project")
    parser.add_argument("--large", type=int, default=0, help="campaigns of a larger one")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median counts")
    parser.add_argument("--only", default="", metavar="WORD", help="only what has it in its name")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--against", type=Path, metavar="TREE", help="another tree to measure")
    return parser.parse_args()


def main() -> None:
    arguments = arguments_of()
    with tempfile.TemporaryDirectory() as folder:
        costs = measured(arguments, Path(folder))
    print("\n".join((*table_of_bars(costs), "", *table_of_costs(costs))))
    if arguments.write:
        write(costs, arguments.rounds)


if __name__ == "__main__":
    main()
