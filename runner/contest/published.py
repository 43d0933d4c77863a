"""What was published of a contest, what follows from it, and what a check of it comes to."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from runner.charter import Charter
from runner.contest.commitments import BadList
from runner.contest.entry_list import EntryList, supplemented
from runner.contest.signatures import QUICKNET_CHAIN, REHEARSAL_CHAIN, BeaconChain
from runner.models import Draw, DrawProof
from runner.schedule import DrawRound, round_of_draw
from runner.value import Value
from runner.x_facts import instant


class Mismatch(Exception):
    """A step that does not hold; the text says what is wrong."""


class PublishedList(Value, kw_only=True, dict=True):
    """A list of entries as it was published, and what the results say of it."""

    promised: Charter
    """What the contest's file says today."""
    draw: Draw
    list: Mapping[str, bytes]
    """Its files, by name."""

    @cached_property
    def entries(self) -> EntryList:
        try:
            return EntryList.read(self.list)
        except BadList as bad:
            raise Mismatch(f"The list of entries can't be read: {bad}.") from None

    @cached_property
    def drawn_from(self) -> EntryList:
        """The list with its supplement, where it has one."""
        if self.draw.supplement is None:
            return self.entries
        try:
            return supplemented(self.entries, self.list)
        except BadList as bad:
            raise Mismatch(f"The supplement can't be read: {bad}.") from None


class PublishedDraw(PublishedList, kw_only=True):
    """A draw as it was published, with what follows from it."""

    proof: DrawProof
    today: date
    """The day on which it is checked, in UTC."""
    chain: BeaconChain = QUICKNET_CHAIN
    may_be_rehearsed: bool = False
    """Whether a round of the beacon of rehearsals counts, too: on a local X."""

    @cached_property
    def round(self) -> DrawRound:
        found = round_of_draw(self.chain, self.promised.draws, instant(self.proof.closing_post))
        if found is None:
            raise Mismatch(
                "The closing post came more than three days too late, so that no round is left "
                "that decides."
            )
        return found

    @cached_property
    def randomness(self) -> bytes:
        found = self._randomness_by(self.chain)
        if found:
            return found
        rehearsed = self._randomness_by(REHEARSAL_CHAIN)
        if rehearsed is None:
            raise Mismatch(f"The signature is not the beacon's of round {self.round.number:,}.")
        if not self.may_be_rehearsed:
            raise Mismatch(
                f"Round {self.round.number:,} was signed with the key of rehearsals, which "
                "everybody has."
            )
        return rehearsed

    @cached_property
    def is_rehearsal(self) -> bool:
        """Whether the beacon of rehearsals has decided it. Raises Mismatch."""
        return self.randomness == self._randomness_by(REHEARSAL_CHAIN)

    def _randomness_by(self, chain: BeaconChain) -> bytes | None:
        return chain.randomness(self.round.number, bytes.fromhex(self.proof.signature))


class Verdict(StrEnum):
    VERIFIED = "verified"
    """All that was published fits together, and X shows all of it that it has to show."""
    ASSERTED = "asserted"
    """The same, but for an entry that won and that X does not show any more."""
    CONSISTENT = "consistent"
    """All that was published fits together, and nothing was asked of X."""
    EXPIRED = "expired"
    """All that is left fits together; who was in which place was removed in time."""
    FALSE = "false"
    """Something was changed."""


class Verification(Value):
    """What a check came to: the steps that hold, in order, and the one that does not."""

    verdict: Verdict
    held: tuple[str, ...]
    wrong: str | None = None
    about: str | None = None
    """The key of the results that this is about."""
