"""Each way of entering is read whole: in storms, past limits, after a kill, and told where not."""

from datetime import datetime, timedelta

import pytest

from runner.cli.commands.collect import collect
from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.status import status
from runner.cli.commands.validate import validate
from runner.cli.contests import KEYS, contest_of
from runner.local_x.accounts import user_id
from runner.local_x.crowd import LATE, Act, crowd_acts, storm
from runner.problems import BadUsage
from tests.acceptance.open_contests import collected, contest_by, enter, files, rewritten
from tests.unit.contest.building import OTHER_KEY

pytestmark = pytest.mark.sampled(8)
OPENS = datetime.fromisoformat("2027-03-01T10:00+02:00")
CLOSES = datetime.fromisoformat("2027-03-08T20:00+02:00")
TEXT = "@acme_lv #ZiemasLois for me"
HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)


def announced(desktop, how: str):
    """A contest that is open, its announcement out; and that post."""
    shop = contest_by(desktop, how)
    assert post(shop.outside(), PostOptions()) == 0
    *_, announcement = shop.sandbox.timeline()
    return shop, announcement


def entered(desktop) -> set[str]:
    """Who has entered, by handle, as far as what is kept tells."""
    kept = contest_of(desktop.outside(), "winter-lois").collector(desktop.outside()).readings()
    return {each.handle for each in kept.seen() if each.counts}


def committed(desktop) -> str:
    outside = desktop.outside()
    assert commit_entries(outside, "winter-lois") == 0
    return outside.out.getvalue()


def test_a_storm_is_read_to_its_end_by_a_search_where_mentions_show_no_more(desktop):
    shop = contest_by(desktop, "mention")
    shop.sandbox.play(storm(1500, at=OPENS + HOUR, text=TEXT))
    shop.clock.set(OPENS + 2 * HOUR)
    code, text = collected(shop)
    assert (code, len(entered(shop))) == (0, 1500)
    # 800 mentions and 700 posts that a search found
    assert "1500 posts read, 1500 of them new ($4.30)" in text
    assert "All was read that X shows" in text


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_five_thousand_mentions_in_a_minute_are_read_past_a_rate_limit_and_then_it_stops(desktop):
    """A run falls into the storm, and the next one meets X's limit."""
    shop = contest_by(desktop, "mention")
    shop.sandbox.play(storm(5000, at=OPENS + HOUR, text=TEXT))
    shop.clock.set(OPENS + HOUR + timedelta(seconds=30))
    assert collected(shop)[0] == 0
    assert 2000 < len(entered(shop)) < 3000
    shop.clock.set(OPENS + HOUR + timedelta(minutes=2))
    reset = int((shop.clock.now() + QUARTER).timestamp())
    limit = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(reset)}
    shop.sandbox.fail({"route": "search", "status": 429, "headers": limit})
    assert collected(shop, wait=timedelta(minutes=16))[0] == 0
    assert len(entered(shop)) == 5000
    pages = 8 + 42  # of mentions, and of what a search finds beyond them
    assert asked(shop) <= 2 * pages + 1
    shop.clock.set(OPENS + 3 * HOUR)  # what X lists late is looked for once more
    assert "5000 posts read, 0 of them new ($0.00)" in collected(shop)[1]
    assert asked(shop) <= 3 * pages + 1
    shop.clock.set(OPENS + 4 * HOUR)
    assert ": 0 posts read, 0 of them new" in collected(shop)[1]
    assert asked(shop) <= 3 * pages + 2


def asked(desktop) -> int:
    """How often X was asked for a page."""
    requests = desktop.sandbox.requests()
    return requests["mentions"] + requests["search"]


def test_mentions_cost_a_fifth_where_the_app_is_our_own(desktop):
    shop = contest_by(desktop, "mention")
    enter(shop, "anna")
    enter(shop, "karlis")
    assert "2 posts read, 2 of them new ($0.002)" in collected(shop)[1]


