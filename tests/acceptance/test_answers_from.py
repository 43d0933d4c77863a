"""An account that answers for the others: where X lets it, the answer is its own, with its ledger,
its credentials and its hold; else the one that was spoken to answers, and the preview says why."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from runner.cli.commands.doctor import doctor
from runner.cli.commands.inbox import inbox
from runner.cli.commands.status import status
from runner.local_x.server import Sandbox
from tests.acceptance.answer_desk import PEOPLE, AnswerDesk
from tests.acceptance.conftest import PROJECT, Desktop, TestClock, output_of
from tests.workflows.hub import Hub, listening

CARE = PROJECT.replace("locale: en}", "locale: en}\n  care: {handle: acme_care, locale: en}")
INBOX = "inbox: {answers-from: care}\n"
BOTH = "@acme_lv @acme_care Mine are broken"
SORRY = "Oh no, we are sorry"


@pytest.fixture
def shop(tmp_path, tmp_path_factory) -> Iterator[AnswerDesk]:
    """Two accounts, the second of which answers for the first."""
    start = datetime.fromisoformat("2027-02-28T12:00+02:00")
    hub = Hub(tmp_path_factory.mktemp("hub"), is_private=True, people=dict(PEOPLE))
    handles = {"shop": "acme_lv", "care": "acme_care"}
    with Sandbox.start(handles, clock=lambda: start) as sandbox, listening(hub):
        desktop = Desktop(
            root=tmp_path,
            sandbox=sandbox,
            clock=TestClock("2027-02-28T12:00+02:00", sandbox),
            environ=dict(sandbox.environment()),
        )
        desktop.write("campaigns/winter-lois.yaml", "")
        desk = AnswerDesk(desktop, hub)
        desktop.write("runner.yaml", CARE + INBOX)
        yield desk


def only(shop: AnswerDesk, account: str) -> int:
    return inbox(shop.desktop.outside(), accounts=[account])


def said_by(shop: AnswerDesk, handle: str) -> list[tuple[str | None, str]]:
    return [(post.reply_to, post.text) for post in shop.x.timeline(handle)]


def hears(shop: AnswerDesk, text: str) -> str:
    """Somebody speaks to us, and the shop alone listens; the id of what they say."""
    asked = shop.x.seed("karlis", text).id
    shop.later(minutes=5)
    assert only(shop, "shop") == 0
    shop.later(minutes=5)
    return asked


def test_who_was_named_too_answers_once_and_both_inboxes_see_it(shop):
    asked = hears(shop, BOTH)
    assert "named `care`, too, which answers from here" in shop.hub.issues[0]["body"]
    shown = shop.writes(f"/answer {SORRY}")
    assert shown.startswith("As `@acme_care`, 19 of 280 characters, $0.01:")
    assert "note:" not in shown
    sent = shop.writes(f"/send {shop.shown(f'/answer {SORRY}')}")
    assert sent.startswith("Sent: https://x.com/acme_care/status/")
    assert (said_by(shop, "acme_care"), said_by(shop, "acme_lv")) == ([(asked, SORRY)], [])
    assert not shop.is_open
    ledger = shop.desktop.root / ".runner/ledger"
    assert [each.relative_to(ledger).parts[1] for each in ledger.rglob("_inbox")] == ["care"]
    assert shop.listen() == 0
    told = output_of(shop.desktop, status)
    for account in ("shop", "care"):
        assert f"Inbox of {account}: 0 mentions wait; 1 answered" in told
    assert "removed since" not in told


def test_who_was_not_named_does_not_answer_and_the_preview_says_why(shop):
    asked = hears(shop, "@acme_lv Mine are broken")
    shown = shop.writes(f"/answer {SORRY}")
    assert shown.startswith("As `@acme_lv`, ")
    assert "note: X lets `@acme_care` answer only who has named it, and they have not." in shown
    shop.writes(f"/send {shop.shown(f'/answer {SORRY}')}")
    assert (said_by(shop, "acme_care"), said_by(shop, "acme_lv")) == ([], [(asked, SORRY)])


def test_what_was_shown_as_one_account_does_not_go_out_as_another(shop):
    hears(shop, BOTH)
    digest = shop.shown(f"/answer {SORRY}")
    shop.desktop.write("runner.yaml", CARE + "inbox: {}\n")
    assert "has this digest now" in shop.writes(f"/send {digest}")
    assert said_by(shop, "acme_lv") == []


def test_what_may_be_out_as_one_account_is_not_answered_as_the_other(shop):
    shop.desktop.write("runner.yaml", CARE + "inbox: {}\n")
    hears(shop, BOTH)
    digest = shop.shown(f"/answer {SORRY}")
    shop.x.fail({"route": "create", "drop": True, "applied": True})
    assert "may be out" in shop.writes(f"/send {digest}")
    shop.desktop.write("runner.yaml", CARE + INBOX)
    said = shop.writes(f"/send {shop.shown('/answer We are sorry')}")
    assert "has answered this, or may have" in said
    assert "shop/" in said
    assert said_by(shop, "acme_care") == []


def test_the_job_that_sends_has_the_environment_of_who_answers_and_hiding_that_of_the_shop(shop):
    hears(shop, BOTH)
    for words, account in ((f"/send {shop.shown('/answer Sorry')}", "care"), ("/hide", "shop")):
        assert shop.run(shop.comment(words), before_x=True) == 0
        assert shop.said == f"{account}\n"


def test_where_its_credentials_or_its_hold_keep_it_from_answering_the_issue_says_so(shop):
    hears(shop, BOTH)
    digest = shop.shown(f"/answer {SORRY}")
    secret = shop.desktop.environ.pop("X_CARE_ACCESS_SECRET")
    assert "the credentials of \\`care\\` are incomplete" in shop.writes(f"/send {digest}")
    shop.desktop.environ["X_CARE_ACCESS_SECRET"] = secret
    held = CARE.replace("acme_care, ", "acme_care, hold: true, ") + INBOX
    shop.desktop.write("runner.yaml", held)
    assert "is on hold" in shop.writes(f"/send {digest}")
    shop.desktop.write("runner.yaml", CARE.replace("acme_lv, ", "acme_lv, hold: true, ") + INBOX)
    assert shop.writes(f"/send {digest}").startswith("Sent: https://x.com/acme_care/")


def test_who_names_two_accounts_has_one_issue_and_one_answer(shop):
    asked = hears(shop, BOTH)
    assert only(shop, "care") == 0
    assert len(shop.hub.issues) == 1
    assert "Inbox of care: 0 mentions wait; 0 answered; 1 skipped (1 kept by another account)" in (
        output_of(shop.desktop, status)
    )
    digest = shop.shown(f"/answer {SORRY}")
    assert shop.writes(f"/send {digest}").startswith("Sent: ")
    assert shop.listen() == 0
    assert [each["state"] for each in shop.hub.issues] == ["closed"]
    assert said_by(shop, "acme_care") == [(asked, SORRY)]


def test_what_the_later_account_has_heard_first_is_left_to_the_earlier_one(shop):
    asked = shop.x.seed("karlis", BOTH).id
    shop.later(minutes=5)
    assert only(shop, "care") == 0
    assert shop.is_open
    digest = shop.shown(f"/answer {SORRY}")
    assert shop.listen() == 0
    assert shop.listen() == 0
    theirs, ours = shop.hub.issues
    assert (theirs["state"], ours["state"]) == ("closed", "open")
    there = [each for each in shop.hub.comments if each["on"] == theirs["number"]]
    assert not any("broken" in each["body"] for each in there)
    assert "Nothing waits" in shop.writes(f"/send {digest}")
    again = shop.shown(f"/answer {SORRY}", on=ours["number"])
    assert shop.writes(f"/send {again}", on=ours["number"]).startswith("Sent: ")
    assert said_by(shop, "acme_care") == [(asked, SORRY)]


def test_who_names_two_that_answer_each_for_itself_is_answered_by_the_first_alone(shop):
    shop.desktop.write("runner.yaml", CARE + "inbox: {}\n")
    asked = hears(shop, BOTH)
    assert "named `care`, too, which has no issue of its own for it" in shop.hub.issues[0]["body"]
    assert only(shop, "care") == 0
    shop.x.post_by_hand("acme_care", "We look into it", reply_to=asked)
    shop.later(minutes=5)
    assert shop.listen() == 0
    assert shop.listen() == 0
    assert [each["state"] for each in shop.hub.issues] == ["closed"]
    assert "Inbox of shop: 0 mentions wait; 1 answered" in output_of(shop.desktop, status)


def test_what_was_rewritten_after_one_account_had_answered_may_be_answered_by_the_other(shop):
    asked = hears(shop, "@acme_lv Mine are broken")
    shop.writes(f"/send {shop.shown(f'/answer {SORRY}')}")
    shop.later(minutes=5)
    newest = shop.x.edit(asked, f"{BOTH} still").id
    assert only(shop, "shop") == 0
    shop.later(minutes=5)
    assert shop.is_open
    digest = shop.shown("/answer We look once more")
    assert shop.writes(f"/send {digest}").startswith("Sent: https://x.com/acme_care/")
    assert said_by(shop, "acme_care") == [(newest, "We look once more")]


def test_the_doctor_says_who_listens_and_whether_who_answers_can(shop):
    def told() -> str:
        outside = shop.desktop.outside()
        doctor(outside, offline=True)
        return outside.out.getvalue()

    assert "note   nothing that others say to `shop` was read yet" in told()
    hears(shop, BOTH)
    assert "well   `shop` was listened to on 2027-03-01 ($0.005 this month)" in told()
    assert "well   `care` answers for the others whoever names @acme_care" in told()
    shop.later(days=2)
    assert "note   `shop` was listened to on 2027-03-01" in told()
    shop.desktop.environ.pop("X_CARE_API_KEY")
    assert "`care` can't answer for the others: it lacks X_CARE_API_KEY" in told()
    assert "the environment x-care, where Answer finds them" in told()
