"""How a record changes the files of the ledger, whatever store keeps them.

Pure: a store brings the bytes, and writes what comes back.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from runner.ledger import (
    Attempting,
    Entry,
    Origin,
    Posted,
    Record,
    standing_origin,
    still_open,
)
from runner.stores.json_lines import Content, bytes_of, dump, lines_of, whole
from runner.stores.ledger_files import (
    ENTRIES,
    HOLDS,
    NEW,
    ORIGIN,
    ORIGINS,
    PROJECT,
    Head,
    birth,
    entries_file,
    lines_by_file,
    open_file,
    owner,
)
from runner.stores.ledger_reader import LedgerReader
from runner.value import Value, replace


class Changes(Value, kw_only=True):
    """What a record changes: files, in the order in which they are written, and heads of
    accounts."""

    files: Mapping[str, bytes]
    heads: Mapping[str, Head]

    @property
    def names(self) -> frozenset[str]:
        """The accounts, and perhaps the project, that it changes."""
        return frozenset((*map(owner, self.files), *self.heads))

    def head(self, name: str) -> Head:
        """The head of an account, or the project, as it is after the record."""
        return self.heads.get(name, NEW)

    def files_of(self, name: str) -> dict[str, bytes]:
        """The files of one account, or the project, by their names within it."""
        start = f"{name}/"
        return {
            path.removeprefix(start): data
            for path, data in self.files.items()
            if path.startswith(start)
        }


class LedgerLayout(LedgerReader):
    """The files of one state of the ledger, and what becomes of them."""

    def begun(self, record: Record, *, repository: str | None) -> Record:
        """The record with what is said once: whose ledger it is, and which accounts begin with it.
        An origin that the caller gives gets its repository here."""
        if record == Record():
            return record
        births = self._read([*map(birth, record.names)])
        new = sorted(name for name in record.names if birth(name) not in births)
        if births and not (new or record.origin):
            return record  # who was born has an origin
        there = self._read([HOLDS, ORIGIN])
        if not (record.origin or new or ORIGIN not in there):
            return record
        stands = record.origin or Origin(at=_moment(record), run=_run(record))
        there_are = sorted(self._heads) if stands.by else stands.accounts
        lost = max(self._newest_seen - self._number(there), 0) if stands.by else 0
        says = {
            "repository": repository,
            "accounts": tuple(dict.fromkeys((*there_are, *new))),
            "lost": lost or None,
        }
        born = {name: record.born.get(name, _moment(record)) for name in new}
        return replace(record, origin=stands.model_copy(update=says), born=born)

    def changes(self, record: Record) -> Changes:
        """What a record, that was `begun`, makes anew; nothing when all of it is there. Raises
        LedgerUnusable where it can't be told of one of its accounts."""
        for lost in sorted(record.names & self._damaged.keys()):
            raise self._damaged[lost]
        lines = lines_by_file(record)
        of_all = (HOLDS, ORIGIN) if PROJECT in map(owner, lines) or not self._project else ()
        stands = self._read((*of_all, *lines, *map(open_file, record.names))) if lines else {}
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
        unsettled = {
            open_file(name): dump(lines) for name, (_, lines) in after.items() if lines is not None
        }
        files = {**unsettled, **added}
        owners, there_is = set(map(owner, files)), {**stands, **added}
        project = self._project_after({n: there_is[n] for n in (HOLDS, ORIGIN) if n in there_is})
        changed = {
            name: replace(head, project=max(head.project, project.project))
            if name in owners
            else head
            for name, (head, _) in after.items()
            if name in owners or head != heads[name]
        }
        if PROJECT in owners:
            changed[PROJECT] = project
        return Changes(files=files, heads=changed)

    def _project_after(self, files: Mapping[str, Content]) -> Head:
        """The project's own head, by these files of its own; where none is given, as it was."""
        if self._project and not files:
            return self._project
        origin = standing_origin(self._lines(files, ORIGIN, ORIGINS))
        return Head(project=self._number(files), repository=origin.repository if origin else None)

    def _after(
        self, account: str, record: Record, news: Iterable[object], stands: Mapping[str, Content]
    ) -> tuple[Head, tuple[Entry, ...] | None]:
        """An account's head after the record, and all that is open then; None if that is as before.
        What stands in the file of its period was opened before, and may be settled since."""
        head = self._heads.get(account, NEW)
        ours = {id(line) for line in news}
        entries = [e for e in record.entries if id(e) in ours and e.key.account == account]
        sent = [line for line in record.sent if id(line) in ours and line.key.account == account]
        before = self._before(account, entries, stands) if entries else ()
        unsettled = still_open(before, entries) if entries else None
        purse = head.purse.after(sent, unsettled)
        if entries or sent:  # so that they are paid once
            for month, usd in record.looked.get(account, {}).items():
                purse = purse.paying(usd, month)
        return replace(head, accounted=_latest(head, record, account), purse=purse), unsettled

    def _before(
        self, account: str, new: Iterable[Entry], stands: Mapping[str, Content]
    ) -> tuple[Entry, ...]:
        """What was open before these entries, and all of what they open again: of a thread that
        was over a person may say that its first part is out."""
        found = self._lines(stands, open_file(account), ENTRIES)
        begun = {each.key for each in (*found, *new) if isinstance(each, Attempting)}
        again = {each.key for each in new if isinstance(each, Posted)} - begun
        names = {entries_file(account, key.campaign, key.period) for key in again}
        stored = (each for name in sorted(names) for each in self._lines(stands, name, ENTRIES))
        return (*(each for each in stored if each.key in again), *found)


def _latest(head: Head, record: Record, account: str) -> datetime | None:
    """The moment up to which an account is accounted for after the record; never an earlier one
    than before."""
    moments = [each for each in (head.accounted, record.accounted.get(account)) if each]
    return max(moments, default=None)


def _moment(record: Record) -> datetime:
    """The latest moment that a record names."""
    lines = (*record.entries, *record.sent, *record.holds)
    return max((*(line.at for line in lines), *record.accounted.values(), *record.born.values()))


def _run(record: Record) -> str:
    return next((line.run for line in (*record.entries, *record.holds)), "")
