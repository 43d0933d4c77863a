"""What the local X remembers: posts, polls, media; and the events that its journal holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, Protocol

from pydantic import Discriminator, TypeAdapter

from runner.local_x.accounts import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A poll that nobody votes in."""

    options: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCreated:
    """Someone posted or reposted."""

    post: Post
    event: Literal["posted"] = "posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDeleted:
    """Someone took a post or a repost back."""

    id: str
    event: Literal["deleted"] = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaKept:
    """A file was uploaded, or what is known of it changed."""

    media: Media
    event: Literal["kept"] = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMet:
    """A stranger whose posts can be shared."""

    person: Person
    event: Literal["met"] = "met"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHidden:
    """A person's posts are shown no more: protected, or suspended. None shows them again."""

    user_id: str
    how: Literal["protected", "suspended"] | None
    event: Literal["hidden"] = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRenamed:
    """A person has another handle from now on."""

    user_id: str
    handle: str
    event: Literal["renamed"] = "renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHidden:
    """Whose conversation it stands in has hidden a reply, or shows it again."""

    id: str
    is_hidden: bool
    event: Literal["reply-hidden"] = "reply-hidden"


_ANY_EVENT = (
    PostCreated | PostDeleted | MediaKept | PersonMet | PersonHidden | PersonRenamed | ReplyHidden
)
Event = Annotated[_ANY_EVENT, Discriminator("event")]
EVENT: TypeAdapter[_ANY_EVENT] = TypeAdapter(Event)


class Journal(Protocol):
    """Where the local X keeps what it has acknowledged."""

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
