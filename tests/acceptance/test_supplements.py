"""Who was left out of a list says so before the round, and one supplement adds them."""

from functools import partial

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries, publish_copy
from runner.cli.commands.contest_supplement import add_supplement
from runner.cli.commands.draw import draw
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.prove import prove
from runner.cli.commands.resolve import ResolveOptions, resolve
from runner.cli.commands.validate import validate
from runner.cli.commands.verify import check_copy, check_draw
from runner.cli.contests import contest_of
from runner.contest.entry_list import SUPPLEMENT_FILE
from runner.local_x.accounts import user_id
from runner.problems import BadUsage
from runner.public_web import DRAND_VARIABLE
from tests.acceptance.beacons import a_beacon
from tests.acceptance.contests import ID, RESULTS, posted, said
from tests.acceptance.test_whole_contest import announce

pytestmark = pytest.mark.sampled(3)
offline = partial(check_draw, offline=True)


def leave_one_out(desktop):
    desktop.sandbox.seed("zane", "@acme_lv #ZiemasLois")
    desktop.sandbox.hide("zane", "protected")
    desktop.clock.set("2023-09-13T11:20+00:00")
    assert said(desktop, collect, ID)[0] == 0
    assert said(desktop, commit_entries, ID)[0] == 0
    desktop.clock.sleep(60)
    assert len(posted(desktop)) == 3
    desktop.sandbox.hide("zane", None)


@pytest.fixture
def open_contest(after):
    return after(announce, leave_one_out)


@pytest.fixture
def left_out(open_contest):
    """The address of a post in time that X did not show as long as the list was made; the closing
    post is out."""
    (entry,) = (post for post in open_contest.sandbox.timeline() if post.author == user_id("zane"))
    return f"https://x.com/zane/status/{entry.id}"


def declared(desktop, text: str, at: str) -> None:
    """Its post, which the command has asked for."""
    own = text.partition("in your words:\n")[2].replace("2023-09-13 11:22", at)
    file = desktop.root / f"campaigns/{ID}.yaml"
    file.write_text(file.read_text().replace("  winners:", f"{own}  winners:"))


def closed(desktop, text: str, at: str) -> None:
    """Its post goes out then."""
    declared(desktop, text, at)
    desktop.clock.set(f"{at}:30+00:00")
    assert len(posted(desktop)) == 4


def drawn(desktop) -> tuple[int, str]:
    desktop.clock.set("2023-09-15T11:00:10+00:00")
    with a_beacon() as url:
        desktop.environ[DRAND_VARIABLE] = url
        return said(desktop, draw, ID)


def test_who_was_left_out_is_added_and_the_draw_is_verified(open_contest, left_out, tmp_path):
    desktop = open_contest
    code, text = said(desktop, add_supplement, ID, [left_out])
    assert (code, "1 entry comes to the list" in text) == (0, True)
    assert "2023-09-15 05:00 UTC" in text
    assert "grace: 41h" in text
    draw_ = contest_of(desktop.outside(), ID).file.draw
    assert (draw_.entries, draw_.supplement.entries) == (7, 8)
    assert "no post `supplement` that answers `closed`" in said(desktop, validate)[1]
    closed(desktop, text, "2023-09-13 11:40")
    asks = desktop.sandbox.seed("zane", "@acme_lv am I on your list?")
    told = said(desktop, prove, ID, f"https://x.com/zane/status/{asks.id}")[1]
    assert "Entry 1 of 1 on the supplement of the list. Ticket: " in told
    assert draw_.supplement.digest in desktop.sandbox.timeline("acme_lv")[0].text
    assert said(desktop, validate)[0] == 0
    code, text = drawn(desktop)
    assert code == 0, text
    assert contest_of(desktop.outside(), ID).file.draw.proof.supplement
    code, text = said(desktop, offline, ID)
    assert (code, "The supplement adds 1 that had been left out" in text) == (0, True), text
    said(desktop, publish_copy, ID, tmp_path)
    copy = partial(check_copy, offline=True)
    assert said(desktop, copy, ID, str(tmp_path), "acme_lv")[0] == 0
    (tmp_path / SUPPLEMENT_FILE).write_bytes(b"")
    code, text = said(desktop, copy, ID, str(tmp_path), "acme_lv")
    assert (code, "adds nobody" in text) == (1, True)


