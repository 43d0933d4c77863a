"""One declared thing to publish, and what it is made of: parts, media, poll, rhythm, items."""

import re
from datetime import timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from runner.campaign.fields import (
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
    Url,
    refuse,
)
from runner.campaign.words import Words
from runner.problems import joined, named

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STATUS = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(\w{1,15}|i)/(?:web/)?status/(\d{1,19})(?:[/?#].*)?"
)


class OthersPost(Model):
    """A post of somebody else, by its address."""

    handle: str
    id: str


def _others_post(value: object) -> object:
    if isinstance(value, OthersPost):
        return value
    match = _STATUS.fullmatch(str(value))
    if not match:
        what = f"`{value}`" if isinstance(value, str) else named(value)
        raise refuse("bad-post-address", f"{what} is not the address of a post", _address(value))
    return OthersPost(handle=match.group(1), id=match.group(2))


def _address(value: object) -> str:
    """How to write it."""
    if isinstance(value, int) and value > 0:
        return f"write its address: https://x.com/i/status/{value}"
    if _STATUS.fullmatch(f"https://{value}"):
        return f"write it whole: https://{value}"
    return "copy the link of one post: https://x.com/name/status/1234567890"


PostAddress = Annotated[
    OthersPost,
    BeforeValidator(_others_post),
    WithJsonSchema({"type": "string", "examples": ["https://x.com/name/status/1234567890"]}),
]


class Media(Model):
    """A picture, an animation or a film of a post."""

    example: ClassVar[str] = "{file: media/jeans.jpg, alt: What it shows}"
    bare: ClassVar[str] = "file"

    file: str = Field(min_length=1)
    """The file, relative to this campaign's file."""
    alt: Words | None = None
    """What it shows, for those who don't see it; up to 1,000 characters."""


class Poll(Model):
    """A question's answers."""

    example: ClassVar[str] = "{options: [Indigo, Black]}"
    bare_list: ClassVar[str] = "options"

    options: Listed[Words] = Field(min_length=2, max_length=4)
    """2 to 4 answers, of up to 25 characters each."""
    open: Duration = Field(timedelta(hours=24), json_schema_extra={"default": "24h"})
    """How long people may vote: 5m to 7d."""


class Part(Model):
    """One post of a thread."""

    example: ClassVar[str] = "{text: Part two}"
    bare: ClassVar[str] = "text"

    text: Words | None = None
    """What it says; a template."""
    template: str | None = None
    """A file under `templates/` to take the text from."""
    media: Listed[Media] = Field(default=(), max_length=4)
    """Up to 4 pictures, or one animation or film."""
    poll: Poll | None = None
    """Lets people vote; not together with media."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.text is None and self.template is None:
            raise refuse("text-or-template", "this part of the thread has no text", "add `text: …`")
        if self.text is not None and self.template is not None:
            raise refuse(
                "text-or-template",
                "a part of a thread has `text` or `template`, not both",
                "keep one of the two",
                below=("template",),
            )
        _media_or_poll(self)
        return self


def _part(value: object) -> object:
    """A bare text, or a text for each locale, is a part too."""
    keys = {"text", "template", "media", "poll"}
    if isinstance(value, str) or (isinstance(value, dict) and value and not keys & set(value)):
        return {"text": value}
    return value


ThreadPart = Annotated[
    Part, BeforeValidator(_part, json_schema_input_type=str | dict[str, str] | Part)
]


class Item(Model):
    """One entry of a post's items."""

    example: ClassVar[str] = "{text: Wash jeans cold.}"
    bare: ClassVar[str] = "text"

    id: Id | None = None
    """Its name in the ledger; without one, a digest of what it says."""
    text: Words | None = None
    """What it says; a template."""
    repost: PostAddress | None = None
    """A post of somebody else to share."""
    quote: PostAddress | None = None
    """A post of somebody else to show below the text; only on the tier `enterprise`."""
    because: Words | None = None
    """Why we share it; for the reviewer, and for templates as `item.because`."""
    link: Url | None = None
    """Where it leads; for templates as `link`."""
    media: Listed[Media] = Field(default=(), max_length=4)
    """Up to 4 pictures, or one animation or film."""
    vars: Frozen[str, Words] = Field(default_factory=dict)
    """Anything else that a template needs, as `item.vars.name`."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        given = (self.text, self.repost, self.quote, self.link, self.media, self.vars)
        if not any(each for each in given):
            raise refuse(
                "empty-item", "this item says nothing", "add `text: …`, or `repost` with an address"
            )
        return self


class Every(Model):
    """A rhythm: which days, and at which slots."""

    example: ClassVar[str] = "{days: [mon, wed, fri], slots: [morning]}"

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

    @model_validator(mode="after")
    def _at_or_every(self) -> Self:
        if self.at is None and self.every is None:
            raise refuse(
                "at-or-every",
                "a post needs a time: `at`, or `every` for a rhythm",
                "add a moment: `at: 2026-12-01 10:00`",
            )
        if self.at is not None and self.every is not None:
            raise refuse(
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
            raise refuse(
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
            raise refuse(
                "one-content",
                f"a {whole} has no {joined(beside, 'or')} of its own",
                "remove it" if self.repost else "move it into a part of the thread",
                below=(beside[0],),
            )
        if self.quote and (self.media or self.poll):
            raise refuse(
                "media-or-quote",
                "X takes a quote or media or a poll",
                "keep one of them",
                below=("quote",),
            )
        _media_or_poll(self)
        return self

    @model_validator(mode="after")
    def _items_in_a_rhythm(self) -> Self:
        if self.items is not None and self.every is None:
            raise refuse(
                "items-without-every",
                "`items` need a rhythm",
                "use `every` in place of `at`",
                below=("items",),
            )
        if self.rest is not None and self.items is None:
            raise refuse(
                "rest-without-items",
                "only `items` rest",
                "add `items`, or remove `rest`",
                below=("rest",),
            )
        if self.items == ():
            raise refuse(
                "no-items", "`items` is empty", "write at least one item", below=("items",)
            )
        return self


def _media_or_poll(value: "Part | Post") -> None:
    if value.media and value.poll:
        raise refuse(
            "media-or-poll",
            "X takes media or a poll, not both",
            "keep one of the two",
            below=("poll",),
        )
