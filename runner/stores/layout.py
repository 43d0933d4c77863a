"""Which file of the ledger holds what: the layout that all stores share.

    _project/origin.jsonl                           whose ledger it is, and which accounts it has
    _project/holds.jsonl                            what a person has stopped, and let go again
    <account>/born.jsonl                            when the account's own ledger began
    <account>/open.jsonl                            everything of it that is unsettled
    <account>/campaigns/<campaign>/<shelf>.jsonl    what happened: `once`, or a nominal month
    <account>/sent/<month>.jsonl                    its sends, by UTC month

A store keeps what stands before the first `/` as a whole of its own: of two runs that write for the
same account one is first, and of two that write for different ones neither waits.

Pure: a store brings the bytes, and writes what comes back.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter
from typing import Final, TypeVar

from pydantic import ConfigDict, TypeAdapter

from runner.ledger import (
    ENTRY,
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
from runner.stores.head import NEW, Head, accounted_by
from runner.stores.json_lines import (
    Content,
    LineFormat,
    bytes_of,
    dump,
    lines_of,
    load,
    whole,
)

PROJECT: Final = "_project"
"""Beside the accounts; no account can have this id."""
HOLDS, ORIGIN = f"{PROJECT}/holds.jsonl", f"{PROJECT}/origin.jsonl"
ENTRIES: LineFormat[Entry] = LineFormat(ENTRY)
SENDS: LineFormat[Sent] = LineFormat(
    TypeAdapter(Sent),
    many=TypeAdapter(list[Sent], config=ConfigDict(defer_build=True)),
    names=[field.name for field in fields(Sent)],
)
HELD: LineFormat[Hold] = LineFormat(TypeAdapter(Hold))
ORIGINS: LineFormat[Origin] = LineFormat(TypeAdapter(Origin))
Read = Callable[[Collection[str]], Mapping[str, Content]]
"""The files that are there among those named, at once."""
Names = Callable[[Collection[str]], Iterable[str]]
"""The JSON lines right in any of these folders, as full names in order."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a record makes anew: files in the order to write them, and heads of accounts."""

    files: Mapping[str, bytes]
    heads: Mapping[str, Head]

    @property
    def names(self) -> frozenset[str]:
        """The accounts, and perhaps the project, that it changes."""
        return frozenset((*map(owner, self.files), *self.heads))

    def head(self, name: str) -> Head:
        """After the record."""
        return self.heads.get(name, NEW)

    def files_of(self, name: str) -> dict[str, bytes]:
        """Those of one account, or the project, by their names within it."""
        start = f"{name}/"
        return {
            path.removeprefix(start): data
            for path, data in self.files.items()
            if path.startswith(start)
        }


