"""Reading a rival's followers and posts from X: of the posts only kinds, numbers and hashtags leave
this module."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from runner.reading import NotRead
from runner.rivals import PostKind, RivalPage, RivalPost, RivalState, RivalUser
from runner.x.call import Caller, Request
from runner.x.listed_pages import (
    ListedPage,
    ReadFailed,
    bounds,
    objects_in,
    oldest_on,
    page_between,
    whole_answer,
)
from runner.x.posts import POST_ID, Json, count_in, hashtags, links, matching, references

_DIALECTS: Final[tuple[Mapping[str, str], ...]] = (
    {
        "tweet.fields": "attachments,conversation_id,entities,in_reply_to_user_id,note_tweet,"
        "referenced_tweets,public_metrics",
        "expansions": "attachments.media_keys",
        "media.fields": "type",
    },
    {
        "post.fields": "attachments,conversation_id,entities,note_post,public_metrics",
        "expansions": "attachments.media_keys,in_reply_to_user_id,referenced_posts",
        "media.fields": "type",
    },
)
"""The names that X has always taken, then those of the specification 2.167 (2026-08-07)."""
_HANDLE: Final = re.compile(r"[0-9A-Za-z_]{1,15}")
_HASHTAG: Final = re.compile(r"[^\s#]{1,140}")
_MOVING: Final = ("video", "animated_gif")


class XRivals:
    """Reads rivals over X's API: a `runner.rivals.ports.RivalReader`."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._dialects = _DIALECTS

    def user(self, handle: str, user_id: str | None) -> RivalUser | NotRead:
        """GET /2/users/{id}, or /2/users/by/username/{username}."""
        route = f"/2/users/{user_id}" if user_id else f"/2/users/by/username/{handle}"
        params = {"user.fields": "protected,public_metrics"}
        try:
            told = whole_answer(
                self._caller.call(Request(method="GET", route=route, params=params))
            )
            return _user(told)
        except ReadFailed as failed:
            return failed.not_read
        except ValueError as odd:
            return NotRead(because=f"what X says of @{handle} holds {odd}")

    def page(self, user_id: str, since: int, until: int, size: int) -> RivalPage | NotRead:
        """GET /2/users/{id}/tweets."""
        try:
            asked = bounds(since, until, size)
            page = page_between(self._caller, f"/2/users/{user_id}/tweets", asked, self._dialects)
            self._dialects = page.dialects
            media = _media_types(page)
            posts = [_post(each, user_id, media) for each in objects_in(page.told, "data")]
        except ReadFailed as failed:
            return failed.not_read
        except ValueError as odd:
            return NotRead(because=f"a rival's timeline holds {odd}")
        return RivalPage(
            posts=tuple(posts),
            shown=len(posts)
            + len(_included_objects(page, "posts"))
            + len(_included_objects(page, "tweets")),
            since=oldest_on(page, since),
        )


def _user(told: Json) -> RivalUser:
    """The user that an answer shows, or why it shows none. Raises ValueError and ReadFailed for an
    answer that tells neither."""
    data = told.get("data")
    if not isinstance(data, dict):
        return RivalUser(state=_absence(objects_in(told, "errors")))
    id, handle = data.get("id"), data.get("username")
    is_whole = isinstance(id, str) and POST_ID.fullmatch(id)
    if not (is_whole and isinstance(handle, str) and _HANDLE.fullmatch(handle)):
        raise ValueError("a user without an id or a name")
    return RivalUser(
        state=RivalState.PROTECTED if data.get("protected") is True else RivalState.SEEN,
        user_id=str(id),
        handle=handle,
        followers=count_in(data.get("public_metrics"), "followers_count"),
    )


def _absence(errors: Collection[Json]) -> RivalState:
    """Why X shows no user (https://docs.x.com/x-api/fundamentals/response-codes-and-errors). Raises
    ValueError where it does not say."""
    for error in errors:
        if str(error.get("type")).rstrip("/").endswith("resource-not-found"):
            is_suspended = "suspended" in str(error.get("detail")).lower()
            return RivalState.SUSPENDED if is_suspended else RivalState.MISSING
    raise ValueError("neither a user nor why there is none")


def _post(post: Json, user_id: str, media: Mapping[str, str]) -> RivalPost:
    """A post without its words. Raises ValueError where its id or its numbers are missing."""
    id, conversation, counts = (post.get(n) for n in ("id", "conversation_id", "public_metrics"))
    if not (isinstance(id, str) and POST_ID.fullmatch(id)):
        raise ValueError("a post without its id")
    if not isinstance(counts, dict):
        raise ValueError("a post without its numbers")
    referred = dict(references(post))
    note = post.get("note_tweet") or post.get("note_post")
    halves = [half for half in (post, note) if isinstance(half, dict)]
    tags = (tag for half in halves for tag in hashtags(half))
    types = [media.get(key, "") for key in _media_keys(post)]
    return RivalPost(
        post=id,
        root=matching(POST_ID, conversation) or id,
        kind=_kind(referred, is_own=post.get("in_reply_to_user_id") == user_id),
        has_picture="photo" in types,
        has_video=any(type in types for type in _MOVING),
        has_link=any(_leads_away(half, referred.get("quoted")) for half in halves),
        hashtags=tuple(dict.fromkeys(filter(_HASHTAG.fullmatch, tags))),
        likes=count_in(counts, "like_count") or 0,
        replies=count_in(counts, "reply_count") or 0,
        reposts=count_in(counts, "repost_count", "retweet_count") or 0,
        quotes=count_in(counts, "quote_count") or 0,
    )


def _kind(referred: Mapping[str, str], *, is_own: bool) -> PostKind:
    """What kind of post it is, by the posts that it refers to; `is_own` says that it answers a post
    of its own author."""
    if "retweeted" in referred or "reposted" in referred:
        return PostKind.REPOST
    if "replied_to" in referred:
        return PostKind.PART if is_own else PostKind.REPLY
    return PostKind.QUOTE if "quoted" in referred else PostKind.ORIGINAL


def _leads_away(half: Json, quoted: str | None) -> bool:
    """Whether it has a link, other than that to the post that it quotes."""
    addresses = [address for _, address in links(half) if address]
    return any(not (quoted and address.endswith(f"/status/{quoted}")) for address in addresses)


def _media_keys(post: Json) -> list[str]:
    attached = post.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, dict) else None
    return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []


def _included_objects(page: ListedPage, name: str) -> list[Json]:
    includes = page.told.get("includes")
    return objects_in(includes, name) if isinstance(includes, dict) else []


def _media_types(page: ListedPage) -> Mapping[str, str]:
    """The types of the page's media by their keys: `photo`, `video`, `animated_gif`."""
    return {
        str(each.get("media_key")): str(each.get("type"))
        for each in _included_objects(page, "media")
    }
