"""The golden files that the reference shows."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from runner.sources import Source
from runner.views.problems import as_text
from tests import diagnostics
from tests.acceptance import mistakes
from tests.docs.pages import ROOT
from tests.docs.reference.goldens import Goldens, Pair, attempts
from tests.unit.rules import breaches

FOLDER = ROOT / "tests/golden"


@cache
def goldens() -> Goldens:
    return Goldens(
        mistakes=dict(pairs("mistakes", files_of_a_mistake)),
        rules=dict(pairs("rules", lambda name: breaches.files_of(name)[0])),
        hostile=attempts((FOLDER / "templates/hostile.txt").read_text(encoding="utf-8")),
    )


def files_of_a_mistake(name: str) -> dict[str, str]:
    case = mistakes.MISTAKES / name
    return {"runner.yaml": mistakes.RUNNER, **mistakes.files_of(case)}


def pairs(folder: str, files_of: Callable[[str], Mapping[str, str]]) -> Iterator[tuple[str, Pair]]:
    """Those of one file each, by name."""
    for told in sorted((FOLDER / folder).glob("*.txt")):
        written = told.with_suffix(".yaml")
        if written.is_file():
            yield (
                told.stem,
                Pair(
                    path=written.relative_to(ROOT).as_posix(),
                    written=written.read_text(encoding="utf-8"),
                    told=in_a_terminal(told.read_text(encoding="utf-8"), files_of(told.stem)),
                ),
            )


def in_a_terminal(told: str, files: Mapping[str, str]) -> str:
    """The problems of a golden file, with the lines that they speak of."""
    found = diagnostics.read(told)
    unread = {problem.place.path for problem in found if problem.place.span is None}
    read = {path: text for path, text in files.items() if path not in unread}
    return as_text(found, {path: Source(path=path, text=text) for path, text in read.items()})