def test_there_is_one_supplement_in_time_of_who_counts(open_contest, left_out):
    desktop = open_contest
    with pytest.raises(BadUsage, match="nobody whose entry counts is missing"):
        said(desktop, add_supplement, ID, [])
    desktop.sandbox.seed("late", "@acme_lv #ZiemasLois")
    other = desktop.sandbox.seed("other", "#ZiemasLois")
    with pytest.raises(BadUsage, match=f"the post {other.id} is no entry"):
        said(desktop, add_supplement, ID, [f"https://x.com/other/status/{other.id}"])
    many = [f"https://x.com/other/status/{int(other.id) + n}" for n in range(1, 102)]
    with pytest.raises(BadUsage, match=f"the post {int(other.id) + 1} is no entry"):
        said(desktop, add_supplement, ID, many)  # more than X takes in one request
    said(desktop, add_supplement, ID, [left_out])
    with pytest.raises(BadUsage, match="has its supplement already"):
        said(desktop, add_supplement, ID, [left_out])
    text = (desktop.root / RESULTS).read_text()
    desktop.write(RESULTS, "".join(line for line in text.splitlines(True) if "suppl" not in line))
    assert said(desktop, add_supplement, ID, [])[0] == 0
    assert (desktop.root / RESULTS).read_text() == text


def test_six_hours_before_the_round_it_is_too_late(open_contest, left_out):
    open_contest.clock.set("2023-09-15T05:00:04+00:00")
    with pytest.raises(BadUsage, match="had to be closed by 2023-09-15 05:00 UTC"):
        said(open_contest, add_supplement, ID, [left_out])


def test_what_was_never_closed_is_no_part_of_the_draw(open_contest, left_out):
    said(open_contest, add_supplement, ID, [left_out])
    code, text = drawn(open_contest)
    assert (code, "never closed" in text) == (0, True)
    assert contest_of(open_contest.outside(), ID).file.draw.supplement is None
    assert said(open_contest, offline, ID)[0] == 0


@pytest.mark.parametrize(
    ("at", "code", "why"),
    [("04:50", 0, "its time is over"), ("06:00", 3, "it is due too late")],
    ids=["due in time", "due too late"],
)
def test_one_that_would_come_too_late_is_not_sent_and_nothing_is_lost(
    open_contest, left_out, at, code, why
):
    """Five minutes are left for sending it, since one that X dates too late ends the proof."""
    desktop = open_contest
    _, text = said(desktop, add_supplement, ID, [left_out])
    declared(desktop, text, f"2023-09-15 {at}")
    desktop.clock.set("2023-09-15T04:00:00+00:00")
    outside = desktop.outside()
    assert post(outside, PostOptions()) == code
    told = outside.out.getvalue() + said(desktop, preview)[1]
    assert (why in told) is (code == 3)
    desktop.clock.set("2023-09-15T04:55:30+00:00")
    told = said(desktop, preview)[1]
    assert "its time is over: a supplement is closed six hours before the round" in told, told
    assert len(posted(desktop)) == 3
    assert drawn(desktop)[0] == 0
    assert contest_of(desktop.outside(), ID).file.draw.supplement is None


def test_one_that_is_sent_in_the_last_minute_is_part_of_the_draw(open_contest, left_out):
    desktop = open_contest
    _, text = said(desktop, add_supplement, ID, [left_out])
    closed(desktop, text, "2023-09-15 04:54")
    assert drawn(desktop)[0] == 0
    assert contest_of(desktop.outside(), ID).file.draw.proof.supplement


def test_one_that_somebody_sent_by_hand_too_late_ends_the_proof(open_contest, left_out):
    desktop = open_contest
    _, text = said(desktop, add_supplement, ID, [left_out])
    declared(desktop, text, "2023-09-13 11:40")
    desktop.clock.set("2023-09-15T06:00:00+00:00")
    desktop.environ["USER"] = "anna"
    by_hand = desktop.sandbox.post_by_hand("shop", "by hand")
    link = f"https://x.com/acme_lv/status/{by_hand.id}"
    asked = ResolveOptions(name=f"shop/{ID}/supplement", posted=link, because="sent by hand")
    assert said(desktop, resolve, asked)[0] == 0
    with pytest.raises(BadUsage, match="closed less than six hours before the round"):
        drawn(desktop)
