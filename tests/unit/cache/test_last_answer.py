"""The last answer of `validate` is given again only while all that it rests on is as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runner.cache.last_answer import NAME, asked, given_again
from runner.workspace import RecordedFiles
from tests.unit.cli.building import EDITS, a_copy, root

pytestmark = pytest.mark.thorough
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
    assert asked(["validate"], {"PATH": "/bin", "X_API_URL": "http://127.0.0.1:8000"})
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


def test_a_parent_folder_that_became_a_link_is_seen(root: Path) -> None:
    (root / "assets/deep").mkdir(parents=True)
    (root / "campaigns/data/tips.yaml").rename(root / "assets/deep/tips.yaml")
    for name in "ab":
        path = root / f"campaigns/{name}.yaml"
        path.write_text(path.read_text().replace("data/tips.yaml", "../assets/deep/tips.yaml"))
    assert answered(root)[0] == 0
    (root / "assets/deep").rename(root / "assets/.other")
    (root / "assets/deep").symlink_to(".other")
    assert "is a symbolic link" in answered(root)[1]


def test_a_link_that_comes_to_lead_to_a_folder_is_seen(root: Path, tmp_path: Path) -> None:
    away = tmp_path.parent / f"{tmp_path.name}-away"
    (root / "campaigns/x.old").symlink_to(away)
    before = answered(root)
    away.mkdir()
    after = answered(root)
    assert after != before
    assert "x.old" in after[1]


def test_what_is_no_file_any_more_is_not_waited_for(root: Path) -> None:
    answered(root)
    (root / "campaigns/data/tips.yaml").unlink()
    os.mkfifo(root / "campaigns/data/tips.yaml")
    assert "is not a file" in answered(root)[1]


def test_a_cache_that_a_link_leads_to_is_neither_read_nor_written(root: Path) -> None:
    answered(root)
    (root / ".runner").rename(root / "docs")
    (root / ".runner").symlink_to("docs")
    before = written(root)
    precious = (root / "docs/cache/.gitignore").read_bytes()
    assert answered(root)[0] == 0
    assert written(root) == before
    assert (root / "docs/cache/.gitignore").read_bytes() == precious


@pytest.mark.parametrize("name", [".runner", ".runner/cache/answer", ".RUNNER/cache/campaigns"])
def test_a_folder_that_git_knows_is_not_believed(root: Path, name: str) -> None:
    answered(root)
    (root / ".git").mkdir()
    (root / ".git/index").write_bytes(b"DIRC\0\0\0\2" + b"\0" * 62 + name.encode() + b"\0")
    before = written(root)
    answered(root)
    assert written(root) != before


def test_where_other_characters_are_asked_for_each_answer_is_found_anew(root: Path) -> None:
    (root / "campaigns/a.yaml").write_text("kind: lāunch\naccount: shop\nposts: {}\n")
    environ = {**ENVIRON, "PYTHONPATH": str(Path(__file__).parents[3])}
    words = [sys.executable, "-m", "runner", "validate"]
    for _ in range(2):
        done = subprocess.run(
            words, cwd=root, env={**environ, "PYTHONIOENCODING": "ascii"}, capture_output=True
        )
        assert b"l\\u0101unch" in done.stdout


def test_without_standard_output_nothing_breaks(root: Path) -> None:
    environ = {**ENVIRON, "PYTHONPATH": str(Path(__file__).parents[3])}
    words = ["sh", "-c", f"exec {sys.executable} -m runner validate >&-"]
    done = subprocess.run(words, cwd=root, env=environ, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


def test_a_file_that_changed_while_it_was_looked_at_is_remembered_by_nobody(root: Path) -> None:
    files = RecordedFiles(root)
    files.read("campaigns/a.yaml", 100)
    assert files.rests_on()
    (root / "campaigns/a.yaml").write_text("another")
    files.read("campaigns/a.yaml", 100)
    assert files.rests_on() is None


def test_a_job_remembers_nothing(root: Path) -> None:
    environ = {**ENVIRON, "PYTHONPATH": str(Path(__file__).parents[3]), "GITHUB_ACTIONS": "true"}
    words = [sys.executable, "-m", "runner", "validate"]
    subprocess.run(words, cwd=root, env=environ, capture_output=True, check=True)
    assert not (root / ".runner").exists()
