"""What was measured of the accounts of a project, as the commands need it."""

from collections.abc import Collection, Mapping
from itertools import product
from typing import NamedTuple

from runner.cli.context import CommandContext
from runner.cli.stores import kept_files, ledger_of
from runner.ledger import Need, month_of
from runner.measure import Imported, MeasuredAccount, measured_account
from runner.measure.imports import ExportKind, ImportedLine, lines_in
from runner.measure.measurement import REACH
from runner.measure.measuring import SentPart
from runner.models import Project
from runner.problems import LedgerUnusable
from runner.reading import BadReadings, KeptFiles
from runner.stores import KeptBranch


def measurement_files(context: CommandContext, project: Project, account: str) -> KeptFiles:
    """Where the measurements of an account are: beside the ledger. Raises LedgerUnusable."""
    return kept_files(context, project, KeptBranch.MEASUREMENTS, account)


class SentLately(NamedTuple):
    """What the ledger knows of an account, twice as long ago as X tells all numbers."""

    sent: Mapping[str, SentPart]
    """Its posts, by id."""
    user_id: str | None
    """Its user's id on X."""


def sent_lately(
    context: CommandContext, project: Project, accounts: Collection[str]
) -> Mapping[str, SentLately]:
    """What went out as each of these accounts; without those of which nothing can be read. Raises
    LedgerUnusable where that is all of them."""
    now = context.clock.now()
    months = {month_of(now - REACH * part / 2) for part in range(5)}
    need = Need(months=frozenset(product(accounts, months)))
    facts = ledger_of(context, project, accounts=accounts).read(need)
    users = facts.origin.users if facts.origin else {}
    sent: dict[str, dict[str, SentPart]] = {name: {} for name in accounts}
    for each in facts.journal:
        sent[each.key.account][each.id] = SentPart(each.key, each.part)
    return {
        name: SentLately(sent=sent[name], user_id=users.get(name))
        for name in accounts
        if name not in facts.damaged
    }


def sent_as(context: CommandContext, project: Project, account: str) -> SentLately:
    """What one account has sent lately. Raises LedgerUnusable."""
    found = sent_lately(context, project, [account]).get(account)
    if found is None:
        raise LedgerUnusable(f"the ledger of `{account}` can't be read", help="runner status")
    return found


def measurements_of(context: CommandContext, project: Project, account: str) -> MeasuredAccount:
    """All that was measured of an account. Raises LedgerUnusable."""
    try:
        return measured_account(measurement_files(context, project, account).read())
    except BadReadings as bad:
        raise unreadable_measurements(account, bad) from None


def unreadable_measurements(account: str, bad: BadReadings) -> LedgerUnusable:
    """Why nothing is told of an account, and nothing measured."""
    return LedgerUnusable(
        f"what was measured of `{account}` can't be read: {bad}",
        help=f"look at who has changed {KeptBranch.MEASUREMENTS.places(account)}; posts go out all "
        "the same",
    )


def all_imported(context: CommandContext, project: Project) -> Imported:
    """All that was imported of X's exports and of orders. Raises LedgerUnusable."""
    lines: list[ImportedLine] = []
    for kind in ExportKind:
        try:
            lines += lines_in(kept_files(context, project, KeptBranch.IMPORTS, kind).read())
        except BadReadings as bad:
            raise unreadable_imports(kind, bad) from None
    return Imported(lines)


def unreadable_imports(kind: ExportKind, bad: BadReadings) -> LedgerUnusable:
    """Why nothing more is imported, and nothing told of it."""
    return LedgerUnusable(
        f"what was imported of {kind} can't be read: {bad}",
        help=f"look at who has changed {KeptBranch.IMPORTS.places(kind)}; posts go out all the "
        "same",
    )
