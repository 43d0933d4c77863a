"""A contest from its announcement to its verdict, on the days before round 657413 of the beacon."""

import subprocess
from functools import partial

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.doctor import doctor
from runner.cli.commands.draw import draw
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.status import status
from runner.cli.commands.validate import validate
from runner.cli.commands.verify import check_draw
from runner.cli.contests import KEYS, contest_of
from runner.contest.entry_list import EntryList
from runner.contest.list_head import LIST_FILE
from runner.local_x.accounts import user_id
from runner.problems import BadUsage, LedgerUnusable
from runner.public_web import DRAND_VARIABLE, OEMBED_VARIABLE
from runner.value import replace
from tests.acceptance.beacons import a_beacon, a_public_x
from tests.acceptance.clones import cloned, git
from tests.acceptance.contests import CONTEST, CROWD, ID, RESULTS, posted, rewritten, said
from tests.unit.contest.building import KEY, OTHER_KEY, ROUNDS

pytestmark = pytest.mark.sampled(8)
offline_check = partial(check_draw, offline=True)


def announce(desktop):
    """Its announcement is out, and a crowd has entered."""
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    desktop.environ[KEYS] = KEY.secret.hex()
    desktop.clock.set("2023-09-10T10:01+00:00")
    _, announcement = posted(desktop)
    assert contest_of(desktop.outside(), ID).charter().code in announcement
    for handle in CROWD:
        desktop.clock.sleep(600)
        desktop.sandbox.seed(handle, "@acme_lv #ZiemasLois")


def close(desktop):
    """All entries were read, and the time for a list has come."""
    desktop.clock.set("2023-09-13T11:20+00:00")
    assert said(desktop, collect, ID)[0] == 0


def commit(desktop):
    """Its list is published, and the closing post is out with the digest."""
    assert said(desktop, commit_entries, ID)[0] == 0
    desktop.clock.sleep(60)
    assert len(posted(desktop)) == 3


def draw_winners(desktop):
    desktop.clock.set("2023-09-15T11:00:10+00:00")
    with a_beacon() as url:
        desktop.environ[DRAND_VARIABLE] = url
        code, text = said(desktop, draw, ID)
    assert code == 0, text


@pytest.fixture
def open_contest(after):
    return after(announce)


@pytest.fixture
def closed_contest(after):
    return after(announce, close)


@pytest.fixture
def committed_contest(after):
    return after(announce, close, commit)


@pytest.fixture
def drawn_contest(after):
    return after(announce, close, commit, draw_winners)


@pytest.mark.sampled(1)  # of one: this one always runs
def test_a_contest_runs_from_its_announcement_to_its_verdict(drawn_contest):
    desktop = drawn_contest
    draw_ = contest_of(desktop.outside(), ID).file.draw
    assert (draw_.round, draw_.entries, len(draw_.winners)) == (657413, len(CROWD), 2)
    assert set(draw_.winners) <= set(CROWD)
    assert validate(desktop.outside()) == 0
    assert f"Contest {ID} is drawn, and anyone can check it" in said(desktop, status)[1]
    desktop.clock.set("2023-09-15T12:05+00:00")
    announced = posted(desktop)[0]
    assert all(f"@{winner}" in announced for winner in draw_.winners)
    code, text = said(desktop, offline_check, ID)
    assert code == 0
    assert "consistent" in text
    assert "nobody knew it when the list was closed" in text


def test_whoever_lost_verifies_it_on_x_without_credentials(drawn_contest):
    handles = {user_id(handle): handle for handle in ("acme_lv", *CROWD)}
    shown = drawn_contest.sandbox.timeline()
    posts = {each.id: (handles[each.author], each.text) for each in shown}
    with a_public_x(posts) as url:
        drawn_contest.environ = {OEMBED_VARIABLE: url}
        code, text = said(drawn_contest, check_draw, ID)
        assert (code, "verified: the draw was not steered" in text) == (0, True)
        won = contest_of(drawn_contest.outside(), ID).file.draw.proof.places[0].post
        del posts[won]
        assert "asserted: " in said(drawn_contest, check_draw, ID)[1]
        posts |= {id: (name, "edited") for id, (name, _) in posts.items()}
        code, text = said(drawn_contest, check_draw, ID)
        assert (code, "does not carry" in text) == (1, True)
    with a_public_x({}, status=500) as url:
        drawn_contest.environ = {OEMBED_VARIABLE: url}
        code, text = said(drawn_contest, check_draw, ID)
        assert (code, "X shows no announcement" in text) == (1, True)
    drawn_contest.environ = {OEMBED_VARIABLE: "http://127.0.0.1:9"}
    code, text = said(drawn_contest, check_draw, ID)
    assert (code, "X could not be reached" in text, "consistent: " in text) == (0, True, True)
    drawn_contest.environ = {OEMBED_VARIABLE: "x.com"}
    with pytest.raises(BadUsage, match="is no address"):
        said(drawn_contest, check_draw, ID)


