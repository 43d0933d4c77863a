"""Uploads over API v2: pictures in one call, GIFs and videos in segments, then the alt text.

https://docs.x.com/x-api/media/quickstart/media-upload-chunked and the specification 2.167
(https://api.x.com/2/openapi.json), both read 2026-08-22. An upload makes nothing that a follower
could see, so one in doubt is simply not done.
"""

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from pydantic import JsonValue

from runner.media import MediaKind, kind_of
from runner.publish import Rejection, Release, Uploaded
from runner.render import RenderedMedia
from runner.value import Value
from runner.x.answers import content, is_page, one_line, problem, quoting, refusal, trouble
from runner.x.call import ApiReply, Caller, Form, Request, Silence
from runner.x.kinds import MAY_WRITE

Sleep = Callable[[float], None]

SEGMENT: Final = 4 * 1024 * 1024
"""Bytes of one append: X takes 5 MB."""
PATIENCE: Final = 300
"""Seconds that X may take to process a file."""
LONGEST_ALT: Final = 1000

_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_CATEGORY: Final = MappingProxyType(
    {MediaKind.PHOTO: "tweet_image", MediaKind.GIF: "tweet_gif", MediaKind.VIDEO: "tweet_video"}
)
_ROUTE: Final = "/2/media/upload"
Told = dict[str, JsonValue]
"""The `data` of an answer about media."""


class UploadStep(Value, kw_only=True):
    """What is asked of X, and how it is told that it did not come about."""

    refused: str
    help: str
    """What to do about what X refused."""
    barred: str
    failed: str


_FILE: Final = UploadStep(
    refused="X does not accept {}",
    help="see X's limits: pictures 5 MB, GIFs 15 MB, videos as long as the account's subscription "
    "allows",
    barred="X does not let the app upload {}",
    failed="{} could not be uploaded",
)
_ALT: Final = UploadStep(
    refused="X does not accept the alt text of {}",
    help="change the alt text",
    barred="X took {}, and does not let the app give it its alt text",
    failed="X took {}, and its alt text could not be set",
)


class _UploadFailed(Exception):
    """Carries what ends an upload out of its steps: what it means, or X's answer to a step."""

    def __init__(self, answer: Release | Rejection | ApiReply | Silence) -> None:
        super().__init__()
        self.answer = answer


def upload(
    client: Caller, media: RenderedMedia, data: bytes, sleep: Sleep
) -> Uploaded | Release | Rejection:
    """Uploads one file, waits until X has processed it, and sets its alt text."""
    if media.alt and len(media.alt) > LONGEST_ALT:
        return Rejection(
            because=f"the alt text of {media.path} is longer than {LONGEST_ALT} characters",
            help="shorten it",
        )
    step = _FILE
    try:
        if _category(media.type) == "tweet_image":
            told = _at_once(client, media, data)
        else:
            told = _in_segments(client, media, data)
        told = _wait_until_processed(client, told, sleep)
        uploaded = Uploaded(id=_text(told, "id"), key=_text(told, "media_key"))
        if media.alt:
            step = _ALT
            _describe(client, uploaded.id, media.alt)
    except _UploadFailed as failed:
        answer = failed.answer
        if isinstance(answer, Release | Rejection):
            return answer
        return _refusal_of(answer, step, media.path)
    return uploaded


def _category(type: str) -> str:
    return _CATEGORY[kind_of(type)]


def _at_once(client: Caller, media: RenderedMedia, data: bytes) -> Told:
    form = Form(fields={"media_category": _category(media.type)}, data=data, type=media.type)
    return _ask(client, Request(method="POST", route=_ROUTE, form=form))


def _in_segments(client: Caller, media: RenderedMedia, data: bytes) -> Told:
    begin: dict[str, JsonValue] = {
        "media_type": media.type,
        "media_category": _category(media.type),
        "total_bytes": len(data),
    }
    begun = _ask(client, Request(method="POST", route=f"{_ROUTE}/initialize", json=begin))
    here = f"{_ROUTE}/{_text(begun, 'id')}"
    for index, segment in enumerate(_segments(data)):
        form = Form(fields={"segment_index": str(index)}, data=segment, type=media.type)
        _ask(client, Request(method="POST", route=f"{here}/append", form=form))
    return begun | _ask(client, Request(method="POST", route=f"{here}/finalize"))


def _segments(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), SEGMENT):
        yield data[start : start + SEGMENT]


def _wait_until_processed(client: Caller, told: Told, sleep: Sleep) -> Told:
    """Asks for the STATUS, as often as X says, until it has processed the file or failed to."""
    waited = 0
    while isinstance(info := told.get("processing_info"), dict):
        if info.get("state") == "succeeded":
            break
        if info.get("state") == "failed":
            raise _UploadFailed(Rejection(because=_why_failed(info), help=_FILE.help))
        after = info.get("check_after_secs")
        pause = min(max(after, 1), 60) if isinstance(after, int) else 5
        waited += pause
        if waited > PATIENCE:
            raise _UploadFailed(
                Release(because=f"X has not processed the file in {PATIENCE} seconds")
            )
        sleep(pause)
        params = {"command": "STATUS", "media_id": _text(told, "id")}
        told = told | _ask(client, Request(method="GET", route=_ROUTE, params=params))
    return told


def _describe(client: Caller, media_id: str, alt: str) -> None:
    body: dict[str, JsonValue] = {"id": media_id, "metadata": {"alt_text": {"text": alt}}}
    _ask(client, Request(method="POST", route="/2/media/metadata", json=body))


def _ask(client: Caller, request: Request) -> Told:
    """The `data` of a 2xx answer; anything else ends the upload."""
    answer = client.call(request)
    if isinstance(answer, ApiReply) and 200 <= answer.status < 300:
        told = (content(answer) or {}).get("data")
        return told if isinstance(told, dict) else {}
    raise _UploadFailed(answer)


def _refusal_of(answer: ApiReply | Silence, step: UploadStep, path: str) -> Release | Rejection:
    """What an answer to a step means that is no yes: of an app that may not do this X often says
    no more than 403."""
    status = answer.status if isinstance(answer, ApiReply) else 0
    said = problem(answer).said if isinstance(answer, ApiReply) else ""
    refused = refusal(answer)
    if isinstance(refused, Release):
        return refused
    if status in (413, 415) or (isinstance(refused, Rejection) and not refused.unsaid):
        return Rejection(because=quoting(step.refused.format(path), said), help=step.help)
    if status == 403 and isinstance(answer, ApiReply) and not is_page(answer):
        return Release(because=quoting(step.barred.format(path), said), help=MAY_WRITE)
    return Release(because=f"{step.failed.format(path)}: {trouble(answer)}")


def _why_failed(info: Told) -> str:
    error = info.get("error")
    message = error.get("message") if isinstance(error, dict) else None
    said = one_line(message) if isinstance(message, str) else ""
    return quoting("X could not process the file", said)


def _text(told: Told, name: str) -> str:
    value = told.get(name)
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise _UploadFailed(Release(because=f"X took the file but gave no {name} for it"))
