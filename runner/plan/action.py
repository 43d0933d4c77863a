"""An action: what would happen to one occurrence now, and why. A plan: all of them, with money."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from runner.ledger import Key, Standing
from runner.problems import Problem
from runner.render.rendered import RenderedPost
from runner.schedule import Occurrence


class Verb(StrEnum):
    PUBLISH = "publish"
    """It goes out now."""
    WAIT = "wait"
    """Its time has not come, or something it needs has not."""
    HOLD = "hold"
    """Somebody stopped it."""
    SKIP = "skip"
    """It never goes out, or already has."""
    ASK = "ask"
    """A person has to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What would happen to one occurrence now. `because` is for people."""

    verb: Verb
    because: str
    occurrence: Occurrence
    post: RenderedPost | None = None
    """None where it could not be rendered, or need not be."""
    standing: Standing | None = None
    problems: tuple[Problem, ...] = ()
    misses: bool = False
    """A skip that the ledger has to record: its grace is over."""
    resumes_at: int = 1
    """The first part to send: more than 1 for a thread that is half out."""
    again_at: datetime | None = None
    """For a wait that isn't for its due time: when to look again."""

    @property
    def key(self) -> Key:
        return self.occurrence.key

    @property
    def order(self) -> tuple[float, str]:
        # as instants: Python compares two times of one zone by what their clocks show
        return self.occurrence.due.timestamp(), str(self.key)

    @property
    def cost(self) -> Decimal:
        """USD of what is still to be sent."""
        if not self.post or self.verb is Verb.SKIP:
            return Decimal(0)
        return sum((part.cost for part in self.post.parts[self.resumes_at - 1 :]), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would happen now, in the order in which it would."""

    now: datetime
    actions: tuple[Action, ...]
    waiting: Mapping[Key, str] = field(default_factory=dict)
    """Posts without a time yet, and the anchor that they wait for."""
    unsettled: tuple[Standing, ...] = ()
    """What needs a person though no occurrence of today's files leads to it."""
    problems: tuple[Problem, ...] = ()
    """What only now or the ledger can tell: past posts, a budget that is spent."""
    spent: Decimal = Decimal(0)
    """USD of this calendar month (UTC) so far, with what is reserved."""
    budget: Decimal | None = None
    """USD in a calendar month."""
    notices: tuple[str, ...] = ()
    """What a person should know of the ledger's files."""

    def of(self, verb: Verb) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if action.verb is verb)

    @property
    def changes_something(self) -> bool:
        """Whether doing it sends or records anything."""
        return bool(self.of(Verb.PUBLISH)) or any(action.misses for action in self.actions)

    @property
    def needs_a_person(self) -> bool:
        return bool(self.of(Verb.ASK) or self.unsettled)

    @property
    def cost(self) -> Decimal:
        """USD of what would go out now."""
        return sum((action.cost for action in self.of(Verb.PUBLISH)), Decimal(0))

    @property
    def next(self) -> Action | None:
        """The next post to go out after now."""
        waits = (action for action in self.of(Verb.WAIT) if action.occurrence.due > self.now)
        return min(waits, key=lambda action: action.order, default=None)

    def next_look(self) -> datetime | None:
        """When a run that waits has to look again."""
        moments = [action.again_at or action.occurrence.due for action in self.of(Verb.WAIT)]
        return min((moment for moment in moments if moment > self.now), default=None)
