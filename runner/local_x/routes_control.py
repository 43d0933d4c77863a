"""The sandbox's own routes, under `/_sandbox`.

`clock` stands still, `lag` hides from the timeline what is younger, `faults` go wrong next,
`requests` are counted, and their `prices`, a `crowd` acts and an `audience` sees as their scripts
say, `posts` are there by a person's hand: a stranger's, or edited, or deleted.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from runner.local_x.audience import Audience
from runner.local_x.crowd import Act
from runner.local_x.request_handling import json_of
from runner.local_x.site import Site


def routes(site: Site) -> list[Route]:
    control = Control(site)
    return [
        Route("/_sandbox/clock", control.clock, methods=["GET", "PUT"]),
        Route("/_sandbox/lag", control.lag, methods=["GET", "PUT"]),
        Route("/_sandbox/requests", control.requests, methods=["GET"]),
        Route("/_sandbox/faults", control.faults, methods=["GET", "POST"]),
        Route("/_sandbox/crowd", control.crowd, methods=["POST"]),
        Route("/_sandbox/audience", control.audience, methods=["PUT"]),
        Route("/_sandbox/prices", control.prices, methods=["GET"]),
        Route("/_sandbox/posts", control.posts, methods=["POST"]),
        Route("/_sandbox/posts/{id}", control.post, methods=["PUT", "DELETE"]),
        Route("/_sandbox/reset", control.reset, methods=["POST"]),
    ]


class SeededPost(BaseModel):
    """A stranger's post, as a request tells it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    handle: Annotated[str, StringConstraints(min_length=1)]
    text: str
    name: str | None = None
    id: Annotated[str, StringConstraints(pattern=r"^([1-9][0-9]{0,18})?$")] = ""
    reply_to: str | None = None


class Control:
    """Plain JSON; what is wrong with a request is said in `error`, with a 400."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def clock(self, request: Request) -> Response:
        if request.method == "PUT":
            try:
                now = (await _body(request))["now"]
                self._site.clock.set(datetime.fromisoformat(now) if now else None)
            except (KeyError, TypeError, ValueError) as wrong:
                return _wrong(wrong)
        now, stands = self._site.clock(), self._site.clock.stands
        return JSONResponse({"now": now.isoformat(), "stands": stands})

    async def lag(self, request: Request) -> Response:
        if request.method == "PUT":
            try:
                lag = timedelta(seconds=(await _body(request))["seconds"])
                if lag < timedelta(0):
                    raise ValueError("a timeline does not show what is still to come")
            except (KeyError, OverflowError, TypeError, ValueError) as wrong:
                return _wrong(wrong)
            self._site.lag = lag
        return JSONResponse({"seconds": self._site.lag.total_seconds()})

    async def requests(self, _request: Request) -> Response:
        return JSONResponse(dict(self._site.requests))

    async def faults(self, request: Request) -> Response:
        if request.method == "POST":
            try:
                faults = (await _body(request))["next"]
                with self._site.lock:
                    self._site.faults.add(faults)
            except (KeyError, TypeError, ValueError) as wrong:
                return _wrong(wrong)
        return JSONResponse({"waiting": len(self._site.faults)})

    async def crowd(self, request: Request) -> Response:
        """Acts, as `crowd.py` says; each happens at its moment."""
        try:
            acts = [Act(**act) for act in (await _body(request))["acts"]]
            self._site.play(acts)
        except (KeyError, TypeError, ValueError) as wrong:
            return _wrong(wrong)
        return JSONResponse({"acts": len(acts)}, 201)

    async def audience(self, request: Request) -> Response:
        """Who sees posts, as `audience.py` says."""
        try:
            audience = Audience.model_validate(await _body(request))
        except ValueError as wrong:
            return _wrong(wrong)
        with self._site.lock:
            self._site.local_x.audience = audience
        return JSONResponse({})

    async def prices(self, _request: Request) -> Response:
        """What reading would have cost on X."""
        with self._site.lock:
            meter = self._site.meter
            return JSONResponse({"counts": dict(meter.counts), "usd": str(meter.usd)})

    async def posts(self, request: Request) -> Response:
        """A stranger's post. What the journal keeps of it has to be read again."""
        try:
            asked = SeededPost.model_validate(await _body(request))
            with self._site.lock:
                post = self._site.local_x.seed(**asked.model_dump())
        except (KeyError, ValueError) as wrong:
            return _wrong(wrong)
        return JSONResponse({"id": post.id}, 201)

    async def post(self, request: Request) -> Response:
        """Edits a post, or deletes it, as a person does by hand."""
        id = request.path_params["id"]
        try:
            body = await _body(request)
            with self._site.lock:
                if request.method == "DELETE":
                    self._site.local_x.remove(id)
                    return JSONResponse({"id": id})
                return JSONResponse({"id": self._site.local_x.edit(id, str(body["text"])).id})
        except (KeyError, ValueError) as wrong:
            return _wrong(wrong)

    async def reset(self, request: Request) -> Response:
        try:
            await _body(request)
        except ValueError as wrong:
            return _wrong(wrong)
        self._site.reset()
        return JSONResponse({})


async def _body(request: Request) -> dict[str, Any]:
    """The body of a request. Raises ValueError for what is no JSON object."""
    body = await json_of(request)
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    return body


def _wrong(wrong: Exception) -> Response:
    said = f"`{wrong.args[0]}` is missing" if isinstance(wrong, KeyError) else str(wrong)
    return JSONResponse({"error": said}, 400)
