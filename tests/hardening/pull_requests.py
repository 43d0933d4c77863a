"""A pull request in a temporary repository, and what a reviewer is shown of it in each format."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from re import sub

import pytest
from _pytest.mark import ParameterSet

from runner.cli.commands.preview import preview
from runner.cli.commands.preview_formats import MarkdownLimit, PreviewFormat
from runner.cli.commands.validate import validate
from runner.cli.context import CommandContext
from runner.cli.machine import ShiftedClock
from tests.acceptance.commits import begin, commit

NOW = "2027-01-20T12:00+02:00"
FORMATS = (PreviewFormat.TEXT, PreviewFormat.MARKDOWN, PreviewFormat.HTML, PreviewFormat.JSON)
Edits = Mapping[str, str | bytes | None]
"""The new text of files by path; None removes one."""


def rows(names: Iterable[str], *, always: int) -> list[ParameterSet]:
    """The rows of a table by name; those after the first few only where the long proofs run."""
    return [
        pytest.param(name, id=name, marks=[pytest.mark.slow] if number >= always else [])
        for number, name in enumerate(names)
    ]


@dataclass(frozen=True)
class Repository:
    """Its folder, with a branch `main` that stands where HEAD left it."""

    root: Path

    def outside(self, now: str = NOW) -> CommandContext:
        return CommandContext(
            root=self.root,
            clock=ShiftedClock(datetime.fromisoformat(now)),
            environ={},
            out=io.StringIO(),
            talk=io.StringIO(),
            ledger=self.root / ".runner/no-ledger",
        )

    def edit(self, edits: Edits) -> "Repository":
        write(self.root, edits)
        return self

    def commit(self) -> "Repository":
        commit(self.root)
        return self

    def shown(self, format: PreviewFormat, **asked: object) -> tuple[int, str, str]:
        """The exit code, what was printed, and what was said beside it."""
        now, base = str(asked.pop("now", NOW)), asked.pop("base", "main")
        outside = self.outside(now)
        room = MarkdownLimit.COMMENT if format is PreviewFormat.MARKDOWN else MarkdownLimit.SUMMARY
        code = preview(outside, format=format, base=base, room=room, **asked)  # type: ignore[arg-type]
        return code, outside.out.getvalue(), outside.talk.getvalue()  # type: ignore[attr-defined]

    def validated(self) -> int:
        return validate(self.outside())


def write(root: Path, edits: Edits) -> None:
    for path, text in edits.items():
        file = root / path
        if text is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())


def repository(root: Path, files: Edits) -> Repository:
    write(root, {".gitignore": ".runner/\n", **files})
    begin(root)
    return Repository(root)


def plain(format: PreviewFormat, shown: str) -> str:
    """The words alone, whatever a format puts around and between them."""
    match format:
        case PreviewFormat.HTML:
            shown = unescape(sub(r"<style>.*?</style>|<[^>]+>", " ", shown.replace("\n", " ")))
        case PreviewFormat.MARKDOWN:
            shown = sub(r"\\(?=[^\w\s])|\*\*|\u200b|<[^>]+>|\|", " ", shown).replace("\\", "")
        case PreviewFormat.JSON:
            shown = json.dumps(json.loads(shown), ensure_ascii=False)
    return " ".join(shown.split())
