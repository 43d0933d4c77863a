"""The local X's rules, without a server."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from runner.local_x.accounts import LocalAccount
from runner.local_x.error_answers import NAMED, Reply, RequestRefused
from runner.local_x.persistence import JournalMemory
from runner.local_x.posting_rules import DUPLICATE_WINDOW
from runner.local_x.state import LocalX
from runner.local_x.values import Event, Post
from runner.x_facts import SnowflakeIds, instant, snowflake

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
GIF = b"GIF89a" + b"\0" * 32
MP4 = b"\0\0\0\x18ftypmp42" + b"\0" * 32


class Recorder(JournalMemory):
    def __init__(self, events: list[Event] | None = None) -> None:
        super().__init__()
        self.written = events or []

    def events(self) -> Any:
        return iter(list(self.written))

    def append(self, event: Event) -> None:
        self.written.append(event)


@dataclass
class Stage:
    now: datetime = NOON
    journal: Recorder = field(default_factory=Recorder)

    def __post_init__(self) -> None:
        self.shop = LocalAccount.of("shop", "acme_lv")
        self.other = LocalAccount.of("tienda", "acme_es", premium=True)
        self.local_x = self.opened()

    def opened(self) -> LocalX:
        return LocalX((self.shop, self.other), clock=lambda: self.now, journal=self.journal)

    def say(self, text: str = "hello", account: LocalAccount | None = None, **body: Any) -> Post:
        return self.local_x.create(account or self.shop, {"text": text, **body})

    def upload(self, data: bytes = PNG, category: str = "tweet_image") -> str:
        return self.local_x.library.add(self.shop, category, data, self.now).id

    def refusal(self, **body: Any) -> Reply:
        with pytest.raises(RequestRefused) as refused:
            self.local_x.create(self.shop, body)
        return refused.value.reply


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_an_id_carries_the_millisecond_in_which_it_was_made() -> None:
    at = datetime(2026, 12, 1, 12, 0, 0, 345_000, tzinfo=UTC)
    assert instant(SnowflakeIds().next(at)) == at


def test_ids_grow_while_the_clock_stands_and_when_it_is_set_back() -> None:
    ids = SnowflakeIds()
    given = [int(ids.next(at)) for at in (NOON, NOON, NOON - timedelta(hours=1), NOON)]
    assert given == sorted(set(given))


def test_an_id_of_x_tells_when_x_made_it() -> None:
    # the example of X's documentation: docs.x.com/x-api/fundamentals/data-dictionary
    made = instant("1346889436626259968")
    assert made.replace(microsecond=0) == datetime(2021, 1, 6, 18, 40, 40, tzinfo=UTC)
    assert snowflake(made) <= 1346889436626259968 < snowflake(made + timedelta(milliseconds=1))


def test_a_post_stands_on_its_accounts_timeline_only(stage: Stage) -> None:
    post = stage.say()
    assert list(stage.local_x.posts(stage.shop.person.user_id)) == [post]
    assert list(stage.local_x.posts(stage.other.person.user_id)) == []


def test_the_newest_post_comes_first(stage: Stage) -> None:
    first, second = stage.say("one"), stage.say("two")
    assert list(stage.local_x.posts()) == [second, first]


def test_the_same_words_twice_are_a_duplicate(stage: Stage) -> None:
    stage.say("Slim 27 is here")
    assert stage.refusal(text="  Slim 27\nis here ") == NAMED["duplicate"]


def test_another_account_may_say_the_same(stage: Stage) -> None:
    stage.say("hello")
    assert stage.say("hello", stage.other).author == stage.other.person.user_id


def test_the_same_words_may_be_said_again_after_the_window(stage: Stage) -> None:
    stage.say("hello")
    stage.now += DUPLICATE_WINDOW
    assert stage.say("hello")


def test_what_was_deleted_may_be_said_again(stage: Stage) -> None:
    stage.local_x.delete(stage.shop, stage.say("hello").id)
    assert stage.say("hello")


def test_a_text_of_280_is_taken_and_of_281_is_not(stage: Stage) -> None:
    assert stage.say("a" * 280)
    assert stage.refusal(text="a" * 281) == NAMED["forbidden"]
    assert stage.refusal(text="€" * 141) == NAMED["forbidden"]


def test_a_premium_account_may_be_long_winded(stage: Stage) -> None:
    assert stage.say("a" * 25_000, stage.other)


def test_a_link_counts_23_whatever_its_length(stage: Stage) -> None:
    assert stage.say("a" * 256 + " https://acme.lv/" + "x" * 200)


def test_two_cashtags_are_one_too_many(stage: Stage) -> None:
    assert stage.say("buy $ACME")
    assert stage.refusal(text="$ACME and $LOIS") == NAMED["cashtags"]


def test_quoting_is_refused(stage: Stage) -> None:
    assert stage.refusal(text="look", quote_tweet_id="1") == NAMED["quote"]


def test_a_post_without_text_or_media_is_refused(stage: Stage) -> None:
    assert stage.refusal(text=" ").status == 400


def test_replies_to_oneself_are_one_conversation(stage: Stage) -> None:
    first = stage.say("1/2")
    second = stage.say("2/2", reply={"in_reply_to_tweet_id": first.id})
    third = stage.say("and more", reply={"in_reply_to_tweet_id": second.id})
    assert third.conversation == first.id
    assert third.reply_to == second.id


def test_replies_to_others_are_refused_unless_they_mention_us(stage: Stage) -> None:
    silent = stage.local_x.seed("stranger", "nothing about you")
    asking = stage.local_x.seed("stranger", "hey @Acme_LV, when?")
    for id in (silent.id, "123"):
        assert stage.refusal(text="hi", reply={"in_reply_to_tweet_id": id}) == NAMED["reply"]
    assert stage.say("now", reply={"in_reply_to_tweet_id": asking.id})


def test_a_reply_to_a_deleted_post_is_refused(stage: Stage) -> None:
    post = stage.say()
    stage.local_x.delete(stage.shop, post.id)
    reply = {"in_reply_to_tweet_id": post.id}
    assert stage.refusal(text="hi", reply=reply) == NAMED["reply-gone"]


def test_media_are_attached_once(stage: Stage) -> None:
    id = stage.upload()
    assert stage.say("look", media={"media_ids": [id]}).media == (id,)
    again = stage.refusal(text="look again", media={"media_ids": [id]})
    assert again.status == 400
    assert "Your media IDs are invalid." in str(again.body)


@pytest.mark.parametrize("why", ["unknown", "another's", "expired", "twice"])
def test_media_that_may_not_be_used_are_refused(stage: Stage, why: str) -> None:
    ids = [stage.upload()]
    if why == "unknown":
        ids = ["42"]
    elif why == "another's":
        ids = [stage.local_x.library.add(stage.other, "tweet_image", PNG, stage.now).id]
    elif why == "expired":
        stage.now += timedelta(hours=24, seconds=1)
    else:
        ids *= 2
    assert "Your media IDs are invalid." in str(stage.refusal(media={"media_ids": ids}).body)


def test_a_film_is_attached_when_it_has_been_processed(stage: Stage) -> None:
    id = stage.upload(MP4, "tweet_video")
    assert stage.refusal(media={"media_ids": [id]}).status == 400
    states = [stage.local_x.library.check(stage.shop, id, stage.now).checks for _ in range(2)]
    assert states == [1, 0]
    assert stage.say("", media={"media_ids": [id]})


def test_photos_do_not_mix_with_a_gif(stage: Stage) -> None:
    gif = stage.upload(GIF, "tweet_gif")
    for _ in range(2):
        stage.local_x.library.check(stage.shop, gif, stage.now)
    assert stage.refusal(media={"media_ids": [gif, stage.upload()]}).status == 400


def test_a_poll_and_media_exclude_each_other(stage: Stage) -> None:
    poll = {"options": ["a", "b"], "duration_minutes": 60}
    refused = stage.refusal(text="?", poll=poll, media={"media_ids": [stage.upload()]})
    assert refused.status == 400
    assert stage.say("?", poll=poll).poll


@pytest.mark.parametrize(
    ("data", "category"),
    [(b"no picture", "tweet_image"), (MP4, "tweet_image"), (PNG, "tweet_gif"), (PNG, "dm_image2")],
)
def test_a_file_is_what_its_first_bytes_say(stage: Stage, data: bytes, category: str) -> None:
    with pytest.raises(RequestRefused):
        stage.upload(data, category)


def test_a_file_that_is_too_large_is_refused(stage: Stage) -> None:
    with pytest.raises(RequestRefused) as refused:
        stage.upload(PNG + b"\0" * 5 * 1024 * 1024)
    assert refused.value.reply.status == 413


def test_an_upload_in_pieces_must_be_whole(stage: Stage) -> None:
    library = stage.local_x.library
    begun = library.begin(stage.shop, stage.now, category=None, type="video/mp4", total=len(MP4))
    library.append(stage.shop, begun.id, 1, MP4[20:], stage.now)
    with pytest.raises(RequestRefused):
        library.finalize(stage.shop, begun.id, stage.now)
    library.append(stage.shop, begun.id, 0, MP4[:20], stage.now)
    media = library.finalize(stage.shop, begun.id, stage.now)
    assert (media.id, media.type, media.key) == (begun.id, "video/mp4", f"7_{begun.id}")
    assert library.finalize(stage.shop, begun.id, stage.now) == media


def test_a_repost_is_made_once(stage: Stage) -> None:
    post = stage.say()
    first = stage.local_x.repost(stage.other, post.id)
    assert stage.local_x.repost(stage.other, post.id) == first
    assert len(list(stage.local_x.posts())) == 2


def test_a_repost_of_a_repost_shares_the_first(stage: Stage) -> None:
    post = stage.say()
    shared = stage.local_x.repost(stage.other, post.id)
    assert stage.local_x.repost(stage.shop, shared.id).repost_of == post.id


def test_a_repost_that_was_taken_back_can_be_made_again(stage: Stage) -> None:
    first = stage.local_x.repost(stage.shop, "1346889436626259968")
    stage.local_x.unrepost(stage.shop, "1346889436626259968")
    assert list(stage.local_x.posts()) == []
    assert stage.local_x.repost(stage.shop, "1346889436626259968") != first


def test_only_ones_own_posts_can_be_deleted(stage: Stage) -> None:
    post = stage.say()
    with pytest.raises(RequestRefused) as refused:
        stage.local_x.delete(stage.other, post.id)
    assert refused.value.reply == NAMED["not-yours"]
    stage.local_x.delete(stage.shop, post.id)
    with pytest.raises(RequestRefused) as refused:
        stage.local_x.delete(stage.shop, post.id)
    assert refused.value.reply.status == 404


def test_a_world_that_is_opened_again_is_the_same(stage: Stage) -> None:
    seeded = stage.local_x.seed("stranger", "hello")
    media = stage.upload()
    post = stage.say("kept", media={"media_ids": [media]})
    gone = stage.say("gone")
    stage.local_x.delete(stage.shop, gone.id)
    stage.local_x.repost(stage.shop, seeded.id)
    before = list(stage.local_x.posts())
    stage.local_x = stage.opened()
    assert list(stage.local_x.posts()) == before
    assert stage.refusal(text="kept") == NAMED["duplicate"]
    assert stage.refusal(media={"media_ids": [media]}).status == 400
    assert stage.local_x.repost(stage.shop, seeded.id) in before
    assert int(stage.say("new").id) > max(int(post.id), int(gone.id))


def test_ids_never_repeat_after_a_seed_and_a_restart(stage: Stage) -> None:
    seeded = stage.local_x.seed("stranger", "hello")
    stage.local_x = stage.opened()
    assert stage.say().id != seeded.id


def test_what_a_stranger_types_in_decomposed_letters_is_kept_composed_as_by_x(stage: Stage) -> None:
    assert stage.local_x.seed("stranger", "#ZiemasLoi\u0304s").text == "#ZiemasLo\u012bs"


def test_a_seeded_post_of_the_future_is_a_mistake(stage: Stage) -> None:
    later = str(snowflake(NOON + timedelta(hours=1)))
    with pytest.raises(ValueError, match="still to come"):
        stage.local_x.seed("stranger", "hello", id=later)
