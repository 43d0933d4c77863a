"""A model of X below the real publisher: timelines, ids, duplicates, media, reposts, and a view of
the timeline that may lag. What goes wrong on the way to it is `weather.py`'s part."""

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from runner.local_x.accounts import user_id
from runner.local_x.error_answers import NAMED, RequestRefused, invalid, not_found, plain
from runner.local_x.error_answers import Reply as Answer
from runner.x.call import ApiReply, Request
from runner.x_facts import SnowflakeIds, instant

Tag = tuple[str, int]
"""An occurrence's key, and the part: what a create call was made for."""


@dataclass(kw_only=True)
class Post:
    """A post or a repost. `tag` is None for what a person posted by hand."""

    id: str
    account: str
    at: datetime
    text: str
    tag: Tag | None = None
    media: tuple[str, ...] = ()
    reply_to: str | None = None
    repost_of: str | None = None
    quotes: str | None = None
    deleted: datetime | None = None
    said: list[str] = field(default_factory=list)
    """All texts that it had."""
    ids: list[str] = field(default_factory=list)
    """All ids that it had, oldest first: an edit gives it a new one."""

    @property
    def shown(self) -> bool:
        return self.deleted is None


class ModelX:
    """What X has, and what it answers when nothing goes wrong.

    `fence`: how long X refuses a text that the account has said before, edited ones included. X
    publishes no window, so most worlds have none. `lag` says how far behind the view is.
    """

    def __init__(
        self,
        handles: Mapping[str, str],
        *,
        clock: Callable[[], datetime],
        fence: timedelta = timedelta(0),
        lag: Callable[[], timedelta] = timedelta,
        old_names: bool = False,
        born: Callable[[Post], None] = lambda _: None,
    ) -> None:
        self.handles = dict(handles)
        self.posts: list[Post] = []
        self.fence = fence
        self._clock, self._lag = clock, lag
        self._old_names = old_names
        self._born = born
        self._ids = SnowflakeIds()
        self._media: dict[str, str] = {}

    # --- what a person does by hand

    def write(self, account: str, text: str) -> Post:
        return self._keep(account, text)

    def delete(self, post: Post) -> None:
        post.deleted = post.deleted or self._clock()

    def edit(self, post: Post, text: str) -> None:
        post.text = _normal(text)
        post.said.append(post.text)
        post.id = self._ids.next(self._clock())
        post.ids.append(post.id)
        self.posts.sort(key=lambda each: int(each.id))

    # --- what is asked of it over the wire

    def answer(self, account: str, request: Request, tag: Tag | None) -> ApiReply:
        me = user_id(self.handles[account])
        try:
            found = self._routed(account, me, request, tag)
        except RequestRefused as refused:
            found = refused.reply
        return wire(found, self._clock(), old_names=self._old_names)

    def _routed(self, account: str, me: str, request: Request, tag: Tag | None) -> Answer:
        match request.method, request.route:
            case "GET", "/2/users/me":
                handle = self.handles[account]
                return Answer(200, {"data": {"id": me, "name": handle, "username": handle}})
            case "POST", "/2/tweets":
                return self._create(account, request, tag)
            case "POST", route if route == f"/2/users/{me}/retweets":
                return self._repost(account, request, tag)
            case "GET", route if route == f"/2/users/{me}/tweets":
                return self._listed(lambda post: post.account == account, request.params)
            case "GET", "/2/tweets":
                return self._lookup(request.params["ids"].split(","))
            case "POST", "/2/media/upload":
                id = self._ids.next(self._clock())
                self._media[id] = f"3_{id}"
                return Answer(200, {"data": {"id": id, "media_key": f"3_{id}"}})
            case "POST", "/2/media/metadata":
                return Answer(200, {"data": {}})
        raise AssertionError(f"the model has no route {request.method} {request.route}")

    def _create(self, account: str, request: Request, tag: Tag | None) -> Answer:
        body = request.json or {}
        text = _normal(str(body.get("text", "")))
        ids = tuple(body.get("media", {}).get("media_ids", ()))
        if any(id not in self._media for id in ids):
            raise RequestRefused(invalid("Your media IDs are invalid."))
        parent = body.get("reply", {}).get("in_reply_to_tweet_id")
        if parent and self.post(parent) is None:
            raise RequestRefused(NAMED["reply-gone"])
        if self._said_before(account, text):
            raise RequestRefused(NAMED["duplicate"])
        media = tuple(self._media.pop(id) for id in ids)
        more = {"media": media, "reply_to": parent, "quotes": body.get("quote_tweet_id")}
        post = self._keep(account, text, tag=tag, **more)
        return Answer(201, {"data": {"id": post.id, "text": text}})

    def _repost(self, account: str, request: Request, tag: Tag | None) -> Answer:
        target = str((request.json or {})["tweet_id"])
        if not any(
            post.shown and post.account == account and post.repost_of == target
            for post in self.posts
        ):
            self._keep(account, "", tag=tag, repost_of=target)
        return Answer(200, {"data": {"retweeted": True, "rest_id": target}})

    def _listed(self, belongs: Callable[[Post], bool], params: Mapping[str, str]) -> Answer:
        """A page of those that belong to a list, newest first."""
        seen = self._clock() - self._lag()
        since = int(params.get("since_id", 0))
        start = params.get("start_time")
        after = datetime.fromisoformat(start) if start else instant("0")
        until = int(params.get("pagination_token", params.get("until_id", 2**63)))
        size = int(params.get("max_results", 10))
        found = [
            post
            for post in reversed(self.posts)
            if belongs(post) and post.shown and instant(post.id) <= seen
            if since < int(post.id) < until and instant(post.id) >= after
        ]
        page = found[:size]
        meta: dict[str, object] = {"result_count": len(page)}
        if not page:
            return Answer(200, {"meta": meta})
        if len(found) > size:
            meta["next_token"] = page[-1].id
        return Answer(200, {"data": [self._json(post) for post in page], "meta": meta})

    def _lookup(self, ids: Iterable[str]) -> Answer:
        asked = list(ids)
        found = [self._json(post) for id in asked if (post := self.post(id))]
        missing = [dict(not_found("tweet", "ids", id)) for id in asked if not self.post(id)]
        answer = {"data": found, "errors": missing}
        return Answer(200, {name: listed for name, listed in answer.items() if listed})

    def _json(self, post: Post) -> dict[str, object]:
        text, entities = _shown(post.id, self._said(post), post.media)
        others = [
            ("retweeted", post.repost_of),
            ("quoted", post.quotes),
            ("replied_to", post.reply_to),
        ]
        told: dict[str, object] = {
            "id": post.id,
            "text": f"RT @somebody: {post.repost_of}" if post.repost_of else text,
            "created_at": post.at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "edit_history_post_ids": list(post.ids),
            "author_id": user_id(self.handles[post.account]),
            "referenced_posts": [{"type": type, "id": id} for type, id in others if id] or None,
            "attachments": {"media_keys": list(post.media)} if post.media else None,
            "entities": entities or None,
        }
        return {name: value for name, value in told.items() if value is not None}

    def _said(self, post: Post) -> str:
        """Its text with the handle of who is answered before it, which X may put there, and the
        link to what it quotes."""
        answered = self.post(post.reply_to or "")
        handle = f"@{self.handles.get(answered.account, answered.account)} " if answered else ""
        quoted = f" https://x.com/i/status/{post.quotes}" if post.quotes else ""
        return f"{handle if self._old_names else ''}{post.text}{quoted}"

    # --- what it keeps

    def post(self, id: str) -> Post | None:
        """None once it is deleted."""
        return next((post for post in self.posts if id in post.ids and post.shown), None)

    def _said_before(self, account: str, text: str) -> bool:
        since = self._clock() - self.fence
        return any(
            post.account == account and post.shown and post.at > since and text in post.said
            for post in self.posts
        )

    def _keep(self, account: str, text: str, **more: object) -> Post:
        now = self._clock()
        said = _normal(text)
        id = self._ids.next(now)
        known: dict[str, Any] = {"id": id, "at": instant(id), "text": said, **more}
        post = Post(account=account, said=[said], ids=[id], **known)
        self.posts.append(post)
        if post.tag is not None:
            self._born(post)
        return post


