"""The standing of an occurrence: where it stands by all of its entries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

from runner.ledger.entry import Attempting, Closed, Entry, Posted, State
from runner.ledger.key import Key
from runner.value import Value

_FINAL = frozenset({State.MISSED, State.SKIPPED, State.DELETED})
_ENDED = _FINAL | {State.POSTED}
UNSETTLED = frozenset({State.ATTEMPTING, State.UNKNOWN, State.REJECTED})
_LATELY = timedelta(days=1)


class Standing(Value, kw_only=True, dict=True):
    """Where one occurrence stands, by its entries in the order in which they were written."""

    key: Key
    entries: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        return self.entries[-1]

    @cached_property
    def opening(self) -> Attempting | None:
        """The newest attempt of the first part: it froze all parts and reserved their cost."""
        found = None
        for entry in self.entries:
            if isinstance(entry, Attempting) and entry.part == 1:
                found = entry
        return found

    @cached_property
    def posted(self) -> tuple[Posted, ...]:
        """The parts that are out, first to last."""
        found = {entry.part: entry for entry in self.entries if isinstance(entry, Posted)}
        return tuple(found[part] for part in sorted(found))

    @property
    def parts(self) -> int:
        """How many parts it has; 1 when nothing was ever attempted."""
        return len(self.opening.parts) if self.opening else 1

    @property
    def next_part(self) -> int:
        """The first part that is not known to be out."""
        return len(self.posted) + 1

    @cached_property
    def state(self) -> State:
        """The state of the whole. A thread is `posted` when its last part is out; a half thread
        whose next part was released, or never attempted, is `attempting`."""
        if self.last.state in _FINAL:
            return self.last.state
        out = len(self.posted)
        if out and out >= self.parts:
            return State.POSTED
        ends = {entry.state for entry in self._of(self.next_part)}
        if self.open(self.next_part):
            return State.UNKNOWN if State.UNKNOWN in ends else State.ATTEMPTING
        if self.last.state is State.REJECTED:
            return State.REJECTED
        return State.ATTEMPTING if out else State.RELEASED

    @property
    def half(self) -> bool:
        """Whether it is a thread that has begun, and whose next part is certainly not out."""
        begun = self.state is State.ATTEMPTING and 0 < len(self.posted) < self.parts
        return begun and not self.suspects(self.next_part)

    @property
    def unsettled(self) -> bool:
        return self.state in UNSETTLED or self.doubtful

    @property
    def doubtful(self) -> bool:
        """Whether its next part may be out, for all that is known: somebody has to look."""
        return self.state not in _ENDED and bool(self.suspects(self.next_part))

    @property
    def asked(self) -> bool:
        """Whether only a match, or a person's word, decides about its next part: a person was
        asked before, or it is in doubt for the second time."""
        part, waiting = self.next_part, self.open(self.next_part)
        if not waiting:
            return False
        ids = {attempt.attempt for attempt in waiting}
        unclear = any(
            isinstance(entry, Closed) and entry.look == "unclear" and entry.attempt in ids
            for entry in self._of(part)
        )
        return unclear or len(self.suspects(part)) > len(waiting)

    @property
    def said_absent(self) -> bool:
        """Whether the last that is known is a person's word that X does not show it."""
        last = self.last
        return isinstance(last, Closed) and last.by is not None and last.look == "absent"

    @property
    def looked_for(self) -> bool:
        """Whether the next runs look for it by themselves, so that nobody need act yet."""
        return self.doubtful and not self.asked

    @property
    def may_be_out(self) -> bool:
        """Whether something of it is out, or may be."""
        return bool(self.posted) or self.state is State.ATTEMPTING or self.doubtful

    @property
    def reserved(self) -> Decimal:
        """USD that it may still cost: of what was attempted and is not known to be out."""
        waits = self.state in (State.ATTEMPTING, State.UNKNOWN) or self.doubtful
        if not waits or not self.opening:
            return Decimal(0)
        spent = sum((entry.cost for entry in self.posted), Decimal(0))
        return max(self.opening.cost - spent, Decimal(0))

    @property
    def worst_cost(self) -> Decimal:
        """USD that it may cost at the most, where nothing can be told but what was attempted."""
        attempts = (entry.cost for entry in self.entries if isinstance(entry, Attempting))
        return max(attempts, default=Decimal(0))

    def tell(self) -> None:
        """Asks it all that is ever asked, so that what that would raise is raised now."""
        _ = self.state, self.unsettled, self.asked, self.may_be_out, self.half, self.reserved

    def open(self, part: int) -> tuple[Attempting, ...]:
        """The attempts of a part that have no end that tells whether it is out."""
        return tuple(each for each, seen_absent in self._unproven(part) if not seen_absent)

    def suspects(self, part: int) -> tuple[Attempting, ...]:
        """The attempts of a part that may have led to a post: the open ones, and those that were
        given up because the timeline did not show them."""
        return tuple(each for each, _ in self._unproven(part))

    def is_absent(self, absent: Collection[str], last: datetime) -> bool:
        """Whether looks found none of the attempts that may have led to its next part, by their
        ids; the first of these was made at `last` or earlier."""
        suspects = self.suspects(self.next_part)
        return (
            self.looked_for
            and not self.posted
            and suspects[0].at <= last
            and all(each.attempt in absent for each in suspects)
        )

    def _unproven(self, part: int) -> tuple[tuple[Attempting, bool], ...]:
        """Attempts without proof of their end, and whether a look found them absent."""
        found: dict[str, tuple[Attempting, bool]] = {}
        for entry in self._of(part):
            match entry:
                case Attempting():
                    found[entry.attempt] = (entry, False)
                case Posted():
                    found.clear()
                case Closed(state=State.UNKNOWN):
                    pass
                case Closed(look="absent", attempt=str(id)) if id in found:
                    found[id] = (found[id][0], True)
                case Closed(look="absent", by=str()):
                    found = {id: (attempt, True) for id, (attempt, _) in found.items()}
                case Closed(by=str()):
                    found.clear()
                case Closed(attempt=str(id)):
                    found.pop(id, None)
        return tuple(found.values())

    def _of(self, part: int) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.part == part)


