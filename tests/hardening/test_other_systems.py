"""Windows and macOS, as far as they can be stood in for here: CI runs the tests on both.

What their interpreters lack, how they end lines, and names that their file systems take for one.
"""

import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.preview_formats import PreviewFormat
from runner.cli.commands.validate import ProblemFormat, validate
from runner.cli.context import CommandContext
from runner.cli.machine import clock_at
from runner.cli.opened_project import open_project
from runner.cli.stores import ledger_of
from runner.ledger import Need
from runner.local_x.server import Sandbox
from runner.media import MediaFacts
from runner.problems import BadUsage, Suggestion
from runner.workspace import FolderFiles
from runner.workspace.commit import fork_point
from runner.workspace.project_files import MEDIA_LIMIT, UnreadableFile, folded
from tests.acceptance.commits import begin, commit, git
from tests.unit.workspace.building import read_project

ROOT = Path(__file__).parents[2]
NOW = "2027-03-05T10:01+02:00"
PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00}
accounts:
  shop: {handle: acme_lv, locale: en}
ledger: {store: files}
"""
TIP = "kind: series\naccount: shop\nposts: {tip: {at: 2027-03-05 10:00, text: Wāsh cold 👖}}\n"
JPG = (ROOT / "campaigns/media/slim27.jpg").read_bytes()


def project(root: Path, files: dict[str, str | bytes]) -> Path:
    """Skips the test where this system can't have such files: they are what it is about."""
    for path, text in {"runner.yaml": PROJECT, **files}.items():
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode() if isinstance(text, str) else text)
        except OSError:
            pytest.skip("this system has no files of such names")
    made = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    if len(made) < len({"runner.yaml", *files}):
        pytest.skip("this system takes two names for one")
    return root


def outside(root: Path, **environ: str) -> CommandContext:
    return CommandContext(
        root=root, clock=clock_at(NOW), environ=environ, out=io.StringIO(), talk=io.StringIO()
    )


def said(do: Callable[[CommandContext], object], root: Path) -> str:
    here = outside(root)
    do(here)
    return here.out.getvalue()  # type: ignore[attr-defined]


def problems(root: Path) -> list[dict]:
    return json.loads(said(lambda here: validate(here, format=ProblemFormat.JSON), root))[
        "problems"
    ]


# --- What their interpreters lack

WITHIN = """
import os, sys
sys.path.insert(0, os.environ.pop("RUNNER_ROOT"))
from tests.hardening.windows_like import become
become()
from runner.cli import main
for words in (
    ["validate"], ["preview", "--base", "main", "--now", "{now}"], ["post", "--now", "{now}", "--dry-run"],
    ["hold", "--account", "shop", "--because", "why"], ["status"], ["new", "contest", "win"],
    ["schema"],
):
    sys.argv = ["runner", *words]
    try:
        main()
    except SystemExit as end:
        print(words[0], "ended with", end.code or 0)
from runner.git import Git, GitFailed
try:
    Git(".", os.environ)("cat-file", "--batch", seconds=0)
except GitFailed as failed:
    print(failed)
from runner.stores.durable_folder import Folder
from pathlib import Path
with Folder(Path("ledger")).locked(patience=0):
    try:
        with Folder(Path("ledger")).locked(patience=0):
            print("locked twice")
    except Exception as refused:
        print(type(refused).__name__)
from runner.workspace import FolderFiles
try:
    FolderFiles(Path(".")).read("campaigns", 1)
except OSError as unreadable:
    print(unreadable)
"""  # noqa: E501


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="this is Windows itself")
def test_f9_commands_run_where_posix_is_missing_and_pipes_speak_cp1252(tmp_path):
    root = project(tmp_path / "work", {"campaigns/tips.yaml": TIP})
    begin(root)
    (tmp_path / "run.py").write_text(WITHIN.replace("{now}", NOW))
    ran = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-W", "error", str(tmp_path / "run.py")],
        cwd=root,
        env={**os.environ, "RUNNER_ROOT": str(ROOT), "PYTHONIOENCODING": "cp1252", "USER": "anna"},
        capture_output=True,
    )
    out, talk = ran.stdout.decode(), ran.stderr.decode()
    ends = [line for line in out.splitlines() if " ended with " in line]
    assert [line.rpartition(" ")[2] for line in ends] == ["0"] * 7, talk[:2000]
    assert "│ Wāsh cold 👖" in out
    assert "wrote campaigns/win.yaml" in out
    *_, hung, locked, folder = out.splitlines()
    assert hung == "git cat-file took longer than 0 s"
    assert locked == "LedgerUnusable"
    assert folder == "is a folder"
    assert b"\r" not in (root / "campaigns/win.yaml").read_bytes()


