"""What people get wrong, one mistake a file, and what `runner validate` finds.

`tests/golden/mistakes/<name>.yaml` is a campaign of the project below, or another file of it where
its first line says so: `# runner.yaml`. A folder `<name>/` brings several files.
"""

import io
import json
from pathlib import Path

import pytest

from runner.cli.commands.validate import ProblemFormat as Format
from runner.cli.commands.validate import validate
from runner.cli.context import CommandContext
from tests.acceptance.mistakes import BESIDE, MISTAKES, RUNNER, files_of, names
from tests.diagnostics import values


def validated(root: Path, files: dict[str, str], format: Format = Format.JSON) -> tuple[int, str]:
    """The exit code, and what is shown."""
    for name, text in {"runner.yaml": RUNNER, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    outside = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
    code = validate(outside, format=format)
    assert outside.talk.getvalue() == ""
    return code, outside.out.getvalue()


@pytest.mark.parametrize("name", names())
def test_a_mistake_is_told_where_it_is_with_the_thing_to_do(name, tmp_path, golden):
    code, document = validated(tmp_path, files_of(MISTAKES / name))
    golden(MISTAKES / f"{name}.txt", values(document))
    found = json.loads(document)
    assert code == (1 if found["errors"] else 0)
    assert found["problems"], "nothing was found"
    assert [each for each in found["problems"] if not (each["path"] and each["help"])] == []


def test_what_the_mistakes_are_made_in_is_well(tmp_path):
    files = {path: text for beside in BESIDE.values() for path, text in beside.items()}
    items = {"campaigns/data/tips.yaml": "- text: Wash cold.\n- text: Dry in the shade.\n"}
    shown = validated(tmp_path, {**files, **items}, Format.TEXT)
    assert shown == (0, "3 campaigns with 4 posts: all well.\n")


def test_there_are_many_mistakes_and_every_one_has_its_text():
    texts = {path.stem for path in MISTAKES.glob("*.txt")}
    assert len(texts) >= 110
    assert texts == {path.stem for path in MISTAKES.iterdir() if path.suffix != ".txt"}
