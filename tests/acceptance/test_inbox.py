"""What others say to a shop is read over HTTP: each mention once, and told until it is answered."""

from datetime import datetime, timedelta

import pytest

from runner.cli.commands.accounts import accounts
from runner.cli.commands.inbox import inbox
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.report import report
from runner.cli.commands.status import status
from runner.cli.commands.watch import watch_inboxes
from runner.cli.inboxes import conversations_of
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.wanted_accounts import WantedAccounts
from runner.inbox import MentionState
from runner.local_x.crowd import Act, storm
from runner.local_x.server import Sandbox
from tests.acceptance.conftest import PROJECT, Desktop, TestClock
from tests.acceptance.open_contests import contest_by
from tests.acceptance.typed import typed

INBOX = "inbox: {complaint: {lv: [saplīsa]}, do-not-feed: [troll]}\n"
MONDAY = "2027-03-01T09:00+02:00"
HELLO = "kind: series\naccount: shop\nposts: {hello: {at: 2027-03-09 10:00, text: Hello}}\n"


@pytest.fixture
def shop(desktop):
    """A desktop that listens, on a Monday."""
    desktop.write("runner.yaml", PROJECT + INBOX)
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.clock.set(MONDAY)
    return desktop


def told(desktop, **more) -> tuple[int, str]:
    outside = desktop.outside()
    code = inbox(outside, **more)
    return code, outside.out.getvalue() + outside.talk.getvalue()


def heard(desktop):
    context = desktop.outside()
    project = inputs_of(open_project(context), context).project
    return conversations_of(context, project, "shop")


def later(desktop, **length: float) -> None:
    desktop.clock.set(desktop.clock.now() + timedelta(**length))


def test_a_complaint_waits_until_somebody_answers_it_by_hand(shop):
    ours = shop.sandbox.post_by_hand("shop", "Our new jeans are here")
    later(shop, minutes=5)
    asked = shop.sandbox.seed("anna", "@acme_lv Manas bikses saplīsa", reply_to=ours.id)
    later(shop, hours=3, minutes=2)
    code, text = told(shop)
    assert code == 0
    assert "shop: 1 new mention ($0.002): 1 complaint." in text
    assert "1 mention waits for an answer, the oldest for 3 hours 2 minutes; 0 answered" in text
    assert f"3 hours 2 minutes  complaint  https://x.com/i/status/{asked.id}" in text
    (waiting,) = heard(shop).waiting
    assert (waiting.mention.answers, waiting.mention.answers_us) == (ours.id, True)
    assert waiting.mention.conversation == ours.id
    shop.sandbox.post_by_hand("shop", "We are sorry, Anna", reply_to=asked.id)
    later(shop, minutes=3)
    code, text = told(shop)
    assert "0 mentions wait; 1 answered, half of those of 30 days within 3 hours 2 minutes" in text
    assert heard(shop).of(MentionState.ANSWERED)[0].mention.post == asked.id


def test_of_a_script_of_people_each_is_heard_once_and_told_as_what_it_is(shop):
    at = shop.clock.now()
    acts = [
        Act(at=at, who="janis", text="@acme_lv Kad kavējas sūtījums?"),
        Act(at=at, who="maria", text="@acme_lv ¿Tenéis tallas grandes?"),
        Act(at=at, who="oleg", text="@acme_lv Спасибо!"),
        Act(at=at, who="troll", text="@acme_lv You are the worst"),
        Act(at=at, who="eva", text="Nothing about you"),
        Act(at=at, who="zane", text="@acme_lv Labdien", listed=timedelta(minutes=9)),
        Act(at=at, who="paul", text="@acme_lv It came late"),
        Act(at=at + timedelta(minutes=2), who="paul", does="edit", text="@acme_lv It has come"),
        Act(at=at + timedelta(minutes=3), who="oleg", does="delete"),
    ]
    shop.sandbox.play(acts)
    later(shop, minutes=1)
    _, text = told(shop)
    assert (
        "5 new mentions ($0.005): 2 complaints, 1 question, 1 praise, 1 not to be answered" in text
    )
    assert "4 mentions wait for an answer" in text
    assert "1 skipped" in text
    later(shop, minutes=10)
    _, text = told(shop)
    assert "1 new mention ($0.002): 1 without a label." in text  # and the edited one
    states = [each.state for each in heard(shop).heard]
    assert states.count(MentionState.OPEN) == 5
    later(shop, days=1)
    _, text = told(shop)
    assert "1 skipped (1 not to be answered); 1 deleted." in text
    said = (shop.root / ".runner/ledger-inbox").rglob("0*")
    kept = "".join(file.read_text() for file in said)
    assert kept
    for secret in ("janis", "oleg", "sūtījums", "troll", "Labdien"):
        assert secret not in kept


def test_without_an_inbox_nothing_is_read(shop):
    shop.write("runner.yaml", PROJECT)
    shop.sandbox.seed("anna", "@acme_lv hello")
    assert told(shop) == (0, "No mentions are read: runner.yaml has no `inbox`.\n")
    assert not shop.sandbox.requests()


