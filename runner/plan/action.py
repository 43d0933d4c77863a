"""An action: what would happen to one occurrence now, and why. A plan: all of them, with money."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from runner.ledger import Hold, Key, Standing, State
from runner.plan.fields import Drift
from runner.plan.renamed import Renamed
from runner.problems import Problem, Severity
from runner.render import RenderedPost
from runner.schedule import Occurrence
from runner.value import Value, field, replace

THREAD_GRACE = timedelta(hours=24)
"""How long the rest of a thread that has begun may still go out."""


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


class Action(Value, kw_only=True):
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
    over: bool = False
    """A skip because its time is over, and nothing of it went out."""
    resumes_at: int = 1
    """The first part to send: more than 1 for a thread that is half out."""
    again_at: datetime | None = None
    """For a wait that isn't for its due time: when to look again."""
    in_vain: str | None = None
    """For a wait: why it never goes out as things stand."""
    binding: bool = False
    """For what is in doubt and asked about: the ledger has to record that, since from now on only a
    match, or a person's word, decides."""
    renamed: Renamed | None = None
    """Under which name it may be out, so that a person has to say."""
    unexplained: bool = False
    """What X shows does not tell whether it is out, so that a person has to say."""

    @property
    def key(self) -> Key:
        return self.occurrence.key

    @property
    def asks_whether_out(self) -> bool:
        """Whether a person has to say if it is out; else what they have to do is in the files."""
        doubtful = self.standing is not None and self.standing.doubtful
        is_open = doubtful or self.unexplained or self.renamed is not None
        return self.verb is Verb.ASK and is_open

    @property
    def out(self) -> bool:
        """Whether it went out, and nobody has deleted it since, for all that the ledger knows."""
        standing = self.standing
        if standing is None or self.verb is not Verb.SKIP:
            return False
        return bool(standing.posted) and standing.state is not State.DELETED

    @property
    def order(self) -> tuple[float, str]:
        # as instants: Python compares two times of one zone by what their clocks show
        return self.occurrence.due.timestamp(), str(self.key)

    @property
    def hindrance(self) -> str | None:
        """What stands in the way of a post that is still to come: the first error of its files,
        that what it needs never comes, or that it may be out under another name."""
        if self.verb is not Verb.WAIT:
            return None
        errors = (each.message for each in self.problems if each.severity is Severity.ERROR)
        return next(errors, self.in_vain)

    @property
    def goes_out(self) -> bool:
        """Whether it goes out, now or later, by itself: nothing that is known stands in its way."""
        return self.verb in (Verb.PUBLISH, Verb.WAIT) and self.hindrance is None

    def asking(self, because: str) -> "Action":
        """The same action, but a person has to look."""
        return replace(self, verb=Verb.ASK, because=because, misses=False)

    @property
    def cost(self) -> Decimal:
        """USD of what is still to be sent."""
        if not self.post or self.verb is Verb.SKIP:
            return Decimal(0)
        return sum((part.cost for part in self.post.parts[self.resumes_at - 1 :]), Decimal(0))


