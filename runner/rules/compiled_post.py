"""A campaign as the rules across campaigns see it: its posts as plain data, without their models.

All of it are values that JSON has, so that it can be packed: those of all campaigns are in memory
at once. Texts are here as digests only.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple
from zlib import compress, decompress

from runner.ledger import Key
from runner.problems import Place, Route
from runner.value import Value

DIGEST_BYTES = 8
"""Of a text, to be compared with others: two of a million differ in it, but for one in ten million
projects."""


class CompiledPart(NamedTuple):
    """A part of a post: what people call it, and where its text is written."""

    name: str
    path: str
    route: Route
    on_key: bool
    said: int | None
    """A digest of the text, or of the post that it shares; None where it says nothing, or something
    that only a draw will tell."""
    gist: int | None
    """A digest of what is left of the text without links, digits and marks; None where that is not
    known, or too little to be compared."""

    @property
    def place(self) -> Place:
        return Place(path=self.path, route=tuple(self.route), on_key=self.on_key)


class CompiledRing(NamedTuple):
    """The items of a post, all of them different; `has_rest` where it says how long each rests."""

    size: int
    has_rest: bool


class CompiledDate(NamedTuple):
    """When a post is due, as ISO 8601 has it; `saying` is the index of what it says then, `slot`
    that of the slot of its rhythm, or None."""

    due: str
    slot: int | None
    item: str | None
    saying: int


class CompiledPost(NamedTuple):
    """A post on one account, with all of its dates."""

    account: str
    campaign: str
    name: str
    path: str
    is_draft: bool
    promotes: bool
    ignored: tuple[str, ...]
    """The rules that it ignores, by id."""
    ring: CompiledRing | None
    sayings: tuple[tuple[CompiledPart, ...], ...]
    dates: tuple[CompiledDate, ...]

    @property
    def key(self) -> Key:
        return Key(self.account, self.campaign, self.name)

    @property
    def place(self) -> Place:
        return self.below()

    def below(self, *route: str | int, on_key: bool = False) -> Place:
        """Where the post is declared, or something of it."""
        return Place(path=self.path, route=("posts", self.name, *route), on_key=on_key)


class DatedPost(NamedTuple):
    """A compiled post at one of its dates."""

    due: datetime
    post: CompiledPost
    date: CompiledDate

    @property
    def key(self) -> Key:
        return self.post.key

    @property
    def parts(self) -> tuple[CompiledPart, ...]:
        return self.post.sayings[self.date.saying]

    @property
    def is_draft(self) -> bool:
        return self.post.is_draft

    @property
    def ignored(self) -> Collection[str]:
        return self.post.ignored

    @property
    def time_place(self) -> Place:
        """`at`, or the slot of the rhythm."""
        if self.date.slot is None:
            return self.post.below("at")
        return self.post.below("every", "slots", self.date.slot)


class CampaignFacts(NamedTuple):
    """What the rules across campaigns see of one."""

    path: str
    posts: tuple[CompiledPost, ...]
    templates: tuple[tuple[str, tuple[str, ...]], ...]
    """The templates that its posts ask for, by name without language, each with the languages."""
    locales: tuple[str, ...]
    """All in which its posts go out."""


def in_order(posts: Iterable[CompiledPost]) -> Iterator[DatedPost]:
    """All dates of those that are no drafts, by due time and key."""
    public = sorted((post for post in posts if not post.is_draft), key=lambda post: post.key)
    dated = (
        DatedPost(datetime.fromisoformat(date.due), post, date)
        for post in public
        for date in post.dates
    )
    # as instants: Python compares two times of one zone by what their clocks show
    yield from sorted(dated, key=lambda each: each.due.timestamp())


def digest(text: str) -> int:
    """Equal for equal texts."""
    return int.from_bytes(blake2b(text.encode(), digest_size=DIGEST_BYTES).digest())


class PackedFacts(Value, kw_only=True):
    """What the rules across campaigns see of one, a tenth of its size."""

    accounts: tuple[str, ...]
    """Those on which it says something."""
    data: bytes

    def unpacked(self) -> CampaignFacts:
        """The facts as they were."""
        path, posts, templates, locales = json.loads(decompress(self.data))
        return CampaignFacts(path, tuple(map(_post, posts)), templates, locales)


def packed(facts: CampaignFacts) -> PackedFacts:
    """The facts as compressed JSON."""
    whole = json.dumps(facts, separators=(",", ":")).encode()
    return PackedFacts(
        accounts=tuple(dict.fromkeys(post.account for post in facts.posts)),
        data=compress(whole, 1),
    )


def _post(row: list[Any]) -> CompiledPost:
    ring, sayings, dates = row[-3:]
    return CompiledPost(*row)._replace(
        ring=CompiledRing(*ring) if ring else None,
        sayings=tuple(tuple(CompiledPart(*part) for part in parts) for parts in sayings),
        dates=tuple(CompiledDate(*date) for date in dates),
    )
