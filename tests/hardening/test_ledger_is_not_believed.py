"""Of the ledger, and of X, nothing is believed but ids, instants, digests and costs."""

import json
import time
import tracemalloc
from functools import partial
from pathlib import Path

import pytest
from pydantic import ValidationError

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.ledger import Key, Need, Posted
from runner.models import Draw
from runner.problems import LedgerUnusable
from runner.stores.commit_message import head_in
from runner.stores.files import FilesLedger
from runner.x.call import ApiReply
from runner.x.posts import references
from runner.x.publisher import identity_in
from tests.acceptance.conftest import desktop

__all__ = ["desktop"]
EVIL = "EVILTEXT http://evil"
SENT = {
    "v": 1,
    "at": "2026-12-01T10:00:00Z",
    "key": "shop/slim/launch",
    "part": 1,
    "id": "1234",
    "digest": "a",
    "text": "b",
    "cost": "0.015",
}
POSTED = {
    "v": 1,
    "key": "shop/slim/launch",
    "part": 1,
    "at": "2026-12-01T10:00:00Z",
    "run": "1",
    "state": "posted",
    "id": "1234",
    "url": "https://x.com/acme_lv/status/1234",
    "cost": "0.015",
}
ATTEMPT = {
    **{name: POSTED[name] for name in ("v", "key", "part", "at", "run")},
    "state": "attempting",
    "attempt": "a",
    "send_by": "2026-12-01T10:01:00Z",
    "due": "2026-12-01T10:00:00Z",
    "digest": "d",
    "parts": [{"text": "Hello"}],
    "cost": "0.015",
}
JOURNAL, SHELF = "shop/sent/2026-12.jsonl", "shop/campaigns/slim/once.jsonl"
NEED = Need(
    periods=frozenset({("slim", "once")}),
    months=frozenset({("shop", "2026-12")}),
)


def line(given: dict[str, object], **more: object) -> bytes:
    return json.dumps({**given, **more}).encode() + b"\n"


def raw(given: dict[str, object], old: str, new: str) -> bytes:
    text = json.dumps(given)
    assert old in text
    return text.replace(old, new, 1).encode() + b"\n"


UNREADABLE = {
    "A10-year-1": line(SENT, at="0001-01-01T00:00:00Z"),
    "A10-year-9999": line(SENT, due="9999-12-31T23:59:59Z"),
    "A10-no-zone": line(SENT, at="2026-12-01T10:00:00"),
    "A10-negative-cost": line(SENT, cost="-0.015"),
    "A10-endless-cost": raw(SENT, '"0.015"', "Infinity"),
    "A10-no-number": raw(SENT, '"0.015"', "NaN"),
    "A10-no-number-in-words": line(SENT, cost="NaN"),
    "A10-huge-cost": line(SENT, cost="9" * 100),
    "A10-huge-exponent": line(SENT, cost="1e999999999"),
    "A10-huge-part": raw(SENT, '"part": 1', '"part": ' + "9" * 5000),
    "A10-words-for-an-id": line(SENT, id="1234 is great"),
    "A10-id-with-a-path": line(SENT, id="../1"),
    "A10-words-for-a-digest": line(SENT, text=EVIL),
    "A10-date-that-is-none": line(SENT, key="shop/slim/tip@2026-02-31.morning"),
    "A10-date-of-the-first-year": line(SENT, key="shop/slim/tip@0001-01-01.morning"),
    "A10-twice": raw(SENT, '"id": "1234"', '"id": "1234", "id": "99"'),
    "A10-twice-in-disguise": raw(SENT, '"id": "1234"', '"id": "1234", "\\u0069d": "99"'),
    "A10-zero": raw(SENT, "launch", "lau\0nch"),
    "A10-zero-in-disguise": raw(SENT, '"a"', '"\\u0000"'),
    "A10-half-a-character": raw(SENT, '"a"', '"\\ud800"'),
    "A10-not-utf-8": b'{"v":1,"at":"\xff"}\n',
    "A10-deep": b"[" * 100_000 + b"\n",
    "A10-deep-and-cut-off": b'{"v":1}\n' + b"[" * 100_000,
    "A10-longer-than-any-line": b'{"v":1,"at":"' + b"x" * (5 * 2**20),
}
UNREADABLE_ENTRY = {
    "A10-reply-to-words": line(ATTEMPT, reply_to="the post before"),
    "A10-text-that-is-a-list": line(ATTEMPT, parts=[{"text": ["x"]}]),
    "A10-repost-of-words": line(ATTEMPT, parts=[{"text": "", "repost": "x"}]),
    "A10-costs-of-other-parts": line(ATTEMPT, costs=["0.01", "0.01"]),
    "A10-deep-part": line(ATTEMPT, parts=[{"text": "", "x": json.loads("[" * 300 + "]" * 300)}]),
    "A10-part-without-end": raw(ATTEMPT, '"Hello"', '"x", "y": Infinity'),
    "A10-posted-at-no-time": line(POSTED, at="0001-01-01T00:00:00Z"),
}


def kept(root: Path, name: str, data: bytes) -> FilesLedger:
    path = root / "ledgers" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    (root / "ledgers/_project").mkdir()
    (root / "ledgers/_project/head.json").write_text('{"number":1,"head":{}}')
    return FilesLedger(root)


@pytest.mark.parametrize("case", [*UNREADABLE, *UNREADABLE_ENTRY])
def test_what_cannot_be_is_unreadable(case, tmp_path):
    is_sent = case in UNREADABLE
    data = UNREADABLE[case] if is_sent else UNREADABLE_ENTRY[case]
    if case == "A10-deep-and-cut-off":
        data = line(SENT) + data.partition(b"\n")[2] + b"\n"
    ledger = kept(tmp_path, JOURNAL if is_sent else SHELF, data)
    began = time.process_time()
    with pytest.raises(LedgerUnusable, match="line") as unusable:
        ledger.read(NEED)
    assert time.process_time() - began < 1
    assert len(unusable.value.message) < 600
    assert unusable.value.message.isprintable()
    assert EVIL not in unusable.value.message