def once_each(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each entry once, where it first stands: `open.jsonl` repeats entries of the other files."""
    every = tuple(entries)
    # what is the same says the same of these, so that few entries have to be compared as a whole
    marks = [(entry.key, entry.state, entry.part, entry.at) for entry in every]
    times = Counter(marks)
    return tuple(
        {
            mark if times[mark] == 1 else entry.model_dump_json(): entry
            for mark, entry in zip(marks, every, strict=True)
        }.values()
    )


def standings_of(entries: Iterable[Entry]) -> dict[Key, Standing]:
    """The standing of each occurrence, by entries in the order in which they were written."""
    by_key: dict[Key, list[Entry]] = defaultdict(list)
    for entry in once_each(entries):
        by_key[entry.key].append(entry)
    return {key: Standing(key=key, entries=tuple(found)) for key, found in by_key.items()}


def still_open(before: Iterable[Entry], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """What `open.jsonl` holds after `new` was recorded: all entries of everything unsettled, and
    the last one of each post that went out within a day, so that who has nothing to do finds that
    out here."""
    standings = standings_of((*before, *new))
    newest = max((each.last.at for each in standings.values()), default=None)
    return tuple(
        entry
        for _, standing in sorted(standings.items(), key=lambda pair: str(pair[0]))
        for entry in _at_hand(standing, newest)
    )


def _at_hand(standing: Standing, newest: datetime | None) -> tuple[Entry, ...]:
    if standing.unsettled:
        return standing.entries
    lately = newest and standing.last.at > newest - _LATELY
    return standing.posted[-1:] if lately and standing.state is State.POSTED else ()


def is_only_out(standing: Standing) -> bool:
    """Whether nothing was read of it but that it is out."""
    return all(isinstance(entry, Posted) for entry in standing.entries)