def test_the_closing_post_carries_digest_count_and_time_of_the_draw(committed_contest):
    closing = committed_contest.sandbox.timeline("acme_lv")[0].text
    draw_ = contest_of(committed_contest.outside(), ID).file.draw
    assert draw_.digest in closing
    assert "Entries: 7" in closing
    assert "September 15, 2:00" in closing


def test_the_closing_post_waits_for_its_list_days_long(closed_contest):
    desktop = closed_contest
    assert len(posted(desktop)) == 2
    desktop.clock.set("2023-09-14T23:00+00:00")
    assert len(posted(desktop)) == 2
    desktop.clock.set("2023-09-15T10:00+00:00")
    assert len(posted(desktop, code=3)) == 2  # by now the draw is late
    assert said(desktop, commit_entries, ID)[0] == 0
    assert len(posted(desktop)) == 3
    code, text = said(desktop, draw, ID)
    assert (code, "round 686213 decides" in text) == (0, True)  # a day late: the next one


def test_no_list_is_made_once_it_could_prove_nothing_any_more(closed_contest):
    closed_contest.clock.set("2023-09-17T23:00:01+00:00")
    for command in (draw, commit_entries):
        with pytest.raises(BadUsage, match="had to be closed by 2023-09-17 23:00 UTC"):
            said(closed_contest, command, ID)
    closed_contest.clock.set("2023-09-17T23:00+00:00")
    assert said(closed_contest, commit_entries, ID)[0] == 0


def test_no_list_is_made_before_all_entries_can_have_been_seen(open_contest):
    open_contest.clock.set("2023-09-13T11:14+00:00")
    said(open_contest, collect, ID)
    with pytest.raises(BadUsage, match="have not been read since 2023-09-13 11:15"):
        said(open_contest, commit_entries, ID)


def test_there_is_one_list_whoever_dies_in_between(closed_contest):
    said(closed_contest, commit_entries, ID)
    results = closed_contest.root / RESULTS
    before = results.read_text()
    results.unlink()  # killed between the list and its results
    rewritten(closed_contest, f"campaigns/{ID}.yaml", "winners: 2", "winners: 1")
    with pytest.raises(LedgerUnusable, match="made of other rules"):
        said(closed_contest, commit_entries, ID)
    rewritten(closed_contest, f"campaigns/{ID}.yaml", "winners: 1", "winners: 2")
    closed_contest.sandbox.seed("late", "@acme_lv #ZiemasLois")
    said(closed_contest, collect, ID)
    assert said(closed_contest, commit_entries, ID)[0] == 0
    assert results.read_text() == before
    with pytest.raises(BadUsage, match="already"):
        said(closed_contest, commit_entries, ID)


def first_file(entries: EntryList) -> bytes:
    return dict(entries.files())[LIST_FILE]


def test_a_list_that_somebody_has_planted_is_not_taken_up(closed_contest):
    """Whoever may push can publish a shorter list, or a longer one, before the runner does."""
    said(closed_contest, commit_entries, ID)
    (closed_contest.root / RESULTS).unlink()
    folder = closed_contest.root / f".runner/ledger-contests/{ID}/runner-contests/files"
    (file,) = folder.iterdir()
    honest = EntryList.read({LIST_FILE: file.read_bytes()})
    kept, invented = honest.commitments[1:], (*honest.commitments, b"\xff" * 64)
    for commitments, why in (
        (kept, "it lacks 1 of the entries that were collected, and holds 0"),
        (invented, "it lacks 0 of the entries that were collected, and holds 1"),
    ):
        file.write_bytes(first_file(replace(honest, commitments=commitments)))
        with pytest.raises(LedgerUnusable, match=why):
            said(closed_contest, commit_entries, ID)
    file.write_bytes(first_file(replace(honest, announcement="1")))
    with pytest.raises(LedgerUnusable, match="another announcement"):
        said(closed_contest, commit_entries, ID)
    file.write_bytes(first_file(honest))
    assert said(closed_contest, commit_entries, ID)[0] == 0


