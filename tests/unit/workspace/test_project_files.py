"""What is read of a project's folder, and in which order."""

import tracemalloc

import pytest

from runner.problems import Suggestion
from runner.workspace import FolderFiles
from runner.workspace.project_files import MEDIA_LIMIT, UnreadableFile
from tests.unit.workspace.building import read_project


def write(root, *paths):
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)


def test_files_come_before_folders_and_in_order(tmp_path):
    write(tmp_path, "a/z.yaml", "a/b/y.yaml", "a/b/c/x.yaml", "a/a.yaml", "a/data/w.yaml")
    assert list(FolderFiles(tmp_path).walk("a", skip=frozenset({"data"}))) == [
        *("a/a.yaml", "a/z.yaml", "a/b/y.yaml", "a/b/c/x.yaml")
    ]


def test_a_folder_that_is_not_there_has_nothing_in_it(tmp_path):
    assert list(FolderFiles(tmp_path).walk("campaigns")) == []


def test_no_more_is_read_than_asked_for_and_no_more_room_is_made_than_needed(tmp_path):
    write(tmp_path, "a.yaml")
    project_files = FolderFiles(tmp_path)
    assert project_files.read("a.yaml", 3) == b"a.y"
    tracemalloc.start()
    assert project_files.read("a.yaml", MEDIA_LIMIT) == b"a.yaml"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


@pytest.mark.parametrize(
    ("path", "because", "help"),
    [
        ("a/slim72.jpg", "is not there", str(Suggestion("a/slim27.jpg"))),
        ("b/slim.jpg", "is not there", "add the file b/slim.jpg"),
        ("a/slim27.jpg/b", "is not there", "add the file a/slim27.jpg/b"),
        ("a", "is a folder", "put a file in its place"),
        ("a/../a/slim27.jpg", "lies outside of the project", "keep it beside the campaign"),
    ],
)
def test_what_can_not_be_had_is_told_with_the_thing_to_do(tmp_path, path, because, help):
    write(tmp_path, "a/slim27.jpg")
    with pytest.raises(UnreadableFile) as caught:
        FolderFiles(tmp_path).read(path, 10)
    message = caught.value.message
    assert (message.text, str(message.help)) == (because, help)


POSTS = """\
kind: series
account: shop
starts: 2026-12-01
ends: 2026-12-02
posts:
  one: {every: {slots: [noon]}, items: data/tips.yaml}
  two: {every: {slots: [noon]}, items: data/tips.yaml}
"""


def project(root, items):
    (root / "campaigns/data").mkdir(parents=True)
    (root / "campaigns/tips.yaml").write_text(POSTS)
    (root / "campaigns/data/tips.yaml").write_text(items)
    (root / "runner.yaml").write_text(
        "timezone: Europe/Riga\naccounts: {shop: {handle: acme, locale: en}}\n"
    )
    return read_project(FolderFiles(root))


def test_a_file_of_items_that_two_posts_name_is_read_once(tmp_path):
    (file,) = project(tmp_path, "- text: Wash cold.\n").files
    assert file.items["one"] is file.items["two"]


def test_a_campaign_whose_items_can_not_be_read_is_none_and_its_problem_is_told_once(tmp_path):
    workspace = project(tmp_path, "- tip: Wash cold.\n")
    assert workspace.files == ()
    assert [problem.rule for problem in workspace.problems] == ["unknown-key"]


def test_a_campaign_is_read_anew_only_as_it_was(tmp_path):
    reader = project(tmp_path, "- text: Wash cold.\n").reader
    sources = {read.id: reader.rereader_of(read) for read in reader.campaigns() if read.file}
    assert sources
    assert all(source() for source in sources.values())
    (tmp_path / "campaigns/data/tips.yaml").write_text("- text: Wash warm.\n")
    assert not any(source() for source in sources.values())
