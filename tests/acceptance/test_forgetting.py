# ruff: noqa: F811 - fixtures of another module
"""Who entered a contest is forgotten as long as that is possible, and all of them in the end."""

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.forget import forget
from runner.cli.commands.prove import prove
from runner.cli.commands.redraw import Because, redraw
from runner.cli.commands.status import status
from runner.cli.commands.verify import check_draw
from runner.cli.contests import KEYS, contest_of
from runner.problems import BadUsage, Refused
from runner.public_web import OEMBED_VARIABLE
from tests.acceptance.beacons import a_public_x
from tests.acceptance.clones import cloned, git
from tests.acceptance.contests import CONTEST, CROWD, ID, RESULTS, posted, said
from tests.acceptance.test_whole_contest import (  # noqa: F401 - fixtures
    closed_contest,
    committed_contest,
    drawn_contest,
)
from tests.unit.contest.building import KEY


def entrants(desktop) -> set[str]:
    kept = contest_of(desktop.outside(), ID).collector(desktop.outside()).readings()
    return {each.handle for each in kept.seen()}


def test_before_the_list_an_entry_goes(closed_contest):
    assert entrants(closed_contest) == set(CROWD)
    code, text = said(closed_contest, forget, ID, "Anna")
    assert (code, "1 post by Anna left" in text) == (0, True)
    assert entrants(closed_contest) == set(CROWD) - {"anna"}
    with pytest.raises(BadUsage, match="nothing of `anna` is kept"):
        said(closed_contest, forget, ID, "anna")
    assert "6 entries are on the list" in said(closed_contest, commit_entries, ID)[1]


def test_on_branches_the_history_goes_too(desktop, tmp_path_factory):
    remote = tmp_path_factory.mktemp("hub") / "posts.git"
    project = (desktop.root / "runner.yaml").read_text().replace("store: files", "store: git")
    desktop.write("runner.yaml", project)
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    desktop.environ[KEYS] = KEY.secret.hex()
    desktop.clock.set("2023-09-10T10:01+00:00")
    cloned(desktop, remote)
    posted(desktop)
    for handle in ("anna", "ilze"):
        desktop.clock.sleep(60)
        desktop.sandbox.seed(handle, "@acme_lv #ZiemasLois")
        assert said(desktop, collect, ID)[0] == 0
    branch = f"runner-entries/{ID}"
    assert git(remote, "rev-list", "--count", branch).strip() == "2"
    assert said(desktop, forget, ID, "anna")[0] == 0
    assert git(remote, "rev-list", "--count", branch).strip() == "1"
    assert entrants(desktop) == {"ilze"}
    desktop.clock.sleep(60)
    assert said(desktop, collect, ID)[0] == 0  # X still shows the post of whom was forgotten
    assert entrants(desktop) == {"anna", "ilze"}
    desktop.clock.set("2024-01-01T12:00+00:00")
    assert said(desktop, forget, ID)[0] == 0
    assert "runner-entries" not in git(remote, "for-each-ref")
    assert entrants(desktop) == set()


def test_after_the_list_it_is_told_what_stays_and_until_when(committed_contest):
    code, text = said(committed_contest, forget, ID, "anna")
    assert (code, "Nothing was changed" in text, "until 2023-12-14" in text) == (0, True, True)
    assert entrants(committed_contest) == set(CROWD)


def test_who_has_a_place_in_the_draw_learns_what_the_results_show(drawn_contest):
    desktop = drawn_contest
    draw_ = contest_of(desktop.outside(), ID).file.draw
    winner = draw_.winners[0]
    gives_up = f"runner redraw {ID} --fallen {winner} --because withdrawn"
    code, text = said(desktop, forget, ID, winner)
    assert (code, "Nothing was changed" in text, "until 2023-12-14" in text) == (0, True, True)
    assert f"{RESULTS} shows everyone their user id, post and ticket" in text
    assert (gives_up in text, "holds no name" in text) == (True, False)
    assert said(desktop, redraw, ID, winner, Because.WITHDRAWN)[0] == 0
    for who in (winner.upper(), draw_.proof.places[0].user):
        text = said(desktop, forget, ID, who)[1]
        assert (RESULTS in text, "runner redraw" in text) == (True, False)
    (loser, *_) = set(CROWD) - {winner, *contest_of(desktop.outside(), ID).file.draw.winners}
    text = said(desktop, forget, ID, loser)[1]
    assert (RESULTS in text, "holds no name" in text) == (False, True)


