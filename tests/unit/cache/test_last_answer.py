"""The last answer of `validate` is given again only while all that it rests on is as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runner.cache.last_answer import NAME, asked, given_again
from tests.unit.cli.test_compiled_campaigns import EDITS, a_copy, root

__all__ = ["root"]
ANSWER = Path(".runner/cache") / NAME
ENVIRON = {"PATH": os.environ["PATH"]}
SAMPLE = ("campaign", "picture-gone", "results", "template-new")


def validated(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "runner", "validate", *words]
    environ = {**ENVIRON, "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True)


def answered(root: Path, *words: str) -> tuple[int, str, str]:
    done = validated(root, *words)
    return done.returncode, done.stdout, done.stderr


def written(root: Path) -> int:
    """When an answer was found anew."""
    return (root / ANSWER).stat().st_mtime_ns


def test_the_same_question_has_the_same_answer_and_is_not_looked_into(root: Path) -> None:
    (root / "campaigns/a.yaml").write_text("kind: seris\naccount: shop\nposts: {}\n")
    first = answered(root)
    before = written(root)
    assert first[0] == 1
    assert "did you mean `series`" in first[1]
    assert answered(root) == first
    assert written(root) == before
    assert answered(root, "--format", "json")[1].startswith("{")
    assert written(root) != before, "another question"


@pytest.mark.parametrize(
    "name",
    [pytest.param(each, marks=() if each in SAMPLE else pytest.mark.slow) for each in EDITS],
)
def test_after_an_edit_the_answer_is_found_anew(root: Path, name: str) -> None:
    answered(root)
    before = written(root)
    EDITS[name](root)
    after = answered(root)
    with a_copy(root, ".runner") as fresh:
        assert after == answered(fresh)
    assert not (root / ANSWER).exists() or written(root) != before or "gone" in name


@pytest.mark.parametrize("edit", ["new-file", "new-folder", "link", "root-yaml"])
def test_what_stands_beside_the_campaigns_counts_as_well(root: Path, edit: str) -> None:
    answered(root)
    match edit:
        case "new-file":
            (root / "campaigns/results/nobody.yaml").write_text("drawn: 2027-03-09 10:00\n")
        case "new-folder":
            (root / "campaigns/more").mkdir()
            (root / "campaigns/more/x.yaml").write_text("kind: series\n")
        case "link":
            (root / "campaigns/b.yaml").rename(root / "b.txt")
            (root / "campaigns/b.yaml").symlink_to(root / "b.txt")
        case "root-yaml":
            (root / "stray.yaml").write_text("kind: series\naccount: shop\nposts: {}\n")
    after = answered(root)
    with a_copy(root, ".runner") as fresh:
        if edit != "link":  # which a copy follows
            assert after == answered(fresh)
    assert "campaigns" in after[1]
    assert "all well" not in after[1]


def test_beside_secrets_and_in_jobs_each_answer_is_found_anew() -> None:
    assert asked(["validate"], {"PATH": "/bin"})
    assert asked(["preview"], {"PATH": "/bin"}) is None
    for name in ("X_API_KEY", "GITHUB_ACTIONS", "GITHUB_TOKEN", "NOTIFY_URL"):
        assert asked(["validate"], {name: "1"}) is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_corrupt_answer_is_none(root: Path, data: st.DataObject) -> None:
    if not (root / ANSWER).exists():
        answered(root)
    whole = (root / ANSWER).read_bytes()
    at = int(data.draw(st.floats(0, 1, exclude_max=True)) * len(whole))
    piece = data.draw(st.binary(max_size=20))
    question = whole.partition(b'"asked": "')[2].partition(b'"')[0].decode()
    with a_copy(root) as corrupt:
        changed = data.draw(
            st.sampled_from([whole[:at], whole[:at] + piece + whole[at + len(piece) :], piece])
        )
        (corrupt / ANSWER).write_bytes(changed)
        if changed != whole:
            assert given_again(str(corrupt), question) is None
