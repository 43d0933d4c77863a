"""The ledger on a branch of the repository, where a push is the compare-and-swap.

Of two runs that claim the same post exactly one push wins. A witness ref moves with the branch, in
the same push: when they differ, somebody has cut the ledger back, and nothing is sent from it. What
a push did is never taken from its answer: after an error the branch is asked for our lines.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Final, TypeVar

from runner.git import GitFailed
from runner.ledger import Ask, Attempting, Facts, Need, Origin, Record
from runner.problems import LedgerOutOfReach, LedgerUnusable
from runner.publish.ports import Clock, Raced, Stale
from runner.stores.commit_message import accounted_in, message_of
from runner.stores.layout import LedgerLayout, later
from runner.stores.refs import WITNESS, Heads, Refs

RESULT_PATIENCE: Final = timedelta(minutes=15)
"""How long a result is pushed when no deadline is given."""
PATIENCE: Final = timedelta(seconds=30)
"""How long anything else is tried that has no limit of its own."""
T = TypeVar("T")
_UNREAD = "unread"  # no commit's id


class GitLedger:
    """Satisfies `Ledger`. `files` are the ids of what the run was planned from, as
    `Refs.declared_at` gives them; None when nothing will be claimed. `repository` is whose ledger
    this has to be, as `host/path`; the store writes it into each origin. `deadline` is when results
    are given up. `jitter` gives a share from 0 to 1."""

    def __init__(
        self,
        refs: Refs,
        *,
        clock: Clock,
        files: Mapping[str, str | None] | None = None,
        repository: str | None = None,
        deadline: datetime | None = None,
        branch: str = "runner-ledger",
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._refs = refs
        self._clock = clock
        self._files = files
        self._repository = repository
        self._deadline = deadline
        self._branch = branch
        self._jitter = jitter
        self._base: str | None = _UNREAD
        """What the next claim is made against: the head as it was read, or as this object has
        moved it since."""

    def read(self, need: Need | Ask) -> Facts:
        head, facts = self._retried(lambda: self._facts(need))
        origin = facts.origin
        if origin and self._repository and origin.repository not in (None, self._repository):
            raise LedgerOutOfReach(
                f"the ledger is that of {origin.repository}, and this is {self._repository}",
                help="if this repository posts from now on, and that one no more: "
                "`runner ledger adopt`",
            )
        self._base = head
        return facts

    def everything(self) -> Record:
        """All that was ever recorded. Raises LedgerUnusable."""

        def all_of_it() -> tuple[str | None, Record]:
            head = self._heads().branch
            names = self._refs.everything(head) if head else ()
            return head, self._shelves(head).everything(names, self._accounted(head))

        self._base, record = self._retried(all_of_it)
        return record

    def whose(self) -> Origin | None:
        """Whose ledger it says to be, even if it is not ours."""
        return self._retried(lambda: self._facts(Need()))[1].origin

    def claim(self, record: Record) -> None:
        heads = self._retried(self._heads)
        if heads.branch != self._base:
            raise Raced
        if self._retried(lambda: self._differs(heads.tip)):
            raise Stale
        new = self._retried(lambda: self._commit(record, heads.branch))
        if new:
            self._push_claim(record, new)

    def record(self, record: Record) -> None:
        until = self._deadline or self._clock.now() + RESULT_PATIENCE
        made: dict[str | None, str | None] = {}
        failed = GitFailed("no time is left")
        for _ in self._tries(until):
            try:
                head = self._heads().branch
                new = self._commit(record, head)
                if new:
                    made[new] = head
                    self._refs.push(new, old=head)
            except GitFailed as error:
                failed = error
                if error.final:
                    break
            else:
                self._follow(new or head, made)
                return
        raise self._unusable(failed)

    def stale(self) -> bool:
        return self._retried(lambda: self._differs(self._refs.heads().tip))

    def _push_claim(self, record: Record, new: str) -> None:
        """Pushes until it is known to be there; Raced when somebody was faster."""
        limits = [entry.send_by for entry in record.entries if isinstance(entry, Attempting)]
        until = min(limits, default=self._clock.now() + PATIENCE)
        failed = GitFailed("no time is left")
        for _ in self._tries(until, at_most=4):
            try:
                self._refs.push(new, old=self._base)
            except GitFailed as error:
                failed = error
            else:
                self._base = new
                return
            with suppress(GitFailed):
                head = self._heads().branch
                moved = head != self._base
                if moved and (head == new or self._holds(record, head)):
                    self._base = new  # if a foreign commit lies on top, the next claim races
                    return
                if moved:
                    raise Raced
                if failed.final:
                    break
        raise self._unusable(failed)

    def _follow(self, head: str | None, made: Mapping[str | None, str | None]) -> None:
        """The next claim is made against our own commit, if nothing foreign came before it."""
        if head in made and made[head] == self._base:
            self._base = head

    def _facts(self, need: Need | Ask) -> tuple[str | None, Facts]:
        head = self._heads().branch
        return head, self._shelves(head).facts(need, self._accounted(head))

    def _heads(self) -> Heads:
        """Branch and witness, which are one. Raises LedgerUnusable when they are not."""
        heads = self._refs.heads()
        for _ in range(4):
            if heads.branch == heads.witness:
                return heads
            # a server may show one ref of a push before the other
            self._clock.sleep(0.5)
            heads = self._refs.heads()
        raise _cut_back(heads, self._branch)

    def _differs(self, tip: str | None) -> bool:
        if self._files is None:
            return False
        return tip is None or self._refs.declared_at(tip) != self._files

    def _commit(self, record: Record, head: str | None) -> str | None:
        """A commit of the record on top of `head`; None when all of it is there."""
        shelves = self._shelves(head)
        record = shelves.begun(record, repository=self._repository)
        before = self._accounted(head)
        accounted = later(before, record.accounted)
        changes = shelves.changes(record)
        if not changes and accounted == before:
            return None
        return self._refs.commit(head, changes, message_of(record, accounted))

    def _holds(self, record: Record, head: str | None) -> bool:
        """Whether all of it is there, our own lines with our own attempts' ids."""
        before = self._accounted(head)
        changed = self._shelves(head).changes(record)
        return not changed and later(before, record.accounted) == before

    def _shelves(self, head: str | None) -> LedgerLayout:
        where = f"{self._branch}:"
        if head is None:
            return LedgerLayout(lambda _: {}, lambda _: (), where=where)
        refs = self._refs
        return LedgerLayout(partial(refs.read, head), partial(refs.names, head), where=where)

    def _accounted(self, head: str | None) -> dict[str, datetime]:
        return accounted_in(self._refs.message(head)) if head else {}

    def _retried(self, call: Callable[[], T]) -> T:
        """What takes nothing back, a few times."""
        failed = GitFailed("no time is left")
        for _ in self._tries(self._clock.now() + PATIENCE, at_most=3):
            try:
                return call()
            except GitFailed as error:
                failed = error
                if error.final:
                    break
        raise self._unusable(failed)

    def _tries(self, until: datetime, *, at_most: int | None = None) -> Iterator[None]:
        """Once at least; with longer and longer pauses, drawn so that two runs don't keep step."""
        yield
        for number in range(at_most - 1) if at_most else count():
            pause = min(0.2 * 2 ** min(number, 10), 20) * (0.5 + self._jitter())
            if self._clock.now() + timedelta(seconds=pause) >= until:
                return
            began = self._clock.boot()
            self._clock.sleep(pause)
            woken = self._clock.boot() - began < pause / 2
            yield
            if woken:  # somebody wants us to end
                return

    def _unusable(self, failed: GitFailed) -> LedgerUnusable:
        return LedgerOutOfReach(
            f"the ledger on {self._branch} can't be reached or written: {failed.message}",
            help=failed.help or "see that the repository can be reached, then run again",
        )


def _cut_back(heads: Heads, branch: str) -> LedgerUnusable:
    """Restoring takes no guess: the witness stands where the last push has left both."""
    restored = "git fetch origin {} && git push --force origin FETCH_HEAD:{}"
    if heads.witness is None:
        return LedgerUnusable(
            f"the ledger was cut back: {branch} is there, and its witness {WITNESS} is not",
            help=f"if nobody has changed the branch: {restored.format(branch, WITNESS)}",
        )
    how = "is gone" if heads.branch is None else f"is not where {WITNESS} is"
    return LedgerUnusable(
        f"the ledger was cut back: {branch} {how}",
        help=f"to restore it: {restored.format(WITNESS, f'refs/heads/{branch}')}",
    )