def test_a_deep_line_that_was_cut_off_is_left_out(tmp_path):
    ledger = kept(tmp_path, JOURNAL, line(SENT) + b"[" * 100_000)
    facts = ledger.read(NEED)
    assert (len(facts.journal), len(facts.notices)) == (1, 1)


@pytest.mark.parametrize("given", [SENT, POSTED, ATTEMPT], ids=["sent", "posted", "attempt"])
def test_what_a_run_writes_is_readable(given, tmp_path):
    facts = kept(tmp_path, JOURNAL if given is SENT else SHELF, line(given)).read(NEED)
    assert facts.journal or facts.standings


def test_a_line_of_a_hundred_megabytes_is_not_read_whole(tmp_path):
    """A10: within a second and 256 MB."""
    ledger = kept(tmp_path, JOURNAL, b"")
    with (tmp_path / "ledgers" / JOURNAL).open("wb") as file:
        file.write(b'{"v":1,"at":"')
        file.truncate(100 * 2**20)
    began = time.process_time()
    tracemalloc.start()
    with pytest.raises(LedgerUnusable, match="line 1: the line is longer than 4 MiB"):
        ledger.read(NEED)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - began < 1
    assert peak < 32 * 2**20


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+00:00", "2026-12-01T10:00:00", "never"])
def test_a_trailer_without_a_plausible_instant_is_unreadable(at):
    with pytest.raises(LedgerUnusable):
        head_in(f"Post x\n\nLedger: 2\nAccounted: {at}\n", where="x")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://x.com/acme_lv/status/1234", "https://x.com/acme_lv/status/1234"),
        (EVIL, "https://x.com/i/web/status/1234"),
        ("https://x.com/acme_lv/status/99", "https://x.com/i/web/status/1234"),
        ("https://x.com/acme_lv/status/1234 " + EVIL, "https://x.com/i/web/status/1234"),
        ("https://x.com/acme_lv/status/1234\n", "https://x.com/i/web/status/1234"),
    ],
    ids=lambda text: f"A10-{text[:40]!r}",
)
def test_an_address_is_made_anew(url, address):
    assert Posted.model_validate({**POSTED, "url": url}).url == address


def test_words_are_only_shown_and_on_one_line():
    told = "by\n::error::x \u202e\x1b[31m" + "x" * 1000
    posted = Posted.model_validate({**POSTED, "by": told, "because": told})
    for said in (posted.by, posted.because):
        assert said
        assert said.isprintable()
        assert len(said) <= 400


FOLLOWING = """\
kind: series
account: shop
posts:
  t: {at: 2027-03-01 10:00, text: Hello}
  more: {at: 2027-03-01 11:00, text: "More of {{ posts.t.url }}"}
"""


def test_a_forged_address_is_not_sent(desktop):
    """A10"""
    desktop.write("campaigns/winter-lois.yaml", FOLLOWING)
    desktop.clock.set("2027-03-01T10:00+02:00")
    assert post(desktop.outside(), PostOptions()) == 0
    (first,) = desktop.sandbox.timeline()
    (shelf,) = desktop.root.glob(".runner/**/once.jsonl")
    real = f"https://x.com/acme_lv/status/{first.id}"
    text = shelf.read_text()
    assert real in text
    shelf.write_text(text.replace(real, EVIL))
    desktop.clock.set("2027-03-01T11:00+02:00")
    outside = desktop.outside()
    preview(outside)
    assert "EVIL" not in outside.out.getvalue() + outside.talk.getvalue()
    assert post(desktop.outside(), PostOptions()) == 0
    said = {each.text for each in desktop.sandbox.timeline()}
    assert f"More of {real}" in said, said
    assert not any("EVIL" in text for text in said)


@pytest.mark.parametrize(
    "given",
    [
        {"winners": [EVIL]},
        {"alternates": ["x" * 16]},
        {"round": "12 and more"},
        {"round": -1},
        {"digest": EVIL},
        {"digest": "A" * 64},
    ],
    ids=lambda given: f"A10-{next(iter(given))}",
)
def test_results_hold_handles_digits_and_hex(given):
    with pytest.raises(ValidationError):
        Draw.model_validate({"drawn": "2027-03-09 12:00", **given})


# --- What X gives back

DATE = {"date": "Tue, 01 Dec 2026 10:00:00 GMT", "content-type": "application/json"}


@pytest.mark.parametrize(
    ("id", "handle"),
    [("1/../2", "acme_lv"), ("12", "acme lv"), ("12", "a" * 16), ("", "acme_lv"), ("12", "x\x1b[")],
    ids=partial(str.format, "A10-{!r}"),
)
def test_whose_credentials_these_are_is_told_in_digits_and_a_handle(id, handle):
    body = json.dumps({"data": {"id": id, "username": handle}}).encode()
    answer = identity_in(ApiReply(status=200, headers=DATE, body=body))
    assert "does not say whose" in answer.because


def test_a_reference_is_an_id():
    post = {"referenced_tweets": [{"type": "retweeted", "id": EVIL}, {"type": "quoted", "id": "7"}]}
    assert list(references(post)) == [("quoted", "7")]


def test_keys_are_the_same_few_words():
    one, other = Key.parse("shop/slim/a"), Key.parse("shop/slim/b")
    assert one.campaign is other.campaign