def test_nothing_is_drawn_before_the_closing_post_nor_before_its_round(closed_contest):
    desktop = closed_contest
    with pytest.raises(BadUsage, match="no list of entries"):
        said(desktop, draw, ID)
    said(desktop, commit_entries, ID)
    with pytest.raises(BadUsage, match="`closed` of `winter-lois` is not known to be out"):
        said(desktop, draw, ID)
    posted(desktop)
    desktop.clock.set("2023-09-15T11:00:02+00:00")
    code, text = said(desktop, draw, ID)
    assert code == 0
    assert "Nothing is drawn yet: round 657413 decides `winter-lois`, 2023-09-15 11:00:03" in text
    assert "drawn:" not in (desktop.root / RESULTS).read_text()


def test_a_contest_that_was_changed_after_its_announcement_gets_no_list(closed_contest):
    rewritten(closed_contest, f"campaigns/{ID}.yaml", "winners: 2", "winners: 1")
    with pytest.raises(BadUsage, match="`announce` of `winter-lois` went out without"):
        said(closed_contest, commit_entries, ID)
    rewritten(closed_contest, f"campaigns/{ID}.yaml", "winners: 1", "winners: 2")
    assert said(closed_contest, commit_entries, ID)[0] == 0


def test_results_with_another_digest_than_the_closing_post_draw_nothing(committed_contest):
    committed_contest.clock.set("2023-09-15T11:01+00:00")
    digest = contest_of(committed_contest.outside(), ID).file.draw.digest
    rewritten(committed_contest, RESULTS, digest, "0" * 64)
    with pytest.raises(BadUsage, match="`closed` of `winter-lois` went out without 0000"):
        said(committed_contest, draw, ID)


def test_status_says_where_it_stands_and_what_is_next(closed_contest):
    desktop = closed_contest
    desktop.clock.set("2023-09-12T11:00+00:00")
    _, text = said(desktop, status)
    assert f"Contest {ID} is open until Wed 13 Sep 2023 11:00 +00:00: runner collect" in text
    desktop.clock.set("2023-09-13T11:20+00:00")
    _, text = said(desktop, status)
    assert f"Contest {ID} has closed, and has no list yet, in time until" in text
    assert f"runner contest commit {ID}" in text
    said(desktop, commit_entries, ID)
    assert "`closed` is still to carry the digest" in said(desktop, status)[1]
    assert len(posted(desktop)) == 3
    _, text = said(desktop, status)
    assert f"waits until Fri 15 Sep 2023 11:00 +00:00 with 7 entries: runner draw {ID}" in text
    outside = desktop.outside()
    preview(outside)
    assert "waits until Fri 15 Sep 2023 11:00 +00:00 with 7 entries" in outside.out.getvalue()


LIES = {
    "another round": {657413: {"round": 657413, "signature": ROUNDS[1000]}},
    "outside the subgroup": {657413: {"signature": "80" + "00" * 46 + "04"}},
    "no signature": {657413: {"round": 657413}},
    "no number": {657413: {"signature": "round"}},
    "a list": {657413: []},
}


def test_a_host_that_lies_is_not_believed_and_the_other_is(committed_contest):
    committed_contest.clock.set("2023-09-15T11:01+00:00")
    for lie in LIES.values():
        with a_beacon(lie) as liar:
            committed_contest.environ[DRAND_VARIABLE] = liar
            assert said(committed_contest, draw, ID)[0] == 4
    assert "drawn:" not in (committed_contest.root / RESULTS).read_text()
    with a_beacon(LIES["another round"]) as liar, a_beacon() as honest:
        committed_contest.environ[DRAND_VARIABLE] = f"{liar} {honest}"
        code, text = said(committed_contest, draw, ID)
    assert code == 0
    assert "A host of the beacon gave a signature that is not of round 657413" in text


def test_with_no_host_in_reach_the_draw_waits(committed_contest):
    committed_contest.clock.set("2023-09-15T11:01+00:00")
    with a_beacon(status=500) as url:
        committed_contest.environ[DRAND_VARIABLE] = f"{url} http://127.0.0.1:9"
        code, text = said(committed_contest, draw, ID)
    assert code == 4
    assert "answered 500; 127.0.0.1 could not be reached" in text
    committed_contest.environ[DRAND_VARIABLE] = "ftp://drand"
    with pytest.raises(BadUsage, match="no address"):
        said(committed_contest, draw, ID)


