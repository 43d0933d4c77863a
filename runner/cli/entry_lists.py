"""The list of entries that a contest's own collection gives, and whether a published one is it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import takewhile
from typing import Final

from runner.cli.contest_posts import announcement_id
from runner.cli.contests import OpenedContest
from runner.cli.context import CommandContext
from runner.cli.signing import signer_of
from runner.contest import settled_at
from runner.contest.commitments import BadList, Commitments
from runner.contest.eligibility import Entrants, entrants
from runner.contest.entries import PackedEntries
from runner.contest.entry_list import EntryList, added_entries, supplemented_by
from runner.contest.readings import Readings
from runner.contest.results import NotOurs, OpenedEntry, opened_among, opened_entries
from runner.models import Draw
from runner.problems import LedgerUnusable
from runner.reading import BadReadings

_NOT_OURS: Final = (
    "look at who has pushed to its branch; once that is deleted with its witness, say it again"
)


def own_list(
    context: CommandContext, contest: OpenedContest, files: Mapping[str, bytes]
) -> EntryList:
    """The list in these files, which was published before. Raises LedgerUnusable where it is not
    this contest's, or is none that what was collected gives."""
    found = published_list(context, contest, files)
    opened_listed(context, contest, found)
    return found


def published_list(
    context: CommandContext, contest: OpenedContest, files: Mapping[str, bytes]
) -> EntryList:
    """The list in these files. Raises LedgerUnusable where it is not this contest's; who has
    entered is not looked at."""
    id = contest.file.id
    try:
        found = EntryList.read(files)
    except BadList as bad:
        raise LedgerUnusable(f"the list of `{id}` can't be read: {bad}") from None
    key = contest.key(context)
    if (found.charter, found.public_key) != (contest.charter(), key.public_key):
        raise LedgerUnusable(
            f"the list of `{id}` that is published was made of other rules, or with another key",
            help="put back what was announced; or draw it by hand, and say so",
        )
    if found.announcement != announcement_id(context, contest):
        raise LedgerUnusable(
            f"the list of `{id}` that is published names another announcement", help=_NOT_OURS
        )
    return found


def opened_listed(
    context: CommandContext,
    contest: OpenedContest,
    listed: EntryList,
    wanted: Collection[bytes] = (),
) -> Mapping[bytes, OpenedEntry]:
    """The wanted entries of a list. Raises LedgerUnusable where it is none that what was collected
    gives."""
    id = contest.file.id
    try:
        return opened_entries(
            listed, _collected_entries(context, contest), signer_of(context, contest), wanted
        )
    except BadReadings as bad:
        raise _unreadable_entries(id, bad) from None
    except NotOurs as differs:
        raise LedgerUnusable(
            f"the list of `{id}` that is published was not made of what was collected: {differs}",
            help=_NOT_OURS,
        ) from None


def published_supplement(
    contest: OpenedContest, listed: EntryList, draw: Draw, files: Mapping[str, bytes]
) -> Commitments:
    """What the supplement among these files adds to a list; nothing where the results name none.
    Raises LedgerUnusable where it is not the one that they name."""
    if draw.supplement is None:
        return Commitments(b"")
    try:
        found = added_entries(files)
        digest = supplemented_by(listed, found).digest
    except BadList as bad:
        raise LedgerUnusable(
            f"the supplement of `{contest.file.id}` can't be read: {bad}", help=_NOT_OURS
        ) from None
    if digest != draw.supplement.digest:
        raise LedgerUnusable(
            f"the supplement of `{contest.file.id}` is not the one whose digest "
            f"{contest.file.results} holds",
            help=_NOT_OURS,
        )
    return found


def opened_added(
    context: CommandContext, contest: OpenedContest, added: Commitments
) -> Mapping[bytes, OpenedEntry]:
    """The entries of a supplement. Raises LedgerUnusable where one was never collected."""
    if not added:
        return {}
    try:
        found = opened_among(
            frozenset(added), _collected_entries(context, contest), signer_of(context, contest)
        )
    except BadReadings as bad:
        raise _unreadable_entries(contest.file.id, bad) from None
    if len(found) < len(added):
        raise LedgerUnusable(
            f"the supplement of `{contest.file.id}` adds {len(added) - len(found):,} entries that "
            "were never collected",
            help=_NOT_OURS,
        )
    return found


def _collected_entries(context: CommandContext, contest: OpenedContest) -> Iterator[PackedEntries]:
    """What a list could be made of, after each reading since all had settled, the last one first.
    Raises BadReadings."""
    since = settles_at(contest)

    def is_late(readings: Readings) -> bool:
        return readings.last is not None and readings.last >= since

    def entries(readings: Readings) -> PackedEntries:
        return entrants_of(contest, readings).entries

    # not one of the readings is needed any more while somebody signs
    return map(entries, takewhile(is_late, contest.collector(context).snapshots()))


def entrants_of(contest: OpenedContest, readings: Readings) -> Entrants:
    return entrants(
        readings.seen(), contest.charter(), contest.barred_handles, gone=readings.deleted_count
    )


def settles_at(contest: OpenedContest) -> datetime:
    """From when on all entries can be seen, so that the list can be made."""
    return settled_at(contest.charter().closes_at)


def readings_of(context: CommandContext, contest: OpenedContest) -> Readings:
    try:
        return contest.collector(context).readings()
    except BadReadings as bad:
        raise _unreadable_entries(contest.file.id, bad) from None


def _unreadable_entries(id: str, bad: BadReadings) -> LedgerUnusable:
    return LedgerUnusable(f"what was collected of `{id}` can't be read: {bad}")
