"""Under which names X lists a post, and what a search of recent posts asks for.

Source: docs.x.com/x-api/posts/search/integrate/operators (2026-08-22). A name is an operator of the
search, in small letters: `#tag`, `@handle`, `conversation_id:1`, `retweets_of_tweet_id:1`.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, Self

from runner.local_x.error_answers import RequestRefused, invalid
from runner.local_x.values import Post
from runner.text import hashtags, mentions
from runner.value import Value
from runner.x_facts import instant

RECENT: Final = timedelta(days=7)
"""No search of recent posts goes further back."""
_LONGEST: Final = 512
_TERM: Final = re.compile(r"-is:retweet|-?(#\w+|@\w{1,20}|(conversation_id|from):[0-9]{1,19})")


def names_of(post: Post, answered: str | None) -> Iterator[str]:
    """What a post is listed under; `answered` is the handle of whom it answers."""
    yield f"from:{post.author}"
    if post.repost_of:
        yield f"retweets_of_tweet_id:{post.repost_of}"
        return
    yield f"conversation_id:{post.conversation}"
    if post.reply_to:
        yield f"in_reply_to_tweet_id:{post.reply_to}"
    handles = {mention.text[1:].lower() for mention in mentions(post.text)}
    if answered and not post.unmentioned:
        handles.add(answered.lower())
    yield from (f"@{handle}" for handle in handles)
    yield from {tag.text.lower() for tag in hashtags(post.text)}


def says_name(text: str, handle: str) -> bool:
    return any(mention.text[1:].lower() == handle.lower() for mention in mentions(text))


class PostSearch(Value, kw_only=True):
    """What all posts found are listed under, and what none of them is."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]

    @classmethod
    def parse(cls, query: str) -> Self:
        """The search that a query asks for. Raises RequestRefused for what X does not take, or is
        not played here."""
        terms = query.lower().split()
        if not terms or len(query) > _LONGEST:
            raise RequestRefused(
                invalid("Invalid 'query':''. 'query' has to have 1 to 512 letters")
            )
        for term in terms:
            if not _TERM.fullmatch(term):
                raise RequestRefused(invalid(f"There were errors processing your request: {term}"))
        wanted = tuple(term for term in terms if not term.startswith("-"))
        if not wanted:
            raise RequestRefused(invalid("Rules must contain at least one positive operator"))
        # none is found in any case (docs.x.com/changelog, 2026-05-04)
        unwanted = tuple(term[1:] for term in terms if term.startswith("-"))
        return cls(wanted=wanted, unwanted=tuple(each for each in unwanted if each != "is:retweet"))


def search_start(since_id: int | None, start: datetime | None, now: datetime) -> datetime:
    """The earliest moment of which a search finds posts. Raises RequestRefused where an earlier one
    is asked for."""
    oldest = now - RECENT
    if since_id is not None and instant(str(since_id)) < oldest:
        raise RequestRefused(
            invalid(
                f"'since_id' must be a tweet id created after [{oldest:%Y-%m-%dT%H:%MZ}]. Please "
                f"use a 'since_id' that is larger than {since_id}",
                {"since_id": [str(since_id)]},
            )
        )
    if start is not None and start < oldest:
        raise RequestRefused(
            invalid(
                f"Invalid 'start_time':'{start.isoformat()}'. 'start_time' must be on or after "
                f"{oldest:%Y-%m-%dT%H:%MZ}",
                {"start_time": [start.isoformat()]},
            )
        )
    return start or oldest
