"""Recalling what a young ledger can't know: posts that went out before it was begun.

A ledger that was deleted is begun anew, and knows nothing. What is due since before its birth is
looked for on the account's timeline before it is sent; whoever begins with Campaign Runner pays one
read for it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from runner.bugs import TO_DO, Bug, contained
from runner.ledger import Attempting, Facts, Key, Posted, Record, Standing
from runner.plan import Action, Plan, PlanInputs, Verb
from runner.plan.alternatives import ways_out
from runner.publish.account_entry import EnteredAccount, enter
from runner.publish.ledger_writer import sent
from runner.publish.outcome import Outcome, Refusal
from runner.publish.ports import Raced, Stale, Unreadable
from runner.publish.reconciling import Reconciliation, known_ids
from runner.publish.run_ports import RunPorts
from runner.reconcile import TimelinePost, search
from runner.render import RenderedPost

BEFORE_DUE = timedelta(days=1)
"""How long before it was due an older ledger may have sent a post: its time may have been moved."""

BEFORE = timedelta(minutes=1)
"""X's clock and ours may differ."""
STILL_UNDER_WAY = timedelta(minutes=2)
"""How long after its ledger was deleted a run may still send what it has claimed."""
LATEST = timedelta(minutes=10)
"""After its time a post can't have been this one."""


STRANGE = (
    "the ledger is younger than it, and X shows a post of that time which nobody has explained: "
    "say with `runner resolve` whether it is this one"
)


def older_than_the_ledger(plan: Plan, facts: Facts) -> tuple[Action, ...]:
    """What would go out now, or soon, or be called missed, and may have gone out before the ledger
    was begun; the latest first, so that each is told from the ones before it."""
    born = facts.born or plan.now
    known = (*plan.of(Verb.PUBLISH), *(each for each in plan.of(Verb.WAIT) if each.post))
    missed = tuple(action for action in plan.of(Verb.SKIP) if action.misses)
    old = [
        action
        for action in (*known, *missed)
        if action.standing is None
        and action.occurrence.due < born + (timedelta(0) if action.misses else BEFORE_DUE)
    ]
    return tuple(sorted(old, key=lambda action: action.order, reverse=True))


