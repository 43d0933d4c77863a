"""What the bench found, as tables and as docs/performance.md with its plot."""

import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bars import BARS, PROVEN, Bar, Costs
from bench_runs import FLOORS, ROOT
from profile_rooms import tables

from runner.value import replace

AGAINST = "other: "
"""Before the name of what another tree's runner did."""
PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "pictures" / "performance.svg"
TEXT = ROOT / "scripts" / "performance.md"


def table_of_bars(costs: Costs) -> Iterator[str]:
    yield "| what | it is | must | aim | | `make prove` |"
    yield "|---|---:|---:|---:|---|---|"
    for bar in BARS:
        ratio = bar.judged(costs)
        if ratio is not None:
            yield (
                f"| {bar.what} | {ratio:.2f} {bar.unit} | {bar.must:.3g} | {bar.aim:.3g} "
                f"| {_met(bar, ratio)} | {'holds it' if bar.proven else ''} |"
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
        times = f", {FLOORS} times" if name == f"floor A {costs.files}" else ""
        yield f"| {name}{times} | {cost.cpu:.3f} | {cost.wall:.3f} | {cost.peak:.0f} |{beside}"


def write(costs: Costs, rounds: int) -> None:
    """Writes the page and its plot."""
    words = TEXT.read_text(encoding="utf-8").format(
        date=f"{datetime.now(UTC):%-d %B %Y}",
        machine=_processor(),
        cores=f"{os.cpu_count()} cores",
        python=platform.python_version(),
        files=costs.files,
        accounts=-(-costs.files // 20),
        rounds=rounds,
        proven=PROVEN,
        held=sum(bar.proven for bar in BARS),
        measured=len(BARS),
        floor=1000 * costs.floor,
        bars="\n".join(table_of_bars(costs)),
        costs="\n".join(table_of_costs(costs)),
        profiled=PROVEN,
        rooms="\n".join(tables(PROVEN)),
    )
    PAGE.write_text(words, encoding="utf-8")
    plot(costs, PLOT)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def plot(costs: Costs, path: Path) -> None:
    """Bars of CPU seconds, the longest on top; the runner's own in a colour."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    suffix = f" {costs.files}"
    found = {name.removesuffix(suffix): c for name, c in costs.of.items() if name.endswith(suffix)}
    found["floor A"] = replace(found["floor A"], cpu=costs.floor * costs.files)
    rows = sorted(found.items(), key=lambda row: row[1].cpu)
    others = ("floor A", "check-jsonschema", "js-yaml")
    matplotlib.rcParams.update({"svg.hashsalt": "performance", "font.size": 9})
    figure, axes = pyplot.subplots(figsize=(8, 0.34 * len(rows) + 0.8), layout="constrained")
    drawn = axes.barh(
        [name for name, _ in rows],
        [cost.cpu for _, cost in rows],
        color=["#7b8894" if name in others else "#0670c0" for name, _ in rows],
    )
    axes.bar_label(drawn, fmt="%.2f s", padding=4)
    axes.set_xlabel(f"CPU seconds for {costs.files:,} campaigns")
    axes.margins(x=0.12)
    axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
