"""Whatever stands in the place of a file: it is said in words, soon, and in little room."""

import io
import json
import os
import resource
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.validate import ProblemFormat, validate
from runner.cli.context import CommandContext

RUNNER = """\
timezone: Europe/Riga
slots: {noon: 13:00}
accounts: {shop: {handle: acme_en, locale: en}}
"""
HELLO = """\
kind: series
account: shop
posts:
  hello: {at: 2026-11-01 10:00, template: series/hello}
"""
TIPS = """\
kind: series
account: shop
starts: 2026-12-01
ends: 2026-12-02
posts:
  care: {every: {slots: [noon]}, items: data/tips.yaml}
"""
RAFFLE = """\
kind: contest
account: shop
prize: three pairs of jeans
opens: 2026-12-01 10:00
closes: 2026-12-08 20:00
entry: {how: reply}
posts: {announce: {at: opens, text: Win three pairs of jeans, ignore: {contest-terms: short}}}
"""
PROJECT = {
    "runner.yaml": RUNNER,
    "campaigns/hello.yaml": HELLO,
    "campaigns/tips.yaml": TIPS,
    "campaigns/data/tips.yaml": "- text: Wash cold.\n- text: Dry in the shade.\n",
    "campaigns/raffle.yaml": RAFFLE,
    "campaigns/results/raffle.yaml": "drawn: 2026-12-10 12:00\nwinners: [anna_k]\n",
    "templates/series/hello.j2": "Hello\n",
}
YAML = [path for path in PROJECT if path.endswith(".yaml")]
SOON = 2.0
"""Seconds of the processor for what takes less than one on a machine of its own."""


@pytest.fixture
def root() -> Iterator[Path]:
    """The project, in a folder that other users of the machine could enter, with a short name."""
    with tempfile.TemporaryDirectory(prefix="bad-", dir="/tmp") as folder:
        place = Path(folder) / "p"
        for path, text in PROJECT.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_text(text, "utf-8")
        for each in (place.parent, place, *place.rglob("*")):
            each.chmod(0o755)
        yield place


def problems_of(root: Path) -> list[dict[str, object]]:
    """What `validate` says of a project; it comes soon."""
    outside = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
    start = time.process_time()
    code = validate(outside, format=ProblemFormat.JSON)
    assert time.process_time() - start < SOON
    found = json.loads(outside.out.getvalue())["problems"]
    assert code == (1 if found else 0)
    assert all(problem["help"] for problem in found)
    return found


def rules_at(root: Path, path: str) -> list[object]:
    """The rules that a file breaks, and that nothing else is wrong."""
    found = problems_of(root)
    assert {problem["path"] for problem in found} <= {path}, found
    return [problem["rule"] for problem in found]


def test_the_project_is_well(root):
    assert problems_of(root) == []


# --- What a file holds

MARK = b"\xef\xbb\xbf"


@pytest.mark.sampled(10)
@pytest.mark.parametrize("path", PROJECT)
@pytest.mark.parametrize(
    "rewrite",
    [
        pytest.param(lambda data: MARK + data, id="byte-order-mark"),
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="windows"),
        pytest.param(lambda data: MARK + data.replace(b"\n", b"\r\n"), id="windows-notepad"),
        pytest.param(lambda data: data.replace(b"\n", b"\r"), id="old-mac"),
        pytest.param(lambda data: data.rstrip(b"\n"), id="no-last-newline"),
    ],
)
def test_a_file_of_any_editor_is_read(root, path, rewrite):
    file = root / path
    file.write_bytes(rewrite(file.read_bytes()))
    assert problems_of(root) == []


def bomb() -> bytes:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(["l0: &l0 [x]", *levels]).encode()


