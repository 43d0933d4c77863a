"""The list of entries that a contest's own collection gives, and whether a published one is it."""

from datetime import UTC, datetime
from typing import Final

from runner.cli.contests import OpenedContest
from runner.cli.context import CommandContext
from runner.cli.signing import signing
from runner.contest.eligibility import Entrants, entrants
from runner.contest.entry_list import BadList, EntryList
from runner.contest.readings import Readings
from runner.contest.results import why_not_of
from runner.contest.states import SETTLING
from runner.kept_files import BadReadings
from runner.problems import LedgerUnusable

_NOT_OURS: Final = (
    "look at who has pushed to its branch; once that is deleted with its witness, say it again"
)


def own_list(context: CommandContext, contest: OpenedContest, data: bytes) -> EntryList:
    """A list that was published before. Raises LedgerUnusable where it is not this contest's, or
    is none that what was collected gives."""
    id = contest.file.id
    try:
        found = EntryList.read(data)
    except BadList as bad:
        raise LedgerUnusable(f"the list of `{id}` can't be read: {bad}") from None
    key = contest.key(context)
    if (found.charter, found.public_key) != (contest.charter(), key.public_key):
        raise LedgerUnusable(
            f"the list of `{id}` that is published was made of other rules, or with another key",
            help="put back what was announced; or draw it by hand, and say so",
        )
    if found.announcement != contest.announcement_id(context):
        raise LedgerUnusable(
            f"the list of `{id}` that is published names another announcement", help=_NOT_OURS
        )
    since = settled(contest)
    made = (
        entrants_of(contest, each).entries
        for each in readings_of(context, contest).up_to_each()
        if each.last and each.last >= since
    )
    if why := why_not_of(found, made, signing(context, contest)):
        raise LedgerUnusable(
            f"the list of `{id}` that is published was not made of what was collected: {why}",
            help=_NOT_OURS,
        )
    return found


def entrants_of(contest: OpenedContest, readings: Readings) -> Entrants:
    seen = readings.seen.values()
    return entrants(seen, contest.charter(), contest.barred, gone=readings.gone)


def settled(contest: OpenedContest) -> datetime:
    """When all entries can have been seen."""
    return datetime.fromtimestamp(contest.charter().closes, UTC) + SETTLING


def readings_of(context: CommandContext, contest: OpenedContest) -> Readings:
    try:
        return contest.collector(context).kept()
    except BadReadings as bad:
        raise LedgerUnusable(
            f"what was collected of `{contest.file.id}` can't be read: {bad}"
        ) from None
