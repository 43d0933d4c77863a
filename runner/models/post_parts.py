"""What posts are made of: media, polls, parts of threads, items, posts of others."""

import json
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from runner.models.fields import Duration, Frozen, Id, Listed, Model, Url
from runner.models.localized import Words
from runner.problems import InvalidValue, named
from runner.x_facts import post_address, post_at


class OthersPost(Model):
    """A post of somebody else, by its address."""

    handle: str
    id: str


def _others_post(value: object) -> object:
    if isinstance(value, OthersPost):
        return value
    found = post_at(str(value))
    if found is None:
        what = f"`{value}`" if isinstance(value, str) else named(value)
        raise InvalidValue(
            "bad-post-address", f"{what} is not the address of a post", _address(value)
        )
    handle, id = found
    return OthersPost(handle=handle, id=id)


def _address(value: object) -> str:
    """How to write it."""
    if isinstance(value, int) and value > 0:
        return f"write its address: {post_address(str(value))}"
    if post_at(f"https://{value}"):
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
            raise InvalidValue(
                "text-or-template", "this part of the thread has no text", "add `text: …`"
            )
        if self.text is not None and self.template is not None:
            raise InvalidValue(
                "text-or-template",
                "a part of a thread has `text` or `template`, not both",
                "keep one of the two",
                below=("template",),
            )
        media_or_poll(self.media, self.poll)
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
            raise InvalidValue(
                "empty-item", "this item says nothing", "add `text: …`, or `repost` with an address"
            )
        if self.repost and (self.text or self.quote or self.media):
            raise InvalidValue(
                "one-content",
                "a repost goes out as it is, so the rest of this item would be lost",
                "keep `repost`, or say it in `text` with the address as `link`",
            )
        return self


def item_id(item: Item) -> str:
    """The item's own id, else a digest of all that it says, which no id can be: it has a colon."""
    if item.id:
        return item.id
    text = json.dumps(_json_value(item), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{sha256(text.encode()).hexdigest()[:16]}"


def _json_value(value: object) -> object:
    """A model's value as plain mappings and lists, without the fields that the file leaves out."""
    if isinstance(value, Model):
        value = {name: getattr(value, name) for name in type(value).model_fields}
        return {
            name: _json_value(part) for name, part in value.items() if part not in (None, (), {})
        }
    if isinstance(value, Mapping):
        return {name: _json_value(part) for name, part in value.items()}
    return [_json_value(part) for part in value] if isinstance(value, tuple) else value


def media_or_poll(media: tuple[Media, ...] | None, poll: Poll | None) -> None:
    """Refuses media and a poll in one post. Raises InvalidValue."""
    if media and poll:
        raise InvalidValue(
            "media-or-poll",
            "X takes media or a poll, not both",
            "keep one of the two",
            below=("poll",),
        )
