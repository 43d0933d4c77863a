"""What the JSON of a plan consists of: `schemas/plan.schema.json` is made of these models."""

from collections.abc import Mapping
from typing import Literal

from pydantic import TypeAdapter

from runner.views.json import Instant, JsonRecord, Usd

VERSION = 1
"""It changes when a key goes, or changes its meaning; new keys leave it."""


class ProblemRecord(JsonRecord):
    """Something wrong in a file."""

    rule: str
    severity: Literal["error", "warning"]
    message: str
    help: str | None
    path: str
    line: int | None
    """From 1, as all positions; null where the file could not be read."""
    column: int | None
    end_line: int | None
    end_column: int | None
    route: tuple[str | int, ...]


class MediaRecord(JsonRecord):
    """A picture or film."""

    path: str
    digest: str
    """The sha256 of its bytes."""
    type: str
    size: int
    """Bytes."""
    alt: str | None


class PollRecord(JsonRecord):
    """A poll."""

    options: tuple[str, ...]
    minutes: int


class PartRecord(JsonRecord):
    """One create call."""

    text: str
    weight: int
    """The length as X counts it."""
    cost_usd: Usd
    links: tuple[str, ...]
    media: tuple[MediaRecord, ...]
    poll: PollRecord | None
    repost: str | None
    """The id of the post that is shared; then there is no text."""
    quote: str | None
    """The id of the post that is shown below the text."""
    reply_settings: str | None
    paid_partnership: bool
    made_with_ai: bool


class PostRecord(JsonRecord):
    """One occurrence."""

    key: str
    account: str
    campaign: str
    post: str
    path: str
    """The campaign's file."""
    verb: Literal["publish", "wait", "hold", "skip", "ask"]
    over: bool
    """Its time lies in the past, and nothing of it went out."""
    ignored: Mapping[str, str]
    """Rules that it ignores, each with the reason."""
    symbol: str
    """What previews show: + goes out, = is out, - does not go out, ! needs a person."""
    because: str
    due: Instant
    until: Instant
    """The end of its grace."""
    zone: str
    shift: Literal["skipped", "repeated"] | None
    """What a change of the clocks did to it."""
    locale: str | None
    limit: int | None
    """The greatest weight of a part."""
    digest: str | None
    item: str | None
    reply_to: str | None
    awaits: tuple[str, ...]
    """Posts that have to be out before it."""
    parts: tuple[PartRecord, ...]
    """Empty where it could not be rendered, or need not be."""
    cost_usd: Usd
    """Of what is still to be sent."""
    state: str | None
    """Of the ledger."""
    urls: tuple[str, ...]
    """Of the parts that are out."""
    notes: tuple[str, ...]
    """As previews show them, for people: their wording may change."""
    drift: tuple[str, ...]
    """What came to differ from the files since it went out, for people."""
    problems: tuple[ProblemRecord, ...]


class UndatedRecord(JsonRecord):
    """A text of a post without a time yet; `⟦…⟧` stands for what nobody knows."""

    key: str
    item: str | None
    locale: str | None
    limit: int | None
    """The greatest weight of a part."""
    parts: tuple[PartRecord, ...]
    """Empty where it could not be rendered."""
    cost_usd: Usd
    notes: tuple[str, ...]
    """As previews show them, for people: their wording may change."""
    problems: tuple[ProblemRecord, ...]


class FieldRecord(JsonRecord):
    """What differs in one field of a post."""

    name: str
    part: int
    """Of a thread, from 1; 0 is the post as a whole."""
    old: str | None
    """As text: a moment as in `due`, an amount of USD in digits; null where there was nothing."""
    new: str | None


class ChangeRecord(JsonRecord):
    """What happens to one occurrence."""

    key: str
    path: str
    """The campaign's file; of what is removed, the old one."""
    kind: Literal["added", "changed", "moved", "removed"]
    was_due: Instant | None
    """By the old files; null where it was not there, or had no time yet."""
    due: Instant | None
    """By the new files."""
    out: bool
    """It is on X already, where this changes nothing."""
    over: bool
    """By the new files it lies in the past, and will not go out."""
    asks: str | None
    """Why it needs a person."""
    fields: tuple[FieldRecord, ...]
    """What differs; of what is added or removed, what it says."""


class SettingRecord(JsonRecord):
    """A key whose value changes, though no text need change with it."""

    path: str
    """`runner.yaml`, or a campaign's file."""
    key: str
    """`budget.usd-per-month`, `posts.teaser.ignore.link-cost`."""
    concern: Literal[
        "money", "identity", "disclosure", "ledger", "rules", "time", "holds", "other", "content"
    ]
    """What it is about."""
    old: str | None
    """As text, defaults included; null where it was not set."""
    new: str | None


class FileRecord(JsonRecord):
    """A template, a picture or a list of items that changes."""

    path: str
    fate: Literal["added", "changed", "removed"]
    posts: tuple[str, ...]
    """Those that it changes: campaign and post."""


class ComparisonRecord(JsonRecord):
    """What changes between two commits, as `--base` asks."""

    program: tuple[str, ...]
    """Files of the program that holds the credentials, from the top of the repository on."""
    settings: tuple[SettingRecord, ...]
    """Money, identity and disclosure first."""
    warnings: tuple[str, ...]
    """What comes of them that their values alone don't tell."""
    files: tuple[FileRecord, ...]
    unread: tuple[str, ...]
    """What can't be compared, since files can't be read."""
    changes: tuple[ChangeRecord, ...]
    """By campaign and time."""
    renamed: Mapping[str, str]
    """Old ids of campaigns, by the new ones."""
    same: int
    """How many posts are as they were."""
    cost_before_usd: Usd
    cost_after_usd: Usd


class PlanRecord(JsonRecord):
    """A plan: what would happen now."""

    version: Literal[1]
    now: Instant
    change: ComparisonRecord | None
    """Null where nothing was compared."""
    unplanned: str | None
    """Why nothing can be planned, so that nothing goes out; null where that is not so."""
    next: str | None
    """The key of the next post."""
    cost_usd: Usd
    """Of all that is due or to come."""
    spent_usd: Usd
    """In this calendar month (UTC) so far."""
    budget_usd: Usd | None
    """In a calendar month."""
    posts: tuple[PostRecord, ...]
    """In the order in which they are due."""
    waiting: Mapping[str, str]
    """Posts without a time yet, and the anchor that they wait for."""
    undated: tuple[UndatedRecord, ...]
    """What they will say."""
    unsettled: tuple[str, ...]
    """What a person has to settle though no file leads to it."""
    notices: tuple[str, ...]
    """What is on hold, and what a person should know of the ledger's files."""
    gone: Mapping[str, tuple[str, ...]]
    """By key: posts that are out, and that no file leads to any more."""
    problems: tuple[ProblemRecord, ...]
    """Of the files, and what only now or the ledger can tell."""


PLAN: TypeAdapter[PlanRecord] = TypeAdapter(PlanRecord)
