"""Reading the files of the ledger, wherever a store keeps them.

Pure: a store brings the bytes.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from runner.ledger import (
    Facts,
    Need,
    Origin,
    Record,
    Sent,
    is_only_out,
    standing_holds,
    standing_origin,
    standings_of,
)
from runner.problems import LedgerUnusable
from runner.stores.json_lines import Content, LineFormat, load
from runner.stores.ledger_files import (
    ENTRIES,
    HELD,
    HOLDS,
    ORIGIN,
    ORIGINS,
    SENDS,
    Head,
    accounted_by,
    birth,
    entries_file,
    is_entries_file,
    is_journal,
    is_of_a_month,
    journal,
    open_file,
    owner,
)
from runner.value import replace

ReadStored = Callable[[Collection[str]], Mapping[str, Content]]
"""The files that are there among those named, at once."""
Names = Callable[[Collection[str]], Iterable[str]]
"""The JSON lines right in any of these folders, as full names in order."""
T = TypeVar("T")


class ProjectRolledBack(LedgerUnusable):
    """The project's own ledger lacks what accounts have seen of it."""


class LedgerReader:
    """The files of one state of the ledger, and the heads of its accounts. `damaged` are accounts
    of which nothing can be told, and why; what can't be read adds to them. `where` leads to a file,
    for messages. `project` is the project's own head, where it says how many lines there are."""

    def __init__(
        self,
        read: ReadStored,
        names: Names,
        heads: Mapping[str, Head],
        *,
        damaged: Mapping[str, LedgerUnusable],
        where: Callable[[str], str],
        project: Head | None = None,
    ) -> None:
        self._read = read
        self._names = names
        self._heads = heads
        self._damaged = dict(damaged)
        self._where = where
        self._project = project
        self._notices: dict[str, None] = {}

    def glance(self, accounts: Collection[str]) -> Facts:
        """What is always read of these accounts. Raises LedgerUnusable where none of them can be
        read, or the project can't."""
        of_all = (HOLDS,) if self._project_says_enough else (HOLDS, ORIGIN)
        files = self._read((*of_all, *map(open_file, accounts), *map(birth, accounts)))
        unsettled = self._readable(
            accounts, lambda each: self._lines(files, open_file(each), ENTRIES)
        )
        begun = self._readable(accounts, lambda each: self._lines(files, birth(each), ORIGINS))
        heads = {each: head for each, head in self._heads.items() if each in accounts}
        standings = standings_of(chain.from_iterable(unsettled.values()))
        lately_out = frozenset(key for key, each in standings.items() if is_only_out(each))
        return self._believable(
            accounts,
            Facts(
                standings={key: each for key, each in standings.items() if key not in lately_out},
                lately_out=lately_out,
                accounted=accounted_by(heads),
                purses={each: head.purse for each, head in heads.items()},
                holds=standing_holds(self._lines(files, HOLDS, HELD)),
                born=_births(begun),
            ),
        )

    def facts(self, need: Need, glance: Facts, accounts: Collection[str]) -> Facts:
        """What was glanced at of these accounts, and what is needed besides. Raises LedgerUnusable
        where none of them can be read, or one of all that there are and that matters to each."""
        self._damaged.update(glance.damaged)
        entries_files = sorted(self._entries_files(need, accounts))
        journals = [journal(account, month) for account, month in sorted(need.months)]
        of_all = (HOLDS, ORIGIN) if need.origin or not self._project_says_enough else ()
        files = self._read((*of_all, *entries_files, *journals))
        if of_all:
            self._expect_no_newer(files)
        recorded = self._read_lines(entries_files, files, ENTRIES)
        journaled = self._read_lines(journals, files, SENDS)
        if self._damaged and (need.purses or need.whole):
            raise self._damaged[min(self._damaged)]
        unsettled = (entry for each in glance.standings.values() for entry in each.entries)
        standings = standings_of(chain(chain.from_iterable(recorded.values()), unsettled))
        purses = {each: head.purse for each, head in self._heads.items()}
        return self._believable(
            accounts,
            replace(
                glance,
                standings=standings,
                lately_out=glance.lately_out - standings.keys(),
                journal=tuple(
                    sorted(chain.from_iterable(journaled.values()), key=attrgetter("at"))
                ),
                purses=purses if need.purses else glance.purses,
                origin=standing_origin(self._lines(files, ORIGIN, ORIGINS)),
            ),
        )

    def _read_lines(
        self, names: Iterable[str], files: Mapping[str, Content], kind: LineFormat[T]
    ) -> dict[str, list[T]]:
        """What stands in those of these files that are there, in their order, by account. There may
        be very many names, as each campaign may be on each account."""
        there: dict[str, list[str]] = defaultdict(list)
        for name in filter(files.__contains__, names):
            there[owner(name)].append(name)

        def lines(account: str) -> list[T]:
            return [line for name in there[account] for line in self._lines(files, name, kind)]

        return self._readable(there, lines)

    def origin(self) -> Origin | None:
        """Whose ledger it is; None before its first record. Raises LedgerUnusable."""
        return standing_origin(self._lines(self._read((ORIGIN,)), ORIGIN, ORIGINS))

    def everything(self, names: Iterable[str]) -> Record:
        """All that these files hold: entries by key, and of each as they were written; whose ledger
        it is now, since its birth. Raises LedgerUnusable."""
        for lost in sorted(self._damaged):
            raise self._damaged[lost]
        ordered = sorted(names)
        files = self._read(ordered)
        births = [name for name in ordered if name == birth(owner(name))]
        begun = {owner(name): self._lines(files, name, ORIGINS) for name in births}
        origins = self._lines(files, ORIGIN, ORIGINS)
        whose = standing_origin(origins)
        entries_files, journals = filter(is_entries_file, ordered), filter(is_journal, ordered)
        entries = (each for name in entries_files for each in self._lines(files, name, ENTRIES))
        sent = [each for name in journals for each in self._lines(files, name, SENDS)]
        return Record(
            entries=tuple(sorted(entries, key=lambda entry: str(entry.key))),
            sent=tuple(sent),
            accounted=accounted_by(self._heads),
            holds=tuple(self._lines(files, HOLDS, HELD)),
            origin=_exported(whose, since=origins[0].at) if whose else None,
            born=_births(begun),
            looked=self._looks(sent),
        )

    def _looks(self, sent: Collection[Sent]) -> dict[str, dict[str, Decimal]]:
        """What each account has spent on looks, by month."""
        mine: dict[str, list[Sent]] = defaultdict(list)
        for line in sent:
            mine[line.key.account].append(line)
        found = {name: head.purse.beside(mine[name]) for name, head in self._heads.items()}
        return {name: looks for name, looks in found.items() if looks}

    def _believable(self, accounts: Collection[str], facts: Facts) -> Facts:
        """What is told of those that can be read, and why others can't."""
        damaged = self._damaged
        if accounts and damaged.keys() >= set(accounts):
            raise damaged[min(accounts)]
        return replace(
            facts,
            standings={
                key: each for key, each in facts.standings.items() if key.account not in damaged
            },
            lately_out=frozenset(key for key in facts.lately_out if key.account not in damaged),
            journal=tuple(line for line in facts.journal if line.key.account not in damaged),
            accounted={name: at for name, at in facts.accounted.items() if name not in damaged},
            born={name: at for name, at in facts.born.items() if name not in damaged},
            purses={name: each for name, each in facts.purses.items() if name not in damaged},
            damaged=dict(damaged),
            notices=tuple(self._notices),
        )

    def _readable(self, accounts: Iterable[str], told: Callable[[str], T]) -> dict[str, T]:
        """What is told of each account that can be read."""
        found = {}
        for account in sorted(set(accounts) - self._damaged.keys()):
            try:
                found[account] = told(account)
            except LedgerUnusable as unusable:
                self._damaged[account] = unusable
        return found

    @property
    def _newest_seen(self) -> int:
        """Up to which line of the project's own ledger accounts know it."""
        return max((head.project for head in self._heads.values()), default=0)

    @property
    def _project_says_enough(self) -> bool:
        """Whether its own head says that the project has all that accounts know of it."""
        return self._project is not None and self._newest_seen <= self._project.project

    def _number(self, files: Mapping[str, Content]) -> int:
        """How many lines these files of the project's own have, with those that were lost."""
        origins = self._lines(files, ORIGIN, ORIGINS)
        lost = sum(line.lost or 0 for line in origins)
        return len(origins) + len(self._lines(files, HOLDS, HELD)) + lost

    def _expect_no_newer(self, files: Mapping[str, Content]) -> None:
        """Checks that no account knows more of the project than there is. Raises LedgerUnusable
        where one does."""
        if self._newest_seen > self._number(files):
            raise ProjectRolledBack(
                f"the ledger was rolled back: accounts know more of {self._where(ORIGIN)} and what "
                "is on hold than it says",
                help="restore what is newer of it; if nothing has that, `runner ledger adopt`, and "
                "say `runner hold` again of what was on hold",
            )

    def _lines(self, files: Mapping[str, Content], name: str, kind: LineFormat[T]) -> list[T]:
        path = self._where(name)
        found, was_cut = load(files.get(name, b""), kind, name=path)
        if was_cut:
            self._notices[f"{path}: the last line was cut off in writing, so it is left out"] = None
        return found

    def _entries_files(self, need: Need, accounts: Collection[str]) -> set[str]:
        """The files of these accounts that are needed; of all that are there where a campaign is
        wanted as a whole."""
        wanted = {
            entries_file(account, campaign, period)
            for account in accounts
            for campaign, period in need.periods
        }
        newest = [f"{a}/campaigns/{each}" for a in sorted(accounts) for each in need.newest]
        entire = [f"{a}/campaigns/{each}" for a in sorted(self._heads) for each in need.whole]
        there: dict[str, list[str]] = defaultdict(list)
        for name in self._names((*newest, *entire)) if newest or entire else ():
            there[name.rpartition("/")[0]].append(name)
        for folder in newest:
            wanted |= set([name for name in there[folder] if is_of_a_month(name)][-1:])
        return wanted.union(*(there[folder] for folder in entire))


def _births(begun: Mapping[str, list[Origin]]) -> dict[str, datetime]:
    """When the ledgers of accounts began, as far as they still say so."""
    return {account: lines[0].at for account, lines in begun.items() if lines}


def _exported(origin: Origin, *, since: datetime) -> Origin:
    """Whose ledger it is, wherever it is kept from now on."""
    accounts = tuple(sorted(origin.accounts))
    return origin.model_copy(update={"at": since, "accounts": accounts, "lost": None})
