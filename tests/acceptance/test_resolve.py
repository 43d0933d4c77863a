"""A person says what became of a post; nothing of it sends anything."""

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.status import status
from runner.ledger import Key, Record, State
from tests.acceptance.doubts import (
    OPENS,
    THREAD,
    a_link,
    an_attempt,
    an_id,
    half_a_thread,
    in_doubt,
    journal_of,
    ledger_of,
    refusal,
    say,
    standing_of,
)


def test_a_post_that_is_out_is_recorded_with_who_and_why(desktop):
    in_doubt(desktop)
    said = say(desktop, posted=a_link(1))

    assert said == (
        f"shop/winter-lois/announce is out, says anna: {a_link(1)}\nNothing more of it goes out.\n"
    )
    (posted,) = standing_of(desktop).posted
    assert (posted.by, posted.because) == ("anna", "I looked at the timeline")
    assert (posted.id, posted.cost) == (an_id(1), Decimal("0.015"))
    assert standing_of(desktop).state is State.POSTED
    assert status(desktop.outside()) == 0


def test_what_a_person_found_stands_in_the_journal_like_what_a_run_sent(desktop):
    in_doubt(desktop)
    say(desktop, posted=a_link(1))

    (line,) = journal_of(desktop)
    assert (line.id, line.digest, line.cost) == (an_id(1), "digest", Decimal("0.015"))
    assert line.text == sha256(b"Win jeans").hexdigest()
    assert line.at == OPENS + timedelta(minutes=1)


@pytest.mark.parametrize(
    "link",
    [
        "https://twitter.com/acme_lv/status/{id}",
        "https://x.com/ACME_LV/status/{id}?s=20&t=abc",
        "x.com/acme_lv/status/{id}",
        "https://mobile.twitter.com/acme_lv/status/{id}/photo/1",
    ],
)
def test_a_link_may_be_written_in_every_way_that_x_writes_it(desktop, link):
    in_doubt(desktop)
    say(desktop, posted=link.format(id=an_id(1)))
    assert standing_of(desktop).posted[0].url == a_link(1)


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (a_link(1, handle="acme_es"), "that is the link of a post of @acme_es, not of @acme_lv"),
        (a_link(-11), "that post is 11 minutes older than the attempt"),
        (a_link(60), "no post of X has that id yet"),
        ("https://example.com/1", "is not the link of a post"),
        ("https://x.com/acme_lv", "is not the link of a post"),
    ],
)
def test_a_link_that_cannot_be_the_post_is_refused(desktop, link, told):
    in_doubt(desktop)
    assert told in refusal(desktop, posted=link)


def test_a_post_that_another_occurrence_is_known_to_be_is_refused(desktop):
    in_doubt(desktop)
    say(desktop, posted=a_link(1))
    other = an_attempt(Key("shop", "winter-lois", "last-call"))
    ledger_of(desktop).record(Record(entries=(other,)))

    told = refusal(desktop, "winter-lois/last-call", posted=a_link(1))
    assert "that post is part 1 of shop/winter-lois/announce" in told


def test_what_is_not_out_is_due_again_within_its_grace(desktop):
    in_doubt(desktop)
    said = say(desktop, not_posted=True)

    assert "shop/winter-lois/announce is not out, says anna." in said
    assert "It goes out with the next run, until Mon  1 Mar 2027 14:00 +02:00." in said
    standing = standing_of(desktop)
    assert standing.state is State.RELEASED
    assert not standing.open(1)
    assert say(desktop, not_posted=True) == "The ledger says so already.\n" + said
    say(desktop, not_posted=True, without_looking=True)
    assert not standing_of(desktop).suspects(1)


def test_what_is_not_out_never_goes_out_once_its_grace_is_over(desktop):
    in_doubt(desktop, now="2027-05-01T15:00+03:00")
    assert "It never goes out: its time is over." in say(desktop, not_posted=True)


def test_nor_is_it_called_missed_before_x_would_show_it_for_certain(desktop):
    in_doubt(desktop, now="2027-03-01T15:00+02:00")
    assert "it is looked for until 2027-03-02 10:00 UTC" in say(desktop, not_posted=True)


def test_what_is_skipped_never_goes_out(desktop):
    in_doubt(desktop)
    said = say(desktop, skip=True)

    assert (
        said == "shop/winter-lois/announce is skipped, says anna.\nNothing more of it goes out.\n"
    )
    assert standing_of(desktop).state is State.SKIPPED


