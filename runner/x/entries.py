"""Reading the posts that may be entries of a contest: mentions, searches, reposts, posts by id."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from runner.contest import (
    EntriesPage,
    EntryPost,
    EntrySource,
    SourceKind,
    StandingPosts,
    cursor_below,
)
from runner.publish import Release, Unreadable
from runner.reading import NotRead
from runner.x.call import Caller, Request
from runner.x.listed_pages import (
    ListedPage,
    ReadFailed,
    handles_in,
    ids_on,
    not_shown,
    objects_in,
    page_of,
    since_id_of,
    subject_of,
    told_by_names,
)
from runner.x.posts import POST_ID, Json, count_in, matching, timeline_post
from runner.x.publisher import identity_in

_BELOW: Final = cursor_below("")
_HISTORY: Final = "edit_history_tweet_ids"
_FIELDS: Final = "attachments,author_id,conversation_id,entities,note_tweet"
_DIALECTS: Final[tuple[Mapping[str, str], ...]] = (
    {"tweet.fields": f"{_FIELDS},{_HISTORY}", "expansions": "author_id"},
    {
        "post.fields": "attachments,conversation_id,entities,note_post",
        "expansions": "author_id",
    },
)
"""The names that X has always taken, then those of the specification 2.167 (2026-08-07)."""
_COUNTS: Final = ({"tweet.fields": "public_metrics"}, {"post.fields": "public_metrics"})


class XEntries:
    """Satisfies `runner.contest.ports.EntryReader` for the user of this id."""

    def __init__(self, caller: Caller, user_id: str) -> None:
        self._caller = caller
        self._user_id = user_id
        self._is_known = False
        self._dialects = _DIALECTS

    def page(
        self, source: EntrySource, since: datetime, cursor: str | None
    ) -> EntriesPage | NotRead:
        """One page, once X has said that it is this user who asks. A list that takes ids goes on
        below the oldest post, which no token outlives; reposts go on by X's token."""
        since_id = since_id_of(since)
        if cursor and cursor.startswith(_BELOW) and int(cursor.removeprefix(_BELOW)) <= since_id:
            return EntriesPage(posts=(), following=None)
        try:
            self._expect_user()
            page = self._listed_page(source, since_id, cursor)
            posts, ids = _posts(page.told), ids_on(page)
        except ReadFailed as failed:
            return failed.not_read
        except ValueError as odd:
            return NotRead(because=f"what X says of the entries holds {odd}")
        following = page.following
        if source.kind is SourceKind.REPOSTS:
            posts = [each for each in posts if int(each.post) > since_id]
            following = following if all(id > since_id for id in ids) else None
        elif following and ids:
            following = cursor_below(str(min(ids)))
        return EntriesPage(posts=tuple(posts), following=following)

    def _listed_page(self, source: EntrySource, since_id: int, cursor: str | None) -> ListedPage:
        """The page of a list; the first one where X does not know the token any more. Raises
        ReadFailed."""
        route, params = _request(source, since_id, cursor)
        try:
            page = page_of(self._caller, route, params, self._dialects)
        except ReadFailed as failed:
            is_forgotten = source.kind is SourceKind.REPOSTS and failed.status == 400
            if not (is_forgotten and cursor):
                raise
            return self._listed_page(source, since_id, None)
        self._dialects = page.dialects
        return page

    def still_shown(self, ids: Sequence[str]) -> StandingPosts | NotRead:
        """GET /2/tweets; of an edited post its newest version is asked for, too."""
        try:
            self._expect_user()
            told = self._lookup(ids)
            gone = not_shown(told, ids)
            newer = {newest for post in objects_in(told, "data") if (newest := _newer(post))}
            posts = [each for each in _posts(told) if each.post not in gone]
            if newer:
                posts += _posts(self._lookup(sorted(newer)))
        except ReadFailed as failed:
            return failed.not_read
        except ValueError as odd:
            return NotRead(because=f"what X says of the entries holds {odd}")
        shown = {each.post for each in posts}
        missing = gone | (set(ids) - shown)
        return StandingPosts(posts=tuple(posts), gone=missing)

    def answers(self, ids: Sequence[str]) -> int | NotRead:
        """GET /2/tweets with what X counts of these posts."""
        return self._sum_of_counts(ids, ("reply_count",))

    def reposts(self, ids: Sequence[str]) -> int | NotRead:
        """GET /2/tweets with what X counts of these posts."""
        return self._sum_of_counts(ids, ("retweet_count", "repost_count"))

    def _sum_of_counts(self, ids: Sequence[str], names: tuple[str, ...]) -> int | NotRead:
        try:
            self._expect_user()
            told, _ = told_by_names(self._caller, "/2/tweets", {"ids": ",".join(ids)}, _COUNTS)
            return sum(_count(post, names) for post in objects_in(told, "data"))
        except ReadFailed as failed:
            return failed.not_read

    def _lookup(self, ids: Sequence[str]) -> Json:
        """GET /2/tweets. Raises ReadFailed."""
        params = {"ids": ",".join(ids)}
        told, self._dialects = told_by_names(self._caller, "/2/tweets", params, self._dialects)
        return told

    def _expect_user(self) -> None:
        """Checks whose the credentials are. Raises ReadFailed unless they are of the account that
        announced it."""
        if self._is_known:
            return
        me = identity_in(self._caller.call(Request(method="GET", route="/2/users/me")))
        if isinstance(me, Release):
            raise ReadFailed(Unreadable(because=me.because, help=me.help, retry_at=me.retry_at))
        if me.user_id != self._user_id:
            raise ReadFailed(
                Unreadable(
                    because=f"the credentials are of the user {me.user_id}, and the contest was "
                    f"announced with the user {self._user_id}",
                    help="give the credentials of the account that announced it",
                )
            )
        self._is_known = True


