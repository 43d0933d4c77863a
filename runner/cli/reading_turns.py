"""Whose turn it is to read X, where a budget bounds what reading may cost: one run's at a time. Two
at once would know nothing of what the other spends, and pass it together."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Final

from msgspec import DecodeError, Meta
from msgspec.json import Decoder, encode

from runner.cli.context import CommandContext
from runner.cli.stores import kept_files
from runner.cli.x_accounts import RateLimitPatience
from runner.ledger import are_plausible
from runner.models import Project
from runner.problems import LedgerUnusable
from runner.reading import FilesRaced, KeptFiles, NotRead, ReadingTurn
from runner.stores import KeptBranch
from runner.value import Value
from runner.views.phrases import moment

ANOTHER_READS: Final = "another run reads X just now, or has just done so"
NAME: Final = "reading"
LEASE: Final = timedelta(minutes=5)
"""How long a turn lasts after a request: a run that was killed bars nobody for longer. Much longer
than a request takes, and than clocks differ."""


class TurnToRead(Value, kw_only=True):
    """One run's right to read X, which the run gives back at its end."""

    run: str
    until: Annotated[datetime, Meta(tz=True)]
    """When it ends by itself, where the run was killed."""


class NotItsTurn(FilesRaced):
    """Another run has the turn; the text says so."""

    def __init__(self, turn: TurnToRead | None = None) -> None:
        has_it = f"another run reads X just now: {turn_in_words(turn)}" if turn else ANOTHER_READS
        super().__init__(has_it)


_KEPT: Final = Decoder(TurnToRead)


@dataclass(kw_only=True)
class LeasedTurn:
    """Satisfies `ReadingTurn` with a file that is renewed while its run reads. Each time it has
    another name, so that renewing it and taking it over can't both succeed."""

    run: str
    files: KeptFiles
    now: Callable[[], datetime]
    patience: RateLimitPatience
    _name: str = field(default="", init=False)

    def take(self) -> None:
        """Takes the turn, in the place of the one that was read. Raises FilesRaced and
        LedgerUnusable."""
        self._lease(self.now() + LEASE)

    def hold(self) -> NotRead | None:
        now = self.now()
        return self._renew(now + LEASE) if self._until - now < LEASE / 2 else None

    def wait_until(self, moment: datetime) -> bool:
        return self._renew(moment + LEASE) is None and self.patience.wait(moment)

    def give_back(self) -> None:
        """Gives the turn back, if it is still this run's. Where that fails, the turn ends by
        itself."""
        with suppress(FilesRaced, LedgerUnusable):
            if self._name in self.files.read():
                self.files.replace({})

    def _renew(self, until: datetime) -> NotRead | None:
        """Why it could not be renewed."""
        try:
            if self._name not in self.files.read():
                raise FilesRaced
            self._lease(until)
        except FilesRaced:
            return NotRead(because="this run stood still, and another one reads by now")
        except LedgerUnusable as unusable:
            return NotRead(because=unusable.message, help=unusable.help)
        return None

    def _lease(self, until: datetime) -> None:
        name, turn = secrets.token_hex(8), TurnToRead(run=self.run, until=until)
        self.files.replace({name: encode(turn)})
        self._name, self._until = name, until


class FreeTurn(Value):
    """Satisfies `ReadingTurn` where nothing bounds reading, so that all may read at once."""

    patience: RateLimitPatience

    def hold(self) -> None:
        """Keeps nothing: there is no turn that could end."""

    def wait_until(self, moment: datetime) -> bool:
        return self.patience.wait(moment)


@contextmanager
def turn_to_read(
    context: CommandContext, project: Project, patience: RateLimitPatience
) -> Iterator[ReadingTurn]:
    """The turn, as long as the block lasts; without a budget nobody needs one. Raises NotItsTurn
    and LedgerUnusable."""
    if project.budget is None or project.budget.reading is None:
        yield FreeTurn(patience)
        return
    files, now = _files(context, project), context.clock.now
    if taken := _running_turn(files, project, now()):
        raise NotItsTurn(taken)
    turn = LeasedTurn(run=context.run_id, files=files, now=now, patience=patience)
    try:
        turn.take()
    except FilesRaced:
        raise NotItsTurn from None
    try:
        yield turn
    finally:
        turn.give_back()


def turn_taken(context: CommandContext, project: Project) -> TurnToRead | None:
    """The turn that some run has now. Raises LedgerUnusable."""
    return _running_turn(_files(context, project), project, context.clock.now())


def turn_in_words(turn: TurnToRead) -> str:
    return f"run {turn.run}; if that was killed, others read again from {moment(turn.until)} on"


def _files(context: CommandContext, project: Project) -> KeptFiles:
    return kept_files(context, project, KeptBranch.TURNS, NAME)


def _running_turn(files: KeptFiles, project: Project, now: datetime) -> TurnToRead | None:
    """The turn in these files, if it is not over. Raises LedgerUnusable."""
    for data in files.read().values():
        try:
            turn = _KEPT.decode(data)
        except DecodeError:
            turn = None
        if turn is None or not are_plausible([turn.until]):
            raise LedgerUnusable(
                "whose turn it is to read X can't be read",
                help=f"delete {KeptBranch.TURNS}/{NAME} with its witness: it holds nothing else",
            )
        if turn.until > now:
            return TurnToRead(run=turn.run, until=turn.until.astimezone(project.timezone))
    return None