class LedgerLayout:
    """The files of one state of the ledger, and the heads of its accounts. `where` leads to a file,
    for messages."""

    def __init__(
        self,
        read: Read,
        names: Names,
        heads: Mapping[str, Head],
        *,
        where: Callable[[str], str],
    ) -> None:
        self._read = read
        self._names = names
        self._heads = heads
        self._where = where
        self._notices: list[str] = []

    def glance(self, accounts: Collection[str]) -> Facts:
        """What is always read of these accounts. Raises LedgerUnusable at a line that can't be
        read."""
        opened = [_open(account) for account in sorted(accounts)]
        births = {account: _born(account) for account in sorted(accounts)}
        files = self._read((HOLDS, ORIGIN, *opened, *births.values()))
        unsettled = chain.from_iterable(self._lines(files, name, ENTRIES) for name in opened)
        begun = {each: self._lines(files, name, ORIGINS) for each, name in births.items()}
        heads = {each: self._heads[each] for each in accounts if each in self._heads}
        return Facts(
            standings=stand(unsettled),
            accounted=accounted_by(heads),
            purses={each: head.purse for each, head in heads.items()},
            holds=standing_holds(self._lines(files, HOLDS, HELD)),
            origin=standing_origin(self._lines(files, ORIGIN, ORIGINS)),
            born={each: lines[0].at for each, lines in begun.items() if lines},
            notices=tuple(self._notices),
        )

    def facts(self, need: Need, glance: Facts, accounts: Collection[str]) -> Facts:
        """What was glanced at of these accounts, and what is needed besides."""
        shelves = sorted(self._shelves(need, accounts))
        journals = [f"{account}/sent/{month}.jsonl" for account, month in sorted(need.months)]
        files = self._read((*shelves, *journals)) if shelves or journals else {}
        entries = [entry for name in shelves for entry in self._lines(files, name, ENTRIES)]
        sent = chain.from_iterable(self._lines(files, name, SENDS) for name in journals)
        unsettled = (entry for each in glance.standings.values() for entry in each.entries)
        purses = {each: head.purse for each, head in self._heads.items()}
        return replace(
            glance,
            standings=stand((*entries, *unsettled)),
            journal=tuple(sorted(sent, key=attrgetter("at"))),
            purses=purses if need.purses else glance.purses,
            notices=tuple(self._notices),
        )

    def everything(self, names: Iterable[str]) -> Record:
        """All that these files hold, in order of file and line; whose ledger it is now, since its
        birth. Raises LedgerUnusable."""
        ordered = sorted(names)
        files = self._read(ordered)
        shelves = [name for name in ordered if name.partition("/")[2].startswith("campaigns/")]
        journals = [name for name in ordered if name.partition("/")[2].startswith("sent/")]
        births = [name for name in ordered if name == _born(owner(name))]
        begun = {owner(name): self._lines(files, name, ORIGINS)[0].at for name in births}
        origins = self._lines(files, ORIGIN, ORIGINS)
        whose = standing_origin(origins)
        return Record(
            entries=tuple(each for name in shelves for each in self._lines(files, name, ENTRIES)),
            sent=tuple(each for name in journals for each in self._lines(files, name, SENDS)),
            accounted=accounted_by(self._heads),
            holds=tuple(self._lines(files, HOLDS, HELD)),
            origin=whose.model_copy(update={"at": origins[0].at}) if whose else None,
            born=begun,
        )

    def begun(self, record: Record, *, repository: str | None) -> Record:
        """The record with what is said once: whose ledger it is, and which accounts begin with it.
        An origin that the caller gives gets its repository here."""
        there = self._read([ORIGIN, *map(_born, record.names)])
        new = sorted(name for name in record.names if _born(name) not in there)
        if record == Record() or not (record.origin or new or ORIGIN not in there):
            return record
        stands = record.origin or Origin(at=_moment(record), run=_run(record))
        there_are = sorted(self._heads) if stands.by else stands.accounts
        names = tuple(dict.fromkeys((*there_are, *new)))
        origin = stands.model_copy(update={"repository": repository, "accounts": names})
        born = {name: record.born.get(name, _moment(record)) for name in new}
        return replace(record, origin=origin, born=born)

    def changes(self, record: Record) -> Changes:
        """What a record, that was `begun`, makes anew; nothing when all of it is there."""
        lines = _filed(record)
        stands = self._read((*lines, *map(_open, record.names))) if lines else {}
        added: dict[str, bytes] = {}
        news: list[object] = []
        for name, wanted in lines.items():
            kept = whole(bytes_of(stands.get(name, b"")))
            # a journal may be long, and the lines to add are few
            there = {dump([line]) for line in wanted}.intersection(lines_of(kept))
            new = [line for line in wanted if dump([line]) not in there]
            if new:
                added[name] = kept + dump(new)
                news += new
        heads = {name: self._heads.get(name, NEW) for name in record.names}
        after = {name: self._after(name, record, news, stands) for name in heads}
        # what is unsettled comes first, so that it never says too little
        opened = {
            _open(name): dump(lines) for name, (_, lines) in after.items() if lines is not None
        }
        files = {**opened, **added}
        owners = set(map(owner, files))
        changed = {
            name: head for name, (head, _) in after.items() if name in owners or head != heads[name]
        }
        return Changes(files=files, heads=changed)

    def _after(
        self, account: str, record: Record, news: Iterable[object], stands: Mapping[str, Content]
    ) -> tuple[Head, tuple[Entry, ...] | None]:
        """An account's head after the record, and all that is open then; None if that is as before.
        What stands on its shelf was opened before, and may be settled since."""
        head = self._heads.get(account, NEW)
        ours = {id(line) for line in news}
        entries = [e for e in record.entries if id(e) in ours and e.key.account == account]
        sent = [line for line in record.sent if id(line) in ours and line.key.account == account]
        before = self._lines(stands, _open(account), ENTRIES) if entries else []
        unsettled = still_open(before, entries) if entries else None
        purse = head.purse.after(sent, unsettled) if sent or entries else head.purse
        return Head(accounted=_latest(head, record, account), purse=purse), unsettled

    def _lines(self, files: Mapping[str, Content], name: str, kind: LineFormat[T]) -> list[T]:
        path = self._where(name)
        found, was_cut = load(files.get(name, b""), kind, name=path)
        if was_cut:
            self._notices.append(f"{path}: the last line was cut off in writing, so it is left out")
        return found

    def _shelves(self, need: Need, accounts: Collection[str]) -> set[str]:
        """Of these accounts what is needed; of all that are there where a campaign is wanted as a
        whole."""
        wanted = {
            f"{account}/campaigns/{campaign}/{shelf}.jsonl"
            for account in accounts
            for campaign, shelf in need.shelves
        }
        newest = [f"{a}/campaigns/{each}" for a in sorted(accounts) for each in need.newest]
        entire = [f"{a}/campaigns/{each}" for a in sorted(self._heads) for each in need.whole]
        there: dict[str, list[str]] = defaultdict(list)
        for name in self._names((*newest, *entire)) if newest or entire else ():
            there[name.rpartition("/")[0]].append(name)
        for folder in newest:
            wanted |= set([name for name in there[folder] if not _is_once(name)][-1:])
        return wanted.union(*(there[folder] for folder in entire))


