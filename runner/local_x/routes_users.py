"""X's routes of users: who asks, and what everybody is told of somebody."""

from starlette.routing import Route

from runner.local_x import objects, query
from runner.local_x.accounts import Person
from runner.local_x.error_answers import Body, Reply, not_found, suspended
from runner.local_x.request_handling import Call, route
from runner.local_x.site import Site


def routes(site: Site) -> list[Route]:
    return [
        route(site, "me", "GET", "/2/users/me", me),
        route(site, "named", "GET", "/2/users/by/username/{username}", named),
        route(site, "user", "GET", "/2/users/{id}", user),
    ]


async def me(call: Call) -> Reply:
    fields, person, now = (
        query.wanted_fields(call.query).user,
        call.account.person,
        call.site.clock(),
    )
    followers = call.local_x.audience.followers_at(now)
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
    stranger = None if account else person.user_id
    followers = local_x.audience.followers_at(now, stranger)
    data = objects.user_json(
        person, account, fields, followers=followers, protected=how == "protected"
    )
    return Reply(200, {"data": data})
