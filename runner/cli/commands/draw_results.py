"""The results of a draw: its places opened, and the file that a pull request proposes."""

from collections.abc import Mapping
from hashlib import sha256

from runner.cli.contests import OpenedContest
from runner.cli.context import CommandContext
from runner.cli.draw_beacon import randomness_of
from runner.cli.entry_lists import (
    opened,
    opened_added,
    published_list,
    published_supplement,
    readings_of,
)
from runner.cli.output_files import writing
from runner.contest.commitments import Commitments
from runner.contest.drawing import drawn_places
from runner.contest.entry_list import EntryList
from runner.contest.list_head import LIST_FILE
from runner.contest.results import DrawnResults, ListedEntries, open_places
from runner.contest.supplement import supplemented_by
from runner.models import Draw, DrawnPlace
from runner.problems import LedgerUnusable


def opened_places(
    context: CommandContext,
    contest: OpenedContest,
    listed: Draw,
    round: int,
    signature: bytes,
    fallen: Mapping[str, str],
) -> tuple[DrawnPlace, ...]:
    """The places that a verified signature puts first; `fallen` says of users, by id, why they do
    not win. Raises LedgerUnusable."""
    randomness = randomness_of(context, round, signature)
    if randomness is None:
        raise LedgerUnusable(f"the results hold a signature that is not of round {round}")
    entries, added = _list(context, contest, listed)
    drawn = drawn_places(supplemented_by(entries, added), randomness)
    whose = {**opened(context, contest, entries, drawn), **opened_added(context, contest, added)}
    return open_places(entries.charter, drawn, whose, fallen)


def write_results(
    context: CommandContext, contest: OpenedContest, listed: Draw, results: DrawnResults
) -> list[str]:
    """Writes the file; who wins, with an @. Raises BadUsage where it can't be written."""
    winners = [place.user for place in results.places if place.fallen is None]
    handles = readings_of(context, contest).handles(winners)
    with writing(contest.file.results):
        (context.root / contest.file.results).write_text(
            results.as_yaml(ListedEntries.of(listed), handles)
        )
    return [f"@{handles[user]}" for user in winners]


def _list(
    context: CommandContext, contest: OpenedContest, listed: Draw
) -> tuple[EntryList, Commitments]:
    """The list that is published, if it is the one that was committed to, and what its supplement
    adds."""
    files = contest.list_files(context).read()
    digest = sha256(files.get(LIST_FILE, b"")).hexdigest()
    if digest != listed.digest:
        raise LedgerUnusable(
            f"the list of `{contest.file.id}` is not the one whose digest {contest.file.results} "
            "holds",
            help="look at who has changed its branch; nothing is drawn from another list",
        )
    found = published_list(context, contest, files)
    return found, published_supplement(contest, found, listed, files)
