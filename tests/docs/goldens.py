"""The golden files that the reference shows."""

from pathlib import Path

from tests.docs.pages import ROOT
from tests.docs.reference.goldens import Goldens, Pair, attempts

FOLDER = ROOT / "tests/golden"


def goldens() -> Goldens:
    return Goldens(
        mistakes=pairs(FOLDER / "mistakes"),
        rules=pairs(FOLDER / "rules"),
        hostile=attempts((FOLDER / "templates/hostile.txt").read_text(encoding="utf-8")),
    )


def pairs(folder: Path) -> dict[str, Pair]:
    """Those of one file each, by name."""
    return {
        written.stem: Pair(
            path=written.relative_to(ROOT).as_posix(),
            written=written.read_text(encoding="utf-8"),
            told_path=told.relative_to(ROOT).as_posix(),
            told=told.read_text(encoding="utf-8"),
        )
        for told in sorted(folder.glob("*.txt"))
        if (written := told.with_suffix(".yaml")).is_file()
    }