# --- How they end lines

WRONG = (
    "kind: series\naccount: shop\ntitle: |\n  Two\n  lines\nposts:\n  tip: {at: noon, text: x}\n"
)
SERIES = (
    "kind: series\naccount: shop\nstarts: 2027-03-01\nends: 2027-03-09\nposts:\n"
    "  tip: {every: {days: [fri], slots: [morning]}, items: data/tips.yaml, rest: 1d}\n"
)
FILES = {
    "F9-problems": {"campaigns/wrong.yaml": WRONG},
    "F9-block-of-text": {
        "campaigns/t.yaml": TIP.replace("text: Wāsh cold 👖}}", "text: x}}\ntitle: |\n  A\n\n  B")
    },
    "F9-items": {
        "campaigns/tips.yaml": SERIES,
        "campaigns/data/tips.yaml": "- text: |\n    Wāsh\n\n    cold\n- text: Dry flat\n",
    },
    "F9-template": {
        "campaigns/tips.yaml": TIP.replace("text: Wāsh cold 👖", "template: mine"),
        "templates/mine.j2": "{# why #}\nWāsh\n\n{% if true %}\ncold\n{% endif %}\n{{ title }}\n",
    },
    "F9-template-that-is-wrong": {
        "campaigns/tips.yaml": TIP.replace("text: Wāsh cold 👖", "template: mine"),
        "templates/mine.j2": "Wāsh\n\n{{ titel }}\n",
    },
}


@pytest.mark.parametrize("files", FILES.values(), ids=FILES.keys())
def test_lines_that_end_as_on_windows_say_the_same_at_the_same_place(tmp_path, files):
    unix, windows = tmp_path / "unix", tmp_path / "windows"
    project(unix, files)
    project(windows, {path: text.replace("\n", "\r\n") for path, text in files.items()})
    assert problems(unix) == problems(windows)
    plans = [
        said(lambda here: preview(here, format=PreviewFormat.JSON), root)
        for root in (unix, windows)
    ]
    assert plans[0] == plans[1]


def test_f9_a_ledger_whose_lines_end_as_on_windows_is_read_and_goes_on(tmp_path):
    root = project(tmp_path, {"campaigns/tips.yaml": TIP})
    start = datetime.fromisoformat(NOW).astimezone(UTC)
    with Sandbox.start({"shop": "acme_lv"}, clock=lambda: start) as sandbox:
        here = outside(root, **sandbox.environment())
        assert post(here, PostOptions()) == 0
        for file in (root / ".runner/ledger").rglob("*.json*"):
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
        again = outside(root, **sandbox.environment())
        assert post(again, PostOptions()) == 0
        assert "Sent 0 posts" in again.out.getvalue()
        assert len(sandbox.timeline()) == 1
    inputs = open_project(here).inputs
    assert ledger_of(here, inputs.project).read(Need()).origin


# --- Names that are one to them


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("campaigns/Tips.yaml", "campaigns/tips.yaml", id="F9-campaigns"),
        pytest.param("campaigns/Spring/a.yaml", "campaigns/spring/a.yaml", id="F9-folders"),
        pytest.param("templates/A.j2", "templates/a.j2", id="F9-templates"),
        pytest.param("templates/ā.j2", "templates/a\u0304.j2", id="F9-accents"),
        pytest.param("templates/Ā.j2", "templates/a\u0304.j2", id="F9-accents-and-case"),
        pytest.param("campaigns/STRASSE.yaml", "campaigns/straße.yaml", id="F9-sharp-s"),
    ],
)
def test_two_files_that_are_one_elsewhere_are_an_error(tmp_path, first, second):
    text = TIP if first.startswith("campaigns") else "x"
    root = project(tmp_path, {first: f"id: one\n{text}", second: f"id: two\n{text}"})
    (found,) = (each for each in problems(root) if "the same file as" in each["message"])
    assert found["rule"] == "bad-file-name"
    assert first in found["message"] or second in found["message"]
    assert "rename one of the two" in found["help"]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("a/B.yaml", "A/b.yaml", True),
        ("ā", "A\u0304", True),
        ("ß.yaml", "SS.yaml", True),
        ("a-b", "a_b", False),
        ("ā", "a", False),
    ],
)
def test_f9_names_are_folded_as_file_systems_do(one, other, equal):
    assert (folded(one) == folded(other)) is equal


@pytest.mark.parametrize("name", ["con", "NUL", "aux", "com1", "lpt9"])
def test_f9_a_campaign_has_no_name_of_a_device(tmp_path, name):
    root = project(tmp_path, {f"campaigns/{name}.yaml": TIP})
    (found,) = problems(root)
    assert found["rule"] == "bad-file-name"
    assert f"`id: {name}`" in found["help"]


