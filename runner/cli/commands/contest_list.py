"""`runner contest commit` publishes the list of entries of a contest that has closed; `runner
contest publish` copies it to where everyone can read it, if the repository is private."""

from datetime import datetime
from pathlib import Path

from runner.cli.contest_posts import announcement_id
from runner.cli.contests import NotYet, OpenedContest, contest_of
from runner.cli.context import CommandContext
from runner.cli.entry_lists import entrants_of, own_list, readings_of, settles_at
from runner.cli.options import writing
from runner.cli.signing import signer_of
from runner.contest.entry_list import EntryList
from runner.contest.list_head import LIST_FILE
from runner.contest.readings import Readings, unread_since
from runner.contest.results import ListedEntries, list_of
from runner.models import EntriesSeen
from runner.problems import BadUsage, LedgerUnusable
from runner.public_web import why_not_there
from runner.reading import FilesRaced
from runner.views.phrases import count


def commit_entries(context: CommandContext, id: str) -> int:
    """Publishes the list, once, and writes its digest into the contest's results; run again, it
    goes on where it ended. Raises BadUsage, LedgerUnusable."""
    contest = contest_of(context, id)
    contest.charter()  # there is none of a draw by hand
    if contest.file.draw:
        raise BadUsage(
            f"`{id}` has its list, or its results, already", help=f"look at {contest.file.results}"
        )
    contest.expect_in_time(context)
    entries, commit = _published(context, contest)
    listed = ListedEntries(
        digest=entries.digest,
        entries=len(entries.commitments),
        commit=commit,
        coverage=_coverage(context, contest, entries),
    )
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


def _coverage(
    context: CommandContext, contest: OpenedContest, entries: EntryList
) -> EntriesSeen | None:
    """How many entries were seen, counted and excluded; None where more were read since this list
    was published."""
    readings = readings_of(context, contest)
    found = entrants_of(contest, readings)
    if len(found.entries) != len(entries.commitments):
        return None
    return EntriesSeen.model_validate(
        {"seen": readings.seen_count, "counted": readings.counted, "excluded": found.numbers}
    )


def _published(context: CommandContext, contest: OpenedContest) -> tuple[EntryList, str | None]:
    """The list and its commit: the one that is there, else a new one."""
    files = contest.list_files(context)
    there = files.read()
    if LIST_FILE in there:
        return own_list(context, contest, there), files.commit
    made = _new_list(context, contest)
    try:
        parts = dict(made.files())
        files.add(LIST_FILE, parts.pop(LIST_FILE), beside=parts)
    except FilesRaced:
        raise LedgerUnusable(
            "another run has just published a list", help="run it again: it takes that one"
        ) from None
    return made, files.commit


def _new_list(context: CommandContext, contest: OpenedContest) -> EntryList:
    announcement, key = announcement_id(context, contest), contest.key(context)
    readings = readings_of(context, contest)
    _refuse_gaps(contest, readings, settles_at(contest))
    found = entrants_of(contest, readings)
    if not found.entries:
        raise BadUsage(
            f"nobody has entered `{contest.file.id}`", help="there is nothing to draw from"
        )
    sign = signer_of(context, contest)
    return list_of(contest.charter(), key.public_key, announcement, found.entries, sign)


def _refuse_gaps(contest: OpenedContest, readings: Readings, settled: datetime) -> None:
    """Raises NotYet or BadUsage where entries may be missing, but for gaps that the contest's file
    accepts."""
    id = contest.file.id
    if readings.last is None or readings.last < settled:
        raise NotYet(
            f"the entries of `{id}` have not been read since {settled:%Y-%m-%d %H:%M} UTC, when "
            "the last of them could be seen",
            help=f"runner collect {id}",
        )
    accepted = contest.contest.entry.accept_missing
    starts = unread_since(readings, settled, contest.charter(), contest.barred_handles)
    for minute in (f"{start:%Y-%m-%d %H:%M}" for start in starts):
        if minute not in accepted:
            # what X shows no more comes by no waiting
            raise (BadUsage if readings.gaps else NotYet)(
                f"entries of `{id}` may be missing, from after {minute} UTC, so that a list would "
                "leave people out",
                help=f"run `runner collect {id}` again; what X shows no more is left out by "
                f'`entry.accept-missing: {{"{minute}": why}}` in its file, once that is merged',
            )


def publish_copy(context: CommandContext, id: str, folder: Path) -> int:
    """Writes list and results into a folder, and reads them back from the contest's `copy-at`, as
    anybody can. Exits with 3 where they are not there yet. Raises BadUsage, LedgerUnusable."""
    contest = contest_of(context, id)
    contest.charter()  # of a draw by hand nothing is published
    files = {**contest.list_files(context).read()}
    if LIST_FILE not in files:
        raise BadUsage(
            f"no list of entries of `{id}` is published",
            help=f"there is one once it has closed: runner contest commit {id}",
        )
    results = context.root / contest.file.results
    if results.is_file():
        files[f"{id}.yaml"] = results.read_bytes()
    with writing(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    context.say(f"{count(len(files), 'file')} of `{id}` are in {folder}.")
    return _read_back(context, contest, files)


def _read_back(context: CommandContext, contest: OpenedContest, files: dict[str, bytes]) -> int:
    """The exit code: 3 where `copy-at` does not have these files yet; says what to do next."""
    id, address = contest.file.id, contest.contest.copy_at
    if address is None:
        context.say(
            "Publish that folder where everyone can read it, and write its address into "
            f"{contest.path}: `copy-at: https://…`"
        )
        return 0
    if why := why_not_there(address, files):
        context.say(f"Publish that folder at {address}: {why}. Then say it again.")
        return 3
    verify = f"runner verify {id} --from {address} --handle {contest.handle}"
    context.say(f"Everyone can read them at {address}: {verify}")
    return 0
