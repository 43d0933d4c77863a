"""Reading what X counts of our own posts: in public, without what was paid for, and privately."""

from collections.abc import Mapping
from typing import Final

from runner.measure import Counts, PostTraits
from runner.measure.ports import CountedPage, CountedPost, MeasuredUser
from runner.reading import NotRead
from runner.value import replace
from runner.x.answers import content
from runner.x.call import ApiReply, Caller, Request, Silence
from runner.x.listed_pages import (
    ListedPage,
    ReadFailed,
    bounds,
    objects_in,
    oldest_on,
    page_between,
)
from runner.x.posts import (
    LANGUAGE,
    POST_ID,
    Json,
    count_in,
    hashtags,
    links,
    matching,
    timeline_post,
)
from runner.x.publisher import own_user

_PRIVATE: Final = ("organic_metrics", "non_public_metrics")
_DIALECTS: Final[tuple[Mapping[str, str], ...]] = (
    {
        "tweet.fields": "attachments,conversation_id,entities,in_reply_to_user_id,lang,note_tweet,"
        "referenced_tweets,public_metrics"
    },
    {
        "post.fields": "attachments,conversation_id,entities,lang,note_post,public_metrics",
        "expansions": "in_reply_to_user_id,referenced_posts",
    },
)
"""The names that X has always taken, then those of the specification 2.167 (2026-08-07)."""
_COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "impressions": ("impression_count",),
    "likes": ("like_count",),
    "replies": ("reply_count",),
    "reposts": ("repost_count", "retweet_count"),
    "quotes": ("quote_count",),
    "bookmarks": ("bookmark_count",),
    "link_clicks": ("url_link_clicks",),
    "profile_clicks": ("user_profile_clicks",),
    "engagements": ("engagements",),
}
_REFUSED: Final = ("not-authorized-for-field", "field-unauthorized")


class XCounts:
    """Satisfies `runner.measure.ports.CountReader` for the account of this handle."""

    def __init__(self, caller: Caller, handle: str, known: str | None) -> None:
        self._caller = caller
        self._handle = handle
        self._known = known
        self._user_id = known or ""
        self._dialects = _DIALECTS

    def user(self, *, with_followers: bool) -> MeasuredUser | NotRead:
        """GET /2/users/me. Whoever it is has to be the account."""
        params = {"user.fields": "public_metrics"} if with_followers else {}
        told = self._caller.call(Request(method="GET", route="/2/users/me", params=params))
        me = own_user(told, self._handle, self._known)
        if isinstance(me, NotRead):
            return me
        self._user_id = me.user_id
        followers = _followers(told) if with_followers else None
        return MeasuredUser(user_id=me.user_id, at=me.server_time, followers=followers)

    def page(self, since: int, until: int, size: int) -> CountedPage | NotRead:
        """GET /2/users/{id}/tweets. What X refuses to tell privately is asked for in public."""
        try:
            page = self._privately(since, until, size)
            public = page or self._listed_page(since, until, size, ())
            if page and _is_refused(page):
                public = self._listed_page(since, until, size, ())
            posts = _merged(public, page)
            counted = [post for each in posts if (post := self._counted_post(each))]
        except ReadFailed as failed:
            return failed.not_read
        except ValueError as odd:
            return NotRead(because=f"what X says of the account's posts holds {odd}")
        return CountedPage(
            posts=tuple(counted),
            shown=len(posts),
            since=oldest_on(public, since),
            is_public_alone=any(each.organic is None for each in counted),
        )

    def _privately(self, since: int, until: int, size: int) -> ListedPage | None:
        """A page with all numbers; None where X refuses to tell any that is private. Raises
        ReadFailed."""
        try:
            return self._listed_page(since, until, size, _PRIVATE)
        except ReadFailed as failed:
            if failed.status != 403:
                raise
            return None

    def _listed_page(
        self, since: int, until: int, size: int, private: tuple[str, ...]
    ) -> ListedPage:
        """The first page that shows anything. Raises ReadFailed."""
        route = f"/2/users/{self._user_id}/tweets"
        params = {**bounds(since, until, size), "exclude": "retweets"}
        asked = tuple(_with_private(dialect, private) for dialect in self._dialects)
        page = page_between(self._caller, route, params, asked, forgives=_is_of_a_field)
        self._dialects = self._dialects[-len(page.dialects) :]
        return page

    def _counted_post(self, post: Json) -> CountedPost | None:
        """A post with its numbers; None for a repost. Raises ValueError for what is no post, or
        lacks them."""
        whole = timeline_post(post, self._handle)
        if whole.repost_of:
            return None
        public = _counts(post, "public_metrics")
        if public is None:
            raise ValueError("a post without its numbers")
        traits = _traits(post, has_media=bool(whole.media))
        organic, private = (
            _counts(post, name) for name in ("organic_metrics", "non_public_metrics")
        )
        first = min((whole.id, *whole.earlier), key=int)
        conversation = post.get("conversation_id")
        answered = post.get("in_reply_to_user_id")
        return CountedPost(
            post=first,
            root=matching(POST_ID, conversation) or first,
            answers=whole.reply_to,
            is_ours=whole.reply_to is None or answered == self._user_id,
            traits=traits,
            public=public,
            organic=_with_clicks(organic, traits),
            private=_with_clicks(private, traits),
        )


def _with_private(dialect: Mapping[str, str], private: tuple[str, ...]) -> Mapping[str, str]:
    """The names of a dialect, with those of private numbers."""
    return {
        name: ",".join((value, *private)) if "fields" in name else value
        for name, value in dialect.items()
    }


def _is_of_a_field(error: Json) -> bool:
    """Whether X only says that it does not tell a number of a post."""
    return str(error.get("type")).rstrip("/").endswith(_REFUSED)


def _is_refused(page: ListedPage) -> bool:
    return any(_is_of_a_field(error) for error in objects_in(page.told, "errors"))


def _merged(public: ListedPage, private: ListedPage | None) -> list[Json]:
    """The posts of a page, each with its private numbers where X tells any."""
    whole = objects_in(private.told, "data") if private else []
    told = {str(post.get("id")): post for post in whole}
    return [told.get(str(post.get("id")), post) for post in objects_in(public.told, "data")]


def _counts(post: Json, name: str) -> Counts | None:
    """The numbers of one kind, under either of their names; None where X tells none."""
    told = post.get(name)
    if not isinstance(told, dict) or not told:
        return None
    return Counts(**{ours: count_in(told, *names) for ours, names in _COUNTS.items()})


def _with_clicks(counts: Counts | None, traits: PostTraits) -> Counts | None:
    """The counts of a post; where X tells no clicks on one that has no link, there were none."""
    if counts is None or counts.link_clicks is not None or traits.has_link:
        return counts
    return replace(counts, link_clicks=0)


def _traits(post: Json, *, has_media: bool) -> PostTraits:
    note = post.get("note_tweet") or post.get("note_post")
    halves = [half for half in (post, note) if isinstance(half, dict)]
    tags = {tag for half in halves for tag in hashtags(half)}
    return PostTraits(
        has_media=has_media,
        has_link=any(address for half in halves for _, address in links(half)),
        hashtags=len(tags),
        language=matching(LANGUAGE, post.get("lang")) or "und",
    )


def _followers(told: ApiReply | Silence) -> int | None:
    user = (content(told) or {}).get("data") if isinstance(told, ApiReply) else None
    return (
        count_in(user.get("public_metrics"), "followers_count") if isinstance(user, dict) else None
    )
