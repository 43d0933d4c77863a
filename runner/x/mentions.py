"""Reading what mentions an account, and what the account has answered itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from runner.inbox import MentionsPage, OwnReply, RepliesPage, SpokenMention
from runner.publish import Doubt, Rejection
from runner.reading import NotRead
from runner.x.answers import content, refusal, trouble
from runner.x.call import ApiReply, Caller, Request
from runner.x.listed_pages import (
    ListedPage,
    ReadFailed,
    bounds,
    handles_in,
    not_shown,
    objects_in,
    oldest_on,
    page_between,
    whole_answer,
)
from runner.x.posts import LANGUAGE, POST_ID, Json, matching, references, timeline_post
from runner.x.publisher import own_user

_FIELDS: Final = "attachments,conversation_id,entities,lang"
_DIALECTS: Final[tuple[Mapping[str, str], ...]] = (
    {
        "tweet.fields": f"{_FIELDS},author_id,edit_history_tweet_ids,in_reply_to_user_id,"
        "note_tweet,referenced_tweets",
        "expansions": "author_id",
    },
    {
        "post.fields": f"{_FIELDS},note_post",
        "expansions": "author_id,in_reply_to_user_id,referenced_posts",
    },
)
"""The names that X has always taken, then those of the specification 2.167 (2026-08-07)."""

_HIDES_NOT: Final = NotRead(
    because="X does not hide this",
    help="it hides replies in conversations that the account has begun, and no others",
)


class XMentions:
    """Satisfies `MentionReader` and `ReplyHider` of `runner.inbox.ports` for the account of this
    handle."""

    def __init__(self, caller: Caller, handle: str, known: str | None) -> None:
        self._caller = caller
        self._handle = handle
        self._known = known
        self._user_id = ""
        self._dialects = _DIALECTS

    def greet(self) -> datetime | NotRead:
        """GET /2/users/me. Whoever it is has to be the account."""
        told = self._caller.call(Request(method="GET", route="/2/users/me"))
        me = own_user(told, self._handle, self._known)
        if isinstance(me, NotRead):
            return me
        self._user_id = me.user_id
        return me.server_time

    def mentions(self, since: int, until: int, size: int) -> MentionsPage | NotRead:
        """GET /2/users/{id}/mentions."""
        page = self._page("mentions", bounds(since, until, size))
        if isinstance(page, NotRead):
            return page
        try:
            handles = handles_in(page.told)
            posts = (each for each in objects_in(page.told, "data") if self._is_others(each))
            spoken = tuple(self._spoken_mention(each, handles) for each in posts)
            oldest = oldest_on(page, since)
        except ReadFailed as failed:
            return failed.not_read
        except ValueError as odd:
            return NotRead(because=f"what X says holds {odd}")
        return MentionsPage(mentions=spoken, since=oldest)

    def own_posts(self, since: int, until: int, size: int) -> RepliesPage | NotRead:
        """GET /2/users/{id}/tweets."""
        page = self._page("tweets", {**bounds(since, until, size), "exclude": "retweets"})
        if isinstance(page, NotRead):
            return page
        try:
            posts = [timeline_post(each, self._handle) for each in objects_in(page.told, "data")]
        except ReadFailed as failed:
            return failed.not_read
        except ValueError as odd:
            return NotRead(because=f"what X says holds {odd}")
        replies = (OwnReply(post=each.id, answers=each.reply_to) for each in posts if each.reply_to)
        return RepliesPage(replies=tuple(replies), shown=len(posts), since=oldest_on(page, since))

    def words(self, ids: Sequence[str]) -> Mapping[str, str] | NotRead:
        """GET /2/tweets."""
        params = {"ids": ",".join(ids), **self._dialects[0]}
        try:
            told = self._lookup(params)
            posts = (timeline_post(each, "i") for each in objects_in(told, "data"))
            return {each.id: each.text for each in posts}
        except ReadFailed as failed:
            return failed.not_read
        except ValueError as odd:
            return NotRead(because=f"what X says holds {odd}")

    def gone(self, ids: Sequence[str]) -> frozenset[str] | NotRead:
        """GET /2/tweets."""
        try:
            return not_shown(self._lookup({"ids": ",".join(ids)}), ids)
        except ReadFailed as failed:
            return failed.not_read

    def hide(self, post: str) -> NotRead | None:
        """PUT /2/tweets/{id}/hidden."""
        route = f"/2/tweets/{post}/hidden"
        told = self._caller.call(Request(method="PUT", route=route, json={"hidden": True}))
        data = (content(told) or {}).get("data") if isinstance(told, ApiReply) else None
        if isinstance(data, dict) and data.get("hidden") is True:
            return None
        refused = refusal(told)
        if isinstance(refused, Doubt):
            return NotRead(because=trouble(told), help="write it again: what is hidden stays so")
        if isinstance(refused, Rejection) and refused.unsaid:
            return _HIDES_NOT
        return NotRead(because=refused.because, help=refused.help)

    def _lookup(self, params: Mapping[str, str]) -> Json:
        """GET /2/tweets with these parameters. Raises ReadFailed."""
        request = Request(method="GET", route="/2/tweets", params=params)
        return whole_answer(self._caller.call(request))

    def _page(self, name: str, params: Mapping[str, str]) -> ListedPage | NotRead:
        route = f"/2/users/{self._user_id}/{name}"
        try:
            page = page_between(self._caller, route, params, self._dialects)
        except ReadFailed as failed:
            return failed.not_read
        self._dialects = page.dialects
        return page

    def _is_others(self, post: Json) -> bool:
        """Whether somebody else says it; a repost says nothing."""
        is_repost = any(type in ("retweeted", "reposted") for type, _ in references(post))
        return post.get("author_id") != self._user_id and not is_repost

    def _spoken_mention(self, post: Json, handles: Mapping[str, str]) -> SpokenMention:
        """A mention with its words. Raises ValueError for what is no post."""
        handle = handles.get(str(post.get("author_id")), "")
        whole = timeline_post(post, handle or "i")
        conversation, language = post.get("conversation_id"), post.get("lang")
        return SpokenMention(
            post=min((whole.id, *whole.earlier), key=int),
            newest=whole.id,
            conversation=matching(POST_ID, conversation) or whole.id,
            answers=whole.reply_to,
            answers_us=whole.reply_to is not None
            and post.get("in_reply_to_user_id") == self._user_id,
            language=matching(LANGUAGE, language) or "und",
            handle=handle,
            text=whole.text,
        )
