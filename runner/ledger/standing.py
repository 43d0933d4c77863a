"""Where each occurrence stands: its entries folded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from runner.ledger.entry import Attempting, Entry, Posted, State
from runner.ledger.key import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one occurrence stands: its entries folded, in the order they were written."""

    key: Key
    entries: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        return self.entries[-1]

    @property
    def opening(self) -> Attempting | None:
        """The newest attempt of the first part: it froze all parts and reserved their cost."""
        found = None
        for entry in self.entries:
            if isinstance(entry, Attempting) and entry.part == 1:
                found = entry
        return found

    @property
    def posted(self) -> tuple[Posted, ...]:
        """The parts that are out, first to last."""
        found = {entry.part: entry for entry in self.entries if isinstance(entry, Posted)}
        return tuple(found[part] for part in sorted(found))

    @property
    def parts(self) -> int:
        """How many parts it has; 1 when nothing was ever attempted."""
        return len(self.opening.parts) if self.opening else 1

    @property
    def state(self) -> State:
        """The state of the whole. A thread is `posted` when its last part is out; a half thread
        whose next part was released, or never attempted, is `attempting`."""
        last = self.last
        if isinstance(last, Posted):
            return State.POSTED if last.part >= self.parts else State.ATTEMPTING
        if last.state in (State.RELEASED, State.REJECTED) and self.in_doubt(last.part):
            return State.UNKNOWN
        if last.state is State.RELEASED and self.posted:
            return State.ATTEMPTING
        return last.state

    @property
    def half(self) -> bool:
        """A thread that has begun, whose next part is certainly not out."""
        out = len(self.posted)
        begun = self.state is State.ATTEMPTING and 0 < out < self.parts
        return begun and not self.in_doubt(out + 1)

    @property
    def unsettled(self) -> bool:
        return self.state in UNSETTLED

    @property
    def may_be_out(self) -> bool:
        """Something of it is out, or perhaps is."""
        return bool(self.posted) or self.state in (State.ATTEMPTING, State.UNKNOWN)

    @property
    def reserved(self) -> Decimal:
        """USD that it may still cost: of what was attempted and is not known to be out."""
        if self.state not in (State.ATTEMPTING, State.UNKNOWN) or not self.opening:
            return Decimal(0)
        return self.opening.cost - sum((entry.cost for entry in self.posted), Decimal(0))

    def in_doubt(self, part: int) -> bool:
        """Whether an attempt of this part has no end that tells if it is out."""
        mine = [entry for entry in self.entries if entry.part == part]
        attempts = {entry.attempt for entry in mine if isinstance(entry, Attempting)}
        told = (State.POSTED, State.RELEASED, State.REJECTED)
        return bool(attempts - {entry.attempt for entry in mine if entry.state in told})


UNSETTLED = frozenset({State.ATTEMPTING, State.UNKNOWN, State.REJECTED})


def once_each(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each entry once, where it first stands: `open.jsonl` repeats what the shelves hold."""
    return tuple({entry.model_dump_json(): entry for entry in entries}.values())


def stand(entries: Iterable[Entry]) -> dict[Key, Standing]:
    """Each occurrence's standing, from entries in the order they were written."""
    by_key: dict[Key, list[Entry]] = defaultdict(list)
    for entry in once_each(entries):
        by_key[entry.key].append(entry)
    return {key: Standing(key=key, entries=tuple(found)) for key, found in by_key.items()}


def still_open(before: Iterable[Entry], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """What `open.jsonl` holds after `new` was recorded: all entries of everything unsettled."""
    standings = stand((*before, *new))
    return tuple(
        entry
        for _, standing in sorted(standings.items(), key=lambda pair: str(pair[0]))
        if standing.unsettled
        for entry in standing.entries
    )
