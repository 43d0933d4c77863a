# ruff: noqa: F811 - fixtures of another module
"""Whoever lost verifies a copy of list and results, in a folder or at an address, without a
checkout."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from runner.cli.commands.contest_list import commit_entries, publish_copy
from runner.cli.commands.verify import check_copy
from runner.cli.contests import contest_of
from runner.contest.list_head import LIST_FILE
from runner.local_x.accounts import user_id
from runner.problems import BadUsage
from runner.public_web import OEMBED_VARIABLE
from tests.acceptance.beacons import QuietHandler, a_public_x, served
from tests.acceptance.contests import CROWD, ID, RESULTS, posted, said
from tests.acceptance.test_whole_contest import (  # noqa: F401 - fixtures
    closed_contest,
    drawn_contest,
)


def offline(context, *arguments) -> int:
    return check_copy(context, *arguments, offline=True)


@pytest.fixture
def copy(drawn_contest, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    there = contest_of(drawn_contest.outside(), ID).list_files(drawn_contest.outside()).read()
    (folder / LIST_FILE).write_bytes(there[LIST_FILE])
    (folder / f"{ID}.yaml").write_bytes((drawn_contest.root / RESULTS).read_bytes())
    return folder


def test_a_folder_is_verified_by_who_has_no_checkout(drawn_contest, copy, tmp_path_factory):
    handles = {user_id(handle): handle for handle in ("acme_lv", *CROWD)}
    shown = drawn_contest.sandbox.timeline()
    drawn_contest.root = tmp_path_factory.mktemp("elsewhere")
    posts = {each.id: (handles[each.author], each.text) for each in shown}
    with a_public_x(posts) as url:
        drawn_contest.environ = {OEMBED_VARIABLE: url}
        code, text = said(drawn_contest, check_copy, ID, str(copy), "@acme_lv")
        assert (code, "verified: the draw was not steered" in text) == (0, True)
        code, text = said(drawn_contest, check_copy, ID, str(copy), "other")
        assert (code, "is of @acme_lv, and not of @other" in text) == (1, True)


@contextmanager
def served_folder(folder: Path) -> Iterator[str]:
    """The address at which everyone can read the files of a folder."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802
            file = folder / urlsplit(self.path).path.rpartition("/")[2]
            self.answer(200 if file.exists() else 404, file.read_bytes() if file.exists() else b"")

    with served(Handler) as url:
        yield url


def test_the_closing_post_waits_until_everyone_can_read_the_list(closed_contest, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    file = closed_contest.root / f"campaigns/{ID}.yaml"
    with served_folder(folder) as url:
        said(closed_contest, commit_entries, ID)
        file.write_text(file.read_text() + f"copy-at: {url}/contests\n")
        assert len(posted(closed_contest)) == 2
        code, text = said(closed_contest, publish_copy, ID, folder)
        assert (code, f"runner verify {ID} --from {url}/contests" in text) == (0, True)
        (folder / LIST_FILE).write_bytes(b"another list")
        closed_contest.clock.sleep(600)
        assert len(posted(closed_contest)) == 2
        code, text = said(closed_contest, publish_copy, ID, tmp_path_factory.mktemp("elsewhere"))
        assert (code, "is not what was published last" in text) == (3, True)
        said(closed_contest, publish_copy, ID, folder)
        closed_contest.clock.sleep(600)
        assert len(posted(closed_contest)) == 3


def test_a_copy_is_made_of_a_list_alone_and_says_what_is_left_to_do(closed_contest, tmp_path):
    with pytest.raises(BadUsage, match="no list of entries"):
        said(closed_contest, publish_copy, ID, tmp_path / "copy")
    said(closed_contest, commit_entries, ID)
    code, text = said(closed_contest, publish_copy, ID, tmp_path / "copy")
    assert (code, "write its address into" in text) == (0, True)
    assert {each.name for each in (tmp_path / "copy").iterdir()} == {LIST_FILE, f"{ID}.yaml"}


def test_an_address_is_verified_in_the_same_way(drawn_contest, copy):
    with served_folder(copy) as url:
        code, text = said(drawn_contest, offline, ID, f"{url}/contests/", "acme_lv")
        assert (code, "consistent: " in text) == (0, True)
        (copy / f"{ID}.yaml").unlink()
        with pytest.raises(BadUsage, match="answered 404"):
            said(drawn_contest, offline, ID, url, "acme_lv")
    with pytest.raises(BadUsage, match="could not be read"):
        said(drawn_contest, offline, ID, "http://127.0.0.1:9", "acme_lv")


def test_a_copy_that_was_changed_is_false_or_is_no_copy(drawn_contest, copy):
    results = copy / f"{ID}.yaml"
    whole = results.read_text()
    results.write_text(whole.replace("round: 657413", "round: 657414"))
    assert said(drawn_contest, offline, ID, str(copy), "acme_lv")[0] == 1
    results.write_text("drawn: [\n")
    with pytest.raises(BadUsage, match=r"winter-lois\.yaml in .* can't be read"):
        said(drawn_contest, offline, ID, str(copy), "acme_lv")
    with pytest.raises(BadUsage, match="is the list of `winter-lois`"):
        said(drawn_contest, offline, "other", str(copy), "acme_lv")
    (copy / LIST_FILE).write_bytes(b"nothing")
    with pytest.raises(BadUsage, match="it has no header"):
        said(drawn_contest, offline, ID, str(copy), "acme_lv")