def test_few_mentions_need_no_search(desktop):
    shop = contest_by(desktop, "mention")
    enter(shop, "anna")
    collected(shop)
    assert "search" not in shop.sandbox.requests()


def test_a_reply_is_found_whose_author_took_our_name_away(desktop):
    shop, announcement = announced(desktop, "reply")
    at, root = shop.clock.now(), announcement.id
    shop.sandbox.play(
        [
            Act(at=at, who="anna", text="#ZiemasLois", to=root),
            Act(at=at, who="karlis", text="#ZiemasLois", to=root, unmentioned=True),
            Act(at=at, who="ilze", text=TEXT),
        ]
    )
    shop.clock.sleep(60)
    _, text = collected(shop)
    assert entered(shop) == {"anna", "karlis"}
    assert "X counts 2 replies; 2 were seen" in text
    assert "does not say" not in text  # who speaks to us elsewhere has not entered


def test_a_reply_to_any_part_of_the_announcement_counts(desktop):
    shop = contest_by(desktop, "reply")
    rewritten(
        shop,
        "announce: {at: opens}",
        "announce: {at: opens, thread: ['One {{ contest.code }}', Two]}",
    )
    assert post(shop.outside(), PostOptions()) == 0
    second, first = (each.id for each in shop.sandbox.timeline())
    enter(shop, "anna", TEXT, reply_to=first)
    enter(shop, "karlis", TEXT, reply_to=second)
    _, text = collected(shop)
    assert entered(shop) == {"anna", "karlis"}
    assert "X counts 2 replies; 2 were seen" in text  # and not our own second part


def test_our_own_answers_to_the_announcement_are_no_entries_that_nobody_saw(desktop):
    shop = contest_by(desktop, "reply")
    reminder = "reminder: {at: opens + 1h, reply-to: announce, text: Still open}"
    rewritten(shop, "  closed:", f"  {reminder}\n  closed:")
    for hours in (0, 1):
        shop.clock.sleep(hours * 3600)
        assert post(shop.outside(), PostOptions()) == 0
    reminder, *_, announcement = shop.sandbox.timeline()
    assert reminder.reply_to == announcement.id
    enter(shop, "anna", TEXT, reply_to=announcement.id)
    assert "X counts 1 reply; 1 was seen" in collected(shop)[1]


def test_who_carries_the_hashtag_has_entered_and_not_who_only_begins_like_it(desktop):
    shop = contest_by(desktop, "hashtag")
    enter(shop, "anna", "look #ziemaslois")
    enter(shop, "karlis", "#ZiemasLois2027")
    _, text = collected(shop)
    assert entered(shop) == {"anna"}
    assert "X tells nobody how many posts carry a hashtag" in text
    assert shop.sandbox.requests()["search"] == 1


def test_who_shares_the_announcement_has_entered_as_long_as_they_do(desktop):
    shop, announcement = announced(desktop, "repost")
    at, root = shop.clock.now(), announcement.id
    shop.sandbox.play(
        Act(at=at + number * timedelta(minutes=1), who=f"p{number}", does="repost", to=root)
        for number in range(130)
    )
    shop.sandbox.play([Act(at=CLOSES, who="p7", does="delete")])
    shop.clock.sleep(3 * 3600)
    _, text = collected(shop)
    assert len(entered(shop)) == 130
    assert "X counts 130 reposts; 130 were seen" in text
    shop.clock.set(CLOSES + QUARTER)
    _, text = collected(shop)
    assert "p7" not in entered(shop)
    assert "1 × is not shown by X any more" in text
    assert "129 entries are on the list" in committed(shop)
    results = (shop.root / "campaigns/results/winter-lois.yaml").read_text()
    assert "coverage: {seen: 130, counted: 129, excluded: {gone: 1}}\n" in results


