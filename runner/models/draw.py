"""The results of a contest: first the list that was fixed, then the draw; and what redraws are
called."""

import re
from typing import ClassVar, Final, Literal, Self

from pydantic import Field, model_validator

from runner.models.fields import Day, Frozen, Handle, Listed, Model, Moment, XId
from runner.problems import InvalidValue

Reason = Literal["phrase", "early", "late", "barred", "young", "again", "gone"]
"""Why a post is no entry: it lacks the phrase; is from before, or after; by somebody who can't win;
by too young an account; by somebody who has entered already; or is there no more."""


REDRAWN: Final = "redrawn"
_OF_ONE: Final = re.compile(rf"{REDRAWN}(?:-([2-9]|[1-9][0-9]+))?")


class DrawnPlace(Model):
    """One place of a draw, opened: who it is, and what shows that the list meant this entry."""

    user: XId
    """The user id of who entered."""
    post: XId
    """The id of the post that is the entry."""
    ticket: str = Field(pattern=r"^[0-9a-f]{96}$")
    """The key's signature of the user id."""
    fallen: Literal["gone", "unclaimed", "withdrawn"] | None = None
    """Why this place does not win, so that the next one does."""
    redraw: int | None = Field(default=None, ge=1)
    """The redraw by which it wins, the first one being 1; of those that were drawn none."""


class DrawProof(Model):
    """What anyone needs beside the list of entries to check a draw."""

    closing_post: XId
    """The id of the post that carried the digest before the draw."""
    supplement: XId | None = None
    """The id of the post that carried the digest of the list with its supplement."""
    signature: str = Field(pattern=r"^[0-9a-f]{96}$")
    """The beacon's, of the round."""
    places: Listed[DrawnPlace] = ()
    """The places from the first on, as far as anyone had to be asked."""
    expired: Day | None = None
    """When the places were removed, as the terms say: `runner forget`."""

    @model_validator(mode="after")
    def _places_until_they_expire(self) -> Self:
        if bool(self.places) == bool(self.expired):
            raise InvalidValue(
                "draw-proof",
                "a proof has places, until they are removed",
                "leave `places` as `runner draw` wrote them, or let `runner forget` remove them",
            )
        return self


class EntriesSeen(Model):
    """What was seen of the entries when the list was made, in numbers."""

    example: ClassVar[str] = "{seen: 1204, counted: 1210, excluded: {phrase: 12, again: 31}}"

    seen: int = Field(ge=0)
    """How many posts were seen that are meant as entries: those on the list, and the excluded."""
    counted: int | None = Field(default=None, ge=0)
    """How many entries X counts itself, where it tells."""
    excluded: Frozen[Reason, int] = Field(default_factory=dict)
    """How many of them do not count, by the reason."""


class Supplement(Model):
    """Entries that had been left out of the list, and came to it before the round."""

    example: ClassVar[str] = "{digest: 9f86d0…, entries: 1205}"

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    """The digest of the list with them."""
    entries: int = Field(ge=1)
    """How many it holds with them."""


class Draw(Model):
    """`campaigns/results/<contest>.yaml`: what a draw came to; the reviewer may move `drawn`
    and `redrawn`."""

    drawn: Moment | None = Field(default=None, examples=["2027-01-02 12:00"])
    """When the winners are public; the anchor `drawn`. Left out while only the list of entries
    stands."""
    redrawn: Listed[Moment] = ()
    """When it is public who wins in the place of somebody who was named, for each redraw: the
    anchors `redrawn`, `redrawn-2` and so on."""
    round: int | None = Field(default=None, ge=1, le=10**15)
    """The public source of randomness: its round."""
    days_late: int | None = Field(default=None, ge=1, le=3)
    """How many days later than announced it was drawn, where the closing post was late."""
    digest: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """sha256 of the list of entries that is drawn from."""
    entries: int | None = Field(default=None, ge=1)
    """How many the list holds."""
    commit: str | None = Field(default=None, pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")
    """The commit of the list, on the branch `runner-contests/<contest>`."""
    coverage: EntriesSeen | None = None
    """What was seen of the entries when the list was made."""
    supplement: Supplement | None = None
    """What came to the list afterwards: `runner contest supplement`."""
    claim_by: Moment | None = Field(default=None, examples=["2027-01-17 12:00"])
    """Until when winners have to answer, where one has fallen: the anchor `claim-by` from then on.
    """
    winners: Listed[Handle] = ()
    """Who won, in order."""
    alternates: Listed[Handle] = ()
    """Who stands by, in order."""
    proof: DrawProof | None = None
    """What shows that the draw was not steered; without it nobody can check it."""

    @model_validator(mode="after")
    def _drawn_unless_only_listed(self) -> Self:
        is_list_alone = self.digest is not None and not self.winners and not self.proof
        if self.drawn is None and not is_list_alone:
            raise InvalidValue(
                "missing-key",
                "the key `drawn` is missing",
                "add `drawn: 2027-01-02 12:00` (when the winners are public; the anchor `drawn`)",
            )
        return self

    @model_validator(mode="after")
    def _redrawn_as_places_say(self) -> Self:
        places = self.proof.places if self.proof else ()
        numbers = {place.redraw for place in places if place.redraw}
        if places and numbers != set(range(1, len(self.redrawn) + 1)):
            raise InvalidValue(
                "draw-proof",
                "`redrawn` has a moment for each `redraw` of a place",
                "leave both as `runner redraw` wrote them, but for the moments themselves",
            )
        return self

    def successors(self, redraw: int | None) -> tuple[str, ...]:
        """Who wins by a redraw, in order, or by any of them."""
        places = self.proof.places if self.proof else ()
        standing = (place.redraw for place in places if place.fallen is None)
        named = zip(standing, self.winners, strict=False)
        return tuple(name for number, name in named if number and redraw in (None, number))


def redraw_of(anchor: str | None) -> int | None:
    """The number of the redraw that an anchor is the moment of; None for any other anchor."""
    match = _OF_ONE.fullmatch(anchor or "")
    return int(match[1] or 1) if match else None


def anchor_of_redraw(number: int) -> str:
    return REDRAWN if number == 1 else f"{REDRAWN}-{number}"
