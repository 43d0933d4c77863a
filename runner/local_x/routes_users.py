"""X's routes of users: who asks, what everybody is told of somebody, and what somebody shares."""

from starlette.routing import Route

from runner.local_x import objects, query, request_schemas, schema
from runner.local_x.accounts import Person
from runner.local_x.error_answers import (
    Body,
    Reply,
    RequestRefused,
    invalid,
    not_found,
    suspended,
)
from runner.local_x.request_handling import Call, route
from runner.local_x.site import Site

_REPOSTS = "/2/users/{id}/retweets"


def routes(site: Site) -> list[Route]:
    return [
        route(site, "me", "GET", "/2/users/me", me),
        route(site, "named", "GET", "/2/users/by/username/{username}", named),
        route(site, "user", "GET", "/2/users/{id}", user),
        route(site, "repost", "POST", _REPOSTS, repost),
        route(site, "unrepost", "DELETE", f"{_REPOSTS}/{{source_tweet_id}}", unrepost),
    ]


async def me(call: Call) -> Reply:
    fields, person, now = (
        query.wanted_fields(call.query).user,
        call.account.person,
        call.site.clock(),
    )
    followers = call.local_x.audience.followers_at(now, person.user_id, is_ours=True)
    if "public_metrics" in fields:
        call.site.meter.read("read-user", [person.user_id], now)
    data = objects.user_json(person, call.account, fields, followers=followers)
    return Reply(200, {"data": data})


async def named(call: Call) -> Reply:
    handle = call.path("username")
    with call.site.lock:
        return _user_reply(call, call.local_x.person(handle), "username", handle)


async def user(call: Call) -> Reply:
    id = query.post_id(call.path("id"))
    with call.site.lock:
        return _user_reply(call, call.local_x.people.get(id), "id", id)


def _user_reply(call: Call, person: Person | None, parameter: str, value: str) -> Reply:
    """Somebody, or an error beside nothing, as X says it: for who is suspended, too."""
    fields, local_x, now = query.wanted_fields(call.query).user, call.local_x, call.site.clock()
    how = local_x.post_store.hidden.get(person.user_id) if person else None
    if person is None or how == "suspended":
        error: Body = (suspended if how else not_found)("user", parameter, value)
        return Reply(200, {"errors": [dict(error)]})
    call.site.meter.read("read-user", [person.user_id], now)
    account = next((each for each in call.site.accounts if each.person == person), None)
    is_ours = account is not None
    followers = local_x.audience.followers_at(now, person.user_id, is_ours=is_ours)
    data = objects.user_json(
        person, account, fields, followers=followers, protected=how == "protected"
    )
    return Reply(200, {"data": data})


async def repost(call: Call) -> Reply:
    _require_own(call)
    body = schema.check(await call.json(), request_schemas.REPOST)
    target = str(body["tweet_id"])
    with call.site.lock:
        call.local_x.repost(call.account, target)
    return Reply(200, {"data": {"retweeted": True, "rest_id": target}})


async def unrepost(call: Call) -> Reply:
    _require_own(call)
    target = query.post_id(call.path("source_tweet_id"), "source_tweet_id")
    with call.site.lock:
        call.local_x.unrepost(call.account, target)
    return Reply(200, {"data": {"retweeted": False}})


def _require_own(call: Call) -> None:
    asked, mine = query.post_id(call.path("id")), call.account.person.user_id
    if asked != mine:
        message = (
            f"The `id` query parameter value [{asked}] must be the same as the authenticating "
            f"user [{mine}]"
        )
        raise RequestRefused(invalid(message, {"id": [asked]}))
