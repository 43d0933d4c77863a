"""`runner contest publish`: a copy of what a contest published, for everyone to read where its
repository is private."""

from pathlib import Path

from runner.cli.contests import OpenedContest, contest_of
from runner.cli.context import CommandContext
from runner.cli.options import writing
from runner.contest.list_head import LIST_FILE
from runner.problems import BadUsage
from runner.public_web import why_not_there
from runner.views.phrases import count


def publish_copy(context: CommandContext, id: str, folder: Path) -> int:
    """Writes list and results into a folder, and reads them back from the address at which the
    contest's file says that they lie, as anybody does. Exits with 3 where they are not there yet.
    Raises BadUsage, LedgerUnusable."""
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
