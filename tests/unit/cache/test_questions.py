"""What an answer rests on beside the project's files is part of the question."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import runner
from runner.cache import folder
from runner.cache.last_answer import file_answer, question_of
from runner.cache.on_disk import libraries, program_digest, zone_folders

pytestmark = pytest.mark.skipif(os.name == "nt", reason="each answer is found anew there")


def test_variables_that_change_python_or_the_language_make_another_question() -> None:
    plain = question_of(["validate"], {})
    assert plain
    for name in ("PYTHONTZPATH", "PYTHONOPTIMIZE", "PYTHONPATH", "LC_CTYPE", "LC_MESSAGES", "LANG"):
        assert question_of(["validate"], {name: "other"}) != plain
    assert question_of(["validate"], {"EDITOR": "vi"}) == plain


def test_a_program_that_was_changed_back_to_its_old_date_is_another(tmp_path: Path) -> None:
    program = CopiedProgram(tmp_path)
    about = program.module.stat()
    program.module.write_text("x = 1\n")
    os.utime(program.module, ns=(about.st_atime_ns, about.st_mtime_ns))
    first = program.question()
    assert program.question() == first
    program.module.write_text("x = 2\n")
    os.utime(program.module, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert program.question() != first


def test_other_folders_of_libraries_and_other_switches_make_another_question(
    tmp_path: Path,
) -> None:
    program = CopiedProgram(tmp_path)
    first = program.question()
    assert program.question("-O") != first
    shadowing = "import sys\nsys.path.insert(0, '/elsewhere')\n"
    assert program.question(before=shadowing) != first


@pytest.mark.parametrize("name", ["tzdata.zi", "+VERSION", "Riga"])
def test_other_zones_make_another_question_and_another_program(tmp_path: Path, name: str) -> None:
    zones = tmp_path / "zones"
    zones.mkdir()
    if name != "Riga":
        (zones / name).write_text("# version 2026a\n")
    program = CopiedProgram(tmp_path, PYTHONTZPATH=f"/nowhere:{zones}")
    first, digest = program.question(), program.digest()
    assert (program.question(), program.digest()) == (first, digest)
    (zones / name).write_text("# version 2026b\n")
    assert program.question() != first
    assert program.digest() != digest


@pytest.mark.parametrize("told", [None, "", "/one", f"/one{os.pathsep}two{os.pathsep}/three"])
def test_zones_are_looked_for_where_python_does(told: str | None) -> None:
    program = "import zoneinfo\nprint(*zoneinfo.TZPATH)\n"
    environ = {} if told is None else {"PYTHONTZPATH": told}
    words = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(words, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    assert zone_folders(told) == done.stdout.split()


def test_a_library_counts_whichever_way_it_says_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    names = ["PyYAML-6.0.egg-info", "rich-15.0.0.dist-info"]
    for name in (*names, "rich"):
        (tmp_path / name).mkdir()
    assert [*libraries()] == names


def test_a_lock_of_an_editor_beside_the_program_stops_nothing(tmp_path: Path) -> None:
    program = CopiedProgram(tmp_path)
    (tmp_path / "runner/.#new.py").symlink_to("somebody@machine.4711")
    assert program.question()
    (tmp_path / "runner/.#new.py").unlink()
    os.mkfifo(tmp_path / "runner/pipe")
    assert program.digest()


def test_a_folder_of_libraries_that_cannot_be_read_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listdir(path: str) -> list[str]:
        raise PermissionError(13, "Permission denied", path)

    known = [*libraries()]
    monkeypatch.setattr(os, "listdir", listdir)
    assert known
    assert [*libraries()] == []
    assert program_digest()


def test_a_stream_that_may_take_a_part_only_is_answered_anew() -> None:
    """Else the rest of it would be followed by the whole."""
    program = (
        "import sys\nfrom runner.cache.last_answer import question_of\n"
        "print(question_of(['validate'], {}), file=sys.stderr)\n"
    )

    def question(*, blocking: bool) -> bytes:
        out, into = os.pipe()
        os.set_blocking(into, blocking)
        words = [sys.executable, "-c", program]
        done = subprocess.run(words, stdout=into, stderr=subprocess.PIPE, check=True)
        os.close(into)
        os.close(out)
        return done.stderr.strip()

    assert question(blocking=True) != b"None"
    assert question(blocking=False) == b"None"


def test_a_file_that_has_become_huge_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(tmp_path / "film.mp4", "wb") as file:
        file.truncate(folder.LARGEST + 1)
    before = file_answer(str(tmp_path), "64 film.mp4", {})

    def read(number: int, size: int) -> bytes:
        raise AssertionError(f"{size} bytes of {number}")

    monkeypatch.setattr(os, "read", read)
    assert file_answer(str(tmp_path), "whole film.mp4", {}) not in ("no file", before)


class CopiedProgram:
    """A copy of the program, which is asked for what its answer would rest on."""

    def __init__(self, place: Path, **environ: str) -> None:
        self.place = place
        self.environ = {"PATH": os.environ["PATH"], **environ}
        top = Path(runner.__file__).parent
        shutil.copytree(top / "cache", place / "runner/cache")
        self.module = place / "runner/__init__.py"
        self.module.write_text("x = 0\n")

    def question(self, *switches: str, before: str = "") -> str:
        asking = (
            "import os\nfrom runner.cache.last_answer import question_of as of\n"
            "print(of(['validate'], os.environ))\n"
        )
        return self.run(before + asking, *switches)

    def digest(self) -> str:
        return self.run("from runner.cache.on_disk import program_digest as of\nprint(of())\n")

    def run(self, program: str, *switches: str) -> str:
        words = [sys.executable, "-B", *switches, "-c", program]
        return subprocess.run(
            words,
            cwd=self.place,
            env=self.environ,
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        ).stdout
