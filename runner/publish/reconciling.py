"""Looking on X for posts in doubt: each is out, or absent, or a person has to say."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from runner.bugs import TO_DO, Bug, contained
from runner.ledger import Closed, Facts, Key, Posted, Record, Sent, Standing, State
from runner.models import Project
from runner.plan import LAST_LOOK, Action, Verb
from runner.publish.account_entry import EnteredAccount, enter
from runner.publish.ledger_writer import sent
from runner.publish.outcome import Outcome, Refusal
from runner.publish.ports import Raced, Unreadable
from runner.publish.run_ports import RunPorts
from runner.reconcile import (
    READS_APART,
    Match,
    TimelinePost,
    look_from,
    may_look,
    search,
    tells_absence,
    unexplained_posts,
)
from runner.value import Value, field

UNCLEAR = "another post, which nobody has explained, stands on the timeline at that time"

SearchKey = tuple[Key, Verb, str | None]
"""An occurrence, what the plan would do with it, and the digest of the post that would go out."""


class Reconciliation(Value, kw_only=True):
    """What the looks of a run showed."""

    outcome: Outcome = field(default_factory=Outcome)
    absent: frozenset[str] = frozenset()
    """Attempts that two full reads of the timeline did not show."""
    wrote: bool = False
    """Whether the ledger was written, by this run or perhaps by another: it has to be read anew."""
    blind: frozenset[str] = frozenset()
    """Accounts that nothing may be sent as, since their timeline can't be read."""
    unseen: frozenset[Key] = frozenset()
    """Occurrences that may not be sent until a look has settled them; others of their account
    may."""
    resting: frozenset[str] = frozenset()
    """Accounts whose requests X refuses for now."""
    searched: frozenset[SearchKey] = frozenset()
    """Posts that were searched for because the ledger may have forgotten them."""
    barred: Mapping[Key, str] = field(default_factory=dict)
    """Occurrences that a person has to decide about, each with the reason: it may have gone out
    before the ledger was begun, in words that nobody knows, or a bug has broken it off."""
    paid: Mapping[str, Decimal] = field(default_factory=dict)
    """USD by account that searches for forgotten posts have cost, and that no record holds yet."""

    def and_then(self, other: "Reconciliation") -> "Reconciliation":
        """What both looks showed together."""
        return Reconciliation(
            outcome=self.outcome.and_then(other.outcome),
            absent=self.absent | other.absent,
            wrote=self.wrote or other.wrote,
            blind=self.blind | other.blind,
            unseen=self.unseen | other.unseen,
            resting=self.resting | other.resting,
            searched=self.searched | other.searched,
            barred={**self.barred, **other.barred},
            paid=sum_by_account(self.paid, other.paid),
        )


def reconcile(
    facts: Facts, *, project: Project, ports: RunPorts, accounts: Collection[str]
) -> Reconciliation:
    """Looks on X for every post of these accounts that is in doubt, and records what it finds.

    What X does not show now is looked for again by the next run. Raises LedgerUnusable.
    """
    looked = Reconciliation()
    now = ports.clock.now()
    for account in sorted(accounts & project.accounts.keys()):
        doubtful = [
            standing
            for standing in facts.unsettled
            if standing.key.account == account and standing.doubtful and may_look(standing, now)
        ]
        if doubtful and not ports.stopped():
            found = contained(
                "looking at",
                account,
                partial(_reconcile_account, account, doubtful, facts, project, ports),
            )
            if isinstance(found, Bug):
                refusal = Refusal(account=account, because=found.summary, help=TO_DO)
                # what was found may have been recorded before the bug
                found = Reconciliation(outcome=Outcome(refusals=(refusal,)), wrote=True)
            looked = looked.and_then(found)
    return looked.and_then(Reconciliation(unseen=_unconfirmed_denials(facts, looked.absent)))


def _unconfirmed_denials(facts: Facts, absent: Collection[str]) -> frozenset[Key]:
    """Posts that a person says are not out, and that this look has not confirmed to be absent."""
    return frozenset(
        each.key
        for each in facts.unsettled
        if each.said_absent
        and any(attempt.attempt not in absent for attempt in each.suspects(each.next_part))
    )


def _reconcile_account(
    account: str, doubtful: list[Standing], facts: Facts, project: Project, ports: RunPorts
) -> Reconciliation:
    """One look at an account's timeline; a second one where only that can prove an absence."""
    entered = enter(account, facts=facts, project=project, ports=ports)
    if isinstance(entered, Refusal):
        return Reconciliation(outcome=Outcome(refusals=(entered,)))
    eyes = _AccountLook(account=entered, ports=ports, known=known_ids(facts))
    first = eyes.read(doubtful)
    if isinstance(first, Refusal):
        return Reconciliation(outcome=Outcome(refusals=(first,)))
    doubtful = [each for each in doubtful if eyes.can_search(each, first)]
    matches = eyes.matches(doubtful, first)
    missing = [each for each in doubtful if each.key not in matches]
    if not any(tells_absence(each, ports.clock.now() + READS_APART) for each in missing):
        return eyes.settle(doubtful, first, absent=())
    if not ports.pause(READS_APART.total_seconds()):
        return eyes.settle(doubtful, first, absent=())
    second = eyes.read(doubtful)
    if isinstance(second, Refusal):
        return eyes.settle(doubtful, first, absent=())
    certain = [each for each in missing if tells_absence(each, ports.clock.now())]
    return eyes.settle(doubtful, second, absent=certain)