@pytest.mark.sampled(1)
@pytest.mark.parametrize("how", ["hashtag", "repost"])
def test_a_run_may_end_after_any_page_and_the_next_one_goes_on(desktop, how):
    shop, announcement = announced(desktop, how)
    at, route = shop.clock.now(), {"hashtag": "search", "repost": "reposts"}[how]
    shop.sandbox.play(
        Act(
            at=at + number * timedelta(seconds=1),
            who=f"p{number}",
            does="repost" if how == "repost" else "post",
            text=TEXT,
            to=announcement.id if how == "repost" else None,
        )
        for number in range(450)
    )
    shop.clock.sleep(3600)
    for page in range(1, 5):
        # each run reads one page, then the connection breaks
        shop.sandbox.fail({"route": route, "delay": 0}, {"route": route, "drop": True})
        code, text = collected(shop)
        assert (code, len(entered(shop))) == (4, 100 * page)
        assert "Not all is read yet" in text
    enter(shop, "late")
    code, text = collected(shop)
    assert code == 0
    assert len(entered(shop)) == 450 + (how == "hashtag")
    # once more for what is newer; and for the reposts of the announcement's second part
    assert shop.sandbox.requests()[route] == 4 * 2 + 1 + 1 + (how == "repost")


def test_x_is_asked_again_when_it_says_so_and_not_before(desktop):
    shop = contest_by(desktop, "hashtag")
    for handle in ("anna", "karlis"):
        enter(shop, handle)
    reset = int((shop.clock.now() + QUARTER).timestamp())
    limit = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(reset)}
    refused = {"route": "search", "status": 429, "headers": limit}
    shop.sandbox.fail(refused)
    assert collected(shop, wait=timedelta(minutes=10))[0] == 4
    assert shop.sandbox.requests()["search"] == 1
    shop.sandbox.fail(refused)
    code, text = collected(shop, wait=timedelta(minutes=16))
    assert (code, shop.sandbox.requests()["search"]) == (0, 3)
    assert "2 people have entered" in text
    assert shop.clock.now().timestamp() >= reset


def test_a_reset_that_is_always_near_is_no_reason_to_hammer(desktop):
    shop = contest_by(desktop, "hashtag")
    past = str(int(shop.clock.now().timestamp()))
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": past}
    shop.sandbox.fail({"route": "search", "status": 429, "headers": headers, "times": 100})
    assert collected(shop, wait=timedelta(minutes=16))[0] == 4
    assert shop.sandbox.requests()["search"] <= 17


def test_a_week_that_nobody_read_is_a_gap_until_it_is_accepted(desktop):
    shop = contest_by(desktop, "hashtag")
    assert post(shop.outside(), PostOptions()) == 0
    enter(shop, "anna")
    shop.clock.set(CLOSES + HOUR)
    enter(shop, "karlis")
    code, text = collected(shop)
    assert code == 3
    gap = "2027-03-01 08:00"
    assert f"Entries may be missing from {gap} until 2027-03-01 20:00 UTC" in text
    seen = "1 post was seen, by Mon  8 Mar 2027 21:00 +02:00"
    missing = f"{seen}; entries may be missing, from after {gap} UTC"
    assert [missing in each for each in looked_at(shop)] == [True, True], "".join(looked_at(shop))
    enter_late(shop)
    with pytest.raises(BadUsage, match=f"may be missing, from after {gap}"):
        commit_entries(shop.outside(), "winter-lois")
    rewritten(
        shop,
        "entry: {",
        f'entry: {{accept-missing: {{"{gap}": nobody collected in the first hours}}, ',
    )
    code, text = collected(shop)
    assert (code, "UTC are left out, as the contest's file says" in text) == (0, True)
    for each in looked_at(shop):
        assert f"entries from after {gap} UTC are left out" in each
        assert "may be missing" not in each


def looked_at(shop) -> list[str]:
    """What the preview and the status say."""
    said = []
    for command in (preview, status):
        outside = shop.outside()
        command(outside)
        said.append(outside.out.getvalue())
    return said


