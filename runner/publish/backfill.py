"""Looking on X for what the ledger may have forgotten, before it is sent; one read an account."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from runner.bugs import TO_DO, Bug, contained
from runner.ledger import Attempting, Facts, Key, Posted, Record, Standing, month_of
from runner.plan import Action, Plan, PlanInputs, Verb
from runner.publish.account_entry import EnteredAccount, enter
from runner.publish.forgotten import TORN, Forgotten, may_be_forgotten
from runner.publish.ledger_writer import sent
from runner.publish.outcome import Outcome, Refusal
from runner.publish.ports import Raced, Unreadable
from runner.publish.reconciling import Reconciliation, known_ids, search_key
from runner.publish.run_ports import RunPorts
from runner.reconcile import TimelinePost, search
from runner.render import RenderedPost
from runner.value import Value, replace
from runner.x_facts import PRICES

STILL_UNDER_WAY = timedelta(minutes=2)
"""How long after its ledger was deleted a run may still send what it has claimed."""


def recall(
    plan: Plan, facts: Facts, looked: Reconciliation, *, inputs: PlanInputs, ports: RunPorts
) -> Reconciliation:
    """Searches X for posts of the plan that may be out already, and records those that are; but for
    those that were searched for before, by `looked`. Raises LedgerUnusable."""
    found = Reconciliation()
    forgotten = [
        each
        for each in may_be_forgotten(plan, facts, run=ports.run.id)
        if search_key(each.action) not in looked.searched
        and each.action.key.account not in looked.resting | looked.blind
        and each.action.key not in looked.unseen
    ]
    for account in sorted({each.action.key.account for each in forgotten}):
        mine = tuple(each for each in forgotten if each.action.key.account == account)
        entered = enter(account, facts=facts, project=inputs.project, ports=ports)
        if isinstance(entered, Refusal):
            more: Reconciliation | Refusal | Bug = entered
        else:
            memory = _Memory(inputs=inputs, ports=ports, account=entered, facts=facts)
            more = contained("recalling", account, partial(memory.of, mine))
        if isinstance(more, Bug):
            more = Refusal(account=account, because=more.summary, help=TO_DO)
        if isinstance(more, Refusal):
            more = _after_refusal(mine, more)
        found = found.and_then(more)
    return found


def _after_refusal(mine: tuple[Forgotten, ...], refusal: Refusal) -> Reconciliation:
    """What follows where the timeline can't be read: as an account with a young ledger nothing goes
    out; of another one what is punctual does, and what is over is called missed."""
    if not any(each.young or each.action.verb is Verb.PUBLISH for each in mine):
        return Reconciliation()
    return Reconciliation(
        outcome=Outcome(refusals=(refusal,)),
        blind=frozenset(each.action.key.account for each in mine if each.young),
        unseen=frozenset(each.action.key for each in mine if each.put_off),
    )


class _Memory(Value, kw_only=True):
    """Searches one account's timeline for posts that the ledger may have forgotten."""

    inputs: PlanInputs
    ports: RunPorts
    account: EnteredAccount
    facts: Facts

    def of(self, mine: tuple[Forgotten, ...]) -> Reconciliation | Refusal:
        since = min(each.read_from for each in mine)
        timeline = self.account.publisher.timeline(since)
        if isinstance(timeline, Unreadable):
            why = "the ledger is new" if any(each.young for each in mine) else "a post is late"
            because = f"{why}, and the timeline can't be read: {timeline.because}"
            return Refusal(account=self.account.id, because=because, help=timeline.help)
        paid = {self.account.id: len(timeline) * PRICES["read-owned"]}
        behind = self._is_behind(timeline, since)
        timeline = self._unexplained_posts(timeline)
        month = month_of(self.ports.clock.now())
        looked = {account: {month: usd} for account, usd in paid.items()}
        record = Record(origin=self.account.origin, looked=looked)
        barred: dict[Key, str] = {}
        for each in mine:
            key = each.action.key
            more = contained("recalling", key, partial(self._record_with, record, each, timeline))
            if isinstance(more, Record):
                record = more
            else:
                barred[key] = more.summary if isinstance(more, Bug) else more
        barred = {**self._why_barred(record, mine, timeline, behind=behind), **barred}
        # what is found the ledger knows from now on; what of it is lost again is searched again
        found = {entry.key for entry in record.entries}
        lost = (each.action for each in mine if each.action.key not in found)
        searched = frozenset(map(search_key, lost))
        done = Reconciliation(barred=barred, searched=searched)
        if not record.entries:
            return replace(done, paid=paid)
        if self.ports.ledger.stale():
            return Reconciliation(outcome=Outcome(stale=True), blind=frozenset({self.account.id}))
        try:
            # no record: what the timeline shows may be what another run has sent just now
            self.ports.ledger.claim(record)
        except Raced:
            return Reconciliation(wrote=True, paid=paid)
        return replace(done, outcome=Outcome(found=_posted_entries(record)), wrote=True)

    def _unexplained_posts(self, timeline: Collection[TimelinePost]) -> tuple[TimelinePost, ...]:
        """The posts of the timeline that neither the ledger knows nor an open attempt explains,
        which `reconcile` settles."""
        explained = known_ids(self.facts)
        for standing in self.facts.unsettled:
            if standing.key.account == self.account.id and standing.doubtful:
                look = partial(search, [standing], timeline, known=explained)
                found = contained("looking for", standing.key, look)
                if not isinstance(found, Bug):
                    matches = found.get(standing.key, ())
                    explained = explained.union(each.shown.id for each in matches)
        return _strangers(timeline, explained)

    @property
    def _end(self) -> datetime:
        """When the time before the ledger ends: what came up later was sent by the ledger's own
        runs, so that nobody is asked about it."""
        under_way = [
            attempt.at
            for standing in self.facts.unsettled
            if standing.key.account == self.account.id
            for attempt in standing.suspects(standing.next_part)
        ]
        born = self.facts.born.get(self.account.id)
        ends = [*under_way, *([born + STILL_UNDER_WAY] if born else [])]
        return min(ends, default=self.ports.clock.now() + STILL_UNDER_WAY)

    def _is_behind(self, timeline: Collection[TimelinePost], since: datetime) -> bool:
        """Whether something has gone out since then that is newer than all that X shows, so that
        its lists lag: what they do not show may be out."""
        own = [line for line in self.facts.journal if line.key.account == self.account.id]
        shown = {id for each in timeline for id in (*each.ids, each.repost_of)}
        newest = max((each.at for each in timeline), default=since)
        return any(line.at > newest and line.id not in shown for line in own)

    def _why_barred(
        self,
        record: Record,
        mine: tuple[Forgotten, ...],
        timeline: tuple[TimelinePost, ...],
        *,
        behind: bool,
    ) -> Mapping[Key, str]:
        """Posts that were not found, though an unexplained post on the timeline may be one of them;
        each with the reason for a person."""
        found = {entry.key for entry in record.entries}
        left = _strangers(timeline, _ids(record))
        asked = {
            each.action.key: each.asks_about(left, before=self._end, behind=behind)
            for each in mine
            if each.action.key not in found
        }
        return {key: because for key, because in asked.items() if because}

    def _record_with(
        self, record: Record, lost: Forgotten, timeline: tuple[TimelinePost, ...]
    ) -> Record | str:
        """The record with the parts of a post that are out; or the reason to ask a person, where
        the rest of a thread may be out too, in other words."""
        left = _strangers(timeline, _ids(record))
        shown = tuple(each for each in left if lost.until is None or each.begun <= lost.until)
        torn = False
        for post, since in lost.ways(self.inputs) if shown else ():
            attempt, posted = self._find(lost.action, post, since, shown)
            whole = len(posted) == len(post.parts) - lost.action.resumes_at + 1
            rest = _strangers_since(left, {entry.id for entry in posted})
            if posted and (whole or not rest):
                return _with_found(record, attempt, posted)
            torn = torn or bool(posted)
        return TORN if torn else record

    def _find(
        self, action: Action, post: RenderedPost, since: datetime, shown: tuple[TimelinePost, ...]
    ) -> tuple[Attempting, tuple[Posted, ...]]:
        """The attempt that froze the post, and what of it is out: as if it, or the rest of a thread
        that has begun, had been attempted then."""
        before = action.standing if action.resumes_at > 1 else None
        answered = before.posted[-1].id if before else post.reply_to_id
        attempt = self.ports.writer.attempting(post, action.resumes_at, reply_to=answered)
        then = attempt.model_copy(update={"at": since, "send_by": since})
        standing = Standing(key=post.key, entries=(*(before.entries if before else ()), then))
        matches = search([standing], shown, known=()).get(post.key, ())
        opening = standing.opening if before and standing.opening else attempt
        found = self.ports.writer.posted_on_timeline
        return opening, tuple(found(opening, opening, each.part, each.shown) for each in matches)