WITH_MEDIA = TIP.replace("text: Wāsh cold 👖", "text: x, media: [{file: NAME, alt: Jeans}]")
ZH = unicodedata.normalize("NFD", "žurnāls.jpg")


@pytest.mark.parametrize(
    ("written", "there"),
    [
        pytest.param("media/žurnāls.jpg", f"media/{ZH}", id="F9-decomposed-on-disk"),
        pytest.param(f"media/{ZH}", "media/žurnāls.jpg", id="F9-decomposed-in-the-file"),
        pytest.param(
            "bildes-ā/a.jpg", unicodedata.normalize("NFD", "bildes-ā/a.jpg"), id="F9-folder"
        ),
    ],
)
def test_accents_may_be_written_in_another_form(tmp_path, written, there):
    campaign = WITH_MEDIA.replace("NAME", written)
    root = project(tmp_path, {"campaigns/t.yaml": campaign, f"campaigns/{there}": JPG})
    read = read_project(FolderFiles(root))
    assert [each.message for each in read.problems] == []
    (path,) = read.reader.media.facts
    assert isinstance(read.reader.media.facts[path], MediaFacts)
    assert read.reader.project_files.read(path, MEDIA_LIMIT) == JPG


def test_f9_a_template_is_named_as_a_keyboard_writes_it(tmp_path):
    campaign = TIP.replace("text: Wāsh cold 👖", "template: padomi-ā")
    there = unicodedata.normalize("NFD", "templates/padomi-ā.j2")
    root = project(tmp_path, {"campaigns/t.yaml": campaign, there: "Wāsh cold"})
    assert problems(root) == []


def test_f9_of_two_forms_the_one_that_is_written_counts(tmp_path):
    root = project(tmp_path, {"ā.txt": "composed", "a\u0304.txt": "decomposed"})
    assert FolderFiles(root).read("ā.txt", 99) == b"composed"
    assert FolderFiles(root).read("a\u0304.txt", 99) == b"decomposed"


def test_f9_where_case_does_not_count_it_has_to_be_right_all_the_same(tmp_path):
    """A file system that finds RUNNER.YAML and PHOTO.JPG, too, and lists what there is."""
    names = {"runner.yaml": "", "RUNNER.YAML": "", "media/photo.jpg": "x", "media/PHOTO.JPG": "x"}
    project(tmp_path, names)
    ground = FolderFiles(
        tmp_path, listing=lambda folder: [n for n in os.listdir(folder) if n.islower()]
    )
    assert ground.read("media/photo.jpg", 9) == b"x"
    with pytest.raises(UnreadableFile, match="is not there") as caught:
        ground.read("media/PHOTO.JPG", 9)
    assert caught.value.message.help == Suggestion("media/photo.jpg")


# --- Paths that lead elsewhere


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=f"F9-{number}")
        for number, path in enumerate(
            ("C:/Windows/win.ini", "C:win.ini", "media/C:/x.jpg", r"..\x.jpg", r"\\server\x.jpg")
        )
    ],
)
def test_a_path_of_windows_is_never_looked_at(tmp_path, path):
    way = PureWindowsPath("D:/posts")
    for part in PurePosixPath(path).parts:
        way /= part
    assert ".." in way.parts or not way.is_relative_to("D:/posts")
    with pytest.raises(UnreadableFile, match=r"on one machine|has a backslash in it"):
        FolderFiles(tmp_path).read(path, 9)


@pytest.mark.parametrize("name", [r"..\..\evil.yaml", "C:evil.yaml", r"a\b.yaml"])
def test_f9_a_tree_made_by_hand_writes_nothing_outside_on_windows_either(tmp_path, name):
    root = project(tmp_path / "work", {f"campaigns/{name}": TIP, "campaigns/tips.yaml": TIP})
    begin(root)
    commit(root)
    (into := tmp_path / "into").mkdir()
    fork_point(root, "main", {"PATH": os.environ["PATH"]}).write_to(into)
    assert [each.name for each in (into / "campaigns").iterdir()] == ["tips.yaml"]
    assert git(root, "ls-tree", "-z", "--name-only", "main", "campaigns/").count("\0") == 2


def test_f9_a_file_that_this_system_can_not_have_is_told_as_that(tmp_path):
    root = project(tmp_path / "work", {"campaigns/tips.yaml": TIP})
    begin(root)
    (into := tmp_path / "into").mkdir()
    (into / "campaigns").write_text("a file is in the way")
    with pytest.raises(BadUsage, match=r"`campaigns/tips.yaml` of the commit .* can't be written"):
        fork_point(root, "main", {"PATH": os.environ["PATH"]}).write_to(into)
