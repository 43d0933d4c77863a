"""From YAML to a published post, over real HTTP through tweepy, as the command does it."""

from datetime import timedelta

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.status import status


def said(outside) -> str:
    return outside.out.getvalue()


def test_a_due_post_goes_out_once_and_a_second_run_sends_nothing(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    outside = desktop.outside()

    assert post(outside, PostOptions()) == 0
    assert "posted  shop/winter-lois/announce" in said(outside)
    assert len(desktop.sandbox.timeline()) == 1

    again = desktop.outside()
    assert post(again, PostOptions()) == 0
    assert "Sent 0 posts" in said(again)
    assert len(desktop.sandbox.timeline()) == 1


def test_nothing_due_asks_x_nothing_and_writes_nothing(desktop):
    outside = desktop.outside()

    assert post(outside, PostOptions()) == 0
    assert desktop.sandbox.requests() == {}
    assert not (desktop.root / ".runner").exists()
    assert "Next: shop/winter-lois/announce, Mon  1 Mar 2027 10:00 +02:00" in said(outside)


def test_a_dry_run_says_what_would_go_out_and_sends_nothing(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    outside = desktop.without_credentials().outside()

    assert post(outside, PostOptions(dry_run=True)) == 0
    assert "1 post due now" in said(outside)
    assert "three pairs of skinny jeans" in said(outside)
    assert desktop.sandbox.requests() == {}


def test_waiting_publishes_to_the_second(desktop):
    desktop.clock.set("2027-03-01T09:55+02:00")

    assert post(desktop.outside(), PostOptions(wait=timedelta(minutes=10))) == 0
    (only,) = desktop.sandbox.timeline()
    assert only.at.isoformat() == "2027-03-01T08:00:00+00:00"


def test_a_post_whose_grace_is_over_is_recorded_as_missed_once_and_never_sent(desktop):
    desktop.clock.set("2027-03-01T15:00+02:00")
    outside = desktop.outside()

    assert post(outside, PostOptions()) == 0
    assert "missed  shop/winter-lois/announce" in said(outside)
    shelf = desktop.root / ".runner/ledger/ledgers/shop/campaigns/winter-lois/once.jsonl"
    assert shelf.read_text().count('"missed"') == 1

    assert post(desktop.outside(), PostOptions()) == 0
    assert shelf.read_text().count('"missed"') == 1
    assert desktop.sandbox.timeline() == []


def test_an_answer_that_is_lost_is_looked_for_on_x_and_the_post_is_not_sent_again(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    desktop.sandbox.fail({"route": "create", "status": 503, "applied": True})

    outside = desktop.outside()
    assert post(outside, PostOptions()) == 0
    assert "a run in three minutes or later looks for it on X" in said(outside)
    assert post(desktop.outside(), PostOptions()) == 0
    assert "unknown" in stands(desktop), "nobody looks before its request must have ended"

    desktop.clock.sleep(180)
    outside = desktop.outside()
    assert post(outside, PostOptions()) == 0
    assert "found" in said(outside)
    assert len(desktop.sandbox.timeline()) == 1
    assert "posted" in stands(desktop)


def test_what_x_does_not_show_is_sent_once_more_by_a_run_that_waits(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    desktop.sandbox.fail({"route": "create", "status": 503, "applied": False})

    assert post(desktop.outside(), PostOptions(wait=timedelta(minutes=10))) == 0
    (only,) = desktop.sandbox.timeline()
    assert only.at.isoformat() == "2027-03-01T08:08:00+00:00", "six minutes after the attempt"


def stands(desktop) -> str:
    outside = desktop.outside()
    assert status(outside) == 0
    return said(outside)


def test_x_out_of_credit_stops_the_run_and_leaves_the_post_due(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    desktop.sandbox.fail({"route": "create", "status": 402})

    assert post(desktop.outside(), PostOptions()) == 4
    assert post(desktop.outside(), PostOptions()) == 0
    assert len(desktop.sandbox.timeline()) == 1


def test_a_thread_goes_out_as_replies_to_itself(desktop):
    desktop.write(
        "campaigns/fit.yaml",
        """\
kind: series
account: shop
starts: 2027-03-01
ends: 2027-03-02
posts:
  fit:
    at: starts 12:00
    thread: [First the waist., Then the leg., "Last, the hem."]
""",
    )
    desktop.clock.set("2027-03-01T12:00+02:00")
    assert post(desktop.outside(), PostOptions(campaigns=("fit",))) == 0

    first, second, third = reversed(desktop.sandbox.timeline())
    assert [first.text, second.text, third.text] == [
        "First the waist.",
        "Then the leg.",
        "Last, the hem.",
    ]
    assert [first.reply_to, second.reply_to, third.reply_to] == [None, first.id, second.id]


def test_two_posts_of_an_account_keep_their_distance(desktop):
    desktop.write(
        "campaigns/other.yaml",
        "kind: series\naccount: shop\nposts: {hello: {at: 2027-03-01 10:01, text: Hello}}\n",
    )
    desktop.clock.set("2027-03-01T10:02+02:00")

    assert post(desktop.outside(), PostOptions(wait=timedelta(minutes=30))) == 0
    second, first = desktop.sandbox.timeline()
    assert second.text == "Hello"
    assert second.at - first.at == timedelta(minutes=10)


def test_draft_and_hold_stop_a_post(desktop):
    contest = (desktop.root / "campaigns/winter-lois.yaml").read_text()
    desktop.clock.set("2027-03-01T10:02+02:00")
    for key in ("draft", "hold"):
        desktop.write("campaigns/winter-lois.yaml", f"{contest}{key}: true\n")
        assert post(desktop.outside(), PostOptions()) == 0
    desktop.write("campaigns/winter-lois.yaml", contest)
    desktop.write("runner.yaml", (desktop.root / "runner.yaml").read_text() + "hold: true\n")
    assert post(desktop.outside(), PostOptions()) == 0
    assert desktop.sandbox.timeline() == []


def test_a_post_that_breaks_a_rule_needs_a_person_and_the_others_go_out(desktop):
    desktop.write(
        "campaigns/long.yaml",
        "kind: series\naccount: shop\n"
        f"posts: {{much: {{at: 2027-03-01 10:00, text: {'too long ' * 40}}}}}\n",
    )
    desktop.clock.set("2027-03-01T10:02+02:00")
    outside = desktop.outside()

    assert post(outside, PostOptions()) == 3
    assert "needs a person  shop/long/much: " in said(outside)
    (only,) = desktop.sandbox.timeline()
    assert "three pairs of skinny jeans" in only.text


def test_a_partner_who_pays_is_never_named_without_disclosure(desktop):
    desktop.write(
        "runner.yaml",
        (desktop.root / "runner.yaml").read_text()
        + "partners: {lois: {handle: lois, name: Lois, relationship: paid}}\n"
        + 'disclosure: {paid: "#ad"}\n',
    )
    desktop.write(
        "campaigns/lois.yaml",
        "kind: partner\naccount: shop\npartner: lois\n"
        "posts: {praise: {at: 2027-03-01 10:00, text: We love Lois.}}\n",
    )
    desktop.clock.set("2027-03-01T10:02+02:00")

    assert post(desktop.outside(), PostOptions(campaigns=("lois",))) == 3
    assert desktop.sandbox.timeline() == []


def test_a_dry_run_waits_for_nothing(desktop):
    desktop.clock.set("2027-03-01T09:55+02:00")

    assert post(desktop.outside(), PostOptions(dry_run=True, wait=timedelta(minutes=10))) == 0
    assert desktop.clock.now().isoformat() == "2027-03-01T09:55:00+02:00"


def test_a_reset_that_is_already_over_is_no_reason_to_ask_x_again_and_again(desktop):
    desktop.clock.set("2027-03-01T10:02+02:00")
    over = {"x-rate-limit-reset": "1803880000", "x-rate-limit-remaining": "0"}
    desktop.sandbox.fail({"route": "create", "status": 429, "headers": over, "times": 50})

    assert post(desktop.outside(), PostOptions(wait=timedelta(minutes=5))) == 4
    assert desktop.sandbox.requests()["create"] == 3, "after a minute, and after two more"
