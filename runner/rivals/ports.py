"""What reading rivals needs of the world. X satisfies it, and so do the tests' fakes."""

from enum import StrEnum
from typing import Protocol

from runner.reading import NotRead
from runner.rivals.looks import RivalState
from runner.value import Value


class PostKind(StrEnum):
    """What a post is to others."""

    ORIGINAL = "original"
    REPLY = "reply"
    REPOST = "repost"
    QUOTE = "quote"
    PART = "part"
    """Of a thread: its author goes on."""


class RivalUser(Value, kw_only=True):
    """Who has a handle. Of somebody who is not there, or whose posts are not for everybody, the
    state is all that is known."""

    state: RivalState
    user_id: str | None = None
    handle: str | None = None
    """As X writes it now."""
    followers: int | None = None


class RivalPost(Value, kw_only=True):
    """A post of somebody else, without its words."""

    post: str
    root: str
    """The post that its conversation began with."""
    kind: PostKind
    has_picture: bool
    has_video: bool
    has_link: bool
    hashtags: tuple[str, ...]
    """In small letters, without #."""
    likes: int
    replies: int
    reposts: int
    quotes: int


class RivalPage(Value, kw_only=True):
    """The newest posts of a part of a timeline. All of that part from `since` on are on it."""

    posts: tuple[RivalPost, ...]
    shown: int
    """How many posts X has shown, which is what it charges for."""
    since: int


class RivalReader(Protocol):
    """X, for what it tells everybody. Never raises for what the network does."""

    def user(self, handle: str, user_id: str | None) -> RivalUser | NotRead:
        """Who it is: by the id of the user, where that is known, else by the handle."""
        ...

    def page(self, user_id: str, since: int, until: int, size: int) -> RivalPage | NotRead:
        """The newest posts of those from the post `since` up to the post `until`, that one not
        included; `size` at most, of 5 to 100."""
        ...