def test_of_a_storm_what_x_shows_no_more_is_told(shop):
    told(shop)
    later(shop, hours=1)
    shop.sandbox.play(storm(900, at=shop.clock.now() - timedelta(minutes=2), text="@acme_lv when?"))
    code, text = told(shop)
    assert code == 0
    assert "shop: 800 new mentions ($0.80): 800 questions." in text
    assert "Mentions from 2027-03-01 06:45 until 2027-03-01 07:58 UTC may be missing" in text
    assert "and 780 more." in text
    assert text.count("https://x.com/i/status/") == 20


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"drop": True}, "the connection to X broke"),
        ({"status": 429}, "X takes no more requests for now"),
        ({"answer": "credits"}, "X has no credit left"),
        ({"status": 503}, "X answered 503"),
        ({"status": 200, "body": {"data": [], "meta": {"result_count": 5}}}, "how many posts"),
        (
            {"status": 200, "body": {"data": [{"id": "1"}], "meta": {"result_count": 1}}},
            "a post without its id or its text",
        ),
    ],
    ids=["silence", "rate-limit", "credit", "error", "half-a-page", "no-text"],
)
@pytest.mark.parametrize("route", ["mentions", "timeline"])
def test_nothing_is_lost_where_x_can_not_be_read(shop, route, fault, said):
    shop.sandbox.seed("anna", "@acme_lv How much?")
    later(shop, minutes=20)
    shop.sandbox.fail({"route": route, **fault})
    code, text = told(shop)
    assert code == 4
    assert said in text
    code, text = told(shop)
    assert code == 0
    assert "1 mention waits" in text
    assert str(shop.sandbox.spent()) == "0.001"


def test_a_limit_of_x_is_waited_for(shop):
    shop.sandbox.fail({"route": "mentions", "status": 429, "headers": {"x-rate-limit-reset": "0"}})
    code, text = told(shop, wait=timedelta(minutes=16))
    assert code == 0
    assert "X takes requests again at" in text


def test_the_budget_for_reading_is_one_for_all_and_status_tells_it(shop):
    shop.write("runner.yaml", PROJECT + INBOX + "budget: {usd-per-month: 50, reading: 0.010}\n")
    for number in range(20):
        shop.sandbox.seed("anna", f"@acme_lv {number}")
    code, text = told(shop)
    assert code == 3
    assert "what reading may cost this month is used up" in text
    assert "10 new mentions ($0.01)" in text
    assert told(shop)[0] == 3
    assert str(shop.sandbox.spent()) == "0.010"
    outside = shop.outside()
    status(outside)
    assert "Reading: $0.01 of $0.01 this month." in outside.out.getvalue()


def test_status_says_what_waits_once_anything_was_heard(shop):
    def said() -> str:
        outside = shop.outside()
        assert status(outside) == 0
        return outside.out.getvalue()

    assert "Inbox" not in said()
    shop.sandbox.seed("anna", "@acme_lv How much?")
    told(shop)
    later(shop, hours=5)
    assert "Inbox of shop: 1 mention waits for an answer, the oldest for 5 hours;" in said()
    (file,) = (shop.root / ".runner/ledger-inbox/shop").rglob("000001")
    file.write_bytes(b"spoiled")
    assert "What waits for shop can't be told" in said()


def test_mentions_that_can_not_be_read_stop_listening_and_no_post(shop):
    told(shop)
    (file,) = (shop.root / ".runner/ledger-inbox/shop").rglob("000001")
    file.write_bytes(file.read_bytes()[:-5])
    code, text = told(shop)
    assert code == 5
    assert "the mentions of `shop` that were kept can't be read" in text
    assert post(shop.outside(), PostOptions()) == 0


def test_credentials_of_somebody_else_read_nothing(shop):
    shop.write("runner.yaml", PROJECT.replace("acme_lv", "acme_es") + INBOX)
    code, text = told(shop)
    assert code == 4
    assert "the credentials belong to @acme_lv, not to @acme_es" in text


def test_another_account_that_they_have_named_settles_it_with_its_answer(tmp_path):
    start = datetime.fromisoformat(MONDAY)
    with Sandbox.start({"shop": "acme_lv", "care": "acme_care"}, clock=lambda: start) as sandbox:
        clock = TestClock(MONDAY, sandbox)
        environ = dict(sandbox.environment())
        two = Desktop(root=tmp_path, sandbox=sandbox, clock=clock, environ=environ)
        care = "locale: en}\n  care: {handle: acme_care, locale: en}"
        project = PROJECT.replace("locale: en}", care) + "inbox: {answers-from: care}\n"
        two.write("runner.yaml", project)
        asked = sandbox.seed("anna", "@acme_lv @acme_care How much?")
        later(two, minutes=30)
        sandbox.post_by_hand("care", "59.90", reply_to=asked.id)
        later(two, minutes=1)
        code, _ = told(two, accounts=["care"])
        assert code == 0
        _, text = told(two, accounts=["shop"])
        assert "0 mentions wait; 1 answered" in text
        two.write("runner.yaml", project.replace("{answers-from: care}", "{}"))
        assert "0 mentions wait; 1 answered" in told(two, accounts=["shop"])[1]


