"""X's rules of what an account may post. A refusal raises RequestRefused with X's answer in it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from runner.local_x.accounts import LocalAccount
from runner.local_x.error_answers import NAMED, RequestRefused, invalid, invalid_media
from runner.local_x.listing import says_name
from runner.local_x.media_store import MediaStore, kind_of
from runner.local_x.post_store import PostStore
from runner.local_x.values import Media, Poll, Post
from runner.text import LIMIT, PREMIUM_LIMIT, cashtags, invalid_characters, weigh

DUPLICATE_WINDOW: Final = timedelta(hours=24)
"""X publishes no window; this is ours."""
_NOT_PLAYED: Final = ("card_uri", "community_id", "direct_message_deep_link", "edit_options")


def attached_media(
    library: MediaStore,
    account: LocalAccount,
    body: Mapping[str, Any],
    *,
    used: Collection[str],
    now: datetime,
) -> list[Media]:
    """The media that a body names, none of which was `used` before."""
    ids = tuple(body.get("media", {}).get("media_ids", ()))
    try:
        media = [library.media_of(account, id, now) for id in ids]
    except RequestRefused:
        raise RequestRefused(invalid_media(ids)) from None
    if len(set(ids)) < len(ids) or any(item.checks or item.id in used for item in media):
        raise RequestRefused(invalid_media(ids))
    if len(media) > 1 and any(kind_of(item.category) != "image" for item in media):
        raise RequestRefused(invalid("A post has up to 4 photos, or 1 animated GIF, or 1 video."))
    return media


def require_permission(account: LocalAccount, body: Mapping[str, Any], text: str) -> None:
    """Refuses what the account's tier lacks, and what X takes from nobody."""
    if "quote_tweet_id" in body and not account.enterprise:
        raise RequestRefused(NAMED["quote"])
    if invalid_characters(text) or any(name in body for name in _NOT_PLAYED):
        raise RequestRefused(NAMED["forbidden"])
    if len(cashtags(text)) > 1:
        raise RequestRefused(NAMED["cashtags"])
    if weigh(text) > (PREMIUM_LIMIT if account.premium else LIMIT):
        raise RequestRefused(NAMED["forbidden"])


def answered_post(store: PostStore, account: LocalAccount, body: Mapping[str, Any]) -> Post | None:
    """The post that a body answers: one of the account, or one that mentions it (X's rule of
    2026-02-23)."""
    if "reply" not in body:
        return None
    id = body["reply"]["in_reply_to_tweet_id"]
    parent = store.post(id)
    if not parent and store.knew(id):
        raise RequestRefused(NAMED["reply-gone"])
    if parent and (
        parent.author == account.person.user_id or says_name(parent.text, account.person.handle)
    ):
        return parent
    raise RequestRefused(NAMED["reply"])


def expect_not_said_before(
    store: PostStore, account: LocalAccount, text: str, now: datetime
) -> None:
    """Refuses what the account has said lately, word for word."""
    before = store.last_saying(account.person.user_id, text)
    if text and before and now - before.at < DUPLICATE_WINDOW:
        raise RequestRefused(NAMED["duplicate"])


def poll_of(body: Mapping[str, Any]) -> Poll | None:
    poll = body.get("poll")
    return Poll(options=tuple(poll["options"]), minutes=poll["duration_minutes"]) if poll else None
