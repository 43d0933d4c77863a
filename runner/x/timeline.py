"""Reading what an account shows: its whole timeline since an instant, and which posts are gone.

Half a list is worse than none, as a post that it lacks would be sent again. So whatever is not
certainly whole is Unreadable.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Final

from runner.publish import Identity, Unreadable
from runner.reconcile import TimelinePost
from runner.x.call import Caller, Request
from runner.x.listed_pages import (
    ReadFailed,
    because_of,
    objects_in,
    page_of,
    since_id_of,
    subject_of,
    whole_answer,
)
from runner.x.posts import POST_ID, Json, timeline_post

REACH: Final = 3200
"""Posts; no timeline goes further back (https://docs.x.com/x-api/posts/timelines/integrate)."""
_PAGE: Final = 100
_MOST_PAGES: Final = 2 * REACH // _PAGE
"""X may show fewer than a hundred on a page."""
_DIALECTS: Final[tuple[Mapping[str, str], ...]] = (
    {"tweet.fields": "attachments,entities,note_tweet,referenced_tweets"},
    {"post.fields": "attachments,entities,note_post", "expansions": "referenced_posts"},
)
"""The names that X has always taken, then those of the specification 2.167 (2026-08-07)."""


def posts_since(
    caller: Caller, me: Identity, since: datetime
) -> tuple[TimelinePost, ...] | Unreadable:
    """All posts, replies and reposts of the account since then, oldest first."""
    found: dict[str, TimelinePost] = {}
    try:
        route = f"/2/users/{me.user_id}/tweets"
        for page in pages(caller, route, since_id_of(since), _DIALECTS):
            for post in objects_in(page, "data"):
                one = timeline_post(post, me.handle)
                found[one.id] = one
    except ReadFailed as failed:
        return failed.unreadable
    except ValueError as odd:
        return Unreadable(because=f"X's timeline holds {odd}")
    if len(found) >= REACH:
        return Unreadable(because=f"the account posted more than the {REACH} that X shows")
    return tuple(sorted(found.values(), key=lambda one: int(one.id)))


def deleted_ids(caller: Caller, ids: Collection[str]) -> frozenset[str] | Unreadable:
    """The posts of which X says that there is no such post; not those that it only does not
    show."""
    wanted = sorted(set(ids))
    found: set[str] = set()
    try:
        for start in range(0, len(wanted), 100):
            found |= _gone_ids(caller, wanted[start : start + 100])
    except ReadFailed as failed:
        return failed.unreadable
    return frozenset(found)


def pages(
    caller: Caller, route: str, since_id: int, dialects: tuple[Mapping[str, str], ...]
) -> Iterator[Json]:
    """Each page of a list of posts as X answered it, newest first. Raises ReadFailed for anything
    that is not certainly whole."""
    params = {"max_results": str(_PAGE), "since_id": str(since_id)}
    token: str | None = None
    for _ in range(_MOST_PAGES):
        more = {"pagination_token": token} if token else {}
        page = page_of(caller, route, params | more, dialects)
        yield page.told
        if page.following is None:
            return
        token, dialects = page.following, page.dialects
    raise ReadFailed(Unreadable(because="X's timeline has no end"))


def _gone_ids(caller: Caller, ids: list[str]) -> set[str]:
    request = Request(method="GET", route="/2/tweets", params={"ids": ",".join(ids)})
    told = whole_answer(caller.call(request))
    errors = objects_in(told, "errors")
    missing = {_missing(error) for error in errors}
    there = {str(post.get("id")) for post in objects_in(told, "data")}
    if None in missing or missing | there != set(ids) or missing & there:
        raise ReadFailed(Unreadable(because=because_of(errors)))
    return {id for id in missing if id}


def _missing(error: Json) -> str | None:
    """The id of which an error says that there is no such post."""
    type, id = error.get("type"), subject_of(error)
    known = isinstance(type, str) and type.rstrip("/").endswith("/resource-not-found")
    return id if known and id and POST_ID.fullmatch(id) else None