def recall(plan: Plan, facts: Facts, *, inputs: PlanInputs, ports: RunPorts) -> Reconciliation:
    """Records what of the plan is out already. Raises LedgerUnusable."""
    looked = Reconciliation()
    old = older_than_the_ledger(plan, facts)
    for account in sorted({action.key.account for action in old}):
        mine = tuple(action for action in old if action.key.account == account)
        entered = enter(account, facts=facts, project=inputs.project, ports=ports)
        if isinstance(entered, Refusal):
            found: Reconciliation | Refusal | Bug = entered
        else:
            memory = _Memory(inputs=inputs, ports=ports, account=entered, facts=facts)
            found = contained("recalling", account, partial(memory.of, mine))
        if isinstance(found, Bug):
            found = Refusal(account=account, because=found.told, help=TO_DO)
        if isinstance(found, Refusal):
            found = Reconciliation(outcome=Outcome(refusals=(found,)), blind=frozenset({account}))
        looked = looked.and_then(found)
    return looked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    """What an account's timeline tells of posts that the ledger does not know."""

    inputs: PlanInputs
    ports: RunPorts
    account: EnteredAccount
    facts: Facts

    def of(self, actions: tuple[Action, ...]) -> Reconciliation | Refusal:
        since = min(action.occurrence.due for action in actions) - BEFORE_DUE
        timeline = self.account.publisher.timeline(since)
        if isinstance(timeline, Unreadable):
            because = f"the ledger is new, and the timeline can't be read: {timeline.because}"
            return Refusal(account=self.account.id, because=because, help=timeline.help)
        timeline = tuple(each for each in timeline if each.begun < self._end)
        record = Record(origin=self.account.origin)
        broken: dict[Key, str] = {}
        for action in actions:
            more = contained("recalling", action.key, partial(self._with, record, action, timeline))
            if isinstance(more, Bug):
                broken[action.key] = more.told
            else:
                record = more
        strange = {**self._strange(record, actions, timeline), **broken}
        if not record.entries:
            return Reconciliation(barred=strange)
        try:
            # no record: what the timeline shows may be what another run has sent just now
            self.ports.ledger.claim(record)
        except Raced:
            return Reconciliation(wrote=True)
        except Stale:
            return Reconciliation(outcome=Outcome(stale=True), blind=frozenset({self.account.id}))
        return Reconciliation(outcome=Outcome(found=_posted(record)), wrote=True, barred=strange)

    @property
    def _end(self) -> datetime:
        """From then on the timeline shows what this ledger's own runs have sent, or are sending."""
        under_way = [
            attempt.at
            for standing in self.facts.unsettled
            if standing.key.account == self.account.id
            for attempt in standing.suspects(standing.next_part)
        ]
        born = self.facts.born + STILL_UNDER_WAY if self.facts.born else None
        ends = [*under_way, *([born] if born else [])]
        return min(ends, default=self.ports.clock.now() + STILL_UNDER_WAY)

    def _strange(
        self, record: Record, actions: tuple[Action, ...], timeline: tuple[TimelinePost, ...]
    ) -> Mapping[Key, str]:
        """What was not found, and was due before a post that nobody has explained: it may be that
        one, if its words were changed since, here or on X."""
        known = known_ids(self.facts).union(entry.id for entry in _posted(record))
        found = {entry.key for entry in record.entries}
        return {
            action.key: STRANGE
            for action in actions
            if action.verb is Verb.PUBLISH and action.key not in found
            if _later(action, timeline, known)
        }

    def _with(self, record: Record, action: Action, timeline: tuple[TimelinePost, ...]) -> Record:
        """The record with what of a post is out; without it where the rest of a thread may be out
        too, in other words, so that a person is asked about the whole."""
        known = known_ids(self.facts).union(entry.id for entry in _posted(record))
        last = action.occurrence.until + LATEST
        timeline = tuple(each for each in timeline if each.begun <= last)
        for post, since in self._ways(action):
            attempt = self.ports.writer.attempting(post, 1, reply_to=post.reply_to_id)
            posted = self._found(attempt, since, timeline, known)
            known = known.union(entry.id for entry in posted)
            torn = len(posted) < len(post.parts) and _later(action, timeline, known)
            if posted and not torn:
                lines = tuple(sent(attempt, entry) for entry in posted)
                entries = (*record.entries, attempt, *posted)
                return replace(record, entries=entries, sent=(*record.sent, *lines))
        return record

    def _ways(self, action: Action) -> Iterator[tuple[RenderedPost, datetime]]:
        """How it may have gone out, and since when. A new ledger does not know whose turn it was in
        a ring of items, and an item may have been another occurrence's before this one was due."""
        recurs = action.key.nominal is not None
        since = action.occurrence.due - (timedelta(0) if recurs else BEFORE_DUE)
        if action.post and not action.post.item:
            yield action.post, since
            return
        yield from ((post, since) for post in ways_out(self.inputs, action.occurrence))

    def _found(
        self,
        attempt: Attempting,
        since: datetime,
        timeline: tuple[TimelinePost, ...],
        known: frozenset[str],
    ) -> tuple[Posted, ...]:
        """As if the attempt had been made then."""
        then = attempt.model_copy(update={"at": since, "send_by": since})
        standing = Standing(key=attempt.key, entries=(then,))
        matches = search([standing], timeline, known=known).get(attempt.key, ())
        writer = self.ports.writer
        return tuple(writer.found(attempt, attempt, each.part, each.shown) for each in matches)


def _later(action: Action, timeline: Iterable[TimelinePost], known: Collection[str]) -> bool:
    """Whether a post that nobody has explained stands there since about when this one was due."""
    return any(
        each.begun >= action.occurrence.due - BEFORE
        and not {*each.ids, each.repost_of}.intersection(known)
        for each in timeline
    )


def _posted(record: Record) -> tuple[Posted, ...]:
    return tuple(entry for entry in record.entries if isinstance(entry, Posted))
