"""An audience that sees posts and reacts to them, by a script; the same script counts the same.

A post's numbers grow with its age, half of what is still to come in each `half_life`, and differ
from post to post by chance, as `spread` says. `Effect`s are planted: posts of an hour, with some
words, with a picture, of one author, or one by its id, are seen more often, or interest people
more, or are paid for:

    audience = Audience(reach=400, effects=(Effect(hours=(7,), reach=2), Effect(post=id, paid=900)))
    sandbox.attend(audience)
"""

import math
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from runner.local_x.values import Post
from runner.x_facts import instant

_DAY: Final = timedelta(days=1)
Share = Annotated[float, Field(ge=0, le=1)]
Times = Annotated[float, Field(ge=0, le=1000)]


class Effect(BaseModel):
    """Posts that fare otherwise than all others. What it leaves open fits any post."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hours: tuple[int, ...] = ()
    """Of the day in UTC, in which they were posted."""
    says: str = ""
    has_media: bool | None = None
    post: str | None = None
    """Its id."""
    by: str | None = None
    """The id of its author's user."""
    reach: Times = 1
    """How many times as often they are seen."""
    interest: Times = 1
    """How many times as many of those who see them react."""
    paid: Annotated[int, Field(ge=0, le=10**9)] = 0
    """How often they are seen besides, because somebody pays for that."""

    def fits(self, post: Post) -> bool:
        """Whether it is about this post."""
        return (
            (not self.hours or post.at.hour in self.hours)
            and self.says in post.text
            and self.has_media in (None, bool(post.media))
            and self.post in (None, post.id, *post.earlier)
            and self.by in (None, post.author)
        )


class Audience(BaseModel):
    """Who sees the posts of the accounts, and what they do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reach: Annotated[float, Field(ge=0, le=10**9)] = 0
    """How often an ordinary post is seen in the end."""
    half_life: timedelta = timedelta(hours=12)
    spread: Annotated[float, Field(ge=0, le=2)] = 0.4
    """The standard deviation of the logarithm of how often posts are seen."""
    likes: Share = 0.02
    replies: Share = 0.004
    reposts: Share = 0.004
    quotes: Share = 0.001
    bookmarks: Share = 0.002
    link_clicks: Share = 0.012
    profile_clicks: Share = 0.006
    """Of those who see a post; links are clicked where there is one."""
    followers: Annotated[int, Field(ge=0, le=10**9)] = 0
    """At the beginning of 2027."""
    new_followers: float = 0
    """A day; of who has half as many followers, half as many."""
    followers_of: Mapping[str, Annotated[int, Field(ge=0, le=10**9)]] = Field(default_factory=dict)
    """Of some, by the id of their user, in place of `followers`. Those of strangers don't grow."""
    effects: tuple[Effect, ...] = ()
    seed: int = 0

    def organic(self, post: Post, now: datetime) -> Mapping[str, int]:
        """What is counted of a post by then, but for what was paid for."""
        return self._counts(post, self._share_by_then(post, now) * self._reach(post))

    def paid(self, post: Post, now: datetime) -> Mapping[str, int]:
        """What is counted of a post by then because it was paid for."""
        bought = sum(effect.paid for effect in self.effects if effect.fits(post))
        return self._counts(post, self._share_by_then(post, now) * bought)

    def followers_at(self, now: datetime, user: str, *, is_ours: bool) -> int:
        """How many follow the user with this id by then: one of the accounts, or a stranger."""
        if not is_ours:
            return self.followers_of.get(user, 0)
        first = self.followers_of.get(user, self.followers)
        share = first / self.followers if self.followers else 1
        days = (now - datetime(2027, 1, 1, tzinfo=now.tzinfo)) / _DAY
        return max(first + int(days * self.new_followers * share), 0)

    def _counts(self, post: Post, seen: float) -> dict[str, int]:
        interest = math.prod(effect.interest for effect in self.effects if effect.fits(post))
        shares = {
            "like_count": self.likes,
            "reply_count": self.replies,
            "repost_count": self.reposts,
            "quote_count": self.quotes,
            "bookmark_count": self.bookmarks,
            "url_link_clicks": self.link_clicks if "://" in post.text else 0,
            "user_profile_clicks": self.profile_clicks,
        }
        counts = {
            name: int(seen * min(share * interest * self._chance(post, name), 1))
            for name, share in shares.items()
        }
        return {"impression_count": int(seen), **counts}

    def _reach(self, post: Post) -> float:
        effects = math.prod(effect.reach for effect in self.effects if effect.fits(post))
        return self.reach * effects * self._chance(post, "reach")

    def _share_by_then(self, post: Post, now: datetime) -> float:
        """How much of all that is to come has come by then."""
        age = max(now - instant(_first(post)), timedelta(0))
        return float(1 - 0.5 ** (age / self.half_life))

    def _chance(self, post: Post, what: str) -> float:
        chance = random.Random(f"{self.seed}/{_first(post)}/{what}")  # noqa: S311 - a play
        return math.exp(chance.gauss(0, self.spread))


def _first(post: Post) -> str:
    return post.earlier[0] if post.earlier else post.id
