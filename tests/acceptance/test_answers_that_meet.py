"""Two who act at once, and those who rewrite what they said: a version has one answer at most."""

import shutil

import pytest

from runner.cli.answer_issue import issue_asked_in
from runner.cli.answer_ports import answer_ports
from runner.cli.answering import Answering
from runner.cli.stores import open_published
from runner.inbox.record import InboxRecord, record_as_bytes
from runner.problems import LedgerUnusable, Refused
from runner.reading import FilesRaced, KeptFiles, file_name
from runner.value import replace
from tests.acceptance.answer_desk import PEOPLE, AnswerDesk
from tests.workflows.hub import Hub, listening


@pytest.fixture
def shop(desktop, tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("hub"), is_private=True, people=dict(PEOPLE))
    with listening(hub):
        yield AnswerDesk(desktop, hub)


class OvertakenFiles:
    """Satisfies `KeptFiles`: somebody else writes so often before us."""

    def __init__(self, files: KeptFiles, others: list[InboxRecord]) -> None:
        self._files, self._others = files, others

    def read(self, names=None):
        return self._files.read(names)

    def add(self, name, data, **more):
        if self._others:
            other = record_as_bytes(self._others.pop())
            self._files.add(file_name(len(self._files.read()) + 1), other)
            raise FilesRaced
        self._files.add(name, data, **more)


def overtaken(shop: AnswerDesk, text: str, *, often: int) -> str:
    """What is said to a comment while others add to the inbox."""
    comment = shop.comment(text)
    context = shop.desktop.outside()
    ports = answer_ports(context, open_published(context, shared=False))
    others = [InboxRecord(at=context.clock.now())] * often
    files = ports.files
    ports = replace(ports, files=lambda account: OvertakenFiles(files(account), others))
    Answering(issue_asked_in(ports, 101, comment)).carry_out()
    return shop.reply_to(comment)


def test_a_reason_to_skip_is_kept_though_others_write_at_once(shop):
    asked = shop.hears("@acme_lv Buy followers?")
    assert overtaken(shop, "/skip he sells them", often=2).startswith("Skipped")
    (record,) = (each for each in shop.kept if "skipped" in each)
    assert record["skipped"][0]["post"] == asked
    assert not shop.is_open


def test_who_is_always_overtaken_is_told(shop):
    shop.hears("@acme_lv Buy followers?")
    with pytest.raises(LedgerUnusable, match="others write"):
        overtaken(shop, "/skip he sells them", often=99)
    assert shop.is_open


def test_what_was_rewritten_after_its_answer_is_answered_once_more(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    shop.writes(f"/send {shop.shown('/answer thanks')}")
    first = shop.answers
    newest = shop.x.edit(asked, "@acme_lv They broke").id
    shop.later(minutes=5)
    shop.listen()
    assert shop.is_open
    digest = shop.shown("/answer We are sorry to hear that")
    assert shop.writes(f"/send {digest}").startswith("Sent: ")
    assert shop.answers == [(newest, "We are sorry to hear that"), *first]
    assert not shop.is_open
    shop.listen()
    assert (len(shop.answers), shop.is_open) == (2, False)


def test_an_older_mention_that_was_rewritten_is_what_the_next_answer_answers(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    shop.x.seed("karlis", "@acme_lv And the shop", reply_to=asked)
    shop.later(minutes=5)
    shop.listen()
    shop.writes(f"/send {shop.shown('/answer thanks')}")
    newest = shop.x.edit(asked, "@acme_lv They broke").id
    shop.later(minutes=5)
    shop.listen()
    assert shop.writes(f"/send {shop.shown('/answer Oh no')}").startswith("Sent: ")
    assert shop.answers[0] == (newest, "Oh no")
    shop.listen()
    assert not shop.is_open


def test_who_is_second_learns_that_another_answer_is_out(shop):
    """The inbox does not know of it yet: the ledger does."""
    shop.hears("@acme_lv Love my jeans")
    digests = [shop.shown(f"/answer {words}") for words in ("thanks", "We love it too")]
    first, second = (shop.comment(f"/send {each}") for each in digests)

    shop.hub.refuses = lambda _: 502 if shop.answers else None
    with pytest.raises(Refused, match="502"):
        shop.run(first)
    shop.hub.refuses = lambda _: None
    shop.run(second)
    assert shop.reply_to(second).startswith("Not sent: another answer is out: https://x.com/")
    assert len(shop.answers) == 1
    assert not shop.is_open


@pytest.mark.parametrize(("minutes", "attempt"), [(10, "1"), (1, "2")])
def test_what_a_ledger_that_was_set_back_has_forgotten_is_found_on_x_and_not_sent_again(
    shop, minutes, attempt
):
    """GitHub took nothing any more when it was out, so that nobody but the ledger knew of it."""
    asked = shop.hears("@acme_lv Love my jeans")
    comment = shop.comment(f"/send {shop.shown('/answer Glad to hear it')}")
    ledger = shop.desktop.root / ".runner/ledger"
    shop.hub.refuses = lambda _: 502 if shop.answers else None
    with pytest.raises(Refused):
        shop.run(comment)
    shop.hub.refuses = lambda _: None
    shutil.rmtree(ledger)
    shop.later(minutes=minutes)
    shop.desktop.environ["GITHUB_RUN_ATTEMPT"] = attempt
    assert shop.run(comment) == 0
    assert shop.answers == [(asked, "Glad to hear it")]
    assert shop.reply_to(comment).startswith("Sent: https://x.com/")
    assert not shop.is_open


def test_an_answer_that_is_asked_for_once_costs_no_look_at_x(shop):
    shop.hears("@acme_lv Love my jeans")
    before = shop.x.requests()
    shop.writes(f"/send {shop.shown('/answer thanks')}")
    assert shop.x.requests().get("timeline") == before.get("timeline")


def test_what_a_person_has_answered_on_x_is_not_answered_again_by_who_asks_twice(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    digest = shop.shown("/answer thanks")
    shop.x.fail({"route": "create", "answer": "rate-limit"})
    assert shop.writes(f"/send {digest}").startswith("Not sent: ")
    shop.x.post_by_hand("shop", "You are welcome", reply_to=asked)
    shop.later(minutes=20)
    told = shop.writes(f"/send {digest}")
    assert told.startswith("Not sent: another answer is out: https://x.com/")
    assert not shop.is_open