def _normal(text: str) -> str:
    return normalize("NFC", text).strip()


_LINK = re.compile(r"https?://\S+")


@lru_cache(maxsize=4096)
def _shown(id: str, text: str, media: tuple[str, ...]) -> tuple[str, Mapping[str, object]]:
    """A text as X gives it back: links as t.co, pictures as one more, `& < >` escaped."""
    urls: list[dict[str, object]] = []

    def shorten(link: str, **more: object) -> str:
        short = f"https://t.co/{id[-8:]}{len(urls)}"
        urls.append({"url": short, "expanded_url": link, "display_url": link[8:], **more})
        return short

    told, at = "", 0
    for found in _LINK.finditer(text):
        told += html.escape(text[at : found.start()], quote=False) + shorten(found[0])
        at = found.end()
    told += html.escape(text[at:], quote=False)
    for key in media:
        told += " " + shorten(f"https://x.com/i/status/{id}/photo/1", media_key=key)
    return told.strip(), {"urls": urls} if urls else {}


_OLD = {"edit_history_post_ids": "edit_history_tweet_ids", "referenced_posts": "referenced_tweets"}


def wire(answer: Answer, now: datetime, *, old_names: bool = False) -> ApiReply:
    """An answer as bytes, with X's clock."""
    headers = {"date": format_datetime(now.astimezone(UTC), usegmt=True), **answer.headers}
    if isinstance(answer.body, str):
        return ApiReply(
            status=answer.status,
            headers={**headers, "content-type": "text/html"},
            body=answer.body.encode(),
        )
    body = json.dumps(answer.body)
    if old_names:
        for new, old in _OLD.items():
            body = body.replace(f'"{new}"', f'"{old}"')
    return ApiReply(
        status=answer.status,
        headers={**headers, "content-type": "application/json"},
        body=body.encode(),
    )


def plainly(status: int) -> Answer:
    """X's short answer of a status."""
    return plain(status)