def test_in_the_end_all_are_forgotten_and_the_key_is_asked_for(drawn_contest):
    desktop = drawn_contest
    with pytest.raises(BadUsage, match="is kept until 2023-12-14 11:01"):
        said(desktop, forget, ID)
    desktop.clock.set("2023-12-14T12:00+00:00")
    assert f"runner forget {ID}" in said(desktop, status)[1]
    draw_ = contest_of(desktop.outside(), ID).file.draw
    code, text = said(desktop, forget, ID)
    assert (code, "Destroy it now" in text) == (0, True)
    left = (desktop.root / RESULTS).read_text()
    assert not [each for each in (*draw_.winners, draw_.proof.places[0].user) if each in left]
    assert entrants(desktop) == set()
    assert "destroy its key" in said(desktop, status)[1]
    code, text = said(desktop, check_draw, ID, None)
    assert (code, "Who was in which place was removed on 2023-12-14" in text) == (0, True)
    with a_public_x({"1": ("anna", "Am I on it?")}) as url:
        desktop.environ[OEMBED_VARIABLE] = url
        with pytest.raises(BadUsage, match="is forgotten"):
            said(desktop, prove, ID, "https://x.com/anna/status/1")
    desktop.clock.set("2024-02-01T12:00+00:00")
    assert "destroy its key" not in said(desktop, status)[1]


def test_who_asks_learns_their_place_on_the_list_and_nobody_else_s(committed_contest):
    desktop = committed_contest
    posts = {}
    for each in contest_of(desktop.outside(), ID).collector(desktop.outside()).readings().seen():
        posts[each.post] = (each.handle, "@acme_lv #ZiemasLois")
        mine = each
    posts |= {"1": (mine.handle, "Am I on it?"), "2": ("stranger", "Am I?"), "3": ("maija2", "?")}
    asked = "https://x.com/somebody/status/{}"
    with a_public_x(posts) as url:
        desktop.environ[OEMBED_VARIABLE] = url
        code, text = said(desktop, prove, ID, asked.format(1))
        assert code == 0
        assert f"@{mine.handle} is on the list" in text
        assert "of 7 on the list. Ticket: " in text
        assert "in_reply_to=1&" in text
        assert (
            "No entry that counts is known of @stranger"
            in said(desktop, prove, ID, asked.format(2))[1]
        )
        with pytest.raises(BadUsage, match="is not of @stranger, who asks"):
            said(desktop, prove, ID, asked.format(2), asked.format(mine.post))
        with pytest.raises(Refused, match="does not tell whose the post 9 is"):
            said(desktop, prove, ID, asked.format(9))
        with pytest.raises(BadUsage, match="no address of a post"):
            said(desktop, prove, ID, "2")


def test_a_name_that_another_has_now_proves_nothing(committed_contest):
    """Who takes a name that an entrant gave up is not told of the entrant."""
    desktop = committed_contest
    seen = contest_of(desktop.outside(), ID).collector(desktop.outside()).readings().seen()
    mine = next(seen)
    posts = {mine.post: ("renamed", "@acme_lv #ZiemasLois"), "1": (mine.handle, "Am I?")}
    with a_public_x(posts) as url:
        desktop.environ[OEMBED_VARIABLE] = url
        with pytest.raises(BadUsage, match="is not of @"):
            said(desktop, prove, ID, "https://x.com/a/status/1")
