"""Whose turn it is to read X, where a budget bounds what reading may cost: one run's at a time. Two
at once would know nothing of what the other spends, and pass it together."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

from pydantic import AwareDatetime, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from runner.cli.context import CommandContext
from runner.cli.ledger_store import kept_files
from runner.kept_files import FilesRaced, KeptFiles
from runner.models.project import Project
from runner.problems import LedgerUnusable
from runner.stores.kept_files import KeptBranch
from runner.views.phrases import moment

ANOTHER_READS: Final = "another run reads X just now, or has just done so"
NAME: Final = "reading"
_LONGEST: Final = timedelta(hours=1)
"""What reading takes at most, but for waiting: a run that was killed bars nobody for longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnToRead:
    """That of one run, which gives it back at its end."""

    run: str
    until: AwareDatetime
    """When it ends by itself, where the run was killed."""


class NotItsTurn(FilesRaced):
    """Another run has the turn; the text says so."""

    def __init__(self, turn: TurnToRead | None = None) -> None:
        has_it = f"another run reads X just now: {turn_in_words(turn)}" if turn else ANOTHER_READS
        super().__init__(has_it)


_KEPT: Final = TypeAdapter(TurnToRead)


@contextmanager
def turn_to_read(
    context: CommandContext, project: Project, wait: timedelta = timedelta(0)
) -> Iterator[None]:
    """Has the turn as long as the block lasts, which waits so long at most; without a budget nobody
    needs one. Raises NotItsTurn and LedgerUnusable."""
    if project.budget is None or project.budget.reading is None:
        yield
        return
    files, now = _files(context, project), context.clock.now()
    if taken := _taken(files, project, now):
        raise NotItsTurn(taken)
    mine = secrets.token_hex(8)
    turn = TurnToRead(run=context.run_id, until=now + wait + _LONGEST)
    try:
        files.replace({mine: _KEPT.dump_json(turn)})
    except FilesRaced:
        raise NotItsTurn from None
    try:
        yield
    finally:
        # where this fails, the turn ends by itself
        with suppress(FilesRaced, LedgerUnusable):
            if mine in files.read():
                files.replace({})


def turn_taken(context: CommandContext, project: Project) -> TurnToRead | None:
    """The turn that some run has now. Raises LedgerUnusable."""
    return _taken(_files(context, project), project, context.clock.now())


def turn_in_words(turn: TurnToRead) -> str:
    return f"run {turn.run}; if that was killed, others read again from {moment(turn.until)} on"


def _files(context: CommandContext, project: Project) -> KeptFiles:
    return kept_files(context, project, KeptBranch.TURNS, NAME)


def _taken(files: KeptFiles, project: Project, now: datetime) -> TurnToRead | None:
    for data in files.read().values():
        try:
            turn = _KEPT.validate_json(data)
        except ValidationError:
            raise LedgerUnusable(
                "whose turn it is to read X can't be read",
                help=f"delete {KeptBranch.TURNS}/{NAME} with its witness: it holds nothing else",
            ) from None
        if turn.until > now:
            return TurnToRead(run=turn.run, until=turn.until.astimezone(project.timezone))
    return None
