"""One declared thing to publish, and its rhythm."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from runner.models.fields import (
    Day,
    Duration,
    Frozen,
    Id,
    Listed,
    LocaleCode,
    Model,
    Moment,
    Name,
    SlotName,
)
from runner.models.localized import Words
from runner.models.post_parts import Item, Media, Poll, PostAddress, ThreadPart, media_or_poll
from runner.problems import InvalidValue, joined

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


_INTERVAL = "a rhythm is days of the week and slots: remove it, and name the days between, if any, "
_INTERVAL += "under `except`"
_BOUNDS = "a rhythm runs from the campaign's `starts` to its `ends`: move it there"


class Every(Model):
    """A rhythm: which days, and at which slots."""

    example: ClassVar[str] = "{days: [mon, wed, fri], slots: [morning]}"
    lacks: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            **dict.fromkeys(("interval", "frequency", "repeat", "repeats", "every"), _INTERVAL),
            **dict.fromkeys(("recurrence", "rrule", "weekly", "daily", "monthly"), _INTERVAL),
            **dict.fromkeys(("weeks", "months", "month", "week", "count", "times"), _INTERVAL),
            "cron": "write its days and times as `days: [mon]` and `slots: [morning]`",
            **dict.fromkeys(("starts", "start", "from", "ends", "end", "until", "to"), _BOUNDS),
        }
    )

    days: Listed[Weekday] = Field(default=WEEKDAYS, min_length=1)
    """Days of the week; all of them by default."""
    slots: Listed[SlotName] = Field(min_length=1)
    """Names of slots, in the account's zone."""
    except_: Listed[Day] = Field(default=(), alias="except")
    """Days on which nothing goes out."""


class Post(Model):
    """One declared thing to publish: once (`at`) or in a rhythm (`every`)."""

    example: ClassVar[str] = "{at: 2026-12-01 10:00, text: Hello}"
    bare: ClassVar[str] = "text"

    at: Moment | None = None
    """When it is due, in the campaign's zone (a slot: in the account's)."""
    every: Every | None = None
    """A rhythm, from the campaign's start to its end."""
    text: Words | None = None
    """What it says; a template."""
    template: str | None = None
    """A file under `templates/` to take the text from."""
    thread: Listed[ThreadPart] | None = Field(default=None, min_length=2, max_length=25)
    """Several posts, each a reply to the one before."""
    repost: PostAddress | None = None
    """A post of somebody else to share."""
    quote: PostAddress | None = None
    """A post of somebody else to show below the text; only on the tier `enterprise`."""
    items: str | Listed[Item] | None = None
    """What a rhythm says, in turn: a list, or a file with one, relative to this campaign's file."""
    order: Literal["file", "shuffle"] = "file"
    """The turn of the items: as written, or the order of a hash of their ids."""
    rest: Duration | None = None
    """How long an item rests before it comes again; too few items is an error."""
    media: Listed[Media] | None = Field(default=None, max_length=4)
    """Up to 4 pictures, or one animation or film."""
    poll: Poll | None = None
    """Lets people vote; not together with media."""
    reply_to: Name | None = None
    """Another post of this campaign that it answers."""
    reply_settings: Literal["following", "mentioned-users", "subscribers", "verified"] | None = None
    """Who may reply; everyone by default."""
    paid_partnership: bool | None = None
    """X's paid partnership label; by default true when the campaign's partner pays."""
    made_with_ai: bool = False
    """X's label for media made with AI."""
    locale: LocaleCode | None = None
    """The language of this post; the campaign's by default, else the account's."""
    grace: Duration | None = None
    """How late it may go out."""
    hold: bool = False
    """Stops it until removed."""
    draft: bool = False
    """Never goes out."""
    promotional: bool | None = None
    """Whether it counts as promotion; by default as its campaign."""
    ignore: Frozen[Id, str] = Field(default_factory=dict)
    """Rules that don't apply to it, each with the reason."""

    @field_validator("reply_to")
    @classmethod
    def _answers_a_sibling(cls, value: str | None) -> str | None:
        if value and "/" in value:
            raise InvalidValue(
                "unknown-post",
                "`reply-to` names a post of this campaign, not an address",
                "write its id under `posts`; to share somebody's post use `repost`",
            )
        return value

    @model_validator(mode="after")
    def _at_or_every(self) -> Self:
        if self.at is None and self.every is None:
            raise InvalidValue(
                "at-or-every",
                "a post needs a time: `at`, or `every` for a rhythm",
                "add a moment: `at: 2026-12-01 10:00`",
            )
        if self.at is not None and self.every is not None:
            raise InvalidValue(
                "at-or-every",
                "a post has `at` or `every`, not both",
                "keep `at` for one time, `every` for a rhythm",
                below=("every",),
            )
        return self

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        contents = ("text", "template", "thread", "repost")
        said = [name for name in contents if getattr(self, name) is not None]
        if len(said) > 1:
            raise InvalidValue(
                "one-content",
                f"a post has {joined(said, 'or')}, not {'both' if len(said) == 2 else 'all'}",
                "a repost has no words of its own: keep one of them"
                if self.repost
                else "keep one of them",
                below=(said[1],),
            )
        beside = [name for name in ("media", "poll", "quote") if getattr(self, name) is not None]
        if beside and (self.repost or self.thread):
            whole = "repost" if self.repost else "thread"
            raise InvalidValue(
                "one-content",
                f"a {whole} has no {joined(beside, 'or')} of its own",
                "remove it" if self.repost else "move it into a part of the thread",
                below=(beside[0],),
            )
        if self.quote and (self.media or self.poll):
            raise InvalidValue(
                "media-or-quote",
                "X takes a quote or media or a poll",
                "keep one of them",
                below=("quote",),
            )
        media_or_poll(self.media, self.poll)
        return self

    @model_validator(mode="after")
    def _items_in_a_rhythm(self) -> Self:
        if self.items is not None and self.every is None:
            raise InvalidValue(
                "items-without-every",
                "`items` need a rhythm",
                "use `every` in place of `at`",
                below=("items",),
            )
        if self.rest is not None and self.items is None:
            raise InvalidValue(
                "rest-without-items",
                "only `items` rest",
                "add `items`, or remove `rest`",
                below=("rest",),
            )
        if self.items == ():
            raise InvalidValue(
                "no-items", "`items` is empty", "write at least one item", below=("items",)
            )
        return self
