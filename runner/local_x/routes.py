"""X's routes of posts and timelines."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

from pydantic import JsonValue
from starlette.routing import Route

from runner.local_x import objects, query, request_schemas, schema, timeline
from runner.local_x.error_answers import (
    Body,
    Reply,
    RequestRefused,
    invalid,
    not_found,
    not_shown,
    not_told,
)
from runner.local_x.listing import PostSearch, search_start
from runner.local_x.query import Wanted
from runner.local_x.request_handling import Call, route
from runner.local_x.site import Price, Site
from runner.local_x.state import LocalX
from runner.local_x.values import Post
from runner.value import replace

_PRIVATE_FOR: Final = timedelta(days=30)
"""How long X tells private numbers of a post (docs.x.com/x-api/fundamentals/metrics)."""


def routes(site: Site) -> list[Route]:
    return [
        route(site, "create", "POST", "/2/tweets", create),
        route(site, "posts", "GET", "/2/tweets", posts),
        route(site, "search", "GET", "/2/tweets/search/recent", search),
        route(site, "reposts", "GET", "/2/tweets/{id}/retweets", reposts),
        route(site, "post", "GET", "/2/tweets/{id}", post),
        route(site, "delete", "DELETE", "/2/tweets/{id}", delete),
        route(site, "hide", "PUT", "/2/tweets/{tweet_id}/hidden", hide),
        route(site, "timeline", "GET", "/2/users/{id}/tweets", user_timeline),
        route(site, "mentions", "GET", "/2/users/{id}/mentions", mentions),
    ]


async def create(call: Call) -> Reply:
    body = schema.check(await call.json(), request_schemas.CREATE)
    with call.site.lock:
        created = call.local_x.create(call.account, body)
        return Reply(201, {"data": objects.post_json(call.local_x, created, ())})


async def delete(call: Call) -> Reply:
    id = query.post_id(call.path("id"))
    with call.site.lock:
        call.local_x.delete(call.account, id)
    return Reply(200, {"data": {"deleted": True}})


async def hide(call: Call) -> Reply:
    id = query.post_id(call.path("tweet_id"), "tweet_id")
    body = schema.check(await call.json(), request_schemas.HIDE)
    is_hidden = bool(body["hidden"])
    with call.site.lock:
        call.local_x.hide_reply(call.account, id, is_hidden=is_hidden)
    return Reply(200, {"data": {"hidden": is_hidden}})


async def post(call: Call) -> Reply:
    """A missing post is a 200 whose `errors` say so, as on X."""
    wanted, id = query.wanted_fields(call.query), query.post_id(call.path("id"))
    with call.site.lock:
        found = _visible_post(call.local_x, id)
        if not found:
            return Reply(200, {"errors": [dict(_missing(call.local_x, id, "id"))]})
        told, errors = _posts_and_errors(call, [found], wanted)
        if not told:
            return Reply(200, {"errors": errors})
        call.site.meter.read("read-post", [id], call.local_x.now())
        data = objects.post_json(call.local_x, found, wanted.post)
        return Reply(200, {"data": data, **_includes(call.local_x, [found], wanted)})


async def posts(call: Call) -> Reply:
    wanted = query.wanted_fields(call.query, "ids")
    ids = [query.post_id(id, "ids") for id in call.query.get("ids", "").split(",")]
    if len(ids) > 100:
        message = f"The number of values in the `ids` query parameter list [{len(ids)}] is not "
        raise RequestRefused(invalid(f"{message}between 1 and 100"))
    with call.site.lock:
        found = {id: post for id in ids if (post := _visible_post(call.local_x, id))}
        told, errors = _posts_and_errors(call, found.values(), wanted)
        call.site.meter.read("read-post", found, call.local_x.now())
        answer: dict[str, JsonValue] = {}
        if told:
            answer = _page_json(call.local_x, told, wanted)
    missing = [id for id in ids if id not in found]
    if missing or errors:
        absent = (dict(_missing(call.local_x, id, "ids")) for id in missing)
        answer["errors"] = [*errors, *absent]
    return Reply(200, answer)


async def user_timeline(call: Call) -> Reply:
    return _timeline(call, call.local_x.posts, timeline.PARAMETERS, timeline.REACH)


async def mentions(call: Call) -> Reply:
    return _timeline(call, call.local_x.mentions, timeline.LIST_PARAMETERS, timeline.MENTIONS_REACH)


async def search(call: Call) -> Reply:
    given = call.query
    wanted = query.wanted_fields(given, "query", "next_token", *timeline.LIST_PARAMETERS)
    asked = PostSearch.parse(given.get("query", ""))
    page = timeline.TimelinePage.from_query(given, sizes=(10, 100, 10))
    with call.site.lock:
        start = search_start(page.since, page.start, call.local_x.now())
        page = replace(page, start=start)
        return _list(
            call, call.local_x.post_store.found(asked, page.below), page, wanted, reach=None
        )


async def reposts(call: Call) -> Reply:
    """All reposts of a post; a list that goes on by its token alone."""
    wanted = query.wanted_fields(call.query, "max_results", "pagination_token")
    page = timeline.TimelinePage.from_query(call.query, sizes=(1, 100, 100))
    id = query.post_id(call.path("id"))
    with call.site.lock:
        if not _visible_post(call.local_x, id):
            return Reply(200, {"errors": [dict(not_found("tweet", "id", id))]})
        name = f"retweets_of_tweet_id:{id}"
        return _list(
            call, call.local_x.post_store.visible_posts(name, page.below), page, wanted, reach=None
        )


def _timeline(
    call: Call,
    posts_of: Callable[[str], Iterable[Post]],
    parameters: tuple[str, ...],
    reach: int,
) -> Reply:
    wanted = query.wanted_fields(call.query, *parameters)
    page, user = timeline.TimelinePage.from_query(call.query), query.post_id(call.path("id"))
    with call.site.lock:
        if user not in call.local_x.people:
            return Reply(200, {"errors": [dict(not_found("user", "id", user))]})
        owned = call.account.owned and user == call.account.person.user_id
        price: Price = "read-owned" if owned else "read-post"
        if user in call.local_x.post_store.hidden:
            return Reply(200, {"errors": [dict(call.local_x.why_hidden(user, "id", user))]})
        return _list(call, posts_of(user), page, wanted, reach=reach, price=price)


def _list(
    call: Call,
    posts: Iterable[Post],
    page: timeline.TimelinePage,
    wanted: Wanted,
    *,
    reach: int | None,
    price: Price = "read-post",
) -> Reply:
    """A page of a list of posts."""
    now = call.local_x.now()
    listed, following = timeline.posts_of_page(posts, page, seen=now - call.site.lag, reach=reach)
    found, errors = _posts_and_errors(call, listed, wanted)
    call.site.meter.read(price, (post.id for post in found), now)
    meta: dict[str, JsonValue] = {"result_count": len(found)}
    told: dict[str, JsonValue] = {"errors": errors} if errors else {}
    if following:
        meta["next_token"] = following
    if found:
        meta |= {"newest_id": found[0].id, "oldest_id": found[-1].id}
        told |= _page_json(call.local_x, found, wanted)
    return Reply(200, {**told, "meta": meta})


def _posts_and_errors(
    call: Call, posts: Iterable[Post], wanted: Wanted
) -> tuple[list[Post], list[JsonValue]]:
    """The posts that X shows with the fields that are asked for, and why not the others.

    Private numbers are for the author alone (`errors` say so), and of the last 30 days: a page
    lacks older posts without a word (docs.x.com/x-api/posts/timelines/integrate).
    """
    private = sorted(wanted.post & objects.PRIVATE)
    if not private:
        return list(posts), []
    me, oldest = call.account.person.user_id, call.local_x.now() - _PRIVATE_FOR
    recent = [post for post in posts if post.at >= oldest]
    refused = call.site.refuses_private
    own = [post for post in recent if post.author == me and not refused]
    others = (post for post in recent if post not in own)
    return own, [dict(not_told(field, post.id)) for post in others for field in private]


def _visible_post(local_x: LocalX, id: str) -> Post | None:
    """A post, unless nobody is shown what its author posts."""
    post = local_x.post(id)
    return post if post and post.author not in local_x.post_store.hidden else None


def _missing(local_x: LocalX, id: str, parameter: str) -> Body:
    post = local_x.post(id)
    protected = post and local_x.post_store.hidden.get(post.author) == "protected"
    return (not_shown if protected else not_found)("tweet", parameter, id)


def _page_json(local_x: LocalX, found: Iterable[Post], wanted: Wanted) -> dict[str, JsonValue]:
    found = list(found)
    data: list[JsonValue] = [objects.post_json(local_x, post, wanted.post) for post in found]
    return {"data": data, **_includes(local_x, found, wanted)}


def _includes(local_x: LocalX, found: list[Post], wanted: Wanted) -> dict[str, JsonValue]:
    """What `expansions` asks for: authors, media, polls, and the posts that these refer to."""
    includes: dict[str, list[JsonValue]] = {}
    if "attachments.media_keys" in wanted.expansions:
        media = [local_x.library.get(id) for post in found for id in post.media]
        includes["media"] = [objects.media_json(item, wanted.media) for item in media if item]
    if "author_id" in wanted.expansions:
        people = {post.author: local_x.people[post.author] for post in found}
        includes["users"] = [objects.user_json(p, None, wanted.user) for p in people.values()]
    if "attachments.poll_ids" in wanted.expansions:
        includes["polls"] = [
            objects.poll_json(post, local_x.now(), wanted.poll) for post in found if post.poll
        ]
    if "referenced_posts" in wanted.expansions:
        others = [local_x.post(id) for post in found for id in post.refers_to]
        includes["posts"] = [objects.post_json(local_x, p, wanted.post) for p in others if p]
    kept: dict[str, JsonValue] = {name: listed for name, listed in includes.items() if listed}
    return {"includes": kept} if kept else {}
