"""Publishing on X as one account: the port's methods over the API v2, and whose credentials these
are."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Final

from pydantic import JsonValue

from runner.publish import AnswerOfX, Identity, Rejection, Release, Unreadable, Uploaded
from runner.reading import NotRead
from runner.reconcile import TimelinePost
from runner.render import RenderedMedia, RenderedPart
from runner.x import timeline
from runner.x.answers import (
    answer_to_create,
    answer_to_repost,
    content,
    is_page,
    refusal,
    server_time,
    trouble,
)
from runner.x.call import ApiReply, Caller, CallLimits, Request, Silence
from runner.x.client import client_of
from runner.x.media import Sleep, upload
from runner.x.posts import POST_ID

_HANDLE: Final = re.compile(r"[0-9A-Za-z_]{1,15}")
_BARRED: Final = (
    "see in X's developer console that the app is active and in a package; then sign in to X as "
    "this account, which may be locked"
)
_LATER: Final = "run again later; outages of X stand on docs.x.com/incidents"


class XPublisher:
    """Publishes over X's API as one account: a `runner.publish.ports.Publisher`. `sleep` is used
    while X processes a video."""

    def __init__(self, caller: Caller, handle: str, *, sleep: Sleep) -> None:
        self._client = caller
        self._handle = handle
        self._sleep = sleep
        self._known: Identity | None = None

    def identify(self) -> Identity | Release:
        """GET /2/users/me, free of charge (X staff, 2026-09-25); kept for the reposts."""
        found = identity_in(self._client.call(Request(method="GET", route="/2/users/me")))
        if isinstance(found, Identity):
            self._known = found
        return found

    def upload(self, media: RenderedMedia, data: bytes) -> Uploaded | Release | Rejection:
        """Over API v2's endpoints; waits until X has processed the file."""
        return upload(self._client, media, data, self._sleep)

    def create(
        self, part: RenderedPart, *, media: tuple[Uploaded, ...], reply_to: str | None
    ) -> AnswerOfX:
        """POST /2/tweets, once."""
        body = payload(part, media=media, reply_to=reply_to)
        answer = self._client.call(Request(method="POST", route="/2/tweets", json=body))
        return answer_to_create(answer, self._handle)

    def repost(self, post_id: str) -> AnswerOfX:
        """POST /2/users/{id}/retweets, once; asks who the account is when that is not known."""
        me = self._known or self.identify()
        if isinstance(me, Release):
            return me
        route = f"/2/users/{me.user_id}/retweets"
        answer = self._client.call(Request(method="POST", route=route, json={"tweet_id": post_id}))
        return answer_to_repost(answer, post_id, me.server_time)

    def timeline(self, since: datetime) -> tuple[TimelinePost, ...] | Unreadable:
        """GET /2/users/{id}/tweets, all pages; asks who the account is when that is not known."""
        me = self._known or self.identify()
        if isinstance(me, Release):
            return Unreadable(because=me.because, help=me.help, stop=me.stop, retry_at=me.retry_at)
        return timeline.posts_since(self._client, me, since)

    def deleted_ids(self, ids: Collection[str]) -> frozenset[str] | Unreadable:
        """GET /2/tweets, a hundred at a time."""
        return timeline.deleted_ids(self._client, ids)


def publisher_for(
    account: str,
    handle: str,
    environ: Mapping[str, str],
    *,
    only_account: bool,
    sleep: Callable[[float], None],
    limits: CallLimits | None = None,
    abandoned: Callable[[], bool] = lambda: False,
) -> XPublisher:
    """The publisher of an account of the project. Raises Refused and BadUsage as `client_of`."""
    client = client_of(
        account, environ, only_account=only_account, limits=limits, abandoned=abandoned
    )
    return XPublisher(client, handle, sleep=sleep)


def payload(
    part: RenderedPart, *, media: tuple[Uploaded, ...], reply_to: str | None
) -> dict[str, JsonValue]:
    """The body of a create call: what is set, and nothing else.

    CreatePostsRequest in https://api.x.com/2/openapi.json (2.167, read 2026-08-22).
    """
    body: dict[str, JsonValue] = {}
    if part.text:
        body["text"] = part.text
    if media:
        body["media"] = {"media_ids": [one.id for one in media]}
    if part.poll:
        options: list[JsonValue] = list(part.poll.options)
        body["poll"] = {"options": options, "duration_minutes": part.poll.minutes}
    if part.quote:
        body["quote_tweet_id"] = part.quote
    if reply_to:
        body["reply"] = {"in_reply_to_tweet_id": reply_to}
    if part.reply_settings:
        body["reply_settings"] = part.reply_settings
    if part.paid_partnership:
        body["paid_partnership"] = True
    if part.made_with_ai:
        body["made_with_ai"] = True
    return body


def identity_in(answer: ApiReply | Silence) -> Identity | Release:
    """Who X says that the credentials are of, in its answer to GET /2/users/me."""
    if isinstance(answer, ApiReply) and answer.status == 200:
        data = (content(answer) or {}).get("data")
        at = server_time(answer)
        user = (data.get("id"), data.get("username")) if isinstance(data, dict) else (None, None)
        id, handle = (each if isinstance(each, str) else "" for each in user)
        if POST_ID.fullmatch(id) and _HANDLE.fullmatch(handle) and at:
            return Identity(user_id=id, handle=handle, server_time=at)
        return Release(because="X does not say whose credentials these are, or what time it has")
    refused = refusal(answer)
    if isinstance(refused, Release):
        return refused
    is_barred = isinstance(answer, ApiReply) and answer.status == 403 and not is_page(answer)
    return Release(
        because=f"X does not say whose credentials these are: {trouble(answer)}",
        help=_BARRED if is_barred else _LATER,
    )


def own_user(told: ApiReply | Silence, handle: str, known: str | None) -> Identity | NotRead:
    """The user of an answer to GET /2/users/me, where it is the account of this handle; `known` is
    its user's id, where the ledger tells."""
    me = identity_in(told)
    if isinstance(me, Release):
        return NotRead(because=me.because, help=me.help, again_at=me.retry_at)
    if me.handle.casefold() != handle.casefold():
        return NotRead(
            because=f"the credentials belong to @{me.handle}, not to @{handle}",
            help="give the account its own credentials, or mend its handle in runner.yaml",
        )
    if known not in (None, me.user_id):
        return NotRead(
            because=f"@{me.handle} is another user than the one whose posts the ledger holds",
            help="if the handle was given to a new user on purpose: runner ledger adopt",
        )
    return me
