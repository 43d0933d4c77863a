"""Tickets of many entrants, on all cores: each takes about a millisecond."""

import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice
from multiprocessing import get_context
from typing import Final

from runner.charter import Charter
from runner.cli.contests import OpenedContest
from runner.cli.context import CommandContext
from runner.contest.entries import ContestEntry
from runner.contest.results import SignAll
from runner.contest.tickets import ContestKey
from runner.system import cores

ENOUGH: Final = 2_000
"""Entrants from which on other processes pay."""
_CHUNK: Final = 250
_AT_ONCE: Final = 20_000
"""Entrants who are handed to other processes together: half a minute of work."""
_SIGNING: Final[list[tuple[ContestKey, Charter]]] = []
"""What a worker process signs with: it gets this once, when it starts."""


def signer_of(context: CommandContext, contest: OpenedContest) -> SignAll:
    """Signs for a contest, with a bar where that takes long. Raises LedgerUnusable where its key is
    missing."""
    key, charter = contest.key(context), contest.charter()

    def sign(entries: Sequence[ContestEntry]) -> Iterator[bytes]:
        users = (each.user for each in entries)
        made = tickets(key, charter, users, on=cores() if len(entries) >= ENOUGH else 1)
        watched = context.watched(entries, what="signing")
        return (ticket for _, ticket in zip(watched, made, strict=True))

    return sign


def tickets(key: ContestKey, charter: Charter, users: Iterable[str], *, on: int) -> Iterator[bytes]:
    """The tickets of users, in their order, made on so many cores; here, as far as other processes
    end."""
    left, some, done = iter(users), list[str](), 0
    if on > 1:
        fork, first = get_context("fork"), (key, charter)
        with suppress(BrokenProcessPool), ProcessPoolExecutor(on, fork, _begin, first) as pool:
            while some := list(islice(left, _AT_ONCE)):
                done = 0
                for ticket in pool.map(_ticket, some, chunksize=_CHUNK):
                    yield ticket
                    done += 1
    for user in chain(some[done:], left):
        yield key.ticket(charter, user)


def _begin(key: ContestKey, charter: Charter) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for it is told
    _SIGNING.append((key, charter))


def _ticket(user: str) -> bytes:
    key, charter = _SIGNING[0]
    return key.ticket(charter, user)
