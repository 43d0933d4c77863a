"""From a request to X's answer: counting, faults, the signature, the limit, the handler."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from email.utils import format_datetime
from typing import Final

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from runner.local_x import objects
from runner.local_x.accounts import LocalAccount
from runner.local_x.error_answers import NAMED, Reply, RequestRefused, invalid, plain
from runner.local_x.fault_injection import InjectedFault
from runner.local_x.site import Site
from runner.local_x.state import LocalX
from runner.value import Value

SEVER: Final = "sandbox.sever"
"""The key in a request's scope under which the server leaves what cuts the connection."""
_FORM: Final = "application/x-www-form-urlencoded"


class Call(Value):
    """A request whose sender is known."""

    site: Site
    account: LocalAccount
    request: Request

    @property
    def local_x(self) -> LocalX:
        return self.site.local_x

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    def path(self, name: str) -> str:
        value: str = self.request.path_params[name]
        return value

    async def json(self) -> JsonValue:
        """The body of the request. Raises RequestRefused for what is no JSON."""
        try:
            return await json_of(self.request)
        except ValueError:
            raise RequestRefused(invalid("Request body is not valid JSON.")) from None


async def json_of(request: Request) -> JsonValue:
    """The body of a request, an empty object where there is none. Raises ValueError for what is no
    JSON, or holds half a character, which could not be written down."""
    value: JsonValue = json.loads(await request.body() or b"{}")
    json.dumps(value, ensure_ascii=False).encode()
    return value


Handler = Callable[[Call], Awaitable[Reply]]


class Answers(Value):
    """One route as an ASGI application. `name` is what faults, limits and counts go by."""

    name: str
    handler: Handler
    site: Site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await request.body()
        with self.site.lock:
            self.site.requests[self.name] += 1
            self.site.come_to_now()
            fault = self.site.faults.take(self.name)
        reply = await self._with_fault(request, fault) if fault else await self._real(request)
        if reply is None:
            await _sever(scope, receive)
            return
        response = self._response(request, reply)
        await response(scope, receive, send)

    async def _with_fault(self, request: Request, fault: InjectedFault) -> Reply | None:
        if fault.late and not await self._rest(fault.delay):
            return None
        real = await self._real(request) if fault.is_applied else None
        if not fault.late and not await self._rest(fault.delay):
            return None
        if fault.drop:
            return None
        false = fault.reply()
        if false and real:
            return Reply(false.status, false.body, {**real.headers, **false.headers})
        return false or real

    async def _rest(self, seconds: float) -> bool:
        """Whether the sandbox is still open after so many seconds of real time."""
        try:
            await asyncio.wait_for(self.site.closing.wait(), seconds)
        except TimeoutError:
            return True
        return False

    async def _real(self, request: Request) -> Reply:
        headers: dict[str, str] = {}
        try:
            account = await self._sender(request)
            with self.site.lock:
                me, app = account.person.user_id, account.credentials.api_key
                now = self.site.clock()
                allowed, headers = self.site.limits.take(self.name, me, app, now)
            if not allowed:
                raise RequestRefused(NAMED["rate-limit"])
            reply = await self.handler(Call(self.site, account, request))
        except RequestRefused as refused:
            reply = refused.reply
        return Reply(reply.status, reply.body, {**headers, **reply.headers})

    async def _sender(self, request: Request) -> LocalAccount:
        is_form = request.headers.get("content-type", "").startswith(_FORM)
        path, query = request.url.path, request.url.query
        return self.site.doorkeeper.account(
            method=request.method,
            origin=f"{request.url.scheme}://{request.headers.get('host', '')}",
            target=f"{path}?{query}" if query else path,
            header=request.headers.get("authorization", ""),
            form=(await request.body()).decode("utf-8", "replace") if is_form else "",
        )

    def _response(self, request: Request, reply: Reply) -> Response:
        body = reply.body
        if not isinstance(body, str) and self._speaks_old(request):
            old = objects.old_names(dict(body))
            return respond(self.site, Reply(reply.status, _mapping(old), reply.headers))
        return respond(self.site, reply)

    def _speaks_old(self, request: Request) -> bool:
        return self.site.old_names or "tweet.fields" in request.query_params


def respond(site: Site, reply: Reply) -> Response:
    """An answer with the headers that X puts on all of them."""
    headers = {
        "date": format_datetime(site.clock(), usegmt=True),
        "x-transaction-id": secrets.token_hex(8),
        "cache-control": "no-store",
        **reply.headers,
    }
    if isinstance(reply.body, str):
        return Response(reply.body, reply.status, headers, "text/html; charset=utf-8")
    written = json.dumps(dict(reply.body), ensure_ascii=False, separators=(",", ":"))
    return Response(written, reply.status, headers, "application/json; charset=utf-8")


def route(site: Site, name: str, method: str, path: str, handler: Handler) -> Route:
    """A route of X's."""
    return Route(path, Answers(name, handler, site), methods=[method], name=name)


def not_there(site: Site, status: int) -> Response:
    """X's answer to a path or a method that it does not know."""
    return respond(site, plain(status))


def _mapping(value: JsonValue) -> dict[str, JsonValue]:
    assert isinstance(value, dict)  # noqa: S101 - a mapping goes in, a mapping comes out
    return value


async def _sever(scope: Scope, receive: Receive) -> None:
    scope[SEVER]()
    while (await receive())["type"] != "http.disconnect":
        pass
