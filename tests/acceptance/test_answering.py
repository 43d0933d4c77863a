"""Who may write answers below the issue of a conversation; what was shown goes out on X, once."""

import re
from decimal import Decimal

import pytest

from runner.cli.commands.report import report
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.reading_turns import turn_to_read
from runner.cli.x_accounts import RateLimitPatience
from runner.problems import Refused
from tests.acceptance.answer_desk import INBOX, PEOPLE, AnswerDesk
from tests.acceptance.conftest import PROJECT
from tests.workflows.hub import READS, WRITES, Hub, listening


@pytest.fixture
def shop(desktop, tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("hub"), is_private=True, people=dict(PEOPLE))
    with listening(hub):
        yield AnswerDesk(desktop, hub)


def test_a_ready_answer_is_shown_then_sent_once_and_closes_the_issue(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    shown = shop.writes("/answer thanks")
    assert "As `@acme_lv`, 41 of 280 characters, $0.01:" in shown
    assert "```text\nThank you! It makes our day to read this.\n```" in shown
    assert shop.answers == []
    digest = re.search(r"/send ([0-9a-f]{12})", shown)[1]
    assert shop.writes(f"/send {digest}").startswith("Sent: https://x.com/acme_lv/status/")
    assert shop.answers == [(asked, "Thank you! It makes our day to read this.")]
    assert not shop.is_open
    assert "Nothing waits" in shop.writes(f"/send {digest}")
    assert len(shop.answers) == 1
    shop.listen()
    assert not shop.is_open


def test_own_words_go_out_as_they_are_and_never_run_as_a_template(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer\r\nIt is {{ 7 * 7 }} % {% raw %}$(id)\r\n`x` <!-- y -->")
    shop.writes(f"/send {digest}")
    assert shop.answers == [(asked, "It is {{ 7 * 7 }} % {% raw %}$(id)\n`x` <!-- y -->")]


def test_a_reason_to_skip_is_kept_and_the_issue_stays_closed_until_they_write_again(shop):
    asked = shop.hears("@acme_lv Buy followers?")
    assert "Skipped: he sells them" in shop.writes("/skip he sells them")
    assert not shop.is_open
    assert shop.listen() == 0
    assert not shop.is_open
    (record,) = (each for each in shop.kept if "skipped" in each)
    assert record["skipped"] == [{"post": asked, "by": "marta", "because": "he sells them"}]
    shop.x.seed("karlis", "@acme_lv Hello?", reply_to=asked)
    shop.later(minutes=5)
    shop.listen()
    assert shop.is_open


@pytest.mark.parametrize("author", ["anna", "nobody"])
def test_nothing_that_a_stranger_writes_does_anything(shop, author):
    shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    for words in (f"/send {digest}", "/answer thanks", "/skip no", "/answer"):
        before = [dict(each) for each in shop.hub.comments]
        comment = shop.comment(words, author=author)
        assert shop.run(comment) == 0
        assert "may not write" in shop.said
        assert shop.hub.comments[:-1] == before
        assert (shop.answers, shop.is_open) == ([], True)
        assert shop.run(comment, before_x=True) == 0
        assert "shop" not in shop.said


def test_an_answer_that_a_stranger_has_written_is_not_sent_by_anybody(shop):
    shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer We pay you twice")
    (mine,) = (each for each in shop.hub.comments if each["body"].startswith("/answer"))
    mine["user"] = {"login": "anna", "type": "User"}
    assert "no answer that stands here" in shop.writes(f"/send {digest}").casefold()
    assert shop.answers == []


def test_what_an_app_writes_is_no_command(shop):
    shop.hears("@acme_lv Love my jeans")
    shop.hub.people["helper[bot]"] = "admin"
    comment = shop.comment("/skip all", author="helper[bot]", type="Bot")
    assert shop.run(comment) == 0
    assert "no person has written that comment" in shop.said
    assert shop.is_open


def test_below_other_issues_and_in_a_public_repository_nothing_is_done(shop):
    shop.hears("@acme_lv Love my jeans")
    comment = shop.comment("/skip all")
    shop.hub.is_private = False
    assert shop.run(comment) == 0
    assert "this repository is public" in shop.said
    shop.hub.is_private = True
    for author, name in (("marta", f"inbox shop/{shop.asked}"), ("github-actions[bot]", "report")):
        shop.hub.issues[0] |= {"user": {"login": author}}
        shop.hub.issues[0] |= {"body": f"<!-- campaign-runner: {name} -->\n"}
        assert shop.run(comment) == 0
        assert "no conversation of the inbox" in shop.said
    assert shop.is_open


WRONG = {
    "/answer": "says nothing",
    "/answer thnks": "answers/thanks",
    "/answer hours": "hours",
    "/answer thanks\nand more": "names a ready answer",
    f"/answer {'too long ' * 40}": "can't be sent like that",
    "/send": "has no digest",
    "/send 000000000000": "no answer that stands here has this digest",
    "/skip": "has no reason",
    "/anser thanks": "/answer",
}


def test_what_is_wrong_with_a_command_is_said_below_it_and_nothing_is_sent(shop):
    shop.hears("@acme_lv Love my jeans")
    for words, said in WRONG.items():
        answer = shop.writes(words)
        assert said in answer.casefold(), words
        assert "```text\n/send" not in answer
        assert (shop.answers, shop.is_open) == ([], True)


def test_a_comment_that_is_no_command_is_left_alone(shop):
    shop.hears("@acme_lv Love my jeans")
    for words in ("I would say no", "/shrug", "/home/marta", "", "see /answer thanks"):
        assert shop.writes(words) == ""
        assert "begins with no command" in shop.said


def test_what_changes_after_it_was_shown_is_shown_anew_before_it_is_sent(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.desktop.write("templates/answers/thanks.en.j2", "Thanks for nothing\n")
    assert "has this digest now" in shop.writes(f"/send {digest}")
    (shop.desktop.root / "templates/answers/thanks.en.j2").unlink()
    shop.x.seed("karlis", "@acme_lv No, they broke", reply_to=asked)
    shop.later(minutes=5)
    shop.listen()
    assert "has this digest now" in shop.writes(f"/send {digest}")
    assert shop.answers == []


def test_an_old_run_that_is_started_again_sends_nothing(shop):
    shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    comment = shop.comment(f"/send {digest}")
    shop.later(hours=25)
    shop.run(comment)
    assert "more than a day old" in shop.reply_to(comment)
    assert shop.answers == []


def test_what_ready_answers_need_stands_in_runner_yaml(shop):
    hours = "inbox: {vars: {hours: {en: 'Monday to Friday, 9:00 to 18:00'}}}\n"
    shop.desktop.write("runner.yaml", PROJECT + hours)
    shop.hears("@acme_lv When are you open?")
    assert "We’re here for you: Monday to Friday, 9:00 to 18:00" in shop.writes("/answer hours")


def test_what_x_refuses_is_said_and_other_words_go_out(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    shop.x.post_by_hand("shop", "Thank you! It makes our day to read this.")
    refused = shop.writes(f"/send {shop.shown('/answer thanks')}")
    assert refused.startswith("Not sent: X refused the text")
    assert (shop.answers, shop.is_open) == ([], True)
    shop.writes(f"/send {shop.shown('/answer Glad to hear it')}")
    assert shop.answers == [(asked, "Glad to hear it")]


def test_an_answer_to_who_is_gone_is_refused_and_told(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.x.remove(asked)
    assert "is deleted, or not visible to the account" in shop.writes(f"/send {digest}")
    assert shop.answers == []


def test_a_hold_binds_answers_and_a_gap_does_not(shop):
    shop.x.post_by_hand("shop", "News")
    asked = shop.hears("@acme_lv Love my jeans")
    held = PROJECT.replace("locale: en", "locale: en, hold: true") + INBOX
    shop.desktop.write("runner.yaml", held)
    digest = shop.shown("/answer thanks")
    assert "is on hold" in shop.writes(f"/send {digest}")
    shop.desktop.write("runner.yaml", PROJECT + INBOX)
    shop.writes(f"/send {digest}")
    assert [to for to, _ in shop.answers] == [asked]


def test_a_job_without_secrets_shows_and_names_the_account_that_sends(shop):
    shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    asks = shop.x.requests()
    comment = shop.comment(f"/send {digest}")
    assert shop.run(comment, before_x=True) == 0
    assert shop.said == "shop\n"
    assert shop.reply_to(comment) == ""
    shown = shop.comment("/answer apology")
    assert shop.run(shown, before_x=True) == 0
    assert "shop" not in shop.said
    assert "/send " in shop.reply_to(shown)
    assert shop.x.requests() == asks


def test_a_reply_in_our_conversation_is_hidden_and_nobody_is_to_answer(shop):
    ours = shop.x.post_by_hand("shop", "Our new jeans are here")
    asked = shop.hears("@acme_lv Buy followers?", reply_to=ours.id)
    comment = shop.comment("/hide")
    assert shop.run(comment, before_x=True) == 0
    assert shop.said == "shop\n"
    assert shop.run(comment) == 0
    assert shop.reply_to(comment) == "Hidden on X: 1 reply ($0.005)."
    assert shop.x.hidden_replies() == {asked}
    (record,) = (each for each in shop.kept if "hidden" in each)
    assert (record["hidden"], record["usd"]) == ([asked], "0.005")
    assert not shop.is_open
    assert "Nothing waits" in shop.writes("/hide")
    assert shop.x.requests()["hide"] == 1


def test_what_hiding_would_cost_too_much_stays_and_waits(shop):
    ours = shop.x.post_by_hand("shop", "Our new jeans are here")
    asked = shop.hears("@acme_lv Buy followers?", reply_to=ours.id)
    shop.x.seed("karlis", "@acme_lv Really", reply_to=asked)
    shop.later(minutes=5)
    shop.listen()
    most = sum(Decimal(each.get("usd", 0)) for each in shop.kept) + Decimal("0.006")
    shop.desktop.write(
        "runner.yaml", f"{PROJECT}{INBOX}budget: {{usd-per-month: 9, reading: {most}}}\n"
    )
    comment = shop.comment("/hide")
    assert shop.run(comment) == 3
    assert shop.reply_to(comment) == (
        "Hidden on X: 1 reply ($0.005). Not hidden: what reading may cost this month is used up. "
        "Raise \\`budget.reading\\` in runner.yaml, and merge that."
    )
    assert shop.x.hidden_replies() == {asked}
    assert shop.is_open
    assert shop.run(comment) == 3
    assert shop.x.requests()["hide"] == 1


def test_while_another_run_reads_nothing_is_hidden_and_the_issue_says_so(shop):
    ours = shop.x.post_by_hand("shop", "Our new jeans are here")
    shop.hears("@acme_lv Buy followers?", reply_to=ours.id)
    budget = "budget: {usd-per-month: 9, reading: 3}\n"
    shop.desktop.write("runner.yaml", f"{PROJECT}{INBOX}{budget}")
    other = shop.desktop.outside()
    patience = RateLimitPatience(other, other.clock.now())
    project = inputs_of(open_project(other), other).project
    with turn_to_read(other, project, patience):
        said = shop.writes("/hide")
    assert said.startswith("Not hidden: another run reads X just now")
    assert said.endswith("Write \\`/hide\\` once more in some minutes.")
    assert shop.writes("/hide") == "Hidden on X: 1 reply ($0.005)."


def test_what_x_does_not_hide_is_told_and_waits(shop):
    shop.hears("@acme_lv Buy followers?")
    assert shop.writes("/hide").startswith("Not hidden: X does not hide this")
    shop.x.fail({"route": "hide", "drop": True, "applied": False})
    assert "write it again" in shop.writes("/hide").casefold()
    assert shop.is_open
    assert not any("hidden" in each for each in shop.kept)


def test_what_is_sent_is_sent_once_also_where_github_takes_no_comments(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    comment = shop.comment(f"/send {shop.shown('/answer thanks')}")
    shop.desktop.environ["GITHUB_TOKEN"] = READS
    for _ in range(2):
        with pytest.raises(Refused, match="GitHub answered 403"):
            shop.run(comment)
    assert shop.answers == [(asked, "Thank you! It makes our day to read this.")]
    shop.desktop.environ["GITHUB_TOKEN"] = WRITES
    assert shop.run(comment) == 0
    assert (len(shop.answers), shop.is_open) == (1, False)


def test_a_budget_binds_answers(shop):
    shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.desktop.write("runner.yaml", f"{PROJECT}{INBOX}budget: {{usd-per-month: 0.005}}\n")
    assert "the month's budget of 0.005 USD would be passed" in shop.writes(f"/send {digest}")
    assert shop.answers == []


def test_x_takes_no_answer_to_who_has_not_named_us(shop):
    ours = shop.x.post_by_hand("shop", "Our new jeans are here")
    shop.hears("Mine are broken", reply_to=ours.id)
    said = shop.writes(f"/send {shop.shown('/answer apology')}")
    assert "only to its own account, or where it was mentioned" in said
    assert shop.answers == []


def test_where_some_are_named_nobody_else_answers(shop):
    shop.hears("@acme_lv Love my jeans")
    shop.hub.people["zane"] = "admin"
    shop.desktop.write("runner.yaml", PROJECT + "inbox: {answered-by: [Marta]}\n")
    digest = shop.shown("/answer thanks")
    assert shop.writes(f"/send {digest}", author="zane") == ""
    assert "does not stand below `answered-by`" in shop.said
    assert shop.answers == []
    assert shop.writes(f"/send {digest}").startswith("Sent: ")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("words", ["/send", "/skip no"])
def test_who_writes_again_after_the_issue_was_closed_has_it_opened_again(shop, words):
    asked = shop.hears("@acme_lv Love my jeans")
    words = f"/send {shop.shown('/answer thanks')}" if words == "/send" else words
    shop.writes(words)
    assert not shop.is_open
    shop.later(minutes=30)
    shop.x.seed("karlis", "@acme_lv Hello?", reply_to=asked)
    shop.later(minutes=30)
    shop.listen()
    assert shop.is_open


def test_a_report_counts_what_answers_and_the_reading_of_mentions_have_cost(shop):
    shop.hears("@acme_lv Love my jeans")
    shop.writes(f"/send {shop.shown('/answer thanks')}")
    read = sum(Decimal(each.get("usd", "0")) for each in shop.kept)
    assert read > 0
    outside = shop.desktop.outside()
    assert report(outside) == 0
    spent = f"${Decimal('0.01') + read} for 0 posts, $0.01 of it for answers, ${read} of it for"
    assert spent in outside.out.getvalue()
