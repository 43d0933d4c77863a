"""The ledger in a folder of one machine.

Beside the shared layout (`layout.py`), which lies below `ledgers`, it holds

    ledgers/<name>/head.json    how many records were written of an account, or the project, and
                                the head that they leave
    ledgers/writing.json        the record that is being written, if a crash left one

A record spans files. It is written down as a whole first, then into its files, then struck out:
before the first step nothing has happened, after it everything has, and the next run repeats what a
crash left undone. Repeating adds nothing twice.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from runner.ledger import Ask, Facts, Need, Origin, Record
from runner.problems import LedgerUnusable
from runner.publish import Raced
from runner.stores.durable_folder import (
    LEDGERS,
    Folder,
    FolderState,
    NumberedHead,
    UnfinishedRecord,
    carry_out,
    state_on_disk,
    unfinished_record,
    write_down,
    write_head,
)
from runner.stores.json_lines import Content
from runner.stores.layout import Changes, LedgerLayout
from runner.stores.ledger_files import PROJECT
from runner.stores.old_layout import expect_no_old_files
from runner.value import replace

_ANEW = ("`runner ledger adopt`", "a run after the whole ledger was moved away")


class FilesLedger:
    """Satisfies `Ledger`. `accounts` are those that it is read for; None for all that there are.
    Raises LedgerUnusable when the folder can't be read or written, or when another process writes
    for longer than `patience` seconds."""

    def __init__(
        self,
        path: Path,
        *,
        accounts: Collection[str] | None = None,
        folder: Folder | None = None,
        patience: float = 30,
    ) -> None:
        self._folder = folder or Folder(path)
        self._accounts = accounts
        self._patience = patience
        self._seen: FolderState | None = None
        """Whose numbers are those of the last records that this object has read or written, foreign
        ones not passed over."""

    def read(self, need: Need | Ask) -> Facts:
        with self._explaining_errors():
            # first the numbers: what is written from now on makes the next claim race
            state = self._checked_state(self._state())
            if state.damaged:  # or an account has just begun
                state = self._checked_state(self._state())
            facts = self._facts(need, state, self._accounts)
            self._seen = state
            return facts

    def everything(self) -> Record:
        """All that was ever recorded. Raises LedgerUnusable."""
        with self._alone() as state:
            self._seen = state
            start = f"{LEDGERS}/"
            names = (each for each in self._folder.everything() if each.startswith(start))
            return self._layout(state).everything(each.removeprefix(start) for each in names)

    def origin(self) -> Origin | None:
        """The origin that the ledger names."""
        return self.read(Need()).origin

    def claim(self, record: Record) -> None:
        with self._alone() as state:
            seen = self._seen
            if seen is None or any(seen.number(n) != state.number(n) for n in record.names):
                raise Raced
            self._write(record, state, unless_raced=True)

    def confirm(self, need: Need) -> Facts:
        with self._alone() as state:
            return self._facts(need, state, ())

    def record(self, record: Record) -> None:
        if record != Record():
            with self._alone() as state:
                self._write(record, state)

    def is_begun(self) -> bool:
        """Whether a run works with it."""
        return state_on_disk(self._folder).number(PROJECT) > 0

    def take_over(self, changes: Changes) -> None:
        """Writes what an older release has left, the project last; nothing stands there yet, or a
        part of just that. Who calls it holds the lock."""
        begun = [name for name, kept in state_on_disk(self._folder).kept.items() if kept.number > 1]
        if begun:
            raise self._cut_back(PROJECT)
        for name in sorted(changes.names, key=lambda name: (name == PROJECT, name)):
            for path, data in changes.files_of(name).items():
                self._folder.replace(f"{LEDGERS}/{name}/{path}", data)
            kept = NumberedHead(number=1, head=changes.head(name))
            write_head(self._folder, name, kept)

    def stale(self) -> bool:
        """Whether the files at hand are old: never, as a folder has no others."""
        return False

    @contextmanager
    def _alone(self) -> Iterator[FolderState]:
        """The folder for this process, whole."""
        with self._explaining_errors(), self._folder.locked(patience=self._patience):
            writing = unfinished_record(self._folder)
            if writing:
                carry_out(
                    self._folder, writing, self._files_of(writing, state_on_disk(self._folder))
                )
            yield self._checked_state(state_on_disk(self._folder))

    def _facts(self, want: Need | Ask, state: FolderState, asked: Collection[str] | None) -> Facts:
        there = state.heads.keys() | state.damaged.keys()
        accounts = there if asked is None else there.intersection(asked)
        layout = self._layout(state)
        glance = layout.glance(accounts)
        need = want if isinstance(want, Need) else want(glance)
        return layout.facts(need, glance, accounts)

    def _checked_state(self, state: FolderState) -> FolderState:
        """The state with the accounts whose folders are gone. Raises LedgerUnusable where the
        project's is, or where it is an older release's."""
        layout = self._layout(state)
        if not state.number(PROJECT):
            if all(kept.number <= 1 for kept in state.kept.values()):  # no run has written it
                expect_no_old_files(self._folder)
            if state.kept:
                raise self._cut_back(PROJECT)
        origin = layout.origin()
        known = origin.accounts if origin else ()
        gone = {name: self._cut_back(name) for name in known if name not in state.heads}
        return replace(state, damaged={**gone, **state.damaged})

    def _cut_back(self, name: str) -> LedgerUnusable:
        return LedgerUnusable(
            f"the ledger was cut back: {self._folder.path / LEDGERS / name} is gone",
            help=f"restore that folder from a backup; if there is none, {_ANEW[name == PROJECT]} "
            "begins it anew, and what went out is looked for on X",
        )

    def _write(self, record: Record, state: FolderState, *, unless_raced: bool = False) -> None:
        layout = self._layout(state)
        record = layout.begun(record, repository=None)
        changes = layout.changes(record)
        seen = self._seen
        if unless_raced and seen and any(seen.number(n) != state.number(n) for n in changes.names):
            raise Raced
        if changes.names:
            kept = {
                name: NumberedHead(number=state.number(name) + 1, head=changes.head(name))
                for name in changes.names
            }
            writing = UnfinishedRecord(record=record, kept=kept)
            write_down(self._folder, writing)
            carry_out(self._folder, writing, changes.files)
            self._follow(state, kept)

    def _follow(self, before: FolderState, kept: Mapping[str, NumberedHead]) -> None:
        """The next claim is made against our own records, if nothing foreign came before them."""
        if self._seen:
            ours = {n: k for n, k in kept.items() if self._seen.number(n) == before.number(n)}
            self._seen = replace(self._seen, kept={**self._seen.kept, **ours})

    def _state(self) -> FolderState:
        """The state of the folder; what a crash left half written, or another process is writing,
        counts as written."""
        written = state_on_disk(self._folder)
        writing = unfinished_record(self._folder)
        if writing is None:
            # what began with the ledger itself may have come to its end between the two
            return written if written.number(PROJECT) else state_on_disk(self._folder)
        pending = self._files_of(writing, written)
        return FolderState(kept={**written.kept, **writing.kept}, pending=pending)

    def _files_of(self, writing: UnfinishedRecord, written: FolderState) -> Mapping[str, bytes]:
        return self._layout(replace(written, damaged={})).changes(writing.record).files

    def _layout(self, state: FolderState) -> LedgerLayout:
        """The files, or those that are pending in their place."""
        pending = state.pending
        return LedgerLayout(
            lambda names: {**self._read(names), **{n: pending[n] for n in names if n in pending}},
            lambda folders: sorted({*self._names(folders), *_right_in(folders, pending)}),
            state.heads,
            damaged=state.damaged,
            where=lambda name: f"{self._folder.path}/{LEDGERS}/{name}",
        )

    def _read(self, names: Collection[str]) -> dict[str, Content]:
        found = {name: self._folder.content(f"{LEDGERS}/{name}") for name in names}
        return {name: data for name, data in found.items() if data is not None}

    def _names(self, folders: Iterable[str]) -> Iterator[str]:
        for folder in folders:
            for name in self._folder.names(f"{LEDGERS}/{folder}"):
                yield name.removeprefix(f"{LEDGERS}/")

    @contextmanager
    def _explaining_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LedgerUnusable(
                f"the ledger in {self._folder.path} can't be used: {error.strerror or error}",
                help="see that the folder can be written and that the disk has room",
            ) from error


def _right_in(folders: Collection[str], names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name.rpartition("/")[0] in folders)
