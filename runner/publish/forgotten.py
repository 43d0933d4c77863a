"""Posts that may be out although the ledger does not know it: it is younger than they are, or was
rolled back.

A ledger that was deleted is begun anew, and knows nothing: what is due since before its birth may
be out in any form that it can have. One that was rolled back has forgotten what came last: so what
is late, or would be called missed, may be out as it would go out now.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from runner.ledger import Facts
from runner.plan import Action, Plan, PlanInputs, Verb
from runner.reconcile import TimelinePost, says
from runner.render import RenderedPost
from runner.value import Value

BEFORE_DUE = timedelta(days=1)
"""How long before it was due an older ledger may have sent a post: its time may have been moved."""
PUNCTUAL = timedelta(minutes=2)
"""So long after its due instant a post goes out without a look."""
BEFORE = timedelta(minutes=1)
"""X's clock and ours may differ."""
LATEST = timedelta(minutes=10)
"""How long after the end of its grace a post may come up, and still be the one that was due."""

STRANGE = (
    "the ledger is younger than it, and X shows a post of that time which nobody has explained: "
    "say with `runner resolve` whether it is this one"
)
BEHIND = (
    "the ledger is younger than it, and X does not show all that has gone out since, so that it "
    "may be out: the next run looks again, or say with `runner resolve` whether it is"
)
WORDLESS = (
    "it is late, has no words to tell it by, and X shows a post like it of that time which nobody "
    "has explained: say with `runner resolve` whether it is this one"
)
TORN = (
    "X shows a part of it that the ledger does not know, and posts of that time which nobody has "
    "explained: say with `runner resolve` what is out"
)


class Forgotten(Value, kw_only=True):
    """A post that may be out though the ledger does not know of it. `young`: the ledger is younger
    than the post was due, so that it may have gone out with another item or other words, or at
    another time; else it is only late."""

    action: Action
    young: bool

    @property
    def put_off(self) -> bool:
        """Whether nothing is to be done about it while the timeline can't be read: whatever goes
        out, and a turn in a ring of items, which would be another's."""
        return self.action.verb is Verb.PUBLISH or _has_items(self.action)

    @property
    def read_from(self) -> datetime:
        """The moment from which on the timeline has to be read."""
        return self._since - BEFORE if not self.young else self.action.occurrence.due - BEFORE_DUE

    @property
    def _since(self) -> datetime:
        """When it, or the rest of it, was due; of a thread that has begun, when its last part that
        is known came out."""
        standing = self.action.standing
        begun = standing and standing.posted
        return begun[-1].at if begun else self.action.occurrence.due

    @property
    def until(self) -> datetime | None:
        """Up to when it may have come out; a thread that has begun knows no grace."""
        return self.action.occurrence.until + LATEST if self.action.resumes_at == 1 else None

    def ways(self, inputs: PlanInputs) -> Iterator[tuple[RenderedPost, datetime]]:
        """How it may have gone out, and since when. The ledger may not know whose turn it was in a
        ring of items, and an item may have been another occurrence's before this one was due."""
        action = self.action
        since = self._earliest(inputs) if self.young else self._since
        if action.post and (action.resumes_at > 1 or not action.post.item):
            yield action.post, since
            return
        yield from ((post, since) for post in inputs.ways_out(action.occurrence))

    def _earliest(self, inputs: PlanInputs) -> datetime:
        """Since when it may have gone out at another time: of what recurs, only once the occurrence
        before it could no longer go out, which may have had the same words."""
        occurrence = self.action.occurrence
        table = inputs.campaigns[occurrence.key.campaign].timetable
        since = occurrence.due - BEFORE_DUE
        ends = (
            each.until + LATEST
            for each in table.occurrences(since - table.longest_grace, occurrence.due)
            if each.key.undated == occurrence.key.undated and each.key != occurrence.key
        )
        # as instants: Python compares two times of one zone by what their clocks show
        latest = max([since, *ends], key=datetime.timestamp)
        return min(latest, occurrence.due, key=datetime.timestamp)

    def asks_about(
        self, strangers: Iterable[TimelinePost], *, before: datetime, behind: bool
    ) -> str | None:
        """Why a person has to say whether one of these posts, which nobody has explained, is it; of
        a young ledger only one from `before`, or one that says the same. What X is `behind` with
        may be out and not shown."""
        if self.action.verb is not Verb.PUBLISH:
            return None
        strangers, since = tuple(strangers), self._since - BEFORE
        later = [each for each in strangers if each.begun >= since]
        said = any(map(self._says_the_same, strangers))
        if self.young and (said or any(each.begun < before for each in later)):
            return STRANGE
        if self.young and behind:
            return BEHIND
        alike = any(each.media or not each.text for each in later)
        return WORDLESS if alike and _wordless(self.action) else None

    def _says_the_same(self, shown: TimelinePost) -> bool:
        """Whether a post is what would go out next, whenever it came up: in a ring of items it may
        have been another occurrence's."""
        if self.action.post is None:
            return False
        return says(self.action.post.parts[self.action.resumes_at - 1], shown)


def may_be_forgotten(plan: Plan, facts: Facts, *, run: str) -> tuple[Forgotten, ...]:
    """What would go out now and is late, or be called missed; and what goes out now or soon and is
    older than the ledger. The latest first, so that each is told from the ones before it."""
    publish = plan.of(Verb.PUBLISH)
    soon = tuple(action for action in plan.of(Verb.WAIT) if action.post)
    missed = tuple(action for action in plan.of(Verb.SKIP) if action.misses)
    rings = {action.key.undated for action in missed if _has_items(action)}
    young = [
        action
        for action in (*publish, *soon, *missed)
        if _is_older(action, facts.born.get(action.key.account, plan.now))
    ]
    # where an earlier occurrence is out after all, an item has had its turn
    late = [each for each in publish if _is_late(each, plan.now, run) or each.key.undated in rings]
    # what is out of one that is held back would else be taken for an earlier one of its ring
    late += [
        each for each in plan.actions if _is_held_back(each, plan.now) if each.key.undated in rings
    ]
    found = (
        *(Forgotten(action=action, young=True) for action in young),
        *(Forgotten(action=each, young=False) for each in (*late, *missed) if each not in young),
    )
    return tuple(sorted(found, key=lambda each: each.action.order, reverse=True))


def _is_older(action: Action, born: datetime) -> bool:
    """Whether it was due before the ledger began. What is missed is not sent, so that a day more
    makes no difference to it."""
    within = timedelta(0) if action.misses else BEFORE_DUE
    return action.standing is None and action.occurrence.due < born + within


def _is_late(action: Action, now: datetime, run: str) -> bool:
    """Whether it begins late, or goes on with a thread of another run. What is in doubt has been
    looked for."""
    standing = action.standing
    if now - action.occurrence.due <= PUNCTUAL or (standing and standing.doubtful):
        return False
    return standing is None or action.resumes_at == 1 or standing.last.run != run


def _is_held_back(action: Action, now: datetime) -> bool:
    """Whether it is due and does not go out yet, nor was it ever attempted."""
    waits = action.verb in (Verb.WAIT, Verb.HOLD, Verb.ASK) and action.post is not None
    return waits and action.standing is None and action.occurrence.due <= now


def _has_items(action: Action) -> bool:
    return bool(action.occurrence.post.items)


def _wordless(action: Action) -> bool:
    if action.post is None:
        return False
    part = action.post.parts[action.resumes_at - 1]
    return not part.text.strip() and not part.repost
