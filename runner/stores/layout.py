"""Which file of the ledger holds what: the layout that both stores share.

    open.jsonl                            everything unsettled
    holds.jsonl                           what a person has stopped, and let go again
    origin.jsonl                          whose ledger it is
    campaigns/<campaign>/<shelf>.jsonl    what happened to a campaign: `once`, or a nominal month
    accounts/<account>/<month>.jsonl      an account's sends, by UTC month

Pure: a store brings the bytes, and writes what comes back.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter

from runner.ledger import (
    ENTRY,
    Ask,
    Entry,
    Facts,
    Hold,
    Need,
    Origin,
    Record,
    Sent,
    stand,
    standing_holds,
    standing_origin,
    still_open,
)
from runner.stores.json_lines import (
    Content,
    LineFormat,
    bytes_of,
    dump,
    lines_of,
    load,
    whole,
)

OPEN, HOLDS, ORIGIN = "open.jsonl", "holds.jsonl", "origin.jsonl"
GLANCE = (OPEN, HOLDS, ORIGIN)
"""What is always read, first."""

_ENTRY: LineFormat[Entry] = LineFormat(ENTRY)
_SENT: LineFormat[Sent] = LineFormat(
    TypeAdapter(Sent),
    many=TypeAdapter(list[Sent], config=ConfigDict(defer_build=True)),
    names=[field.name for field in fields(Sent)],
)
_HOLD: LineFormat[Hold] = LineFormat(TypeAdapter(Hold))
_ORIGIN: LineFormat[Origin] = LineFormat(TypeAdapter(Origin))
Read = Callable[[Collection[str]], Mapping[str, Content]]
"""The files that are there among those named, at once."""
Names = Callable[[str], Iterable[str]]
"""The JSON lines in a folder, as full names in order."""
T = TypeVar("T")


class LedgerLayout:
    """The files of one state of the ledger. `where` leads to them, for messages."""

    def __init__(self, read: Read, names: Names, *, where: str) -> None:
        self._read = read
        self._names = names
        self._where = where
        self._notices: list[str] = []

    def facts(self, want: Need | Ask, accounted: Mapping[str, datetime]) -> Facts:
        """What a run asks for. Raises LedgerUnusable at a line that can't be read."""
        files = self._read(GLANCE)
        unsettled = self._lines(files, OPEN, _ENTRY)
        origins = self._lines(files, ORIGIN, _ORIGIN)
        glance = Facts(
            standings=stand(unsettled),
            accounted=accounted,
            holds=standing_holds(self._lines(files, HOLDS, _HOLD)),
            origin=standing_origin(origins),
            born=origins[0].at if origins else None,
            notices=tuple(self._notices),
        )
        need = want if isinstance(want, Need) else want(glance)
        return self._more(need, glance, unsettled)

    def _more(self, need: Need, glance: Facts, unsettled: Iterable[Entry]) -> Facts:
        shelves = sorted(self._shelves(need))
        journals = [f"accounts/{account}/{month}.jsonl" for account, month in sorted(need.months)]
        files = self._read((*shelves, *journals)) if shelves or journals else {}
        entries = [entry for name in shelves for entry in self._lines(files, name, _ENTRY)]
        sent = chain.from_iterable(self._lines(files, name, _SENT) for name in journals)
        return Facts(
            standings=stand((*entries, *unsettled)),
            journal=tuple(sorted(sent, key=attrgetter("at"))),
            accounted=glance.accounted,
            holds=glance.holds,
            origin=glance.origin,
            born=glance.born,
            notices=tuple(self._notices),
        )

    def everything(self, names: Iterable[str], accounted: Mapping[str, datetime]) -> Record:
        """All that these files hold, in order of file and line; whose ledger it is now, since its
        birth. Raises LedgerUnusable."""
        ordered = sorted(names)
        files = self._read(ordered)
        shelves = (name for name in ordered if name.startswith("campaigns/"))
        journals = (name for name in ordered if name.startswith("accounts/"))
        origins = self._lines(files, ORIGIN, _ORIGIN)
        whose = standing_origin(origins)
        return Record(
            entries=tuple(each for name in shelves for each in self._lines(files, name, _ENTRY)),
            sent=tuple(each for name in journals for each in self._lines(files, name, _SENT)),
            accounted=accounted,
            holds=tuple(self._lines(files, HOLDS, _HOLD)),
            origin=whose.model_copy(update={"at": origins[0].at}) if whose else None,
        )

    def changes(self, record: Record) -> dict[str, bytes]:
        """The files that a record makes anew, in the order to write them; none when all of it is
        there. What is unsettled comes first, so that it never says too little."""
        lines = _filed(record)
        stands = self._read((*lines, OPEN)) if lines else {}
        added: dict[str, bytes] = {}
        news: set[int] = set()
        for name, wanted in lines.items():
            kept = whole(bytes_of(stands.get(name, b"")))
            # a journal may be long, and the lines to add are few
            there = {dump([line]) for line in wanted}.intersection(lines_of(kept))
            new = [line for line in wanted if dump([line]) not in there]
            if new:
                added[name] = kept + dump(new)
                news |= set(map(id, new))
        # what stands on its shelf was opened before, and may be settled since
        entries = [entry for entry in record.entries if id(entry) in news]
        if not entries:
            return added
        before = self._lines(stands, OPEN, _ENTRY)
        return {OPEN: dump(still_open(before, entries)), **added}

    def begun(self, record: Record, *, repository: str | None) -> Record:
        """The record with whose ledger it is: the ledger's first one always says so, and an origin
        that the caller gives gets its repository here."""
        if record.origin:
            origin = record.origin.model_copy(update={"repository": repository})
        elif record == Record() or self._read([ORIGIN]):
            return record
        else:
            origin = Origin(at=_moment(record), run=_run(record), repository=repository)
        return replace(record, origin=origin)

    def _lines(self, files: Mapping[str, Content], name: str, kind: LineFormat[T]) -> list[T]:
        path = f"{self._where}{name}"
        found, was_cut = load(files.get(name, b""), kind, name=path)
        if was_cut:
            self._notices.append(f"{path}: the last line was cut off in writing, so it is left out")
        return found

    def _shelves(self, need: Need) -> set[str]:
        wanted = {f"campaigns/{campaign}/{shelf}.jsonl" for campaign, shelf in need.shelves}
        for campaign in need.whole | need.newest:
            names = tuple(self._names(f"campaigns/{campaign}"))
            months = [name for name in names if not name.endswith("/once.jsonl")]
            wanted |= set(names if campaign in need.whole else months[-1:])
        return wanted


def later(old: Mapping[str, datetime], new: Mapping[str, datetime]) -> dict[str, datetime]:
    """Nobody is accounted for up to an earlier moment than before."""
    return {**old, **{name: max(at, old.get(name, at)) for name, at in new.items()}}


def _moment(record: Record) -> datetime:
    """The latest one that a record speaks of."""
    lines = (*record.entries, *record.sent, *record.holds)
    return max((*(line.at for line in lines), *record.accounted.values()))


def _run(record: Record) -> str:
    return next((line.run for line in (*record.entries, *record.holds)), "")


def _filed(record: Record) -> dict[str, list[object]]:
    """Each line in its file."""
    files: dict[str, list[object]] = defaultdict(list)
    for sent in record.sent:
        month = f"{sent.at.astimezone(UTC):%Y-%m}"
        files[f"accounts/{sent.key.account}/{month}.jsonl"].append(sent)
    for entry in record.entries:
        files[f"campaigns/{entry.key.campaign}/{entry.key.shelf}.jsonl"].append(entry)
    files[HOLDS] += record.holds
    files[ORIGIN] += [record.origin] if record.origin else []
    return {name: lines for name, lines in files.items() if lines}
