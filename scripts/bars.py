"""How quick the runner is to be: each bar a ratio of costs of one run of the bench.

This is the one table to change: `must` and `aim` are what is wanted, of 1,000 files and ten times
as many. `make prove` measures 300 files, and holds what must be, with a third of slack; of what is
not met yet it holds `so_far` in its place, so that it grows no further. A bar that is not `proven`
is measured by `make bench` alone: it takes too long, or a program that is not everybody's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench_runs import FLOORS, Cost

SLACK = 4 / 3
PROVEN = 300
"""Campaigns of the project of `make prove`."""


@dataclass(frozen=True, kw_only=True)
class Costs:
    """All costs of a bench, by name, and its two sizes."""

    of: Mapping[str, Cost]
    files: int
    large: int

    def cpu(self, name: str) -> float:
        return self.of[name].cpu

    @property
    def slope(self) -> float:
        """Seconds of CPU that one more file costs `validate`."""
        few, many = self.cpu("validate 1"), self.cpu(f"validate {self.files}")
        return (many - few) / (self.files - 1)

    @property
    def floor(self) -> float:
        """Seconds of CPU of floor A, for one file."""
        few, many = self.cpu("floor A 1"), self.cpu(f"floor A {self.files}")
        return (many - few) / (FLOORS * self.files - 1)


@dataclass(frozen=True, kw_only=True)
class Bar:
    what: str
    unit: str
    must: float
    aim: float
    ratio: Callable[[Costs], float]
    proven: bool = False
    so_far: float | None = None
    """How far it is, where that is not what must be yet."""

    @property
    def held(self) -> float:
        return self.so_far or self.must

    def judged(self, costs: Costs) -> float | None:
        """The ratio; None where this bench did not measure it."""
        try:
            return self.ratio(costs)
        except KeyError:
            return None


def _to_peer(peer: str) -> Callable[[Costs], float]:
    return lambda costs: costs.cpu(f"validate {costs.files}") / costs.cpu(f"{peer} {costs.files}")


def _to_validate(name: str) -> Callable[[Costs], float]:
    return lambda costs: costs.cpu(f"{name} {costs.files}") / costs.cpu(f"validate {costs.files}")


def _unchanged(size: Callable[[Costs], int]) -> Callable[[Costs], float]:
    return lambda costs: costs.cpu(f"unchanged {size(costs)}") / costs.cpu("pass")


BARS = (
    Bar(
        what="`validate` of one campaign",
        unit="× `python -c pass`",
        must=28,
        aim=20,
        ratio=lambda costs: costs.cpu("validate 1") / costs.cpu("pass"),
        proven=True,
    ),
    Bar(
        what="`validate`, one more file",
        unit="× floor A",
        must=6,
        aim=3.5,
        ratio=lambda costs: costs.slope / costs.floor,
        proven=True,
        so_far=19,
    ),
    Bar(
        what="`validate` of all files",
        unit="× check-jsonschema",
        must=1 / 3,
        aim=1 / 5,
        ratio=_to_peer("check-jsonschema"),
        proven=True,
        so_far=0.6,
    ),
    Bar(
        what="`validate` of all files",
        unit="× twitter-together's parser",
        must=7,
        aim=4,
        ratio=_to_peer("js-yaml"),
    ),
    Bar(
        what="`preview`",
        unit="× `validate`",
        must=1.1,
        aim=1.0,
        ratio=_to_validate("preview"),
        proven=True,
    ),
    Bar(
        what="`preview --base`, one file changed",
        unit="× `validate`",
        must=1.2,
        aim=1.2,
        ratio=_to_validate("preview --base"),
        proven=True,
    ),
    Bar(
        what="`post`, nothing due",
        unit="× floor A of all files",
        must=4.8,  # half of .38 of what `validate` of 1,000 took at first: 25 × floor A
        aim=2.4,
        ratio=lambda costs: costs.cpu(f"post {costs.files}") / (costs.floor * costs.files),
        proven=True,
        so_far=8,
    ),
    Bar(
        what="`validate`, nothing changed, 10 files",
        unit="× `python -c pass`",
        must=3,
        aim=1.5,
        ratio=_unchanged(lambda _: 10),
        proven=True,
    ),
    Bar(
        what="`validate`, nothing changed, all files",
        unit="× `python -c pass`",
        must=5,
        aim=3,
        ratio=_unchanged(lambda costs: costs.files),
        proven=True,
    ),
    Bar(
        what="`validate`, nothing changed, ten times as many files",
        unit="× `python -c pass`",
        must=25,
        aim=17,
        ratio=_unchanged(lambda costs: costs.large),
    ),
    Bar(
        what="`validate`, ten of ten times as many files changed",
        unit="× all of them",
        must=1 / 8,
        aim=1 / 12,
        ratio=lambda costs: (
            costs.cpu(f"ten changed {costs.large}") / costs.cpu(f"validate {costs.large}")
        ),
    ),
    Bar(
        what="memory of `validate`, ten times as many files, on one core",
        unit="× that of all files",
        must=1.5,
        aim=1.1,
        ratio=lambda costs: (
            costs.of[f"validate, one core {costs.large}"].peak
            / costs.of[f"validate, one core {costs.files}"].peak
        ),
    ),
    Bar(
        what="`validate`, ten times as many files, on all cores (time)",
        unit="× on one core",
        must=1 / 1.5,
        aim=1 / 1.8,
        ratio=lambda costs: (
            costs.of[f"validate {costs.large}"].wall
            / costs.of[f"validate, one core {costs.large}"].wall
        ),
    ),
    Bar(
        what="the page of 10,000 posts opens in Chromium",
        unit="s of CPU",
        must=2,
        aim=1,
        ratio=lambda costs: costs.cpu("page: open"),
    ),
    Bar(
        what="a frame, while it scrolls",
        unit="s of CPU",
        must=1 / 20,
        aim=1 / 60,
        ratio=lambda costs: costs.cpu("page: a frame of scrolling"),
    ),
)
