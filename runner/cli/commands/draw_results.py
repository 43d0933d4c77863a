"""The results of a draw: its places opened, and the file that a pull request proposes."""

from collections.abc import Mapping
from hashlib import sha256

from runner.cli.contests import OpenedContest
from runner.cli.context import CommandContext
from runner.cli.entry_lists import opened, published_list, readings_of
from runner.cli.output_files import writing
from runner.contest.beacon import QUICKNET_CHAIN
from runner.contest.drawing import drawn_places
from runner.contest.entry_list import EntryList
from runner.contest.list_head import LIST_FILE
from runner.contest.results import DrawnResults, ListedEntries, open_places
from runner.models import Draw, DrawnPlace
from runner.problems import LedgerUnusable


def opened_places(
    context: CommandContext,
    contest: OpenedContest,
    round: int,
    signature: bytes,
    fallen: Mapping[str, str],
) -> tuple[DrawnPlace, ...]:
    """The places that a verified signature puts first; `fallen` says of users, by id, why they do
    not win. Raises LedgerUnusable."""
    randomness = QUICKNET_CHAIN.randomness(round, signature)
    if randomness is None:
        raise LedgerUnusable(f"the results hold a signature that is not of round {round}")
    entries = _list(context, contest)
    drawn = drawn_places(entries, randomness)
    whose = opened(context, contest, entries, drawn)
    return open_places(entries.charter, drawn, whose, fallen)


def write_results(
    context: CommandContext, contest: OpenedContest, listed: Draw, results: DrawnResults
) -> list[str]:
    """Writes the file; who wins, with an @. Raises BadUsage where it can't be written."""
    winners = [place.user for place in results.places if place.fallen is None]
    handles = readings_of(context, contest).handles(winners)
    list = ListedEntries(
        digest=listed.digest or "",
        entries=listed.entries or 0,
        commit=listed.commit,
        coverage=listed.coverage,
    )
    with writing(contest.file.results):
        (context.root / contest.file.results).write_text(results.as_yaml(list, handles))
    return [f"@{handles[user]}" for user in winners]


def _list(context: CommandContext, contest: OpenedContest) -> EntryList:
    """The list that is published, if it is the one that was committed to."""
    files = contest.list_files(context).read()
    digest = sha256(files.get(LIST_FILE, b"")).hexdigest()
    if contest.file.draw is None or digest != contest.file.draw.digest:
        raise LedgerUnusable(
            f"the list of `{contest.file.id}` is not the one whose digest {contest.file.results} "
            "holds",
            help="look at who has changed its branch; nothing is drawn from another list",
        )
    return published_list(context, contest, files)
