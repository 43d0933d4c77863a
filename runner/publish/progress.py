"""How far the sending of one post has come, and what is left where a bug breaks it off."""

from dataclasses import dataclass, field
from enum import StrEnum

from runner.bugs import Bug
from runner.ledger import Attempting, Posted, Record, State
from runner.publish.ledger_writer import Writer


class Step(StrEnum):
    """What a bug may come in the middle of."""

    BEFORE = "before"
    """Nothing is claimed that is not settled."""
    CLAIMING = "claiming"
    """Nobody knows whether the attempt is in the ledger; nothing was asked of X."""
    CLAIMED = "claimed"
    """The attempt is in the ledger, and nothing was asked of X."""
    ASKED = "asked"
    """The request may have left."""
    RECORDING = "recording"
    """Nobody knows whether the ledger has what X has said."""


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far one post has come, written down step by step while it is sent."""

    step: Step = Step.BEFORE
    attempt: Attempting | None = None
    """The newest one, if any."""
    done: list[Posted] = field(default_factory=list)
    """The parts that went out, first to last."""
    news: Record = field(default_factory=Record)
    """What has happened, and is not recorded yet."""

    @property
    def state(self) -> State | None:
        """Where the post stands when it is broken off here; never less than what may have been."""
        match self.step:
            case Step.ASKED:
                return State.UNKNOWN
            case Step.RECORDING:
                return State.ATTEMPTING
            case Step.CLAIMED if not self.done:
                return State.RELEASED
            case _:
                return State.ATTEMPTING if self.done else None

    def record_after(self, bug: Bug, writer: Writer) -> Record | None:
        """What to record after the bug; None where nobody knows what the ledger has: the next run
        looks for what may be out, and finds absent what was only claimed."""
        match self.step:
            case Step.BEFORE if self.done:
                return self.news
            case Step.CLAIMED if self.attempt:
                released = writer.ended(self.attempt, State.RELEASED, bug.summary)
                return Record(entries=(released,))
            case Step.ASKED if self.attempt:
                unknown = writer.ended(self.attempt, State.UNKNOWN, bug.summary)
                return Record(entries=(unknown,))
            case _:
                return None