def test_another_list_than_the_one_committed_to_is_not_drawn_from(committed_contest):
    folder = committed_contest.root / f".runner/ledger-contests/{ID}/runner-contests/files"
    (file,) = folder.iterdir()
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[:-1]).replace("entries=7", "entries=6"))
    committed_contest.clock.set("2023-09-15T11:01+00:00")
    with a_beacon() as url:
        committed_contest.environ[DRAND_VARIABLE] = url
        with pytest.raises(LedgerUnusable, match="is not the one whose digest"):
            said(committed_contest, draw, ID)


EDITS = [
    ("round: 657413", "round: 657414", "The round that decides"),
    ("signature: b7", "signature: b8", "not the beacon's"),
    ('{user: "', '{user: "1', "ticket"),
    ("entries: 7", "entries: 8", "the results name 8"),
    ("entries: 7\n", "", "the results name none"),
    ("digest: ", "# digest: ", "the results name none"),
    ('closing-post: "17', 'closing-post: "16', "before all entries could be seen"),
    ("winners: [", "winners: [acme_fan, ", "3 winners are named"),
]


def test_results_that_were_edited_by_hand_are_false(drawn_contest):
    text = (drawn_contest.root / RESULTS).read_text()
    for old, new, why in EDITS:
        assert old in text
        drawn_contest.write(RESULTS, text.replace(old, new, 1))
        code, told = said(drawn_contest, offline_check, ID)
        assert (code, why in told) == (1, True), told
        code, told = said(drawn_contest, validate)
        assert (code, why in told, "error[contest-result" in told) == (1, True, True), told


def test_a_list_without_a_draw_is_not_drawn_yet_and_later_unfinished(committed_contest):
    with pytest.raises(BadUsage, match="is not drawn yet"):
        said(committed_contest, offline_check, ID)
    committed_contest.clock.set("2023-09-25T11:00:00+00:00")
    with pytest.raises(BadUsage, match="is not drawn yet"):
        said(committed_contest, offline_check, ID)
    committed_contest.clock.set("2023-09-25T11:00:01+00:00")
    code, text = said(committed_contest, offline_check, ID)
    assert (code, "unfinished: " in text) == (1, True)


def test_the_draw_is_shown_before_it_is_announced(drawn_contest):
    drawn_contest.clock.set("2023-09-15T11:30+00:00")
    outside = drawn_contest.outside()
    preview(outside)
    winner = contest_of(drawn_contest.outside(), ID).file.draw.winners[0]
    assert f"@{winner}" in outside.out.getvalue()
    with pytest.raises(BadUsage, match="is drawn already"):
        said(drawn_contest, draw, ID)


def merged(desktop) -> None:
    """The files as they are become those of the default branch."""
    git(desktop.root, "add", "campaigns")
    git(desktop.root, "commit", "-q", "-m", "Merge")
    git(desktop.root, "push", "-q", "origin", "main")


