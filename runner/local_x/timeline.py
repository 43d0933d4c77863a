"""One page of a user's timeline: which posts, in which order, and where the next page begins."""

import base64
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Final

from runner.local_x import query
from runner.local_x.error_answers import RequestRefused, invalid
from runner.local_x.values import Post
from runner.value import Value

REACH: Final = 3200
"""No timeline goes further back. Source: docs.x.com/x-api/posts/timelines/integrate."""
MENTIONS_REACH: Final = 800
"""Nor do mentions, by the same source."""
PARAMETERS: Final = (
    "max_results",
    "pagination_token",
    "start_time",
    "end_time",
    "since_id",
    "until_id",
    "exclude",
)
LIST_PARAMETERS: Final = tuple(name for name in PARAMETERS if name != "exclude")


class TimelinePage(Value, kw_only=True):
    """What a request asks of a timeline."""

    size: int = 10
    before: int | None = None
    since: int | None = None
    until: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    exclude: frozenset[str] = frozenset()

    @classmethod
    def from_query(
        cls, given: Mapping[str, str], sizes: tuple[int, int, int] = (5, 100, 10)
    ) -> "TimelinePage":
        """The page that a query asks for. Raises RequestRefused for values that X does not take."""
        ids = {
            name: int(query.post_id(given[name], name)) if name in given else None
            for name in ("since_id", "until_id")
        }
        exclude = frozenset(given["exclude"].split(",")) if "exclude" in given else frozenset()
        if exclude - {"replies", "retweets"}:
            raise RequestRefused(
                invalid("The `exclude` query parameter is not one of [replies,retweets]")
            )
        return cls(
            size=query.number(given, "max_results", *sizes),
            before=_before(token) if (token := _token_in(given)) else None,
            since=ids["since_id"],
            until=ids["until_id"],
            start=query.instant(given, "start_time"),
            end=query.instant(given, "end_time"),
            exclude=exclude,
        )

    @property
    def below(self) -> int | None:
        """All ids on this page and the later ones are smaller, where that is known."""
        return min((id for id in (self.before, self.until) if id is not None), default=None)

    def holds(self, post: Post) -> bool:
        """Whether a post belongs to the timeline that is asked for, on this page or a later one."""
        id = int(post.id)
        return (
            (self.before is None or id < self.before)
            and (self.since is None or id > self.since)
            and (self.until is None or id < self.until)
            and (self.start is None or post.at >= self.start)
            and (self.end is None or post.at < self.end)
            and not ("replies" in self.exclude and post.reply_to)
            and not ("retweets" in self.exclude and post.repost_of)
        )


def posts_of_page(
    posts: Iterable[Post], page: TimelinePage, *, seen: datetime, reach: int | None = REACH
) -> tuple[list[Post], str | None]:
    """The posts of a page, newest first, and the token of the next one. What is younger than `seen`
    is not shown yet: X does not promise that a reader sees at once what a writer sent."""
    visible = (post for post in posts if (post.indexed or post.at) <= seen)
    reached = islice(visible, reach)
    found: list[Post] = []
    for post in reached:
        if page.holds(post):
            if len(found) == page.size:
                return found, _token(found[-1].id)
            found.append(post)
    return found, None


def _token_in(given: Mapping[str, str]) -> str | None:
    return given.get("pagination_token", given.get("next_token"))


def _token(id: str) -> str:
    return base64.b32hexencode(f"before {id}".encode()).decode().rstrip("=").lower()


def _before(token: str) -> int:
    padded = token.upper() + "=" * (-len(token) % 8)
    try:
        return int(base64.b32hexdecode(padded).decode().removeprefix("before "))
    except ValueError:
        raise RequestRefused(
            invalid(
                f"The `pagination_token` query parameter value [{token}] is not valid",
                {"pagination_token": [token]},
            )
        ) from None
