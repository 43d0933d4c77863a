"""A contest that fewer people enter than can win, and two contests on the same days."""

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.draw import draw
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.redraw import Because, redraw
from runner.cli.commands.status import status
from runner.cli.commands.validate import validate
from runner.cli.commands.verify import check_draw
from runner.cli.contests import KEYS, contest_of
from runner.problems import BadUsage
from runner.public_web import DRAND_VARIABLE
from tests.acceptance.beacons import a_beacon
from tests.acceptance.contests import CONTEST, ID, RESULTS, posted, rewritten, said
from tests.unit.contest.building import KEY, OTHER_KEY


def announce(desktop) -> None:
    """Two winners, and three alternates."""
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    desktop.environ[KEYS] = KEY.secret.hex()
    desktop.clock.set("2023-09-10T10:01+00:00")
    posted(desktop)


@pytest.fixture
def announced(after):
    return after(announce)


def closed(desktop):
    desktop.clock.set("2023-09-13T11:20+00:00")
    assert said(desktop, collect)[0] == 0


def drawn(desktop, *contests: str) -> None:
    desktop.clock.set("2023-09-15T11:00:10+00:00")
    with a_beacon() as url:
        desktop.environ[DRAND_VARIABLE] = url
        for each in contests:
            code, text = said(desktop, draw, each)
            assert code == 0, text


@pytest.mark.sampled(1)
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


@pytest.mark.parametrize("is_recorded", [True, False])
def test_what_never_was_announced_is_told_by_collecting_and_by_the_list(desktop, is_recorded):
    user = desktop.sandbox.account("shop").person.user_id
    contest = CONTEST.format(key=KEY.fingerprint, user=user).replace("how: mention", "how: reply")
    desktop.write(f"campaigns/{ID}.yaml", contest)
    desktop.environ[KEYS] = KEY.secret.hex()
    if is_recorded:
        desktop.clock.set("2023-09-09T10:00+00:00")
        posted(desktop)
        desktop.clock.set("2023-09-12T10:01+00:00")
        post(desktop.outside(), PostOptions())
    desktop.clock.set("2023-09-13T11:20+00:00")
    for command in (collect, commit_entries):
        with pytest.raises(BadUsage, match="`announce` of `winter-lois` never went out") as caught:
            said(desktop, command, ID)
        assert "leave `key` out" in caught.value.help


@pytest.mark.parametrize("key", ["", OTHER_KEY.secret.hex()])
def test_a_key_that_is_missing_is_told_before_the_announcement(desktop, key, tmp_path):
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    summary = tmp_path / "summary"
    desktop.environ |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    desktop.environ[KEYS] = key
    desktop.clock.set("2023-09-09T10:00+00:00")
    _, text = said(desktop, post, PostOptions())
    missing = f"RUNNER_ENTRIES_KEY lacks the key {KEY.fingerprint} of `{ID}`"
    assert missing in text
    assert KEY.fingerprint in summary.read_text()
    assert desktop.sandbox.timeline("acme_lv") == []
    desktop.environ[KEYS] += "\n" + KEY.secret.hex()
    assert "lacks the key" not in said(desktop, post, PostOptions())[1]


def test_where_a_contest_with_another_key_than_announced_stands_is_how_to_mend_it(announced):
    rewritten(announced, f"campaigns/{ID}.yaml", KEY.fingerprint, OTHER_KEY.fingerprint)
    changed = "promises something else than was announced: put back its prize"
    assert changed in said(announced, status)[1]
    rewritten(announced, f"campaigns/{ID}.yaml", OTHER_KEY.fingerprint, KEY.fingerprint)
    assert changed not in said(announced, status)[1]


def test_results_without_their_proof_name_nobody(announced):
    for handle in ("anna", "karlis"):
        announced.clock.sleep(60)
        announced.sandbox.seed(handle, "@acme_lv #ZiemasLois")
    closed(announced)
    said(announced, commit_entries, ID)
    posted(announced)
    drawn(announced, ID)
    results = (announced.root / RESULTS).read_text()
    announced.write(RESULTS, results.partition("proof:")[0].replace("anna", "eva"))
    code, text = said(announced, validate)
    assert (code, "error[contest-results]" in text) == (1, True)
    announced.clock.set("2023-09-15T16:00+00:00")
    post(announced.outside(), PostOptions())
    assert not any("eva" in each.text for each in announced.sandbox.timeline("acme_lv"))


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
