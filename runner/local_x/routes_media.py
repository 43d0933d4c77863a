"""X's routes of media: in one piece, in many pieces, their state, their alt text."""

import base64
import binascii
from typing import Any

from pydantic import JsonValue
from starlette.datastructures import UploadFile
from starlette.routing import Route

from runner.local_x import query, request_schemas, schema
from runner.local_x.error_answers import Reply, RequestRefused, invalid
from runner.local_x.media_store import CHECKS, LIFETIME, kind_of
from runner.local_x.request_handling import Call, route
from runner.local_x.site import Site
from runner.local_x.values import Media

_UPLOAD = "/2/media/upload"
_SECONDS = int(LIFETIME.total_seconds())
_PART_LIMIT = 20 * 1024 * 1024


def routes(site: Site) -> list[Route]:
    return [
        route(site, "upload", "POST", _UPLOAD, upload),
        route(site, "status", "GET", _UPLOAD, status),
        route(site, "initialize", "POST", f"{_UPLOAD}/initialize", initialize),
        route(site, "append", "POST", f"{_UPLOAD}/{{id}}/append", append),
        route(site, "finalize", "POST", f"{_UPLOAD}/{{id}}/finalize", finalize),
        route(site, "metadata", "POST", "/2/media/metadata", metadata),
    ]


async def upload(call: Call) -> Reply:
    """In one piece, which X takes for images only."""
    body, data = await _with_file(call, request_schemas.UPLOAD)
    category = str(body["media_category"])
    if kind_of(category) != "image":
        raise RequestRefused(
            invalid("One-shot upload takes images only.", {"media_category": [category]})
        )
    with call.site.lock:
        media = call.local_x.library.add(call.account, category, data, call.local_x.now())
    return Reply(200, {"data": _json(media)})


async def initialize(call: Call) -> Reply:
    body: dict[str, Any] = schema.check(await call.json(), request_schemas.INITIALIZE)
    with call.site.lock:
        session = call.local_x.library.begin(
            call.account,
            call.local_x.now(),
            category=body.get("media_category"),
            type=body.get("media_type"),
            total=body.get("total_bytes"),
        )
    return Reply(200, {"data": {"id": session.id, "expires_after_secs": _SECONDS}})


async def append(call: Call) -> Reply:
    body, data = await _with_file(call, request_schemas.APPEND)
    id, index = query.post_id(call.path("id")), body["segment_index"]
    with call.site.lock:
        session = call.local_x.library.append(
            call.account, id, int(str(index)), data, call.local_x.now()
        )
    return Reply(200, {"data": {"expires_at": int((session.at + LIFETIME).timestamp())}})


async def finalize(call: Call) -> Reply:
    with call.site.lock:
        media = call.local_x.library.finalize(
            call.account, query.post_id(call.path("id")), call.local_x.now()
        )
    return Reply(200, {"data": _json(media)})


async def status(call: Call) -> Reply:
    id = query.post_id(call.query.get("media_id", ""), "media_id")
    if call.query.get("command", "STATUS") != "STATUS":
        raise RequestRefused(invalid("The `command` query parameter is not one of [STATUS]"))
    with call.site.lock:
        media = call.local_x.library.check(call.account, id, call.local_x.now())
    return Reply(200, {"data": _json(media)})


async def metadata(call: Call) -> Reply:
    body: dict[str, Any] = schema.check(await call.json(), request_schemas.METADATA)
    alt = body.get("metadata", {}).get("alt_text", {}).get("text")
    with call.site.lock:
        call.local_x.library.describe(call.account, body["id"], alt, call.local_x.now())
    known: JsonValue = {"alt_text": {"text": alt}} if alt is not None else {}
    return Reply(200, {"data": {"id": body["id"], "associated_metadata": known}})


async def _with_file(call: Call, expected: schema.Schema) -> tuple[dict[str, JsonValue], bytes]:
    """The fields and the file of a multipart body, or of JSON with the file in base64."""
    if not call.request.headers.get("content-type", "").startswith("multipart/"):
        body = schema.check(await call.json(), expected)
        try:
            return body, base64.b64decode(str(body["media"]), validate=True)
        except binascii.Error:
            raise RequestRefused(invalid("$.media: is not valid base64")) from None
    body, data = {}, b""
    async with call.request.form(max_part_size=_PART_LIMIT) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                body[name], data = "", await value.read()
            else:
                body[name] = int(value) if value.isdecimal() else value
    return schema.check(body, expected), data


def _json(media: Media) -> dict[str, JsonValue]:
    data: dict[str, JsonValue] = {
        "id": media.id,
        "media_key": media.key,
        "size": media.size,
        "expires_after_secs": _SECONDS,
    }
    if kind_of(media.category) == "image":
        data["image"] = {"image_type": media.type}
    else:
        data["video"] = {"video_type": media.type}
        data["processing_info"] = _progress(media.checks)
    return data


def _progress(checks: int) -> dict[str, JsonValue]:
    if not checks:
        return {"state": "succeeded", "progress_percent": 100}
    state = "pending" if checks == CHECKS else "in_progress"
    percent = 100 * (CHECKS - checks) // CHECKS
    return {"state": state, "check_after_secs": 1, "progress_percent": percent}
