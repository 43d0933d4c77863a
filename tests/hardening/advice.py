"""Following the advice of help lines: what a project says, and what it says once that is done."""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.opened_project import open_project
from tests.acceptance.mistakes import RUNNER
from tests.hardening.following import Shown, followed, read
from tests.hardening.following_layout import laid_out_anew
from tests.hardening.following_stand_ins import stood_in

ROOT: Final = Path(__file__).parents[2]
KNOWN: Final = frozenset(
    key
    for name in ("campaign", "runner", "items")
    if (path := ROOT / f"schemas/{name}.schema.json").exists()
    for key in re.findall(r'"([a-z][a-z-]*)": \{', path.read_text("utf-8"))
)


def shown_in(root: Path, files: Mapping[str, str]) -> Iterator[Shown]:
    """All problems of a project that has these files, beside what is in its folder."""
    for name, text in {"runner.yaml": RUNNER, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    outside = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
    opened = open_project(outside, checked=True)
    for problem in all_problems(opened):
        source = opened.sources[problem.place.path]
        data = read(source.path, source.text).data if source.text else None
        yield Shown(problem=problem, source=source, data=data)


def shown_anew(root: Path, files: Mapping[str, str]) -> Iterator[Shown]:
    """All problems of a project that has these files alone, in a new folder below this one."""
    return shown_in(Path(mkdtemp(dir=root)), files)


def count(problems: list[Shown], like: Shown) -> int:
    said = like.problem.rule, like.problem.message
    return sum((each.problem.rule, each.problem.message) == said for each in problems)


def ways_of(shown: Shown) -> list[str]:
    """The file after its advice was followed, in each way that people may choose."""
    text = followed(shown)
    if text is not None:
        return [text]
    return [*laid_out_anew(shown, KNOWN), *stood_in(shown)]
