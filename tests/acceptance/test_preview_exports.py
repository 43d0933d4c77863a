"""`runner preview --format html|ics|json`: a file for others, or standard output."""

import io
import json
from pathlib import Path

import pytest

from runner.cli.commands.preview import preview
from runner.cli.commands.preview_formats import PreviewFormat
from runner.cli.context import CommandContext
from runner.cli.machine import ShiftedClock
from runner.problems import BadUsage
from tests.unit.views.building import NOW, project

LAUNCH = """\
kind: launch
title: Slim 27
account: shop
product: {name: Slim 27}
launches: 2027-02-08 10:00
ends: 2027-02-14
posts:
  launch: {at: launches, text: "%s"}
"""
STARTS = {
    PreviewFormat.HTML: "<!DOCTYPE html>\n",
    PreviewFormat.ICS: "BEGIN:VCALENDAR\r\n",
    PreviewFormat.JSON: "{\n",
}


def outside(root: Path) -> CommandContext:
    return CommandContext(
        root=root,
        clock=ShiftedClock(NOW),
        environ={},
        out=io.StringIO(newline=""),
        talk=io.StringIO(),
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project", slim27=LAUNCH % "Here it is.")


@pytest.mark.parametrize("format", STARTS)
def test_it_goes_into_a_file_or_to_standard_output(root: Path, format: PreviewFormat) -> None:
    here = outside(root)
    assert preview(here, format=format) == 0
    file = root / "preview"
    there = outside(root)
    assert preview(there, format=format, output=file) == 0
    said = here.out.getvalue()  # type: ignore[attr-defined]
    assert said.startswith(STARTS[format])
    assert "Here it is." in said
    assert file.read_bytes().decode() == said  # byte for byte, though the clock went on
    assert there.out.getvalue() == ""  # type: ignore[attr-defined]
    assert there.talk.getvalue() == f"wrote {file}\n"  # type: ignore[attr-defined]


@pytest.mark.parametrize("format", STARTS)
def test_what_is_wrong_is_told_beside_it(tmp_path: Path, format: PreviewFormat) -> None:
    here = outside(project(tmp_path / "project", slim27=LAUNCH % ("x" * 300)))
    assert preview(here, format=format) == 1
    assert "too-long" in here.talk.getvalue()  # type: ignore[attr-defined]
    said = here.out.getvalue()  # type: ignore[attr-defined]
    assert "What this error" not in said
    if format is PreviewFormat.JSON:
        assert json.loads(said)["problems"][0]["rule"] == "too-long"


def test_a_file_that_cannot_be_written_is_named(root: Path) -> None:
    with pytest.raises(BadUsage, match="no such file or directory"):
        preview(outside(root), format=PreviewFormat.HTML, output=root / "nowhere" / "preview.html")


def test_text_goes_into_a_file_too_and_has_no_colours_there(root: Path) -> None:
    here = outside(root)
    colored = CommandContext(
        root=root, clock=here.clock, environ={"FORCE_COLOR": "1"}, out=here.out, talk=here.talk
    )
    assert preview(colored, output=root / "preview.txt") == 0
    assert "\x1b" not in (root / "preview.txt").read_text(encoding="utf-8")
