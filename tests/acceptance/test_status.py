"""`runner status`: its window, and what X says of the posts that are out."""

import json

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.status import status
from tests.acceptance.typed import typed

PAIR = """\
kind: series
account: shop
posts:
  announce: {at: 2027-03-01 10:00, text: We begin}
  echo: {at: 2027-03-02 10:00, text: 'Read {{ posts["announce"].url }}'}
  answer: {at: 2027-03-02 12:00, text: And so on, reply-to: announce}
  fit: {at: 2027-03-01 12:00, thread: [First the waist., Then the leg.]}
"""


def send_pair(desktop):
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.write("campaigns/pair.yaml", PAIR)
    for moment in ("10:01", "12:01"):
        desktop.clock.set(f"2027-03-01T{moment}+02:00")
        assert post(desktop.outside(), PostOptions()) == 0
    desktop.clock.set("2027-03-02T09:00+02:00")


@pytest.fixture
def out(after):
    """A desktop with a post and a thread that are out, and two posts to come that need the post."""
    return after(send_pair)


def shown(desktop, **asked) -> tuple[int, str, str]:
    outside = desktop.outside()
    code = status(outside, **asked)
    return code, outside.out.getvalue(), outside.talk.getvalue()


def entries(desktop) -> list[dict]:
    shelf = desktop.root / ".runner/ledger/ledgers/shop/campaigns/pair/once.jsonl"
    return [json.loads(line) for line in shelf.read_text().splitlines()]


def deleted(desktop) -> list[tuple[str, int]]:
    return [(e["key"], e.get("part", 1)) for e in entries(desktop) if e["state"] == "deleted"]


def delete(desktop, *texts: str) -> None:
    for each in desktop.sandbox.timeline():
        if each.text in texts:
            desktop.sandbox.remove(each.id)


def test_it_says_how_far_it_looks_back_and_ahead(out):
    _, text, _ = shown(out)
    assert text.startswith("The last 14 days:\n")
    assert "0 posts due now, 2 in the next 7 days; 2 already out." in text
    _, text, _ = shown(out, days=1)
    assert text.startswith("The last day:\n")
    out.clock.set("2027-05-02T09:00+03:00")
    _, text, _ = shown(out)
    assert text.startswith("Nothing happened in the last 14 days.\n")
    assert "Nothing due, and nothing in the next 7 days." in text


def test_it_says_how_late_each_post_was_and_how_many_were_on_time(desktop):
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.write("campaigns/pair.yaml", PAIR)
    assert "Accounted for: shop not yet.\n" in shown(desktop)[1]
    for moment in ("10:00", "12:07"):
        desktop.clock.set(f"2027-03-01T{moment}+02:00")
        assert post(desktop.outside(), PostOptions()) == 0
    text = shown(desktop)[1]
    assert "posted     Mon  1 Mar 2027 10:00 +02:00  shop/pair/announce  on time  https" in text
    late = "12:07 +02:00  shop/pair/fit  7 minutes late, due 12:00 +02:00  https"
    assert f"posted     Mon  1 Mar 2027 {late}" in text
    assert "On time: 1 of 2 posts (50 %); the latest was shop/pair/fit, 7 minutes late.\n" in text
    assert "Accounted for: shop up to Mon  1 Mar 2027 12:07 +02:00.\n" in text


def test_without_being_asked_it_asks_x_nothing(out):
    delete(out, "We begin")
    before = out.sandbox.requests()
    assert shown(out)[0] == 0
    assert out.sandbox.requests() == before
    assert deleted(out) == []


def test_it_says_what_asking_costs_and_records_nothing_while_all_is_there(out):
    code, _, talk = shown(out, check_x=True)
    assert (code, talk) == (0, "Asking X about 3 posts of shop, for $0.015.\n")
    assert deleted(out) == []


def test_what_was_deleted_by_hand_is_shown_and_recorded_once(out):
    delete(out, "We begin")
    code, text, _ = shown(out, check_x=True)
    assert code == 0
    assert "deleted    Tue  2 Mar 2027 09:00 +02:00  shop/pair/announce" in text
    assert "X does not have it any more" in text
    assert "1 already out" in text
    assert shown(out, check_x=True)[2] == "Asking X about 2 posts of shop, for $0.01.\n"
    assert deleted(out) == [("shop/pair/announce", 1)]


def test_a_preview_no_longer_says_that_it_is_out(out):
    delete(out, "We begin")
    shown(out, check_x=True)
    outside = out.outside()
    assert preview(outside) == 0
    (line,) = [line for line in outside.out.getvalue().splitlines() if line[4:12] == "announce"]
    assert line.startswith("  - ")
    assert line.endswith("deleted")


