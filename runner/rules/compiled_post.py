"""A campaign as the rules across campaigns see it: its posts as plain data, without their models.

All of it are values that JSON has, so that it can be packed: those of all campaigns are in memory
at once. Texts are here as digests only.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from typing import Final, NamedTuple
from zlib import compress, decompress

from msgspec.json import Decoder, encode

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
        return Place(path=self.path, route=self.route, on_key=self.on_key)


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
        """The place where the post, or something of it, is declared."""
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


_FACTS: Final = Decoder(CampaignFacts)


class PackedFacts(Value, kw_only=True):
    """What the rules across campaigns see of one, a tenth of its size."""

    accounts: tuple[str, ...]
    """Those on which it says something."""
    data: bytes | CampaignFacts
    """As compressed JSON; as they are, where the name of a file is none that JSON can hold."""

    def unpacked(self) -> CampaignFacts:
        """The facts as they were."""
        return _FACTS.decode(decompress(self.data)) if isinstance(self.data, bytes) else self.data


def packed(facts: CampaignFacts) -> PackedFacts:
    """The facts, to be kept while they are not looked at."""
    accounts = tuple(dict.fromkeys(post.account for post in facts.posts))
    try:
        return PackedFacts(accounts=accounts, data=compress(encode(facts), 1))
    except UnicodeEncodeError:
        return PackedFacts(accounts=accounts, data=facts)