def test_accounts_that_have_posted_are_listened_to_where_there_is_an_inbox(shop):
    def named() -> str:
        outside = shop.outside()
        assert accounts(outside, wanted=WantedAccounts(with_inbox=True)) == 0
        return outside.out.getvalue()

    shop.write("campaigns/hello.yaml", HELLO)
    assert named() == ""
    told(shop)
    assert "shop" in named()
    shop.write("runner.yaml", PROJECT)
    assert named() == ""


def test_an_account_without_a_campaign_waits_for_no_first_post_but_for_credentials(shop):
    outside = shop.outside()
    assert accounts(outside, wanted=WantedAccounts(with_inbox=True)) == 0
    assert outside.out.getvalue() == "shop  @acme_lv\n"
    bare = shop.without_credentials()
    code, text = told(bare, if_set_up=True)
    assert code == 0
    assert "shop: it has no credentials, and nothing is read as it" in text
    assert told(bare)[0] == 4
    assert told(shop, if_set_up=True)[0] == 0
    assert told(bare, if_set_up=True)[0] == 4


def test_of_a_contest_only_who_asks_or_complains_waits(desktop):
    shop = contest_by(desktop, "reply")
    shop.write("runner.yaml", PROJECT + INBOX)
    shop.clock.set("2027-03-01T10:00+02:00")
    assert post(shop.outside(), PostOptions()) == 0
    announced = shop.sandbox.timeline("acme_lv")[0]
    later(shop, hours=1)
    for number in range(30):
        shop.sandbox.seed(f"a{number}", "@acme_lv uz jūru #ZiemasLois", reply_to=announced.id)
    asked = shop.sandbox.seed("anna", "@acme_lv kādi izmēri? #ZiemasLois", reply_to=announced.id)
    later(shop, minutes=5)
    code, text = told(shop)
    assert code == 0
    assert ": 1 question, 30 entries." in text
    assert "1 mention waits for an answer, the oldest for 5 minutes; 0 answered; 30 skipped" in text
    (waiting,) = heard(shop).waiting
    assert waiting.mention.post == asked.id


def test_who_waits_for_longer_than_the_goal_is_told_and_raises_the_alarm(shop):
    shop.write("runner.yaml", f"{PROJECT}{INBOX}goals: {{answered-within: 4h}}\n")
    asked = shop.sandbox.seed("anna", "@acme_lv When are you open?")
    later(shop, hours=3)
    told(shop)
    assert watch_inboxes(shop.outside()) == 0
    later(shop, hours=2)
    assert "1 of them for longer than the 4 hours of your goal" in told(shop)[1]
    outside = shop.outside()
    assert watch_inboxes(outside) == 3
    said = "shop: 1 mention waits for longer than 4 hours, up to 5 hours.\n"
    assert outside.out.getvalue() == said
    shop.sandbox.post_by_hand("shop", "Until six", reply_to=asked.id)
    later(shop, minutes=1)
    told(shop)
    assert watch_inboxes(shop.outside()) == 0


def test_without_a_goal_nobody_waits_too_long_and_that_nobody_listens_any_more_is_an_alarm(shop):
    shop.sandbox.seed("anna", "@acme_lv When are you open?")
    later(shop, days=3)
    assert watch_inboxes(shop.outside()) == 0
    told(shop)
    later(shop, days=1)
    assert watch_inboxes(shop.outside()) == 0
    later(shop, days=1)
    outside = shop.outside()
    assert watch_inboxes(outside) == 3
    assert "shop: nobody has listened since 2027-03-04." in outside.out.getvalue()
    told(shop)
    assert watch_inboxes(shop.outside()) == 0


def test_outside_of_github_watch_looks_at_the_inbox_alone(shop):
    assert typed(shop.root, "watch", "--inbox", environ={}).returncode == 0
    alone = typed(shop.root, "watch", environ={})
    assert alone.returncode == 2
    assert "GITHUB_REPOSITORY is not set" in alone.stderr


def test_a_report_says_how_much_was_answered_in_time(shop):
    shop.write("runner.yaml", f"{PROJECT}{INBOX}goals: {{answered-within: 4h}}\n")
    asked = [shop.sandbox.seed(name, f"@acme_lv {name}, hello?").id for name in ("anna", "karlis")]
    shop.sandbox.seed("troll", "@acme_lv You are all fools?")
    later(shop, hours=2)
    shop.sandbox.post_by_hand("shop", "Hello", reply_to=asked[0])
    later(shop, hours=3)
    told(shop)
    later(shop, days=10)
    outside = shop.outside()
    assert report(outside) == 0
    assert "answered-within: 50 % of 100 % in 4 hours, not met" in outside.out.getvalue()
    said = "Inbox       shop: 1 answered, 1 skipped (1 not to be answered), 1 open\n"
    assert said in outside.out.getvalue()