def test_what_a_person_only_rewrote_on_x_is_not_taken_for_deleted(out):
    (begin,) = [each for each in out.sandbox.timeline() if each.text == "We begin"]
    out.sandbox.edit(begin.id, "We begin at last")
    assert shown(out, check_x=True)[0] == 0
    assert deleted(out) == []


def test_of_a_thread_the_part_that_is_gone_is_named(out):
    delete(out, "Then the leg.")
    assert "part 2: X does not have it any more" in shown(out, check_x=True)[1]
    assert deleted(out) == [("shop/pair/fit", 2)]


def test_posts_that_link_to_it_or_answer_it_need_a_person_and_are_not_sent(out):
    delete(out, "We begin")
    shown(out, check_x=True)
    out.clock.set("2027-03-02T12:01+02:00")
    outside = out.outside()
    assert post(outside, PostOptions()) == 3
    said = outside.out.getvalue()
    for name in ("echo", "answer"):
        assert f"needs a person  shop/pair/{name}: it needs `announce`: deleted" in said
    assert shown(out)[0] == 3
    assert len(out.sandbox.timeline()) == 2


def test_what_is_only_just_out_is_not_asked_about(out):
    out.clock.set("2027-03-02T10:01+02:00")
    assert post(out.outside(), PostOptions()) == 0
    assert "3 posts" in shown(out, check_x=True)[2]
    out.clock.set("2027-03-02T10:15+02:00")
    assert "4 posts" in shown(out, check_x=True)[2]


def test_g10_it_says_of_what_is_only_just_out_that_x_was_not_asked(out):
    out.clock.set("2027-03-02T10:01+02:00")
    assert post(out.outside(), PostOptions()) == 0
    told = "since X may show a post late for 10 minutes: shop/pair/echo."
    assert told in shown(out, check_x=True)[2]
    out.clock.set("2027-03-02T10:15+02:00")
    assert "Not asked" not in shown(out, check_x=True)[2]


def test_only_what_went_out_in_the_window_is_asked_about(out):
    out.clock.set("2027-03-02T11:00+02:00")
    assert "2 posts" in shown(out, check_x=True, days=1)[2]


@pytest.mark.parametrize("fault", [{"status": 503}, {"status": 401}, {"status": 429}])
def test_what_can_not_be_read_is_said_and_nothing_is_recorded(out, fault):
    delete(out, "We begin")
    out.sandbox.fail({"route": "posts", "times": 9, **fault})
    code, text, _ = shown(out, check_x=True)
    assert code == 4
    assert "X could not be asked about shop: " in text
    assert "posted" in text
    assert deleted(out) == []


def test_without_credentials_it_says_so_and_shows_the_rest(out):
    code, text, _ = shown(out.without_credentials(), check_x=True)
    assert code == 4
    assert "X could not be asked about shop: " in text
    assert "shop/pair/announce" in text


def test_to_a_stranger_protected_posts_look_deleted_so_only_the_account_itself_asks(out):
    delete(out, "We begin")
    project = (out.root / "runner.yaml").read_text()
    out.write("runner.yaml", project.replace("acme_lv", "acme_es"))
    code, text, _ = shown(out, check_x=True)
    assert code == 4
    assert "the credentials belong to @acme_lv, not to @acme_es" in text
    assert deleted(out) == []


def test_of_an_account_that_is_gone_x_is_not_asked(out):
    project = (out.root / "runner.yaml").read_text()
    out.write("runner.yaml", project.replace("shop:", "store:"))
    out.write("campaigns/pair.yaml", PAIR.replace("account: shop", "account: store"))
    before = out.sandbox.requests()
    code, text, _ = shown(out, check_x=True)
    assert code == 4
    assert "X could not be asked about shop: it is not in runner.yaml any more" in text
    assert "removed since: campaigns/pair.yaml is not for `shop`" in text
    assert out.sandbox.requests() == before


def test_a_made_up_time_is_for_a_local_x(out):
    delete(out, "We begin")
    asked = ("status", "--check-x", "--now", "2027-03-02T09:00+02:00")
    refused = typed(out.root, *asked, environ={})
    assert refused.returncode == 2, refused.stderr
    assert "--now is for trying things out" in refused.stderr
    local = typed(out.root, *asked, environ=out.environ)
    assert local.returncode == 0, local.stderr
    assert deleted(out) == [("shop/pair/announce", 1)]
