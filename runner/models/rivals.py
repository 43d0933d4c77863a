"""The rivals of `runner.yaml`: whose rhythm a report shows beside ours."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from pydantic import Field

from runner.models.fields import Handle, Id, Model
from runner.problems import InvalidValue, Suggestion, suggest

MOST: Final = 10
"""Rivals of a project."""


class Rival(Model):
    """An account on X that ours is held against, by sums that X tells everybody."""

    example: ClassVar[str] = "{handle: otherjeans, name: Other Jeans}"
    bare: ClassVar[str] = "handle"

    handle: Handle
    """Its name on X, without the @."""
    name: str | None = Field(default=None, min_length=1, max_length=50)
    """What a report calls it; its handle by default."""
    account: Id | None = None
    """The account of ours that it is held against, with whose credentials it is read; the first by
    default."""
    at_most: int = Field(default=20, ge=5, le=100)
    """How many posts of a week are read, its newest."""

    @property
    def title(self) -> str:
        """What people are told it is."""
        return self.name or f"@{self.handle}"


def expect_others(rivals: Sequence[Rival], ours: Mapping[str, str]) -> None:
    """Refuses a rival that is declared twice, is one of ours, or is held against none of ours;
    `ours` are the handles of our accounts, by id. Raises InvalidValue."""
    accounts = {handle.casefold(): id for id, handle in ours.items()}
    first: set[str] = set()
    for place, rival in enumerate(rivals):
        handle = rival.handle.casefold()
        if account := accounts.get(handle):
            text = f"`{rival.handle}` is our own account `{account}`"
            raise _wrong(place, "rival-of-ours", text, "take it out: reports tell of it anyway")
        if handle in first:
            text = f"`{rival.handle}` is a rival twice"
            raise _wrong(place, "rival-twice", text, "keep one of the two")
        if rival.account and rival.account not in ours:
            text = f"there is no account `{rival.account}` in runner.yaml"
            help = suggest(rival.account, ours) or f"name one of {', '.join(ours)}"
            raise _wrong(place, "unknown-account", text, help, key="account")
        first.add(handle)


def _wrong(
    place: int, rule: str, text: str, help: str | Suggestion, *, key: str = "handle"
) -> InvalidValue:
    return InvalidValue(rule, text, help, below=("rivals", place, key), on_key=False)