CONTENTS = {
    "nothing": (b"", "empty-file"),
    "spaces": (b" \n\n  \n", "empty-file"),
    "a comment": (b"# to be written\n", "empty-file"),
    "a NUL byte": (b"kind: series\0\n", "control-character"),
    "Latin-1": ("title: Žēl, nē\n".encode("iso8859-13"), "not-utf-8"),
    "UTF-16": ("kind: series\n".encode("utf-16"), "not-utf-8"),
    "UTF-16 without a mark": ("kind: series\n".encode("utf-16-le"), "control-character"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not-utf-8"),
    "ten megabytes": (b"a: b\n" * 2_000_000, "too-large"),
    "a hundred thousand brackets": (b"[" * 100_000, "too-deep"),
    "a text": (b"Hello\n", "not-a-"),
    "tabs": (b"posts:\n\thello: 1\n", "yaml-tab"),
}


@pytest.mark.sampled(10)
@pytest.mark.parametrize("path", YAML)
@pytest.mark.parametrize("name", CONTENTS)
def test_a_file_that_holds_something_else_is_one_problem(root, path, name):
    content, rule = CONTENTS[name]
    (root / path).write_bytes(content)
    found = rules_at(root, path)
    assert len(found) == 1
    assert str(found[0]).startswith(rule)


@pytest.mark.parametrize("path", YAML)
def test_a_bomb_of_aliases_is_defused(root, path):
    (root / path).write_bytes(bomb())
    assert set(rules_at(root, path)) - {"missing-key"} == {"yaml-alias"}


@pytest.mark.parametrize(
    "name", ["a NUL byte", "Latin-1", "UTF-16", "UTF-16 without a mark", "ten megabytes"]
)
def test_a_template_that_holds_something_else_is_one_problem(root, name):
    content, rule = CONTENTS[name]
    (root / "templates/series/hello.j2").write_bytes(content)
    assert rules_at(root, "templates/series/hello.j2") == [rule]


# --- What stands in the place of a file


def a_folder(place: Path) -> None:
    place.mkdir()


def a_link_to_nothing(place: Path) -> None:
    place.symlink_to("nowhere")


def a_link_to_itself(place: Path) -> None:
    place.symlink_to(place.name)


def a_link_outward(place: Path) -> None:
    place.symlink_to("/etc/passwd")


def a_link_to_endless_zeros(place: Path) -> None:
    place.symlink_to("/dev/zero")


def a_link_within_the_project(place: Path) -> None:
    place.with_name("real").write_text("text")
    place.symlink_to("real")


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


def a_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))


THINGS = [
    a_folder,
    a_link_to_nothing,
    a_link_to_itself,
    a_link_outward,
    a_link_to_endless_zeros,
    a_link_within_the_project,
    a_pipe,
    a_socket,
]
thing = pytest.mark.parametrize("put", THINGS, ids=lambda put: put.__name__)


@pytest.mark.sampled(8)
@thing
@pytest.mark.parametrize("path", PROJECT)
def test_what_is_no_file_is_not_followed_and_not_waited_for(root, path, put):
    (root / path).unlink()
    put(root / path)
    found = problems_of(root)
    (problem,) = found
    assert problem["rule"] in ("unreadable-file", "missing-file")
    assert f"`{path}` " in str(problem["message"])
    assert "passwd" not in json.dumps(found)
    assert "root:" not in json.dumps(found)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Root may read everything, so for a while we are nobody."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)


@pytest.mark.parametrize("path", PROJECT)
def test_a_file_that_may_not_be_read_is_one_problem(root, path):
    problems_of(root)  # all code is loaded by whoever may read it
    (root / path).chmod(0)
    with without_privileges():
        found = problems_of(root)
    (problem,) = found
    assert problem["message"] == f"`{path}` can't be read: permission denied"


@pytest.mark.parametrize("folder", ["campaigns", "campaigns/more", "templates/series"])
def test_a_folder_that_may_not_be_entered_is_not_passed_over(root, folder):
    problems_of(root)
    (root / folder).mkdir(exist_ok=True)
    (root / folder).chmod(0)
    with without_privileges():
        messages = [each["message"] for each in problems_of(root)]
    (root / folder).chmod(0o755)
    assert f"`{folder}` can't be read: permission denied" in messages