def _request(source: EntrySource, since_id: int, cursor: str | None) -> tuple[str, dict[str, str]]:
    """The route of a list, and what is asked of it."""
    page = {"max_results": "100"}
    if cursor and cursor.startswith(_BELOW):
        page["until_id"] = cursor.removeprefix(_BELOW)
    elif cursor:
        page["pagination_token"] = cursor
    match source.kind:
        case SourceKind.MENTIONS:
            return f"/2/users/{source.about}/mentions", {**page, "since_id": str(since_id)}
        case SourceKind.SEARCH:
            asked = {"query": source.about, "since_id": str(since_id)}
            return "/2/tweets/search/recent", {**page, **asked}
        case SourceKind.REPOSTS:
            return f"/2/tweets/{source.about}/retweets", page


def _posts(told: Json) -> list[EntryPost]:
    """The posts of an answer, but for those whose authors X says that it does not show. Raises
    ValueError for what is no post, or lacks its author."""
    handles = handles_in(told)
    hidden = {subject_of(error) for error in objects_in(told, "errors")}
    posts = objects_in(told, "data")
    return [_post(each, handles) for each in posts if str(each.get("author_id")) not in hidden]


def _post(post: Json, handles: Mapping[str, str]) -> EntryPost:
    author, conversation = post.get("author_id"), post.get("conversation_id")
    if not (isinstance(author, str) and POST_ID.fullmatch(author) and author in handles):
        raise ValueError("a post without its author")
    whole = timeline_post(post, handles[author])
    return EntryPost(
        post=whole.id,
        user=author,
        handle=handles[author],
        text=whole.text,
        conversation=matching(POST_ID, conversation) or whole.id,
        first=min((whole.id, *whole.earlier), key=int),
    )


def _newer(post: Json) -> str | None:
    """The id of the last version of a post, where this is an older one."""
    whole = timeline_post(post, "i")
    newest = max((whole.id, *whole.earlier), key=int)
    return newest if newest != whole.id else None


def _count(post: Json, names: tuple[str, ...]) -> int:
    """What X counts of a post. Raises ReadFailed where it does not tell."""
    count = count_in(post.get("public_metrics"), *names)
    if count is None:
        raise ReadFailed(Unreadable(because="X does not tell its own count"))
    return count
