"""Recalling what a young ledger can't know: posts that went out before it was begun.

A ledger that was deleted is begun anew, and knows nothing. What is due since before its birth is
looked for on the account's timeline before it is sent; whoever begins with Campaign Runner pays one
read for it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from runner.apply.account import Account, enter
from runner.apply.looking import Looked
from runner.apply.outcome import Outcome, Refusal
from runner.apply.ports import Raced, Stale, Unreadable
from runner.apply.world import World
from runner.apply.writing import sent
from runner.doubt import Shown, search
from runner.ledger import Attempting, Facts, Posted, Record, Standing
from runner.plan import Action, Plan, Verb
from runner.project import Project

BEFORE_DUE = timedelta(days=1)
"""How long before it was due an older ledger may have sent a post: its time may have been moved."""


def older_than_the_ledger(plan: Plan, facts: Facts) -> tuple[Action, ...]:
    """What would go out now, or soon, and may have gone out before the ledger was begun: its time
    may have been moved since."""
    born = facts.born or plan.now
    return tuple(
        action
        for action in (*plan.of(Verb.PUBLISH), *plan.of(Verb.WAIT))
        if action.post is not None and action.standing is None
        if action.occurrence.due < born + BEFORE_DUE
    )


def recall(plan: Plan, facts: Facts, *, project: Project, world: World) -> Looked:
    """Records what of the plan is out already. Raises LedgerUnusable."""
    looked = Looked()
    old = older_than_the_ledger(plan, facts)
    for account in sorted({action.key.account for action in old}):
        mine = tuple(action for action in old if action.key.account == account)
        entered = enter(account, facts=facts, project=project, world=world)
        if isinstance(entered, Refusal):
            found: Looked | Refusal = entered
        else:
            found = _recalled(mine, entered, world)
        if isinstance(found, Refusal):
            found = Looked(outcome=Outcome(refusals=(found,)), blind=frozenset({account}))
        looked = looked.and_then(found)
    return looked


def _recalled(actions: tuple[Action, ...], account: Account, world: World) -> Looked | Refusal:
    since = min(action.occurrence.due for action in actions) - BEFORE_DUE
    timeline = account.publisher.timeline(since)
    if isinstance(timeline, Unreadable):
        because = f"the ledger is new, and the timeline can't be read: {timeline.because}"
        return Refusal(account=account.id, because=because, help=timeline.help)
    record = Record(origin=account.origin)
    for action in actions:
        assert action.post is not None, "only what is rendered is published"  # noqa: S101
        attempt = world.writer.attempting(action.post, 1, reply_to=action.post.reply_to_id)
        record = _with(record, attempt, since, timeline, world)
    if not record.entries:
        return Looked()
    try:
        # no record: what the timeline shows may be what another run has sent just now
        world.ledger.claim(record)
    except Raced:
        return Looked(wrote=True)
    except Stale:
        return Looked(outcome=Outcome(stale=True), blind=frozenset({account.id}))
    return Looked(outcome=Outcome(found=_posted(record)), wrote=True)


def _with(
    record: Record,
    attempt: Attempting,
    since: datetime,
    timeline: tuple[Shown, ...],
    world: World,
) -> Record:
    """The record with what of an attempt is out; as if it had been made at `since`."""
    then = attempt.model_copy(update={"at": since, "send_by": since})
    standing = Standing(key=attempt.key, entries=(then,))
    taken = frozenset(entry.id for entry in _posted(record))
    matches = search([standing], timeline, known=taken).get(attempt.key, ())
    posted = tuple(
        world.writer.found(attempt, attempt, match.part, match.shown) for match in matches
    )
    if not posted:
        return record
    lines = tuple(sent(attempt, entry) for entry in posted)
    return replace(record, entries=(*record.entries, attempt, *posted), sent=(*record.sent, *lines))


def _posted(record: Record) -> tuple[Posted, ...]:
    return tuple(entry for entry in record.entries if isinstance(entry, Posted))