def enter_late(shop) -> None:
    """Somebody who is in time, and whom a search still shows."""
    shop.sandbox.seed("ilze", TEXT)


def test_what_may_be_spent_on_reading_is_a_hard_stop(desktop):
    shop = contest_by(desktop, "hashtag")
    runner = shop.root / "runner.yaml"
    runner.write_text(runner.read_text() + "\nbudget: {usd-per-month: 50, reading: 1.00}\n")
    shop.sandbox.play(storm(350, at=OPENS + HOUR, text=TEXT))
    shop.clock.set(OPENS + 2 * HOUR)
    code, text = collected(shop)
    assert code == 3
    assert "200 posts read, 200 of them new ($1.00)" in text
    assert "what reading may cost this month is used up" in text
    assert "raise `budget.reading`" in text
    assert collected(shop)[0] == 3
    assert shop.sandbox.requests()["search"] == 2
    runner.write_text(runner.read_text().replace("reading: 1.00", "reading: 2.00"))
    code, text = collected(shop)
    assert (code, len(entered(shop))) == (0, 350)
    assert "150 posts read, 150 of them new ($0.75)" in text


def test_a_post_that_was_read_today_costs_nothing_more(desktop):
    shop = contest_by(desktop, "hashtag")
    enter(shop, "anna")
    assert "1 post read, 1 of them new ($0.005)" in collected(shop)[1]
    shop.clock.sleep(300)
    assert "1 post read, 0 of them new ($0.00)" in collected(shop)[1]
    shop.clock.set("2027-03-02T01:59+02:00")
    enter(shop, "karlis")
    collected(shop)
    shop.clock.set("2027-03-02T02:01+02:00")  # the next day in UTC
    assert "1 post read, 0 of them new ($0.005)" in collected(shop)[1]


def test_who_is_gone_when_all_has_settled_is_not_on_the_list(desktop):
    shop, _ = announced(desktop, "mention")
    names = ("stays", "deletes", "protects", "suspended", "rewrites")
    for handle in names:
        enter(shop, handle)
    enter(shop, "deletes")  # and enters again, which stands
    collected(shop)
    after = CLOSES + timedelta(minutes=1)
    shop.sandbox.play(
        [
            Act(at=after, who="protects", does="protect"),
            Act(at=after, who="suspended", does="suspend"),
            Act(at=after, who="rewrites", does="edit", text="@acme_lv never mind"),
        ]
    )
    twice = [each for each in shop.sandbox.timeline() if each.author == user_id("deletes")]
    shop.sandbox.remove(twice[-1].id)
    shop.clock.set(CLOSES + QUARTER)
    _, text = collected(shop)
    assert entered(shop) == {"stays", "deletes"}
    assert "3 × is not shown by X any more" in text
    assert "1 × does not say what an entry has to say" in text
    assert "2 entries are on the list" in committed(shop)
    results = (shop.root / "campaigns/results/winter-lois.yaml").read_text()
    assert "coverage: {seen: 6, excluded: {phrase: 1, gone: 3}}\n" in results
    assert validate(shop.outside()) == 0


def test_the_version_that_carries_the_phrase_has_to_be_from_before_the_end(desktop):
    shop = contest_by(desktop, "mention")
    for handle in ("early", "late"):
        enter(shop, handle, "@acme_lv hello")
    shop.sandbox.play(
        [
            Act(at=CLOSES - timedelta(seconds=1), who="early", does="edit", text=TEXT),
            Act(at=CLOSES + timedelta(seconds=1), who="late", does="edit", text=TEXT),
        ]
    )
    shop.clock.set(CLOSES + QUARTER)
    _, text = collected(shop)
    assert "1 person has entered so far" in text
    assert "1 × is from after the contest" in text