@pytest.mark.parametrize("folder", ["campaigns", "campaigns/more", "templates", "templates/more"])
@pytest.mark.parametrize("target", ["/etc", ".", "nowhere"])
def test_a_folder_that_is_a_link_is_not_entered_and_not_passed_over(root, folder, target):
    place = root / folder
    if place.exists():
        place.rename(root / "moved")
    place.symlink_to(target)
    messages = [each["message"] for each in problems_of(root)]
    assert f"`{folder}` is a symbolic link" in messages


def test_a_folder_that_is_named_like_a_campaign_is_not_passed_over(root):
    (root / "campaigns/spring.yaml").mkdir()
    (root / "campaigns/spring.yaml/hello.yaml").write_text(HELLO)
    (problem,) = problems_of(root)
    assert problem["message"] == "`campaigns/spring.yaml` is a folder"


@pytest.fixture
def recursion_limit() -> Iterator[int]:
    """A lower one than Python's, so that few folders pass it."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    yield 400
    sys.setrecursionlimit(before)


def test_folders_of_any_depth_are_walked(root, monkeypatch, recursion_limit):
    monkeypatch.chdir(root / "campaigns")
    depth = recursion_limit + 100
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("deepest.yaml").write_text("no campaign\n")
    found = problems_of(root)
    Path("deepest.yaml").unlink()
    for _ in range(depth):  # nor does Python's own removal go as deep
        os.chdir("..")
        os.rmdir("d")
    assert [each["path"] for each in found] == [f"campaigns/{'d/' * depth}deepest.yaml"]


# --- What a file is called


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("spring.yml", "rename it to campaigns/spring.yaml"),
        ("spring.YAML", "rename it to campaigns/spring.yaml"),
        ("Spring.yaml", "rename the file to spring.yaml,"),
        ("spring sale.yaml", "rename the file to spring-sale.yaml,"),
        ("spring_sale.yaml", "rename the file to spring-sale.yaml,"),
        ("vecgada-ziņas.yaml", "rename the file to vecgada-zinas.yaml,"),
        ("весна.yaml", "rename the file, or give"),
        (".spring.yaml", "rename the file to spring.yaml,"),
        (f"{'s' * 65}.yaml", f"rename the file to {'s' * 64}.yaml,"),
        ("a\n::error::b.yaml", "rename the file to a-error-b.yaml,"),
        ("spring\udcff.yaml", "rename the file to spring.yaml,"),
    ],
)
def test_a_campaign_with_another_name_is_told_its_own(root, name, help):
    (root / "campaigns/hello.yaml").rename(root / "campaigns" / name)
    for shown_as in (ProblemFormat.TEXT, ProblemFormat.GITHUB):
        outside = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
        assert validate(outside, format=shown_as) == 1
        lines = outside.out.getvalue().encode("utf-8").decode().split("\n")
        assert sum(line.startswith("::") for line in lines) == (shown_as is ProblemFormat.GITHUB)
    found = [each for each in problems_of(root) if each["rule"] == "bad-file-name"]
    assert len(found) == 1
    assert str(found[0]["help"]).startswith(help)


def test_two_campaigns_do_not_share_a_name(root):
    (root / "campaigns/more").mkdir()
    (root / "campaigns/more/hello.yaml").write_text(HELLO)
    (problem,) = problems_of(root)
    assert problem["message"] == "`hello` is the id of campaigns/hello.yaml, too"


# --- What is no project


def test_without_campaigns_yet_a_project_is_told_and_nothing_stands_in_its_way(root):
    shutil.rmtree(root / "campaigns")
    outside = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
    assert validate(outside, format=ProblemFormat.TEXT) == 0
    assert "warning[no-campaigns]" in outside.out.getvalue()


def test_campaigns_may_not_be_a_file(root):
    shutil.rmtree(root / "campaigns")
    (root / "campaigns").write_text("campaigns")
    assert [each["rule"] for each in problems_of(root)] == ["no-campaigns"]


def test_without_runner_yaml_there_is_no_project(root):
    (root / "runner.yaml").unlink()
    (problem,) = problems_of(root)
    assert problem["rule"] == "no-project"


# --- Media


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    picture = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + picture


def shows(root: Path, name: str) -> Path:
    """A post shows a file; where it has to be."""
    text = HELLO.replace("series/hello}", f"series/hello, media: [{{file: {name}, alt: Jeans}}]}}")
    (root / "campaigns/hello.yaml").write_text(text, "utf-8")
    return root / "campaigns" / name


LIES = {
    "nothing": b"",
    "a text": b"these are jeans",
    "a page": b"<!doctype html><title>404</title>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a document": b"%PDF-1.7\n",
    "an archive": b"PK\x03\x04" + b"\0" * 100,
    "half a picture": png(4, 4)[:-20],
    "a picture without end": b"\xff\xd8\xff\xe0" + b"\0" * 1000,
    "a bomb": png(60_000, 60_000),
    "an animation that breaks off": b"GIF89a\x05\0\x05\0\0\0\0,\0\0",
    "a film that breaks off": b"\0\0\0\x18ftypmp42" + b"\xff" * 50,
    "a program": b"\x7fELF" + b"\0" * 100,
}


@pytest.mark.parametrize("name", LIES)
def test_a_picture_that_is_none_is_one_problem(root, name):
    shows(root, "jeans.jpg").write_bytes(LIES[name])
    (problem,) = problems_of(root)
    assert (problem["rule"], problem["path"]) == ("bad-media", "campaigns/hello.yaml")
    assert str(problem["message"]).startswith("`jeans.jpg` is no media for X: ")


@pytest.mark.parametrize(("head", "size"), [(b"", 10**9), (b"\0\0\0\x18ftypmp42", 10**9)])
def test_a_gigabyte_is_refused_unread(root, head, size):
    with shows(root, "jeans.mp4").open("wb") as file:
        file.write(head)
        file.truncate(size)
    (problem,) = problems_of(root)
    assert "has 1,000 MB, and X takes" in str(problem["message"])


@thing
def test_media_that_are_no_file_are_not_followed_and_not_waited_for(root, put):
    put(shows(root, "jeans.jpg"))
    (problem,) = problems_of(root)
    assert problem["rule"] == "missing-media"


def test_media_in_a_folder_that_is_a_link_are_not_followed(root):
    (root.parent / "outside").mkdir()
    (root.parent / "outside/jeans.jpg").write_bytes(png(4, 4))
    shows(root, "media/jeans.jpg")
    (root / "campaigns/media").symlink_to(root.parent / "outside")
    messages = [str(each["message"]) for each in problems_of(root)]
    assert "`media/jeans.jpg` is a symbolic link" in messages


@pytest.mark.parametrize(
    "name", ["../../x.jpg", "/etc/passwd", "media\\x.jpg", f"{'x' * 300}.jpg", '"a\\0b.jpg"', "."]
)
def test_media_with_an_odd_path_are_one_problem(root, name):
    shows(root, name)
    (problem,) = problems_of(root)
    assert problem["rule"] == ("hidden-character" if "\\0" in name else "missing-media")


@pytest.mark.parametrize("name", ["../../x.yaml", f"{'x' * 300}.yaml", '"a\\0b"', ".", '""'])
def test_items_with_an_odd_path_are_one_problem(root, name):
    (root / "campaigns/tips.yaml").write_text(TIPS.replace("data/tips.yaml", name))
    (problem,) = problems_of(root)
    assert problem["rule"] == ("hidden-character" if "\\0" in name else "missing-file")


# --- In little room, without a disk, beside another run


def run(program: str, *words: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    # a cut file of bytecode would be loaded by the next run
    start = (
        "import resource, sys\nsys.dont_write_bytecode = True\n"
        + program
        + "\nfrom runner.cli import main\nmain()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", start, *words],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_all_that_is_hostile_at_once_fits_into_256_megabytes(root):
    for number, content in enumerate(
        (bomb(), b"[" * 100_000, b"a: b\n" * 2_000_000, b"- " * 100_000, b"? " * 100_000)
    ):
        (root / f"campaigns/hostile-{number}.yaml").write_bytes(content)
    (root / "campaigns/zeros.yaml").symlink_to("/dev/zero")
    os.mkfifo(root / "campaigns/pipe.yaml")
    shows(root, "jeans.png").write_bytes(png(60_000, 60_000))
    with (root / "campaigns/data/tips.yaml").open("wb") as file:
        file.truncate(10**9)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    limit = "resource.setrlimit(resource.RLIMIT_AS, (256 * 2**20, 256 * 2**20))"
    done = run(limit, "validate", cwd=root)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 5 * SOON
    assert done.returncode == 1, done.stderr
    assert (done.stderr, "Traceback" in done.stdout) == ("", False)
    assert "error[bad-media]" in done.stdout


@pytest.mark.sampled(1)
@pytest.mark.parametrize("room", [0, 900])
def test_a_full_disk_stops_the_run_and_nothing_is_sent_twice(desktop, room):
    now = ("post", "--now", "2027-03-01T10:02+02:00")
    desktop.clock.set("2027-03-01T10:02+02:00")
    full = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    done = run(full, *now, cwd=desktop.root, **desktop.environ)
    assert done.returncode == 5, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "see that the folder can be written and that the disk has room" in done.stderr
    assert desktop.sandbox.timeline() == []
    again = desktop.outside()
    assert post(again, PostOptions()) == 0, again.out.getvalue()
    assert len(desktop.sandbox.timeline()) == 1


# --- How it is shown


def shown(root: Path, format: ProblemFormat, **environ: str) -> tuple[int, str, str]:
    outside = CommandContext(root=root, environ=environ, out=io.StringIO(), talk=io.StringIO())
    strict = bool(environ.pop("STRICT", ""))
    code = validate(outside, format=format, strict=strict)
    return code, outside.out.getvalue(), outside.talk.getvalue()


def test_each_format_says_the_same(root):
    (root / "campaigns/hello.yaml").write_bytes(b"kind: series\0\n")
    code, text, talk = shown(root, ProblemFormat.TEXT)
    assert (code, talk) == (1, "")
    assert text.startswith("error[control-character]: a NUL byte (U+0000) can't stand in a file\n")
    code, github, talk = shown(root, ProblemFormat.GITHUB)
    assert code == 1
    assert github.startswith("::error file=campaigns/hello.yaml,line=1,col=13,")
    assert talk == text
    code, data, talk = shown(root, ProblemFormat.JSON)
    assert (code, talk) == (1, "")
    assert json.loads(data)["problems"][0]["line"] == 1


def test_on_actions_annotations_are_chosen(root):
    (root / "campaigns/hello.yaml").write_text("")
    assert shown(root, ProblemFormat.AUTO, GITHUB_ACTIONS="true")[1].startswith("::error ")
    assert shown(root, ProblemFormat.AUTO)[1].startswith("error[empty-file]")


@pytest.mark.parametrize("format", [ProblemFormat.TEXT, ProblemFormat.GITHUB, ProblemFormat.AUTO])
def test_what_is_well_is_said_in_each_format(root, format):
    assert shown(root, format) == (0, "3 campaigns with 3 posts: all well.\n", "")


def test_colour_is_for_those_who_want_it(root):
    (root / "campaigns/hello.yaml").write_text("")
    assert "\x1b[" in shown(root, ProblemFormat.TEXT, FORCE_COLOR="1")[1]
    assert "\x1b[" not in shown(root, ProblemFormat.TEXT, FORCE_COLOR="1", NO_COLOR="1")[1]
    assert "\x1b[" not in shown(root, ProblemFormat.TEXT)[1]


def test_strictly_a_warning_is_an_error(root):
    text = HELLO.replace("template: series/hello", 'text: "#one #two #three"')
    (root / "campaigns/hello.yaml").write_text(text)
    (root / "templates/series/hello.j2").unlink()
    code, said, _ = shown(root, ProblemFormat.TEXT)
    assert (code, said.count("warning[")) == (0, 1)
    assert shown(root, ProblemFormat.TEXT, STRICT="yes")[0] == 1
