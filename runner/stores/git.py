"""The ledger on branches of the repository, one for each account, where a push is the
compare-and-swap.

Of two runs that claim the same post exactly one push wins. A witness ref moves with each branch, in
the same push: when they differ, somebody has cut that ledger back, and nothing is sent from it.
What a push did is never taken from its answer: after an error the branch is asked for our lines.
"""

import random
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, TypeVar

from runner.git import GitFailed
from runner.ledger import Ask, Attempting, Facts, Need, Origin, Record
from runner.problems import LedgerOutOfReach
from runner.publish import Clock, Raced
from runner.stores.commit_message import message_of
from runner.stores.ledger_files import PROJECT
from runner.stores.ledger_reader import ProjectRolledBack
from runner.stores.refs import BRANCH, Move, Patience, Refs
from runner.stores.snapshot import Snapshot, Snapshots
from runner.value import replace

RESULT_PATIENCE: Final = timedelta(minutes=15)
"""How long a result is pushed when no deadline is given."""
PATIENCE: Final = timedelta(seconds=30)
"""How long anything else is tried that has no limit of its own."""
Moves = Mapping[str, Move]
T = TypeVar("T")
_UNMADE = "unmade"  # no commit's id


class GitLedger:
    """Satisfies `Ledger`. `accounts` are those that it is read for; None for all that there are.
    `files` are the ids of what the run was planned from, as `Refs.declared_at` gives them; None
    when nothing will be claimed. `repository` is whose ledger this has to be, as `host/path`; the
    store writes it into each origin. `deadline` is when results are given up. `jitter` gives a
    share from 0 to 1."""

    def __init__(
        self,
        refs: Refs,
        *,
        clock: Clock,
        accounts: Collection[str] | None = None,
        files: Mapping[str, str | None] | None = None,
        repository: str | None = None,
        deadline: datetime | None = None,
        branch: str = BRANCH,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._refs = refs
        self._clock = clock
        self._accounts = accounts
        self._files = files
        self._repository = repository
        self._deadline = deadline
        self._branch = branch
        self._patience = Patience(clock, jitter)
        self._snapshots = Snapshots(refs, clock, branch)
        self._bases: dict[str, str | None] | None = None
        """What the next claim is made against: the heads as they were read, or as this object has
        moved them since. None before anything was read."""
        self._claimed = Record()
        """The last claim, as it was written."""

    def read(self, need: Need | Ask) -> Facts:
        snapshot, facts = self._retry(lambda: self._facts(need))
        whose = snapshot.project or facts.origin
        if whose and self._repository and whose.repository not in (None, self._repository):
            raise LedgerOutOfReach(
                f"the ledger is that of {whose.repository}, and this is {self._repository}",
                help="if this repository posts from now on, and that one no more: "
                "`runner ledger adopt`",
            )
        self._bases = dict(snapshot.at)
        return facts

    def everything(self) -> Record:
        """All that was ever recorded. Raises LedgerUnusable."""
        snapshot, record = self._retry(self._everything)
        self._bases = dict(snapshot.at)
        return record

    def origin(self) -> Origin | None:
        """The origin that the ledger names, even if it is another project's."""
        return self._retry(lambda: self._snapshots.layout(self._snapshots.take(())).origin())

    def claim(self, record: Record) -> None:
        if self._bases is None:
            raise Raced
        bases = {name: self._bases.get(name) for name in (PROJECT, *record.names)}
        record, moves = self._retry(lambda: self._moves(record, bases))
        if moves:
            self._push_claim(record, moves)
        self._claimed = record

    def confirm(self, need: Need) -> Facts:
        return self._retry(lambda: self._confirm_claim(need))

    def record(self, record: Record) -> None:
        until = self._deadline or self._clock.now() + RESULT_PATIENCE
        made: dict[tuple[str, str | None], str | None] = {}
        failed = GitFailed("no time is left")
        for _ in self._patience.tries(until):
            try:
                heads = self._heads_for(record)
                record, moves = self._moves(record, heads)
                made |= {(name, move.new): move.old for name, move in moves.items()}
                if moves:
                    self._refs.push(moves)
            except GitFailed as error:
                failed = error
                if error.final:
                    break
            else:
                self._follow({**heads, **{name: each.new for name, each in moves.items()}}, made)
                return
        raise self._unusable(failed)

    def stale(self) -> bool:
        return self._retry(lambda: self._differs(self._refs.heads((), tip=True).tip))

    def _push_claim(self, record: Record, moves: Mapping[str, Move]) -> None:
        """Pushes until it is known to be there; Raced when somebody was faster."""
        limits = [entry.send_by for entry in record.entries if isinstance(entry, Attempting)]
        until = min(limits, default=self._clock.now() + PATIENCE)
        failed = GitFailed("no time is left")
        for _ in self._patience.tries(until, at_most=4):
            try:
                self._refs.push(moves)
            except GitFailed as error:
                failed = error
            else:
                self._advance(moves)
                return
            with suppress(GitFailed):
                snapshot = self._snapshots.take(moves.keys() - {PROJECT})
                heads = snapshot.commits(moves)
                moved = heads != {name: move.old for name, move in moves.items()}
                if moved and self._holds(record, snapshot):
                    self._advance(moves)  # if a foreign commit lies on top, the next claim races
                    return
                if moved:
                    raise Raced
                if failed.final:
                    break
        raise self._unusable(failed)

    def _advance(self, moves: Mapping[str, Move]) -> None:
        self._bases = {**(self._bases or {}), **{name: move.new for name, move in moves.items()}}

    def _follow(
        self,
        heads: Mapping[str, str | None],
        made: Mapping[tuple[str, str | None], str | None],
    ) -> None:
        """The next claim is made against our own commits, if nothing foreign came before them."""
        bases = self._bases
        for name, head in heads.items():
            before = made.get((name, head), _UNMADE)
            if bases is not None and before == bases.get(name):
                bases[name] = head

    def _facts(self, want: Need | Ask) -> tuple[Snapshot, Facts]:
        """What is wanted, with the heads that it was read at."""
        snapshot = self._snapshots.take(self._accounts)
        accounts = snapshot.accounts
        glance = self._snapshots.layout(snapshot).glance(accounts | snapshot.damaged.keys())
        need = want if isinstance(want, Need) else want(glance)
        if self._accounts is not None:
            asked = {PROJECT, *self._accounts}
            if _is_wide(need) or {account for account, _ in need.months} - asked:
                # what is asked for is claimed against what the glance was of
                snapshot = self._snapshots.take(None).beside(snapshot, asked)
        return snapshot, self._snapshots.layout(snapshot).facts(need, glance, accounts)

    def _confirm_claim(self, need: Need) -> Facts:
        """What stands now beside the last claim, which has to stand there, too."""
        ours = self._claimed.names
        snapshot = self._snapshots.take(None if _is_wide(need) else ours, tip=True)
        snapshot.expect(snapshot.damaged)
        if self._bases is None or not self._shows(snapshot):
            raise GitFailed("the remote shows what it was before the claim")
        layout = self._snapshots.layout(snapshot)
        facts = layout.facts(need, layout.glance(()), ())
        return replace(facts, stale=self._differs(snapshot.tip))

    def _shows(self, snapshot: Snapshot) -> bool:
        """Whether the last claim is there, perhaps with foreign commits on top."""
        bases, names = self._bases or {}, self._claimed.names
        ours = all(snapshot.at.get(name) == bases.get(name) for name in names)
        return ours or self._holds(self._claimed, snapshot)

    def _everything(self) -> tuple[Snapshot, Record]:
        snapshot = self._snapshots.take(None)
        names = self._refs.everything(snapshot.at)
        return snapshot, self._snapshots.layout(snapshot).everything(names)

    def _differs(self, tip: str | None) -> bool:
        if self._files is None:
            return False
        return tip is None or self._refs.declared_at(tip) != self._files

    def _heads_for(self, record: Record) -> dict[str, str | None]:
        """The commits of the ledgers that a record changes, by name; of all ledgers, where it
        adopts them."""
        adopts = record.origin is not None and record.origin.by is not None
        snapshot = self._snapshots.take(None if adopts else record.names)
        return {**snapshot.commits((PROJECT, *record.names)), **(snapshot.at if adopts else {})}

    def _moves(
        self, record: Record, commits: Mapping[str, str | None]
    ) -> tuple[Record, dict[str, Move]]:
        """The record with what the first one says, and commits of it on top of these; none where
        all of it is there."""
        layout = self._snapshots.layout_at(commits)
        record = layout.begun(record, repository=self._repository)
        changes = layout.changes(record)
        moves = {}
        for name in sorted(changes.names):
            old, message = commits.get(name), message_of(record.of(name), changes.head(name))
            new = self._refs.commit(old, changes.files_of(name), message)
            moves[name] = Move(old=old, new=new)
        return record, moves

    def _holds(self, record: Record, snapshot: Snapshot) -> bool:
        """Whether all of it is there, our own lines with our own attempts' ids."""
        return not self._snapshots.layout(snapshot).changes(record).names

    def _retry(self, call: Callable[[], T]) -> T:
        """What takes nothing back, a few times."""
        failed: GitFailed | ProjectRolledBack = GitFailed("no time is left")
        for _ in self._patience.tries(self._clock.now() + PATIENCE, at_most=3):
            try:
                return call()
            except ProjectRolledBack as error:
                failed = error  # a server may show one ref before another
            except GitFailed as error:
                failed = error
                if error.final:
                    break
        raise self._unusable(failed) if isinstance(failed, GitFailed) else failed

    def _unusable(self, failed: GitFailed) -> LedgerOutOfReach:
        return LedgerOutOfReach(
            f"the ledger on {self._branch} can't be reached or written: {failed.message}",
            help=failed.help or "see that the repository can be reached, then run again",
        )


def _is_wide(need: Need) -> bool:
    """Whether it is of all accounts."""
    return need.purses or bool(need.whole)
