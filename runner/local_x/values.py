"""What the local X remembers: posts, polls, media; and the events that its journal holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal, Protocol

from msgspec.json import Decoder

from runner.local_x.accounts import Person
from runner.value import Value


class Poll(Value, kw_only=True):
    """A poll that nobody votes in."""

    options: tuple[str, ...]
    minutes: int


class Post(Value, kw_only=True):
    """A post as it was sent, in NFC and trimmed. `repost_of` is the post that a repost shares."""

    id: str
    author: str
    at: datetime
    text: str
    conversation: str
    media: tuple[str, ...] = ()
    poll: Poll | None = None
    reply_to: str | None = None
    repost_of: str | None = None
    quotes: str | None = None
    """The post that it shares with words of its own."""
    reply_settings: str | None = None
    paid_partnership: bool = False
    made_with_ai: bool = False
    earlier: tuple[str, ...] = ()
    """The ids of its versions before this one, oldest first: an edit gives a post a new id."""
    indexed: datetime | None = None
    """From when on lists show it, where X was late with it."""
    unmentioned: bool = False
    """A reply whose author has taken away the name that X puts before it."""
    language: str = "und"
    """In which X takes it to be."""

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The ids of the posts that it shares or answers."""
        return tuple(id for id in (self.repost_of, self.reply_to, self.quotes) if id)


class Media(Value, kw_only=True):
    """An uploaded file. `checks` is how often its state must be asked for until it is processed."""

    id: str
    key: str
    owner: str
    at: datetime
    type: str
    category: str
    size: int
    alt: str | None = None
    checks: int = 0


class PostCreated(Value, kw_only=True, tag_field="event", tag="posted"):
    """Someone posted or reposted."""

    post: Post


class PostDeleted(Value, kw_only=True, tag_field="event", tag="deleted"):
    """Someone took a post or a repost back."""

    id: str


class MediaKept(Value, kw_only=True, tag_field="event", tag="kept"):
    """A file was uploaded, or what is known of it changed."""

    media: Media


class PersonMet(Value, kw_only=True, tag_field="event", tag="met"):
    """A stranger whose posts can be shared."""

    person: Person


class PersonHidden(Value, kw_only=True, tag_field="event", tag="hidden"):
    """A person's posts are shown no more: protected, or suspended. None shows them again."""

    user_id: str
    how: Literal["protected", "suspended"] | None


class PersonRenamed(Value, kw_only=True, tag_field="event", tag="renamed"):
    """A person has another handle from now on."""

    user_id: str
    handle: str


class ReplyHidden(Value, kw_only=True, tag_field="event", tag="reply-hidden"):
    """Whose conversation it stands in has hidden a reply, or shows it again."""

    id: str
    is_hidden: bool


Event = (
    PostCreated | PostDeleted | MediaKept | PersonMet | PersonHidden | PersonRenamed | ReplyHidden
)
EVENT: Final[Decoder[Event]] = Decoder(Event)


class Journal(Protocol):
    """The store of what the local X has acknowledged."""

    def events(self) -> Iterable[Event]:
        """All events so far, oldest first."""
        ...

    def append(self, event: Event) -> None:
        """Writes an event; it is on stable storage when this returns."""
        ...

    def keep(self, id: str, data: bytes) -> None:
        """A file's bytes; on stable storage when it returns."""
        ...

    def bytes(self, id: str) -> bytes | None: ...

    def clear(self) -> None:
        """Forgets everything."""
        ...

    def close(self) -> None: ...
