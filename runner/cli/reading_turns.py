"""Whose turn it is to read X, where a budget bounds what reading may cost: one run's at a time. Two
at once would know nothing of what the other spends, and pass it together."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

from pydantic import AwareDatetime, TypeAdapter

from runner.cli.context import CommandContext
from runner.cli.ledger_store import kept_files
from runner.kept_files import FilesRaced
from runner.models.project import Project
from runner.problems import LedgerUnusable
from runner.stores.kept_files import KeptBranch

ANOTHER_READS: Final = "another run reads X just now, or has just done so"
NAME: Final = "reading"
_LONGEST: Final = timedelta(hours=1)
"""What reading takes at most, but for waiting: a run that was killed bars nobody for longer."""
_UNTIL: Final = TypeAdapter(AwareDatetime)


@contextmanager
def turn_to_read(
    context: CommandContext, project: Project, wait: timedelta = timedelta(0)
) -> Iterator[None]:
    """Has the turn as long as the block lasts, which waits so long at most; without a budget nobody
    needs one. Raises FilesRaced while it is another's, and LedgerUnusable."""
    if project.budget is None or project.budget.reading is None:
        yield
        return
    files, now = kept_files(context, project, KeptBranch.TURNS, NAME), context.clock.now()
    if any(until > now for until in _turns(files.read())):
        raise FilesRaced
    mine = secrets.token_hex(8)
    files.replace({mine: _UNTIL.dump_json(now + wait + _LONGEST)})
    try:
        yield
    finally:
        # where this fails, the turn ends by itself
        with suppress(FilesRaced, LedgerUnusable):
            if mine in files.read():
                files.replace({})


def _turns(files: Mapping[str, bytes]) -> Iterator[datetime]:
    """Until when somebody has it. Raises LedgerUnusable."""
    for data in files.values():
        try:
            yield _UNTIL.validate_json(data)
        except ValueError:
            raise LedgerUnusable(
                "whose turn it is to read X can't be read",
                help=f"delete {KeptBranch.TURNS}/{NAME} with its witness: it holds nothing else",
            ) from None
