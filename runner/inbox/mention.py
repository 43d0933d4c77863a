"""A mention of ours, and a reply of ours, as they are kept: without words, and without who."""

from typing import Annotated, Final

from pydantic import ConfigDict, StringConstraints
from pydantic.dataclasses import dataclass

from runner.inbox.labels import Label
from runner.ledger import Id
from runner.ledger.fields import PostId

_CONFIG: Final = ConfigDict(extra="forbid", defer_build=True)
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z-]{2,12}$")]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Mention:
    """A post of somebody else that mentions us, or answers one of our posts. When it was posted
    follows from its id."""

    post: PostId
    """The id of its first version."""
    newest: PostId
    """That of the version that was read."""
    conversation: PostId
    """The id of the post that its conversation began with."""
    answers: PostId | None = None
    """The id of the post that it answers."""
    answers_us: bool = False
    """Whether that is one of ours."""
    language: LanguageTag = "und"
    labels: tuple[Label, ...] = ()
    names: tuple[Id, ...] = ()
    """Accounts of ours that it names beside the one that has heard it: X lets these answer."""

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of its first version and of its newest one."""
        return self.post, self.newest


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class OwnReply:
    """A post of ours that answers another, whoever has sent it, and however."""

    post: PostId
    answers: PostId