class _AccountLook(Value, kw_only=True):
    """Looks at one account's timeline, and records what it shows."""

    account: EnteredAccount
    ports: RunPorts
    known: frozenset[str]

    def read(self, doubtful: Iterable[Standing]) -> tuple[TimelinePost, ...] | Refusal:
        shown = self.account.publisher.timeline(min(look_from(each) for each in doubtful))
        if isinstance(shown, Unreadable):
            because = f"the timeline can't be read: {shown.because}"
            return Refusal(account=self.account.id, because=because, help=shown.help)
        return shown

    def can_search(self, standing: Standing, shown: tuple[TimelinePost, ...]) -> bool:
        """Whether a post can be searched for without a bug; with one, it alone stays in doubt."""

        def try_all() -> None:
            search([standing], shown, known=self.known)
            tells_absence(standing, self.ports.clock.now())
            unexplained_posts(standing, shown, known=self.known, taken=set())

        return contained("looking for", standing.key, try_all) is None

    def matches(
        self, doubtful: Collection[Standing], shown: tuple[TimelinePost, ...]
    ) -> Mapping[Key, tuple[Match, ...]]:
        return search(doubtful, shown, known=self.known)

    def settle(
        self,
        doubtful: Collection[Standing],
        shown: tuple[TimelinePost, ...],
        *,
        absent: Collection[Standing],
    ) -> Reconciliation:
        """Records what is found, and asks a person about what is unclear."""
        matches = self.matches(doubtful, shown)
        taken = {match.shown.id for found in matches.values() for match in found}
        posted, lines = self._found_entries(doubtful, matches)
        unclear = [
            each
            for each in absent
            if each.key not in matches
            and unexplained_posts(each, shown, known=self.known, taken=taken)
        ]
        asked = tuple(
            self.ports.writer.ended(attempt, State.UNKNOWN, UNCLEAR, "unclear")
            for each in unclear
            if not each.asked
            for attempt in each.open(each.next_part)
        )
        gone = [each for each in absent if each.key not in matches and each not in unclear]
        record = Record(entries=(*posted, *asked, *self._final_entries(gone)), sent=lines)
        try:
            if record != Record():
                # no record: what it was taken for may be what another run has sent meanwhile
                self.ports.ledger.claim(record)
        except Raced:
            return Reconciliation(wrote=True)
        return Reconciliation(
            outcome=Outcome(found=posted),
            absent=frozenset(
                attempt.attempt for each in gone for attempt in each.suspects(each.next_part)
            ),
            wrote=bool(absent) or record != Record(),
        )

    def _final_entries(self, gone: Iterable[Standing]) -> Iterator[Closed]:
        """Entries that close posts which a person says are not out, and which are nowhere on the
        timeline a day after the attempt: no run looks for these again."""
        now = self.ports.clock.now()
        for standing in gone:
            word, first = standing.last, standing.suspects(standing.next_part)[0]
            if standing.said_absent and isinstance(word, Closed) and now >= first.at + LAST_LOOK:
                yield self.ports.writer.final(word)

    def _found_entries(
        self, doubtful: Iterable[Standing], matches: Mapping[Key, tuple[Match, ...]]
    ) -> tuple[tuple[Posted, ...], tuple[Sent, ...]]:
        posted: list[Posted] = []
        lines: list[Sent] = []
        for standing in doubtful:
            opening = standing.opening
            for match in matches.get(standing.key, ()):
                assert opening is not None, "what is in doubt was attempted"  # noqa: S101
                entry = self.ports.writer.posted_on_timeline(
                    match.attempt, opening, match.part, match.shown
                )
                posted.append(entry)
                lines.append(sent(opening, entry))
        return tuple(posted), tuple(lines)


def sum_by_account(one: Mapping[str, Decimal], other: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """USD of both, by account."""
    zero = Decimal(0)
    return {name: one.get(name, zero) + other.get(name, zero) for name in (*one, *other)}


def search_key(action: Action) -> SearchKey:
    """The key under which a search for an action's post is remembered, so that no other look
    repeats it."""
    return action.key, action.verb, action.post.digest if action.post else None


def known_ids(facts: Facts) -> frozenset[str]:
    """The ids of all posts that the ledger knows to be out."""
    posted = (entry.id for each in facts.standings.values() for entry in each.posted)
    return frozenset((*posted, *(line.id for line in facts.journal)))
