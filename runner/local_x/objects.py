"""Posts, people and media as X's JSON, with the fields that were asked for.

New names (`post.fields`, `referenced_posts`) unless the request uses the old ones: since X's
OpenAPI document 2.167 both are about, and a caller must read both.
"""

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final

from pydantic import JsonValue

from runner.local_x import text_entities
from runner.local_x.accounts import LocalAccount, Person
from runner.local_x.media_store import kind_of
from runner.local_x.state import LocalX
from runner.local_x.values import Media, Post
from runner.x_facts import post_address

Json = dict[str, JsonValue]

_OLD_NAMES: Final = {
    "edit_history_post_ids": "edit_history_tweet_ids",
    "referenced_posts": "referenced_tweets",
    "note_post": "note_tweet",
    "repost_count": "retweet_count",
    "post_count": "tweet_count",
    "posts": "tweets",
}
_ALWAYS: Final = ("id", "text", "edit_history_post_ids")
_SHORT: Final = 280
_REPOST_CUT: Final = 140


def old_names(value: JsonValue) -> JsonValue:
    """An answer with the names that X used before its specification 2.167."""
    if isinstance(value, dict):
        return {_OLD_NAMES.get(name, name): old_names(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [old_names(inner) for inner in value]
    return value


def rfc3339(at: datetime) -> str:
    """An instant as X writes it, to the millisecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def post_json(local_x: LocalX, post: Post, fields: Collection[str]) -> Json:
    """A post: id, text, edit history, and the fields of `post.fields`."""
    said = _repost_text(local_x, post) if post.repost_of else _shown_text(local_x, post)
    whole: Json = {
        "id": post.id,
        "text": said.text,
        "edit_history_post_ids": [*post.earlier, post.id],
        "author_id": post.author,
        "conversation_id": post.conversation,
        "created_at": rfc3339(post.at),
        "entities": said.entities or None,
        "lang": post.language,
        "paid_partnership": post.paid_partnership,
        "possibly_sensitive": False,
        "reply_settings": post.reply_settings or "everyone",
        **_metrics(local_x, post, fields),
        "attachments": _attachments(local_x, post),
        "referenced_posts": _references(post),
        "in_reply_to_user_id": _answered_id(local_x, post),
    }
    if len(said.text) > _SHORT and not post.repost_of:
        note: Json = {"text": said.text, "entities": said.entities}
        whole["note_post"] = {name: value for name, value in note.items() if value}
        whole["text"] = f"{said.text[: _SHORT - 1]}…"
    wanted = {*_ALWAYS, *fields}
    return {name: value for name, value in whole.items() if name in wanted and value is not None}


def user_json(
    person: Person,
    account: LocalAccount | None,
    fields: Collection[str],
    *,
    followers: int = 0,
    protected: bool = False,
) -> Json:
    """A person: id, name, username, and the fields of `user.fields`."""
    whole: Json = {
        "id": person.user_id,
        "name": person.name,
        "username": person.handle,
        "created_at": "2020-01-01T00:00:00.000Z",
        "protected": protected,
        "verified": bool(account and account.premium),
        "subscription_type": "Premium" if account and account.premium else "None",
        "public_metrics": {
            "followers_count": followers,
            "following_count": 0,
            "post_count": 0,
            "listed_count": 0,
        },
    }
    wanted = {"id", "name", "username", *fields}
    return {name: value for name, value in whole.items() if name in wanted}


def media_json(media: Media, fields: Collection[str]) -> Json:
    """A file in `includes.media`."""
    types = {"image": "photo", "gif": "animated_gif", "video": "video"}
    whole: Json = {
        "media_key": media.key,
        "type": types[kind_of(media.category)],
        "alt_text": media.alt,
    }
    wanted = {"media_key", "type", *fields}
    return {name: value for name, value in whole.items() if name in wanted and value is not None}


def poll_json(post: Post, now: datetime, fields: Collection[str]) -> Json:
    """A poll in `includes.polls`."""
    if not post.poll:
        raise ValueError(f"post {post.id} has no poll")
    ends = post.at + timedelta(minutes=post.poll.minutes)
    whole: Json = {
        "id": _poll_id(post),
        "options": [
            {"position": position, "label": label, "votes": 0}
            for position, label in enumerate(post.poll.options, start=1)
        ],
        "duration_minutes": post.poll.minutes,
        "end_datetime": rfc3339(ends),
        "voting_status": "open" if now < ends else "closed",
    }
    wanted = {"id", "options", *fields}
    return {name: value for name, value in whole.items() if name in wanted}


_PUBLIC: Final = (
    "repost_count",
    "reply_count",
    "like_count",
    "quote_count",
    "bookmark_count",
    "impression_count",
)
_CLICKS: Final = ("url_link_clicks", "user_profile_clicks")
_ORGANIC: Final = ("impression_count", "like_count", "reply_count", "repost_count", *_CLICKS)
PRIVATE: Final = frozenset({"non_public_metrics", "organic_metrics"})
"""What X tells of a post to its author alone."""


def _metrics(local_x: LocalX, post: Post, fields: Collection[str]) -> Json:
    """What is counted of a post: in public, without what was paid for, and all of it privately."""
    if not ({"public_metrics", *PRIVATE} & set(fields)):
        return {}
    now = local_x.now()
    organic = Counter(local_x.audience.organic(post, now))
    organic["repost_count"] += local_x.post_store.repost_count(post.id)
    organic["reply_count"] += local_x.post_store.reply_count(post.id)
    counted = organic + Counter(local_x.audience.paid(post, now))
    engagements = sum(number for name, number in counted.items() if name != "impression_count")
    private = {name: counted[name] for name in ("impression_count", *_CLICKS)}
    return {
        "public_metrics": {name: counted[name] for name in _PUBLIC},
        "organic_metrics": {name: organic[name] for name in _ORGANIC},
        "non_public_metrics": {**private, "engagements": engagements},
    }


def _shown_text(local_x: LocalX, post: Post) -> text_entities.ShownText:
    handle = local_x.people[post.author].handle
    link = post_address(post.id, handle)
    media = [media for id in post.media if (media := local_x.library.get(id))]
    pictures = tuple(
        (item.key, f"{link}/{'photo' if kind_of(item.category) == 'image' else 'video'}/1")
        for item in media
    )
    return text_entities.shown_text(post.id, post.text, pictures)


def _repost_text(local_x: LocalX, post: Post) -> text_entities.ShownText:
    shared_id = post.repost_of or ""
    shared = local_x.post(shared_id)
    handle = local_x.people[shared.author].handle if shared else "i"
    said = _shown_text(local_x, shared).text if shared else post_address(shared_id)
    text = f"RT @{handle}: {said}"
    cut = text if len(text) <= _REPOST_CUT else f"{text[: _REPOST_CUT - 1]}…"
    mention: Json = {"start": 3, "end": 4 + len(handle), "username": handle}
    return text_entities.ShownText(cut, {"mentions": [mention]})


def _attachments(local_x: LocalX, post: Post) -> Json | None:
    keys = [media.key for id in post.media if (media := local_x.library.get(id))]
    attached: Json = {}
    if keys:
        attached["media_keys"] = list[JsonValue](keys)
    if post.poll:
        attached["poll_ids"] = [_poll_id(post)]
    return attached or None


def _references(post: Post) -> list[JsonValue] | None:
    found = [
        ("retweeted", post.repost_of),
        ("replied_to", post.reply_to),
        ("quoted", post.quotes),
    ]
    return [{"type": type, "id": id} for type, id in found if id] or None


def _answered_id(local_x: LocalX, post: Post) -> str | None:
    parent = local_x.post(post.reply_to) if post.reply_to else None
    return parent.author if parent else None


def _poll_id(post: Post) -> str:
    return str(int(post.id) - 1)