def test_once_all_has_settled_nothing_more_is_read(desktop):
    shop = contest_by(desktop, "mention")
    enter(shop, "anna")
    shop.clock.set(CLOSES + QUARTER)
    collected(shop)
    before = shop.sandbox.requests()
    shop.clock.sleep(3600)
    code, text = collected(shop)
    assert (code, shop.sandbox.requests()) == (0, before)
    assert "all is read; nothing more is collected" in text


def test_what_x_lists_late_is_seen_before_the_list_is_made(desktop):
    shop = contest_by(desktop, "mention")
    shop.sandbox.play(
        [Act(at=CLOSES - timedelta(minutes=1), who="anna", text=TEXT, listed=2 * LATE)]
    )
    shop.clock.set(CLOSES + timedelta(minutes=1))
    assert "0 people have entered" in collected(shop)[1]
    shop.clock.set(CLOSES + QUARTER)
    assert "1 person has entered" in collected(shop)[1]


def test_a_whole_crowd_is_judged_as_it_is(desktop):
    """360 enter: of each kind of oddity two."""
    shop = contest_by(desktop, "mention")
    rewritten(shop, 'phrase: "#ZiemasLois"', 'phrase: "#ZiemasLois", account-age: 7d')
    shop.sandbox.play(crowd_acts(360, opens=OPENS, closes=CLOSES, text=TEXT))
    for day in range(1, 8):
        shop.clock.set(OPENS + timedelta(days=day))
        collected(shop)
    shop.clock.set(CLOSES + QUARTER)
    _, text = collected(shop)
    odd = {"forgot": 2, "hid": 4, "late": 2, "young": 2}
    deleted = 2
    assert f"{360 - sum(odd.values()) - deleted} people have entered" in text
    assert "2 × is by somebody who has entered already" in text
    assert "2 × is by an account that is too young" in text
    assert "2 × does not say what an entry has to say" in text


def test_all_ways_are_kept_in_files_that_tell_numbers_alone(desktop):
    shop = contest_by(desktop, "mention")
    enter(shop, "anna")
    collected(shop)
    line, _, _ = files(shop)[0].read_bytes().partition(b"\n")
    assert line == (
        b'{"at":"2027-03-01T08:01:01Z","usd":"0.001","seen":1,"counted":null,"is_whole":true,'
        b'"gaps":[],"is_walking":false}'
    )


def test_status_tells_without_the_key_what_was_seen_of_what_x_counts(desktop):
    shop, announcement = announced(desktop, "reply")
    enter(shop, "anna", reply_to=announcement.id)
    collected(shop)
    del shop.environ[KEYS]
    outside = shop.outside()
    status(outside)
    seen = "  1 post was seen, of 1 that X counts, by Mon  1 Mar 2027 10:01 +02:00\n"
    assert seen in outside.out.getvalue()
    files(shop)[0].write_bytes(b"nonsense")
    outside = shop.outside()
    assert status(outside) == 0
    assert "What was collected of winter-lois can't be told" in outside.talk.getvalue()


def test_a_contest_that_is_not_announced_yet_stops_no_other(desktop):
    shop = contest_by(desktop, "mention")
    text = (shop.root / "campaigns/winter-lois.yaml").read_text()
    shop.write("campaigns/answers.yaml", text.replace("how: mention", "how: reply"))
    enter(shop, "anna")
    code, text = collected(shop, None)
    assert code == 0
    assert "answers: `announce` of `answers` is not known to be out" in text
    assert "1 person has entered" in text
    shop.environ[KEYS] = OTHER_KEY.secret.hex()
    code, text = collected(shop, None)
    assert code == 5
    assert "winter-lois: RUNNER_ENTRIES_KEY lacks the key" in text


def test_only_the_contests_of_an_account_are_collected_for_it(desktop):
    shop = contest_by(desktop, "mention")
    enter(shop, "anna")
    outside = shop.outside()
    assert collect(outside, accounts=["tienda"]) == 0
    assert "No contest with a key is open" in outside.out.getvalue()
    assert "1 post read" in collected(shop, None, accounts=["shop"])[1]
