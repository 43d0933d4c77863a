"""A rendered post: exactly what X gets, and what X shows in small print below it."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final, Literal

from msgspec import convert
from msgspec.json import decode, encode
from pydantic import JsonValue

from runner.ledger import Key
from runner.problems import Problem
from runner.value import Value

ReplySettings = Literal["following", "mentionedUsers", "subscribers", "verified"]
PAID_PARTNERSHIP: Final = "paid partnership"
MADE_WITH_AI: Final = "made with AI"


class RenderedMedia(Value, kw_only=True):
    """A picture or film of a part. `path` is from the project's root; `digest` is the sha256 of its
    bytes; `type` its media type by content (`image/jpeg`); `size` in bytes."""

    path: str
    digest: str
    type: str
    size: int
    alt: str | None = None


class RenderedPoll(Value, kw_only=True):
    """2 to 4 options, open for 5 to 10,080 minutes."""

    options: tuple[str, ...]
    minutes: int


class RenderedPart(Value, kw_only=True):
    """One create call. `weight` is X's weighted length of `text`; `cost` is USD at X's prices."""

    text: str
    weight: int
    cost: Decimal
    media: tuple[RenderedMedia, ...] = ()
    poll: RenderedPoll | None = None
    reply_settings: ReplySettings | None = None
    paid_partnership: bool = False
    made_with_ai: bool = False
    repost: str | None = None
    """The id of the post to repost; then there is no text."""
    quote: str | None = None
    """The id of the post to show below the text; X allows it on its Enterprise tier only."""

    def canonical(self) -> dict[str, JsonValue]:
        """Everything that X or a follower could tell apart; the same on every machine."""
        plain: dict[str, JsonValue] = decode(encode(self))
        del plain["weight"], plain["cost"]
        return plain

    @property
    def text_digest(self) -> str:
        """sha256 of what is said: the text, or the post that is shared."""
        return sha256((self.repost or self.text).encode()).hexdigest()


def recorded_part(record: Mapping[str, JsonValue]) -> RenderedPart:
    """A canonical part as the ledger has it. Its weight and its cost are not recorded: they are
    zero. Raises msgspec's ValidationError."""
    return convert({"weight": 0, "cost": 0, **record}, RenderedPart)


class RenderedPost(Value, kw_only=True):
    """An occurrence as it will go out: one part, or the parts of a thread, each a reply to the one
    before. `limit` is the greatest weight that the account may post."""

    key: Key
    due: datetime
    locale: str
    limit: int
    parts: tuple[RenderedPart, ...]
    reply_to: Key | None = None
    reply_to_id: str | None = None
    item: str | None = None
    awaits: tuple[Key, ...] = ()
    """Occurrences whose link or id it needs and that are not out yet."""
    lacks: tuple[str, ...] = ()
    """What else its text shows as `⟦…⟧`, because nobody knows it yet: the results of a draw. It
    can't go out like that."""
    promise: str | None = None
    """The code of what a contest promises, where this announces it."""

    @property
    def cost(self) -> Decimal:
        return sum((part.cost for part in self.parts), Decimal(0))

    @property
    def digest(self) -> str:
        """sha256 of the canonical post, media bytes included."""
        parts = [part.canonical() for part in self.parts]
        reply = self.reply_to_id or (str(self.reply_to) if self.reply_to else None)
        whole = json.dumps(
            {"parts": parts, "reply_to": reply},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        return sha256(whole.encode()).hexdigest()


class Rendering(Value, kw_only=True):
    """What rendering came to: the post, or what is wrong with it; never both. Neither, where the
    campaign's partner is not known: that is for the rules to say. `timed` where it looked at the
    moment, so that another occurrence may say something else."""

    post: RenderedPost | None = None
    problems: tuple[Problem, ...] = ()
    timed: bool = False
    shape: tuple[str, ...] = ()
    """The texts of the parts without the dates, times and countdowns that they tell: what differs
    from one occurrence to another when no more than the moment does."""


class PartLabel(Value, kw_only=True):
    """A key of a part, with its value as a comparison tells it."""

    key: str
    value: str
    shown: str | None
    """What a reader of the post is told; None where X says nothing."""


def part_labels(part: RenderedPart) -> tuple[PartLabel, ...]:
    """All labels that a part may have, in the order in which they are shown."""
    return (
        _switch("paid-partnership", part.paid_partnership, PAID_PARTNERSHIP),
        _switch("made-with-ai", part.made_with_ai, MADE_WITH_AI),
    )


def shown_labels(part: RenderedPart) -> tuple[str, ...]:
    """What X shows below this part."""
    return tuple(each.shown for each in part_labels(part) if each.shown)


def _switch(key: str, is_on: bool, shown: str) -> PartLabel:
    return PartLabel(key=key, value="yes" if is_on else "no", shown=shown if is_on else None)
