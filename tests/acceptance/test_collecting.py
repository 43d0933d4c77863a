"""Entries are collected from X over HTTP: each once, those that count, sealed, nobody named."""

from datetime import timedelta

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.contests import KEYS, contest_of
from runner.problems import BadUsage, LedgerUnusable
from tests.acceptance.open_contests import collected, contest_by, enter, files
from tests.unit.contest.building import OTHER_KEY


@pytest.fixture
def shop(desktop):
    """A desktop whose contest by mention is open, with its key in the environment."""
    return contest_by(desktop, "mention")


def test_entries_are_read_once_and_those_that_do_not_count_are_told(shop):
    enter(shop, "anna")
    enter(shop, "karlis")
    enter(shop, "anna", "@acme_lv #ZiemasLois once more")
    enter(shop, "ilze", "@acme_lv what a nice contest")
    enter(shop, "acme_support")
    enter(shop, "liga", "nobody is mentioned here #ZiemasLois")
    code, text = collected(shop)
    assert code == 0
    assert "5 posts read, 5 of them new ($0.005)" in text
    assert "2 people have entered so far" in text
    assert "1 × is by somebody who has entered already" in text
    assert "1 × does not say what an entry has to say" in text
    assert "1 × is by us, a partner, or somebody whom the rules exclude" in text
    assert "All was read that X shows since the contest has opened" in text
    enter(shop, "juris")
    _, text = collected(shop)
    assert "6 posts read, 1 of them new" in text
    assert "3 people have entered so far" in text


def test_a_later_reading_goes_back_a_quarter_of_an_hour_only(shop):
    enter(shop, "anna")
    shop.clock.sleep(3600)
    collected(shop)
    enter(shop, "karlis")
    _, text = collected(shop)
    assert "1 post read, 1 of them new" in text
    assert "2 people have entered" in text


def test_a_post_that_x_shows_late_is_seen_by_the_next_reading(shop):
    shop.sandbox.set_lag(timedelta(minutes=5))
    enter(shop, "anna")
    assert "0 posts read" in collected(shop)[1]
    shop.clock.sleep(600)
    assert "1 person has entered" in collected(shop)[1]


def test_what_is_kept_names_nobody(shop):
    posts = [enter(shop, handle) for handle in ("anna_the_first", "karlis_demo", "ilze_demo")]
    _, text = collected(shop)
    kept = b"".join(each.read_bytes() for each in files(shop))
    assert len(files(shop)) == 1
    for each in posts:
        for secret in (each.id, each.author, "anna_the_first", "karlis_demo", "for me"):
            assert secret.encode() not in kept
            assert secret not in text


def test_reading_the_same_twice_gives_other_bytes(shop):
    enter(shop, "anna")
    collected(shop)
    collected(shop)
    first, second = (each.read_bytes().partition(b"\n")[2] for each in files(shop))
    assert first[:32] != second[:32]


def test_a_reply_counts_where_one_has_to_reply(desktop):
    shop = contest_by(desktop, "reply")
    with pytest.raises(BadUsage, match="not known to be out"):
        collected(shop)
    assert post(shop.outside(), PostOptions()) == 0
    _, announcement = shop.sandbox.timeline()
    enter(shop, "anna", "#ZiemasLois please", reply_to=announcement.id)
    enter(shop, "karlis")
    _, text = collected(shop)
    assert "2 posts read, 1 of them new" in text
    assert "1 person has entered" in text
    assert "X counts 1 reply; 1 was seen" in text


@pytest.mark.parametrize(
    "fault",
    [
        {"drop": True},
        {"status": 429},
        {"status": 503},
        {"status": 200, "body": {"data": [], "meta": {"result_count": 5}}},
        {"status": 200, "body": {"data": [{"id": "1", "text": "x"}], "meta": {"result_count": 1}}},
    ],
    ids=["silence", "rate-limit", "error", "half-a-page", "no-author"],
)
def test_nothing_is_kept_of_an_answer_that_is_not_whole(shop, fault):
    for number in range(120):
        shop.sandbox.seed(f"p{number}", "@acme_lv #ZiemasLois")
    shop.clock.sleep(60)
    shop.sandbox.fail({"route": "mentions", **fault})
    code, text = collected(shop)
    assert code == 4
    assert "X could not be read" in text
    assert not files(shop)
    assert "120 people have entered" in collected(shop)[1]


def test_another_key_begins_nothing(shop):
    shop.environ[KEYS] = OTHER_KEY.secret.hex()
    with pytest.raises(LedgerUnusable, match="lacks the key"):
        collected(shop)
    shop.environ[KEYS] = "not a key"
    with pytest.raises(LedgerUnusable, match="can't be read"):
        collected(shop)
    assert not files(shop)


def test_a_changed_or_missing_reading_stops_everything(shop):
    enter(shop, "anna")
    collected(shop)
    collected(shop)
    first, second = files(shop)
    whole = first.read_bytes()
    first.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(LedgerUnusable, match="can't be read"):
        collected(shop)
    first.write_bytes(second.read_bytes())  # a message opens at its own place alone
    with pytest.raises(LedgerUnusable, match="can't be read"):
        collected(shop)
    first.unlink()
    with pytest.raises(LedgerUnusable, match="a reading is missing"):
        collected(shop)


def test_credentials_of_somebody_else_read_nothing(shop):
    path = shop.root / "campaigns/winter-lois.yaml"
    user = shop.sandbox.account("shop").person.user_id
    path.write_text(path.read_text().replace(user, "4711"))
    code, text = collected(shop)
    assert code == 4
    assert "the contest was announced with the user 4711" in text


def test_all_open_contests_are_collected_and_no_others(shop):
    enter(shop, "anna")
    assert "winter-lois: 1 post read" in collected(shop, None)[1]
    shop.clock.set("2027-03-14T10:01+02:00")
    assert collected(shop, None) == (0, "No contest with a key is open.\n")
    assert contest_of(shop.outside(), "winter-lois").charter().how == "mention"
