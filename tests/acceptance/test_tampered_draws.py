"""`runner verify` finds each change of what was published of a draw, and says which it is: the same
changes that the page in the browser is tried with."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from runner.cli.commands.verify import check_copy, check_draw
from runner.contest.list_head import LIST_FILE
from runner.contest.ports import NotShown, ShownPost
from runner.contest.published import PublishedDraw, Verdict
from runner.public_web import OEMBED_VARIABLE
from tests.acceptance.beacons import a_public_x
from tests.acceptance.contests import ID, RESULTS, said
from tests.acceptance.test_contests_to_verify import CONTEST
from tests.unit.contest.building import a_draw, results_file
from tests.unit.contest.test_looking import CASES, SHOWN
from tests.unit.contest.test_verifying import TAMPERED

pytestmark = pytest.mark.sampled(1)
CHANGES_OF_THE_CONTEST = {"a promise"}
"""Those are tried with contests' files, in test_contests_to_verify.py."""


def written(folder: Path, published: PublishedDraw) -> Path:
    """The folder, with the list and the results in it."""
    folder.mkdir(exist_ok=True)
    for name, data in published.list.items():
        (folder / name).write_bytes(data)
    (folder / f"{ID}.yaml").write_text(results_file(published.draw))
    return folder


def test_each_change_of_a_draw_is_told_in_a_checkout(desktop, tmp_path_factory):
    desktop.write(f"campaigns/{ID}.yaml", CONTEST)

    def checked(published: PublishedDraw) -> tuple[int, str]:
        folder = written(tmp_path_factory.mktemp("draw"), published)
        desktop.write(RESULTS, (folder / f"{ID}.yaml").read_text())
        return said(desktop, partial(check_draw, offline=True), ID, folder / LIST_FILE)

    assert checked(a_draw())[0] == 0
    for what in TAMPERED.keys() - CHANGES_OF_THE_CONTEST:
        published, why = TAMPERED[what]
        code, text = checked(published)
        assert (code, "false: " in text, why in text) == (1, True, True), (what, text)
    assert len(TAMPERED) > 25


def shown(changed: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """What X shows to anybody."""
    posts = {**SHOWN, **changed}.items()
    return {id: (each.author, each.text) for id, each in posts if isinstance(each, ShownPost)}


def test_each_change_of_what_x_shows_is_told_without_a_checkout(desktop, tmp_path):
    asked, copy = 0, str(written(tmp_path / "copy", a_draw()))
    for what, (changed, verdict, words) in CASES.items():
        if not all(isinstance(each, ShownPost | NotShown) for each in changed.values()):
            continue
        with a_public_x(shown(changed)) as url:
            desktop.environ[OEMBED_VARIABLE] = url
            code, text = said(desktop, check_copy, ID, copy, "acme_lv")
        assert code == (verdict is Verdict.FALSE), what
        assert f"{verdict}: " in text, what
        assert words in text, what
        asked += 1
    assert asked > 7
