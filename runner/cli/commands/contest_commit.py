"""`runner contest commit`: the list of entries of a contest that has closed, published."""

from datetime import UTC, datetime

from runner.cli.contests import LIST_FILE, OpenedContest, contest_of
from runner.cli.context import CommandContext
from runner.cli.output_files import writing
from runner.contest.collecting import BadReadings
from runner.contest.eligibility import entrants
from runner.contest.entry_list import BadList, EntryList
from runner.contest.ports import ContestRaced
from runner.contest.readings import Readings
from runner.contest.results import ListedEntries, list_of
from runner.contest.verifying import SETTLING
from runner.problems import BadUsage, LedgerUnusable
from runner.rules import barred_handles
from runner.views.phrases import count


def commit_entries(context: CommandContext, id: str) -> int:
    """Publishes the list, once, and writes its digest into the contest's results; said again, it
    goes on where it ended. Raises BadUsage, LedgerUnusable."""
    contest = contest_of(context, id)
    contest.charter()  # there is none of a draw by hand
    if contest.file.draw:
        raise BadUsage(
            f"`{id}` has its list, or its results, already", help=f"look at {contest.file.results}"
        )
    entries, commit = _published(context, contest)
    listed = ListedEntries(digest=entries.digest, entries=len(entries.commitments), commit=commit)
    path = context.root / contest.file.results
    with writing(contest.file.results):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"# The list of entries, before the draw. Made by `runner contest commit`.\n"
            f"{listed.as_yaml()}"
        )
    context.say(
        f"{count(listed.entries, 'entry is', 'entries are')} on the list of `{id}`, and its digest "
        f"is in {contest.file.results}: open a pull request with it. Once that is merged, "
        f"`{contest.contest.closing_post}` goes out, and the list can't be changed any more."
    )
    return 0


def _published(context: CommandContext, contest: OpenedContest) -> tuple[EntryList, str | None]:
    """The list and its commit: the one that is there, else a new one."""
    files = contest.list_files(context)
    there = files.read().get(LIST_FILE)
    if there is not None:
        return _own_list(context, contest, there), files.commit
    made = _new_list(context, contest)
    try:
        files.add(LIST_FILE, made.encoded())
    except ContestRaced:
        raise LedgerUnusable(
            "another run has just published a list", help="run it again: it takes that one"
        ) from None
    return made, files.commit


def _own_list(context: CommandContext, contest: OpenedContest, data: bytes) -> EntryList:
    """A list that was published before. Raises LedgerUnusable where it is not this contest's."""
    try:
        found = EntryList.read(data)
    except BadList as bad:
        raise LedgerUnusable(f"the list of `{contest.file.id}` can't be read: {bad}") from None
    key = contest.key(context)
    if (found.charter, found.public_key) != (contest.charter(), key.public_key):
        raise LedgerUnusable(
            f"the list of `{contest.file.id}` that is published was made of other rules, or with "
            "another key",
            help="put back what was announced; or draw it by hand, and say so",
        )
    return found


def _new_list(context: CommandContext, contest: OpenedContest) -> EntryList:
    charter, readings = contest.charter(), _readings(context, contest)
    _refuse_unseen(contest.file.id, readings, datetime.fromtimestamp(charter.closes, UTC))
    barred = barred_handles(contest.project, contest.contest.entry.exclude)
    found = entrants(readings.seen.values(), charter, barred)
    if not found.entries:
        raise BadUsage(
            f"nobody has entered `{contest.file.id}`", help="there is nothing to draw from"
        )
    announcement, key = contest.announcement_id(context), contest.key(context)
    return list_of(charter, key, announcement, context.watched(found.entries, what="signing"))


def _readings(context: CommandContext, contest: OpenedContest) -> Readings:
    try:
        return contest.collector(context).kept()
    except BadReadings as bad:
        raise LedgerUnusable(
            f"what was collected of `{contest.file.id}` can't be read: {bad}"
        ) from None


def _refuse_unseen(id: str, readings: Readings, closes: datetime) -> None:
    """Raises BadUsage while entries may not have been seen."""
    settled = closes + SETTLING
    if readings.last is None or readings.last < settled:
        raise BadUsage(
            f"the entries of `{id}` have not been read since {settled:%Y-%m-%d %H:%M} UTC, when "
            "the last of them could be seen",
            help=f"runner collect {id}",
        )
    if readings.gaps:
        raise BadUsage(
            f"entries of `{id}` may be missing, from after {readings.gaps[0].since:%Y-%m-%d %H:%M} "
            "UTC, so that a list would leave people out",
            help="draw it by hand, and say so: without a list nothing is proven",
        )
