"""A contest that fewer people enter than can win, and two contests on the same days."""

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_commit import commit_entries
from runner.cli.commands.draw import draw
from runner.cli.commands.redraw import Because, redraw
from runner.cli.commands.status import status
from runner.cli.commands.validate import validate
from runner.cli.commands.verify import check_draw
from runner.cli.contests import KEYS, contest_of
from runner.drand import VARIABLE
from runner.problems import BadUsage
from tests.acceptance.beacons import a_beacon
from tests.acceptance.contests import CONTEST, ID, posted, said
from tests.unit.contest.building import KEY, OTHER_KEY


@pytest.fixture
def announced(desktop):
    """Two winners, and three alternates."""
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    desktop.environ[KEYS] = KEY.secret.hex()
    desktop.clock.set("2023-09-10T10:01+00:00")
    posted(desktop)
    return desktop


def closed(desktop):
    desktop.clock.set("2023-09-13T11:20+00:00")
    assert said(desktop, collect)[0] == 0


def drawn(desktop, *contests: str) -> None:
    desktop.clock.set("2023-09-15T11:00:10+00:00")
    with a_beacon() as url:
        desktop.environ[VARIABLE] = url
        for each in contests:
            code, text = said(desktop, draw, each)
            assert code == 0, text


@pytest.mark.parametrize("entrants", [1, 2, 3])
def test_fewer_entrants_than_places_all_have_one(announced, entrants):
    desktop, names = announced, ["anna", "karlis", "ilze"][:entrants]
    for handle in names:
        desktop.clock.sleep(60)
        desktop.sandbox.seed(handle, "@acme_lv #ZiemasLois")
    closed(desktop)
    said(desktop, commit_entries, ID)
    posted(desktop)
    drawn(desktop, ID)
    for left in range(entrants, -1, -1):
        code, text = said(desktop, validate)
        assert code == 0, text
        code, text = said(desktop, check_draw, ID)
        assert (code, "verified" in text) == (0, True), text
        won = contest_of(desktop.outside(), ID).file.draw.winners
        assert len(won) == min(left, 2)
        assert set(won) <= set(names)
        if won:
            assert said(desktop, redraw, ID, won[0], Because.WITHDRAWN)[0] == 0


def test_a_contest_that_nobody_enters_has_no_list(announced):
    closed(announced)
    with pytest.raises(BadUsage, match="nobody has entered"):
        said(announced, commit_entries, ID)
    assert said(announced, validate)[0] == 0
    assert f"Contest {ID} has closed" in said(announced, status)[1]


def test_two_contests_on_the_same_days_have_each_its_own_entrants_and_winners(announced):
    desktop = announced
    user = desktop.sandbox.account("shop").person.user_id
    other = CONTEST.format(key=OTHER_KEY.fingerprint, user=user)
    for old, new in (
        ("three pairs of jeans", "a hat for the summer"),
        ("#Ziemas", "#Vasaras"),
        ("winners: 2", "winners: 1"),
        ("at: opens", "at: opens + 20m"),
        ("at: closes,", "at: closes + 10m,"),
        ("drawn + 1h", "drawn + 2h"),
    ):
        assert old in other
        other = other.replace(old, new)
    desktop.write("campaigns/summer-lois.yaml", other)
    desktop.environ[KEYS] += f"\n{OTHER_KEY.secret.hex()}"
    desktop.clock.set("2023-09-10T10:21+00:00")
    assert len(posted(desktop)) == 4  # two threads of two
    said_by = {"anna": "#ZiemasLois", "karlis": "#VasarasLois", "ilze": "#ZiemasLois #VasarasLois"}
    for handle, text in said_by.items():
        desktop.clock.sleep(60)
        desktop.sandbox.seed(handle, f"@acme_lv {text}")
    closed(desktop)
    for each in (ID, "summer-lois"):
        code, text = said(desktop, commit_entries, each)
        assert (code, "2 entries are on the list" in text) == (0, True)
    for _ in range(2):
        desktop.clock.sleep(900)
        posted(desktop)
    drawn(desktop, ID, "summer-lois")
    winners = {
        each: set(contest_of(desktop.outside(), each).file.draw.winners)
        for each in (ID, "summer-lois")
    }
    assert winners[ID] == {"anna", "ilze"}
    assert winners["summer-lois"] < {"karlis", "ilze"}
    code, text = said(desktop, validate)
    assert code == 0, text
    for each in winners:
        assert check_draw(desktop.outside(), each, offline=True) == 0
