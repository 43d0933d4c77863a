"""Taking over a ledger of an older release, which was one for all accounts.

Killed at any step it goes on: what was there before stays, closed by a line that no older release
reads past; each account's ledger is made of it, the same whenever it is made; the project's comes
last, and without that no run works.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from runner.ledger import Record
from runner.problems import LedgerUnusable
from runner.stores.commit_message import message_of
from runner.stores.durable_folder import Folder
from runner.stores.files import FilesLedger
from runner.stores.json_lines import Content, bytes_of
from runner.stores.layout import Changes, LedgerLayout
from runner.stores.ledger_files import PROJECT
from runner.stores.old_layout import (
    OPEN,
    accounted_in_old,
    everything_old,
    is_closed,
    is_old_layout,
    old_files,
    with_closing_line,
)
from runner.stores.refs import OLD_WITNESS, WITNESSES, Heads, Move, OldHeads, Refs
from runner.stores.snapshot import expect_another_name
from runner.value import Value

_AT_ONCE: Final = 5
"""Accounts in a push: a rule of the repository may bound the branches in one."""
_OLD: Final = "_old"
_CLOSING: Final = "Close this ledger, from which each account gets its own\n"
_CLOSED: Final = "Each account has a ledger of its own, below {}\n"


class UpgradeRefs(Refs, Protocol):
    """A remote that has a ledger of an older release."""

    def push_refs(self, refs: Mapping[str, Move]) -> None:
        """Moves all of these refs, by their full names, or none, only if each stands where it is
        said to."""
        ...


class Upgrade(Value, kw_only=True):
    """What is taken over, from where."""

    old: str
    record: Record


class GitUpgrade:
    """Takes over the ledger on a branch of a remote. Raises GitFailed, and LedgerUnusable."""

    def __init__(self, refs: UpgradeRefs, *, branch: str) -> None:
        self._refs = refs
        self._branch = branch

    def upgrade(self, *, dry_run: bool = False) -> Upgrade | None:
        """What was taken over, or would be; None where there is nothing to take over."""
        old, heads = self._refs.old(), self._refs.heads(None)
        expect_another_name(old, self._branch)
        if old is None or PROJECT in heads.branches or PROJECT in heads.witnesses:
            return None
        head = self._expect_whole(old)
        self._expect_pairs(heads)
        opened, said = self._open_file(head), self._refs.messages({_OLD: head})[_OLD]
        if is_closed(opened) and said == _CLOSED.format(self._branch):
            raise self._cut_back(old)
        before = self._refs.parent(head) if is_closed(opened) else head
        if before is None:
            raise LedgerUnusable(f"`{old.name}` begins with its end", help="restore it")
        record = self._everything(old, before)
        if dry_run:
            return Upgrade(old=old.name, record=record)
        if before == head:
            head = self._refs.commit(head, {OPEN: with_closing_line(opened)}, _CLOSING)
            self._refs.push_refs(_both(old, Move(old=before, new=head)))
        self._take_over(old, head, record)
        return Upgrade(old=old.name, record=record)

    def _expect_whole(self, old: OldHeads) -> str:
        ref = f"refs/heads/{old.name}"
        if old.witness is None:
            raise LedgerUnusable(
                f"the ledger was cut back: {old.name} is there, and its witness {OLD_WITNESS} is "
                "not",
                help=f"if nobody has changed the branch: git fetch origin {ref} && git push origin "
                f"FETCH_HEAD:{OLD_WITNESS}",
            )
        if old.branch != old.witness:
            raise LedgerUnusable(
                f"the ledger was cut back: {old.name} is not where {OLD_WITNESS} is",
                help=f"to restore it: git fetch origin {OLD_WITNESS} && git push --force origin "
                f"FETCH_HEAD:{ref}",
            )
        return old.witness

    def _expect_pairs(self, heads: Heads) -> None:
        """What an upgrade has begun has both of its refs; nothing is lost where it begins anew."""
        for name in sorted(heads.branches.keys() | heads.witnesses.keys()):
            refs = {
                f"refs/heads/{self._branch}/{name}": heads.branches.get(name),
                f"{WITNESSES}/{name}": heads.witnesses.get(name),
            }
            if len(set(refs.values())) > 1:
                there = " ".join(ref for ref, commit in refs.items() if commit)
                raise LedgerUnusable(
                    f"{' and '.join(refs)} are not at the same commit, and no upgrade leaves that",
                    help=f"if no other upgrade is at work: git push origin --delete {there}, then "
                    "say it again: it is made anew",
                )

    def _cut_back(self, old: OldHeads) -> LedgerUnusable:
        return LedgerUnusable(
            f"the ledger was cut back: `{old.name}` was taken over, and the ledgers below "
            f"{self._branch} are gone",
            help=f"push the branches below {self._branch} and the refs below {WITNESSES} again, "
            f"from whatever has them; if nothing does, delete `{old.name}` and {OLD_WITNESS}: the "
            "next run begins anew, and looks on X for what went out",
        )

    def _open_file(self, commit: str) -> bytes:
        name = f"{_OLD}/{OPEN}"
        return bytes_of(self._refs.read({_OLD: commit}, [name]).get(name, b""))

    def _everything(self, old: OldHeads, commit: str) -> Record:
        at, start = {_OLD: commit}, f"{_OLD}/"

        def read(names: Collection[str]) -> dict[str, Content]:
            found = self._refs.read(at, [f"{start}{name}" for name in names])
            return {name.removeprefix(start): content for name, content in found.items()}

        names = (name.removeprefix(start) for name in self._refs.everything(at))
        lines = [name for name in names if name.endswith(".jsonl")]
        accounted = accounted_in_old(self._refs.messages(at)[_OLD])
        return everything_old(lines, read, accounted, where=f"{old.name}:")

    def _take_over(self, old: OldHeads, head: str, record: Record) -> None:
        changes, there = _changes(record), self._refs.heads(None).branches
        names = sorted(changes.names - {PROJECT})
        made = {name: self._commit_of(name, old, record, changes) for name in names}
        moves = {
            name: Move(old=there.get(name), new=new)
            for name, new in made.items()
            if there.get(name) != new
        }
        for some in _groups(moves):
            self._refs.push(some)
        project = self._commit_of(PROJECT, old, record, changes)
        last = self._refs.commit(head, {}, _CLOSED.format(self._branch))
        new = Move(old=None, new=project)
        refs = {f"refs/heads/{self._branch}/{PROJECT}": new, f"{WITNESSES}/{PROJECT}": new}
        self._refs.push_refs({**refs, **_both(old, Move(old=head, new=last))})

    def _commit_of(self, name: str, old: OldHeads, record: Record, changes: Changes) -> str:
        """A commit of one ledger: the same whenever it is made."""
        message = message_of(record.of(name), changes.head(name), subject=f"Take over {old.name}")
        date = record.origin.at if record.origin else None
        return self._refs.commit(None, changes.files_of(name), message, date=date)


def upgrade_folder(
    path: Path, *, dry_run: bool = False, folder: Folder | None = None
) -> Upgrade | None:
    """Takes over the ledger in a folder of the files store. Raises LedgerUnusable, and OSError."""
    folder = folder or Folder(path)
    if not is_old_layout(folder):
        return None
    with folder.locked(patience=30):
        if FilesLedger(path, folder=folder).is_begun():
            return None
        record = old_files(folder)
        if not dry_run:
            opened = folder.read(OPEN) or b""
            if not is_closed(opened):
                folder.replace(OPEN, with_closing_line(opened))
            FilesLedger(path, folder=folder).take_over(_changes(record))
    return Upgrade(old=str(path), record=record)


def _changes(record: Record) -> Changes:
    if record.origin is None:
        raise LedgerUnusable(
            "the old ledger does not say whose it is", help="restore its origin.jsonl"
        )
    nothing = LedgerLayout(lambda _: {}, lambda _: (), {}, damaged={}, where=str)
    return nothing.changes(record)


def _both(old: OldHeads, move: Move) -> dict[str, Move]:
    return {f"refs/heads/{old.name}": move, OLD_WITNESS: move}


def _groups(moves: Mapping[str, Move]) -> Iterator[dict[str, Move]]:
    left = iter(moves.items())
    while some := dict(islice(left, _AT_ONCE)):
        yield some