def everything_in(remote) -> bytes:
    """All objects of a repository, whatever refers to them."""
    command = ["git", "-C", str(remote), "cat-file", "--batch-all-objects", "--batch"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_the_same_goes_on_branches_of_the_remote(desktop, tmp_path_factory):
    """Sealed readings and the list have each a branch, with a witness that moves with it."""
    remote = tmp_path_factory.mktemp("hub") / "posts.git"
    project = (desktop.root / "runner.yaml").read_text().replace("store: files", "store: git")
    desktop.write("runner.yaml", project)
    user = desktop.sandbox.account("shop").person.user_id
    desktop.write(f"campaigns/{ID}.yaml", CONTEST.format(key=KEY.fingerprint, user=user))
    desktop.environ[KEYS] = KEY.secret.hex()
    desktop.clock.set("2023-09-10T10:01+00:00")
    cloned(desktop, remote)
    posted(desktop)
    entries = [desktop.sandbox.seed(each, "@acme_lv #ZiemasLois") for each in CROWD]
    desktop.clock.sleep(60)
    assert said(desktop, collect, ID)[0] == 0
    desktop.clock.set("2023-09-13T11:20+00:00")
    assert said(desktop, collect, ID)[0] == 0
    assert said(desktop, commit_entries, ID)[0] == 0
    merged(desktop)
    assert len(posted(desktop)) == 3
    kept = everything_in(remote)
    assert not [
        each for each in entries if each.id.encode() in kept or each.author.encode() in kept
    ]
    desktop.clock.set("2023-09-15T11:00:10+00:00")
    with a_beacon() as url:
        desktop.environ[DRAND_VARIABLE] = url
        assert said(desktop, draw, ID)[0] == 0
    merged(desktop)
    assert said(desktop, offline_check, ID)[0] == 0
    refs = git(remote, "for-each-ref", "--format=%(refname)").split()
    for kind in ("runner-entries", "runner-contests"):
        assert {f"refs/heads/{kind}/{ID}", f"refs/runner/{kind}/{ID}"} <= set(refs)
    listed = git(remote, "rev-parse", f"refs/heads/runner-contests/{ID}").strip()
    assert contest_of(desktop.outside(), ID).file.draw.commit == listed


def about_winners(desktop, *, code: int) -> str:
    """What a run says that would name the winners."""
    desktop.clock.set("2023-09-15T12:05+00:00")
    outside = desktop.outside()
    assert post(outside, PostOptions()) == code
    assert len(desktop.sandbox.timeline("acme_lv")) == 3
    return outside.out.getvalue() + outside.talk.getvalue()


def test_results_that_were_edited_name_nobody(drawn_contest):
    first, second = contest_of(drawn_contest.outside(), ID).file.draw.winners
    rewritten(drawn_contest, RESULTS, f"[{first}, {second}]", f"[{second}, {first}]")
    text = about_winners(drawn_contest, code=3)
    assert f"is of @{first}, and not of @{second}" in text
    rewritten(drawn_contest, RESULTS, f"[{second}, {first}]", f"[{first}, {second}]")
    rewritten(drawn_contest, RESULTS, "round: 657413", "round: 657414")
    assert "The round that decides is 657,413" in about_winners(drawn_contest, code=3)


def test_who_is_gone_is_not_named_before_a_person_has_looked(drawn_contest):
    draw_ = contest_of(drawn_contest.outside(), ID).file.draw
    drawn_contest.sandbox.hide(draw_.winners[1], "suspended")
    text = about_winners(drawn_contest, code=3)
    assert f"X does not show the entry {draw_.proof.places[1].post}" in text
    assert f"runner redraw {ID} --because gone" in text


def test_nobody_is_named_while_x_can_not_be_asked_who_they_are(drawn_contest):
    drawn_contest.environ[OEMBED_VARIABLE] = "http://127.0.0.1:9"
    about_winners(drawn_contest, code=0)
    del drawn_contest.environ[OEMBED_VARIABLE]
    assert len(posted(drawn_contest)) == 4


def test_doctor_says_whether_the_key_is_there_and_the_promise_still_the_same(open_contest):
    desktop = open_contest
    code, text = said(desktop, doctor)
    assert (code, f"`{ID}` has its key, and promises what was announced" in text) == (0, True)
    desktop.environ[KEYS] = OTHER_KEY.secret.hex()
    code, text = said(desktop, doctor)
    assert (code, f"lacks the key {KEY.fingerprint}" in text) == (5, True)
    rewritten(desktop, f"campaigns/{ID}.yaml", KEY.fingerprint, OTHER_KEY.fingerprint)
    code, text = said(desktop, doctor)
    assert (code, "`announce` of `winter-lois` went out without" in text) == (2, True)
    rewritten(desktop, f"campaigns/{ID}.yaml", OTHER_KEY.fingerprint, KEY.fingerprint)
    desktop.environ[KEYS] = ""
    assert said(desktop, doctor)[0] == 5


def test_a_planted_list_that_was_merged_is_not_drawn_from(closed_contest):
    """With its digest in results that somebody merged, and in the closing post."""
    desktop = closed_contest
    said(desktop, commit_entries, ID)
    folder = desktop.root / f".runner/ledger-contests/{ID}/runner-contests/files"
    (file,) = folder.iterdir()
    honest = EntryList.read({LIST_FILE: file.read_bytes()})
    planted = replace(honest, commitments=honest.commitments[1:])
    file.write_bytes(first_file(planted))
    rewritten(desktop, RESULTS, honest.digest, planted.digest)
    rewritten(desktop, RESULTS, "entries: 7", "entries: 6")
    told = said(desktop, validate)[1]
    assert "7 posts were seen, and 6 are on the list or excluded for a reason" in told
    rewritten(desktop, RESULTS, "seen: 7", "seen: 6")
    assert planted.digest in posted(desktop)[0]
    desktop.clock.set("2023-09-15T11:01+00:00")
    with a_beacon() as url:
        desktop.environ[DRAND_VARIABLE] = url
        with pytest.raises(LedgerUnusable, match="it lacks 1 of the entries that were collected"):
            said(desktop, draw, ID)
