"""The last answer of `validate` is given again only while all that it rests on is as it was."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import runner
from runner.cache.folder import cache_folder
from runner.cache.last_answer import NAME, question_of, remember, replay
from runner.workspace import RecordedFiles
from tests.acceptance.typed import typed
from tests.unit.cli.building import EDITS, a_copy, a_user, home_of, root

pytestmark = pytest.mark.thorough
__all__ = ["root"]
ANSWER = Path(".runner/cache") / NAME
SAMPLE = ("campaign", "picture-gone", "results", "template-new")


def environ_of(root: Path, **more: str) -> dict[str, str]:
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[3])}
    return {**here, **a_user(root), **more}


def started(root: Path, *words: str, **more: str) -> tuple[int, str, str]:
    """How `runner validate` ends as a program, with what it prints."""
    command = [sys.executable, "-m", "runner", "validate", *words]
    environ = environ_of(root, **more)
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def answered(root: Path, *words: str) -> tuple[int, str, str]:
    """The same in this process."""
    done = typed(root, "validate", *words, environ=environ_of(root))
    return done.returncode, done.stdout, done.stderr


def written(root: Path) -> int:
    """When an answer was found anew."""
    return (root / ANSWER).stat().st_mtime_ns


def is_answered_once(root: Path, asked: Callable[..., tuple[int, str, str]]) -> None:
    (root / "campaigns/a.yaml").write_text("kind: seris\naccount: shop\nposts: {}\n")
    first = asked(root)
    before = written(root)
    assert first[0] == 1
    assert "`series`?" in first[1]
    assert asked(root) == first
    assert written(root) == before
    assert asked(root, "--format", "json")[1].startswith("{")
    assert written(root) != before, "another question"


def test_the_same_question_has_the_same_answer_and_is_not_looked_into(root: Path) -> None:
    is_answered_once(root, answered)


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
    local = question_of(["validate"], {"PATH": "/bin", "X_API_URL": "http://127.0.0.1:8000"})
    assert local
    assert local != question_of(["validate"], {"PATH": "/bin"})
    assert question_of(["preview"], {"PATH": "/bin"}) is None
    for name in ("X_API_KEY", "GITHUB_ACTIONS", "GITHUB_TOKEN", "NOTIFY_URL"):
        assert question_of(["validate"], {name: "1"}) is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_corrupt_or_forged_answer_is_none(root: Path, data: st.DataObject) -> None:
    folder = cache_folder(str(root), a_user(root))
    assert folder
    kept = {"out": "all well", "err": "", "code": 0, "files": {}, "folders": {}}
    remember(folder, "anything wrong?", kept)
    assert replay(folder, str(root), "anything wrong?") == 0
    assert replay(folder, str(root), "another question") is None
    assert replay(folder._replace(key=b"of somebody else"), str(root), "anything wrong?") is None
    whole = (root / ANSWER).read_bytes()
    at = int(data.draw(st.floats(0, 1, exclude_max=True)) * len(whole))
    piece = data.draw(st.binary(max_size=20))
    changed = data.draw(
        st.sampled_from([whole[:at], whole[:at] + piece + whole[at + len(piece) :], piece])
    )
    (root / ANSWER).write_bytes(changed)
    assert replay(folder, str(root), "anything wrong?") == (0 if changed == whole else None)


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


def test_an_answer_that_came_with_an_archive_or_a_commit_is_not_believed(root: Path) -> None:
    answered(root)
    before = (root / ANSWER).read_bytes()
    home_of(root).rename(root.parent / f"{root.name}-of-somebody-else")
    answered(root)
    assert (root / ANSWER).read_bytes() != before


def test_a_program_that_changed_meanwhile_has_not_answered(tmp_path: Path) -> None:
    """It is the one that began."""
    package = tmp_path / "runner"
    shutil.copytree(Path(runner.__file__).parent / "cache", package / "cache")
    (package / "__init__.py").touch()
    program = (
        "from pathlib import Path\nfrom runner.cache.last_answer import question_of\n"
        "before = question_of(['validate'], {})\nassert before\n"
        "Path('runner/new.py').touch()\nassert question_of(['validate'], {}) == before\n"
        "print(before)\n"
    )
    words = [sys.executable, "-c", program]
    environ = {"PATH": os.environ["PATH"]}
    first, second = (
        subprocess.run(words, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, check=True).stdout
        for _ in range(2)
    )
    assert first != second


def test_a_file_that_changed_while_it_was_looked_at_is_remembered_by_nobody(root: Path) -> None:
    files = RecordedFiles(root)
    files.read("campaigns/a.yaml", 100)
    assert files.rests_on()
    (root / "campaigns/a.yaml").write_text("another")
    files.read("campaigns/a.yaml", 100)
    assert files.rests_on() is None


@pytest.mark.sampled(2)
class TestAsAProgram:
    """It is started for each, with streams of its own."""

    def test_the_same_question_has_the_same_answer(self, root: Path) -> None:
        is_answered_once(root, started)

    def test_after_an_update_of_the_zones_the_answer_is_found_anew(
        self, root: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        zones = tmp_path_factory.mktemp("zones")
        (zones / "tzdata.zi").write_text("# version 2026a\n")
        first = started(root, PYTHONTZPATH=str(zones))
        before = written(root)
        assert started(root, PYTHONTZPATH=str(zones)) == first
        assert written(root) == before
        (zones / "tzdata.zi").write_text("# version 2026b\n")
        assert started(root, PYTHONTZPATH=str(zones)) == first
        assert written(root) != before

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
    def test_a_full_disk_beside_the_answer_changes_no_code(self, root: Path) -> None:
        (root / "campaigns/a.yaml").write_text("kind: seris\naccount: shop\nposts: {}\n")
        words = [sys.executable, "-m", "runner", "validate", "--format", "github"]

        def told() -> tuple[int, bytes]:
            with open("/dev/full", "wb") as full:
                done = subprocess.run(
                    words, cwd=root, env=environ_of(root), stdout=subprocess.PIPE, stderr=full
                )
            return done.returncode, done.stdout

        anew = told()
        assert anew[0] == 1
        assert b"::error" in anew[1]
        started(root, "--format", "github")
        before = written(root)
        assert told() == anew
        assert written(root) == before, "it was given again"

    def test_where_other_characters_are_asked_for_each_answer_is_found_anew(
        self, root: Path
    ) -> None:
        (root / "campaigns/a.yaml").write_text("kind: lāunch\naccount: shop\nposts: {}\n")
        environ = environ_of(root, PYTHONIOENCODING="ascii")
        words = [sys.executable, "-m", "runner", "validate"]
        for _ in range(2):
            done = subprocess.run(words, cwd=root, env=environ, capture_output=True)
            assert b"l\\u0101unch" in done.stdout

    def test_without_standard_output_nothing_breaks(self, root: Path) -> None:
        words = ["sh", "-c", f"exec {sys.executable} -m runner validate >&-"]
        done = subprocess.run(words, cwd=root, env=environ_of(root), capture_output=True, text=True)
        assert "Traceback" not in done.stderr
        assert done.returncode == 0