def owner(name: str) -> str:
    """The account whose file it is, or the project."""
    return name.partition("/")[0]


def _open(account: str) -> str:
    return f"{account}/open.jsonl"


def _born(account: str) -> str:
    return f"{account}/born.jsonl"


def _is_once(name: str) -> bool:
    return name.endswith("/once.jsonl")


def _latest(head: Head, record: Record, account: str) -> datetime | None:
    """Nobody is accounted for up to an earlier moment than before."""
    moments = [each for each in (head.accounted, record.accounted.get(account)) if each]
    return max(moments, default=None)


def _moment(record: Record) -> datetime:
    """The latest one that a record speaks of."""
    lines = (*record.entries, *record.sent, *record.holds)
    return max((*(line.at for line in lines), *record.accounted.values(), *record.born.values()))


def _run(record: Record) -> str:
    return next((line.run for line in (*record.entries, *record.holds)), "")


def _filed(record: Record) -> dict[str, list[object]]:
    """Each line in its file."""
    files: dict[str, list[object]] = defaultdict(list)
    for account, at in record.born.items():
        assert record.origin is not None, "an account begins with the ledger, or later"  # noqa: S101
        began = Origin(at=at, run=record.origin.run, repository=record.origin.repository)
        files[_born(account)].append(began)
    for sent in record.sent:
        month = f"{sent.at.astimezone(UTC):%Y-%m}"
        files[f"{sent.key.account}/sent/{month}.jsonl"].append(sent)
    for entry in record.entries:
        key = entry.key
        files[f"{key.account}/campaigns/{key.campaign}/{key.period}.jsonl"].append(entry)
    files[HOLDS] += record.holds
    files[ORIGIN] += [record.origin] if record.origin else []
    return {name: lines for name, lines in files.items() if lines}
