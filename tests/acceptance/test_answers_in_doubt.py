"""An answer of which X has said nothing is looked for like a post: never twice, and not lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.resolve import ResolveOptions, resolve
from tests.acceptance.answer_desk import PEOPLE, AnswerDesk
from tests.workflows.hub import Hub, listening

pytestmark = pytest.mark.sampled(4)
TEXT = "Thank you! It makes our day to read this."


@pytest.fixture
def shop(desktop, tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("hub"), is_private=True, people=dict(PEOPLE))
    with listening(hub):
        yield AnswerDesk(desktop, hub)


def posts(shop: AnswerDesk) -> tuple[int, str]:
    """A run of *Post*, and what it has said."""
    outside = shop.desktop.outside()
    return post(outside, PostOptions()), outside.out.getvalue() + outside.talk.getvalue()


@pytest.mark.parametrize("applied", [True, False], ids=["out", "not-out"])
def test_the_same_send_looks_for_it_and_sends_it_only_where_it_is_not_there(shop, applied):
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.x.fail({"route": "create", "drop": True, "applied": applied})
    comment = shop.comment(f"/send {digest}")
    assert shop.run(comment) == 4
    assert shop.reply_to(comment).startswith("It may be out: the connection to X broke")
    assert shop.is_open
    assert shop.run(comment) == 4  # at once, nobody can tell
    assert shop.reply_to(comment).startswith("It may be out: ")
    assert "six minutes" in shop.reply_to(comment)
    shop.later(minutes=10)
    assert shop.run(comment) == 0
    assert shop.reply_to(comment).startswith("Sent: https://x.com/acme_lv/status/")
    assert shop.answers == [(asked, TEXT)]
    assert not shop.is_open


def test_a_run_of_post_finds_it_and_listen_closes_the_issue(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.x.fail({"route": "create", "drop": True, "applied": True})
    shop.writes(f"/send {digest}")
    shop.later(minutes=10)
    code, said = posts(shop)
    assert code == 0
    assert f"shop/_inbox/{asked}  is out, as its account's timeline shows" in said
    assert shop.listen() == 0
    assert not shop.is_open
    assert len(shop.answers) == 1


def test_an_answer_that_x_refuses_is_no_question_to_who_posts(shop):
    shop.hears("@acme_lv Love my jeans")
    shop.x.post_by_hand("shop", TEXT)
    assert "Not sent" in shop.writes(f"/send {shop.shown('/answer thanks')}")
    assert posts(shop)[0] == 0


def test_the_same_words_to_somebody_else_are_not_taken_for_it(shop):
    other = shop.x.seed("zane", "@acme_lv Mine too")
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer Glad to hear it", on=shop.issue_of(asked))
    shop.x.fail({"route": "create", "drop": True, "applied": False})
    comment = shop.comment(f"/send {digest}", on=shop.issue_of(asked))
    shop.run(comment)
    shop.x.post_by_hand("shop", "Glad to hear it", reply_to=other.id)
    shop.later(minutes=10)
    shop.run(comment)
    assert "Sent" not in shop.reply_to(comment)
    assert "runner resolve" in shop.reply_to(comment)
    assert f"Its name is \\`shop/\\_inbox/{asked}\\`" in shop.reply_to(comment)
    assert shop.answers == [(other.id, "Glad to hear it")]
    shop.desktop.environ["GITHUB_ACTOR"] = "marta"
    name, why = f"shop/_inbox/{asked}", "I looked"
    said = ResolveOptions(name=name, because=why, not_posted=True, without_looking=True)
    assert resolve(shop.desktop.outside(), said) == 0
    shop.writes(
        f"/send {shop.shown('/answer Lovely', on=shop.issue_of(asked))}", on=shop.issue_of(asked)
    )
    assert (asked, "Lovely") in shop.answers


def test_of_two_who_send_at_once_one_does(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    digests = [shop.shown("/answer thanks"), shop.shown("/answer We love it too")]
    comments = [shop.comment(f"/send {each}") for each in (*digests, digests[0])]
    shop.x.fail({"route": "create", "delay": 0.2})
    with ThreadPoolExecutor() as pool:
        list(pool.map(shop.run, comments))
    assert [to for to, _ in shop.answers] == [asked]
    sent = [shop.reply_to(each) for each in comments]
    assert any(each.startswith("Sent: ") for each in sent)
    assert all(sent)
    assert not shop.is_open


def test_what_x_does_not_show_a_day_later_is_given_up_and_answered_by_hand(shop):
    shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.x.fail({"route": "create", "drop": True, "applied": False})
    shop.writes(f"/send {digest}")
    shop.later(hours=25)
    posts(shop)
    assert shop.writes(f"/send {digest}") == "Not sent: missed. Answer on X by hand."
    assert shop.answers == []


def test_who_posts_and_who_answers_at_once_hinder_each_other_not(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    due = f"{shop.desktop.clock.now():%Y-%m-%d %H:%M}"
    hello = f'kind: series\naccount: shop\nposts: {{hello: {{at: {due}, text: "Hello"}}}}\n'
    shop.desktop.write("campaigns/hello.yaml", hello)
    comment = shop.comment(f"/send {shop.shown('/answer thanks')}")
    shop.x.fail({"route": "create", "delay": 0.2, "times": 2})
    with ThreadPoolExecutor() as pool:
        sent, posted = pool.submit(shop.run, comment), pool.submit(posts, shop)
        assert (sent.result(), posted.result()[0]) == (0, 0)
    assert [(each.reply_to, each.text) for each in shop.x.timeline("acme_lv")].count(
        (None, "Hello")
    ) == 1
    assert shop.answers == [(asked, TEXT)]
