"""Two versions of a post, field by field."""

from decimal import Decimal
from typing import Any

from runner.ledger import Key
from runner.plan.fields import rendered_fields
from runner.render.rendered import RenderedMedia, RenderedPart, RenderedPoll, RenderedPost
from tests.unit.stores.building import a_key, at


def part(text: str = "Hello", **more: Any) -> RenderedPart:
    return RenderedPart(text=text, weight=len(text), cost=Decimal("0.015"), **more)


def post(*parts: RenderedPart, **more: Any) -> RenderedPost:
    given: dict[str, Any] = {
        "key": a_key(),
        "due": at("2026-12-01 10:00"),
        "locale": "lv",
        "limit": 280,
    }
    return RenderedPost(**{**given, **more}, parts=parts or (part(),))


def told(old: RenderedPost, new: RenderedPost) -> list[tuple]:
    return [(each.name, each.part, each.old, each.new) for each in rendered_fields(old, new)]


def photo(path: str = "a.jpg", digest: str = "1" * 64, alt: str | None = "Jeans") -> RenderedMedia:
    return RenderedMedia(path=path, digest=digest, type="image/jpeg", size=1, alt=alt)


def test_nothing_differs_from_itself():
    assert told(post(part(media=(photo(),))), post(part(media=(photo(),)))) == []


def test_a_part_put_first_is_the_only_change():
    old, new = post(part("One"), part("Two")), post(part("Zero"), part("One"), part("Two"))
    assert told(old, new) == [("text", 1, None, "Zero")]


def test_a_part_taken_out_is_named_by_its_old_number():
    old, new = post(part("One"), part("Two"), part("Three")), post(part("One"), part("Three"))
    assert told(old, new) == [("text", 2, "Two", None)]


def test_a_part_in_other_words_is_compared_with_the_one_before():
    assert told(post(part("One"), part("Two")), post(part("One"), part("2"))) == [
        ("text", 2, "Two", "2")
    ]


def test_other_bytes_below_the_same_name_are_another_picture():
    old, new = post(part(media=(photo(),))), post(part(media=(photo(digest="2" * 64),)))
    assert told(old, new) == [
        ("media", 0, "a.jpg (sha256 11111111)", "a.jpg (sha256 22222222)"),
    ]


def test_an_alt_text_is_compared_by_its_picture():
    old = post(part(media=(photo("a.jpg"), photo("b.jpg", alt=None))))
    new = post(part(media=(photo("a.jpg"), photo("b.jpg", alt="Back"))))
    assert told(old, new) == [("alt of b.jpg", 0, None, "Back")]


def test_an_alt_text_is_compared_by_its_bytes_where_the_file_has_another_name():
    old, new = post(part(media=(photo("a.jpg"),))), post(part(media=(photo("b.jpg", alt="Back"),)))
    assert told(old, new) == [("alt of b.jpg", 0, "Jeans", "Back")]


def test_a_poll_is_told_in_words():
    poll = RenderedPoll(options=("indigo", "black"), minutes=1440)
    longer = RenderedPoll(options=("indigo", "black"), minutes=90)
    assert told(post(part(poll=poll)), post(part(poll=longer))) == [
        ("poll", 0, "indigo / black, open for 1 day", "indigo / black, open for 1 hour 30 minutes")
    ]
    assert told(post(), post(part(poll=poll)))[0][2] is None


def test_settings_are_told_as_people_set_them():
    new = post(part(reply_settings="following", paid_partnership=True, made_with_ai=True))
    assert told(post(), new) == [
        ("reply-settings", 0, "everyone", "following"),
        ("paid-partnership", 0, "no", "yes"),
        ("made-with-ai", 0, "no", "yes"),
    ]


def test_what_it_answers_shares_carries_and_speaks_is_told():
    old = post(part("", repost="1"), item="wash")
    new = post(
        part("", repost="2"), item="dry", locale="es", reply_to=Key("shop", "slim", "announce")
    )
    assert told(old, new) == [
        ("repost", 0, "1", "2"),
        ("reply-to", 0, None, "announce"),
        ("item", 0, "wash", "dry"),
        ("locale", 0, "lv", "es"),
    ]