def _with_found(record: Record, opening: Attempting, posted: tuple[Posted, ...]) -> Record:
    begun = (opening,) if posted[0].part == 1 else ()
    lines = tuple(sent(opening, entry) for entry in posted)
    return replace(record, entries=(*record.entries, *begun, *posted), sent=(*record.sent, *lines))


def _strangers(
    timeline: Iterable[TimelinePost], explained: Collection[str]
) -> tuple[TimelinePost, ...]:
    """The posts that have none of these ids; the ledger knows a repost by the id of the post that
    it shares."""
    return tuple(
        each for each in timeline if not {*each.ids, each.repost_of}.intersection(explained)
    )


def _strangers_since(
    timeline: Collection[TimelinePost], ids: Collection[str]
) -> tuple[TimelinePost, ...]:
    """The posts without these ids that came out since the first one that has one of them."""
    strangers = _strangers(timeline, ids)
    first = min((each.begun for each in timeline if each not in strangers), default=None)
    return tuple(each for each in strangers if first and each.begun >= first)


def _ids(record: Record) -> frozenset[str]:
    return frozenset(entry.id for entry in _posted_entries(record))


def _posted_entries(record: Record) -> tuple[Posted, ...]:
    return tuple(entry for entry in record.entries if isinstance(entry, Posted))
