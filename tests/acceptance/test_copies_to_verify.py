# ruff: noqa: F811 - fixtures of another module
"""Whoever lost verifies a copy of list and results, in a folder or at an address, without a
checkout."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from runner.cli.commands.verify import check_copy
from runner.cli.contests import contest_of
from runner.contest.list_head import LIST_FILE
from runner.local_x.accounts import user_id
from runner.oembed import VARIABLE as X_AS_ANYBODY
from runner.problems import BadUsage
from tests.acceptance.beacons import QuietHandler, a_public_x, served
from tests.acceptance.contests import CROWD, ID, RESULTS, said
from tests.acceptance.test_whole_contest import (  # noqa: F401 - fixtures
    closed_contest,
    committed_contest,
    drawn_contest,
    open_contest,
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
        drawn_contest.environ = {X_AS_ANYBODY: url}
        code, text = said(drawn_contest, check_copy, ID, str(copy), "@acme_lv")
        assert (code, "verified: the draw was not steered" in text) == (0, True)
        code, text = said(drawn_contest, check_copy, ID, str(copy), "other")
        assert (code, "is of @acme_lv, and not of @other" in text) == (1, True)


def test_an_address_is_verified_in_the_same_way(drawn_contest, copy):
    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802
            file = copy / urlsplit(self.path).path.rpartition("/")[2]
            self.answer(200 if file.exists() else 404, file.read_bytes() if file.exists() else b"")

    with served(Handler) as url:
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