@pytest.mark.parametrize("word", [{"posted": a_link(1)}, {"not_posted": True}, {"skip": True}])
def test_what_the_ledger_says_already_is_written_once(desktop, word):
    in_doubt(desktop)
    say(desktop, **word)
    entries = standing_of(desktop).entries
    assert say(desktop, **word).startswith("The ledger says so already.\n")
    assert standing_of(desktop).entries == entries


@pytest.mark.parametrize("word", [{"posted": a_link(2)}, {"not_posted": True}, {"skip": True}])
def test_nothing_is_said_against_a_post_that_is_out(desktop, word):
    in_doubt(desktop)
    say(desktop, posted=a_link(1))
    assert f"shop/winter-lois/announce is out: {a_link(1)}" in refusal(desktop, **word)


def test_what_was_skipped_is_not_brought_back(desktop):
    in_doubt(desktop)
    say(desktop, skip=True)
    assert "is skipped, so it never goes out" in refusal(desktop, not_posted=True)


@pytest.mark.parametrize("word", [{"posted": a_link(1)}, {"not_posted": True}, {"skip": True}])
def test_nobody_speaks_while_a_run_may_be_sending(desktop, word):
    in_doubt(desktop, now="2027-03-01T10:02:29+02:00")
    told = refusal(desktop, **word)
    assert "a run may be sending shop/winter-lois/announce right now" in told
    assert "again in 1 minute" in told
    desktop.clock.set("2027-03-01T10:02:30+02:00")
    say(desktop, **word)


def test_the_part_of_a_thread_that_was_found_lets_the_rest_go_out(desktop):
    half_a_thread(desktop)
    said = say(desktop, "fit/fit", posted=a_link(1))

    assert f"part 2 of shop/fit/fit is out, says anna: {a_link(1)}" in said
    assert (
        "The rest of it goes out with the next run, until Tue  2 Mar 2027 10:00 +02:00" in said
        or ("still needs a person" in said)
    )
    assert [posted.id for posted in standing_of(desktop, THREAD).posted] == [an_id(), an_id(1)]


def test_the_rest_of_half_a_thread_can_be_skipped(desktop):
    half_a_thread(desktop)
    assert "shop/fit/fit is skipped" in say(desktop, "fit/fit", skip=True)
    assert standing_of(desktop, THREAD).state is State.SKIPPED
    assert status(desktop.outside()) == 0

    say(desktop, "fit/fit", posted=a_link(1))
    standing = standing_of(desktop, THREAD)
    assert (standing.state, len(standing.posted)) == (State.SKIPPED, 2)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (1, "part 1 of shop/fit/fit is out"),
        (3, "the one in question is part 2"),
        (9, "shop/fit/fit has 3 parts"),
    ],
)
def test_only_the_part_in_question_is_spoken_of(desktop, part, told):
    half_a_thread(desktop)
    assert told in refusal(desktop, "fit/fit", not_posted=True, part=part)
    assert "part 2 of shop/fit/fit is not out" in say(desktop, "fit/fit", not_posted=True, part=2)


def test_the_first_part_of_a_thread_is_not_its_second(desktop):
    half_a_thread(desktop)
    assert "that post is part 1 of shop/fit/fit" in refusal(desktop, "fit/fit", posted=a_link())


def test_a_repost_is_known_by_the_post_that_it_shares(desktop):
    parts = ({"text": "", "repost": "1234"},)
    in_doubt(desktop, an_attempt(parts=parts))

    assert "https://x.com/i/status/1234" in refusal(desktop, posted=a_link(1))
    say(desktop, posted="https://x.com/somebody/status/1234")
    (posted,) = standing_of(desktop).posted
    assert (posted.id, posted.url) == ("1234", "https://x.com/i/web/status/1234")
    assert posted.at == OPENS


def test_a_post_that_a_run_takes_for_one_under_another_name_goes_out_by_a_persons_word(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    assert post(desktop.outside(), PostOptions()) == 0
    file = desktop.root / "campaigns/winter-lois.yaml"
    file.rename(file.with_name("jeans.yaml"))
    desktop.sandbox.reset()
    desktop.environ["USER"] = "anna"
    desktop.clock.set("2027-03-01T10:15+02:00")
    outside = desktop.outside()
    assert post(outside, PostOptions()) == 3
    assert "was it renamed?" in outside.out.getvalue()

    say(desktop, "jeans/announce", not_posted=True)
    assert post(desktop.outside(), PostOptions()) == 0
    assert len(desktop.sandbox.timeline()) == 1