class Plan(Value, kw_only=True):
    """What would happen now, in the order in which it would."""

    now: datetime
    actions: tuple[Action, ...]
    undated: tuple[Action, ...] = ()
    """Posts without a time yet, one for each of their texts; none where only what is due is."""
    unsettled: tuple[Standing, ...] = ()
    """What is open though no occurrence of today's files leads to it."""
    lost: tuple[Standing, ...] = ()
    """Of those, what X does not show a day after it was attempted: the ledger has to record it."""
    holds: tuple[Hold, ...] = ()
    """By a person's word, beside those of the files."""
    unplanned: str | None = None
    """Why nothing can be planned at all, so that nothing goes out."""
    problems: tuple[Problem, ...] = ()
    """What only now or the ledger can tell: past posts, a budget that is spent."""
    gone: frozenset[str] = frozenset()
    """Accounts that runner.yaml no longer has, and of which something is open."""
    unreadable: frozenset[str] = frozenset()
    """Accounts whose ledger can't be believed, so that nothing is planned for them."""
    spent: Decimal = Decimal(0)
    """USD of this calendar month (UTC) so far, with what is reserved."""
    budget: Decimal | None = None
    """USD in a calendar month."""
    notices: tuple[str, ...] = ()
    """What a person should know of the ledger's files."""
    drift: Mapping[Key, Drift] = field(default_factory=dict)
    """What came to differ from the files after it went out; empty where nobody asked."""

    @property
    def waiting(self) -> Mapping[Key, str]:
        """Posts without a time yet, and the anchor that they wait for."""
        return {each.key: each.occurrence.awaits or "" for each in self.undated}

    def of(self, verb: Verb) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if action.verb is verb)

    @property
    def changes_something(self) -> bool:
        """Whether doing it sends or records anything."""
        records = self.lost or any(action.misses or action.binding for action in self.actions)
        return bool(records or self.of(Verb.PUBLISH))

    @property
    def needs_a_person(self) -> bool:
        return bool(self.of(Verb.ASK) or self.unanswered)

    @property
    def unanswered(self) -> tuple[Standing, ...]:
        """The open standings that a person has to say something about."""
        return tuple(each for each in self.unsettled if not self.looks_for(each))

    def looks_for(self, standing: Standing) -> bool:
        """Whether the next runs look for it, and come to an end with it by themselves: as an
        account that is gone nobody can look, and half a thread stays one."""
        opening = standing.opening
        torn = standing.posted and opening and self.now > opening.at + THREAD_GRACE
        return standing.looked_for and not torn and standing.key.account not in self.gone

    @property
    def later(self) -> tuple[Action, ...]:
        """What goes out after now, as things stand."""
        return tuple(action for action in self.of(Verb.WAIT) if action.goes_out)

    @property
    def asks(self) -> int:
        """How many need a person, now or before they are due."""
        hindered = sum(action.hindrance is not None for action in self.actions)
        later = {each.key for each in self.undated if each.hindrance is not None}
        return len(self.of(Verb.ASK)) + len(self.unanswered) + hindered + len(later)

    @property
    def cost_of_all(self) -> Decimal:
        """USD of all that goes out, now or later."""
        return sum((each.cost for each in self.actions if each.goes_out), Decimal(0))

    @property
    def cost(self) -> Decimal:
        """USD of what would go out now."""
        return sum((action.cost for action in self.of(Verb.PUBLISH)), Decimal(0))

    @property
    def next(self) -> Action | None:
        """The next post to go out after now."""
        waits = (action for action in self.actions if action.verb is Verb.WAIT and action.goes_out)
        return next((each for each in waits if each.occurrence.due > self.now), None)

    def next_look(self) -> datetime | None:
        """When a run that waits has to look at its plan again; None where nothing is to come."""
        moments = [action.again_at or action.occurrence.due for action in self.of(Verb.WAIT)]
        return min((moment for moment in moments if moment > self.now), default=None)

    def without(
        self, accounts: Collection[str], because: str, *, keys: Collection[Key] = ()
    ) -> "Plan":
        """The same plan, but nothing of these accounts goes out now; of these posts none goes out,
        or is missed."""
        if not accounts and not keys:
            return self

        def put_off(action: Action) -> Action:
            if action.verb is Verb.PUBLISH:
                if action.key.account in accounts or action.key in keys:
                    return replace(action, verb=Verb.WAIT, because=because)
            elif action.misses and action.key in keys:
                return replace(action, misses=False)
            return action

        return replace(self, actions=tuple(map(put_off, self.actions)))

    def past(self, keys: Collection[Key]) -> "Plan":
        """The same plan without these posts, for which it was done."""
        left = tuple(action for action in self.actions if action.key not in keys)
        return replace(self, actions=left)

    def asking(self, reasons: Mapping[Key, str]) -> "Plan":
        """The same plan, but a person has to say, for the reasons given, whether these go out, or
        were missed."""
        if not reasons:
            return self
        return replace(
            self,
            actions=tuple(
                replace(action.asking(reasons[action.key]), unexplained=True)
                if action.key in reasons and (action.verb is Verb.PUBLISH or action.misses)
                else action
                for action in self.actions
            ),
        )
