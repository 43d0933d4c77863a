"""X's routes of users and posts."""

from starlette.routing import Route

from runner.sandbox import schema, shapes
from runner.sandbox.answers import Reply
from runner.sandbox.site import Site
from runner.sandbox.wire import Call, route


def routes(site: Site) -> list[Route]:
    return [
        route(site, "me", "GET", "/2/users/me", me),
        route(site, "create", "POST", "/2/tweets", create),
    ]


async def me(call: Call) -> Reply:
    fields = call.query.get("user.fields", "").split(",")
    return Reply(200, {"data": shapes.user_json(call.account.person, call.account, fields)})


async def create(call: Call) -> Reply:
    body = schema.check(await call.json(), schema.CREATE)
    with call.site.lock:
        post = call.world.create(call.account, body)
        data = shapes.post_json(call.world, post, ())
    return Reply(201, {"data": data})
