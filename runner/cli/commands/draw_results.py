"""The results of a draw: its places opened, and the file that a pull request proposes."""

from collections.abc import Mapping
from hashlib import sha256

from runner.cli.contests import LIST_FILE, OpenedContest
from runner.cli.context import CommandContext
from runner.cli.entry_lists import own_list, readings_of
from runner.cli.output_files import writing
from runner.cli.signing import signing
from runner.contest.beacon import QUICKNET_CHAIN
from runner.contest.entry_list import EntryList
from runner.contest.readings import SeenEntry
from runner.contest.results import DrawnResults, ListedEntries, Unmatched, open_places
from runner.contest.tickets import ContestEntry
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
    entries, seen = _list(context, contest), _seen(context, contest)
    collected = [ContestEntry(each.user, each.post) for each in seen]
    try:
        return open_places(entries, randomness, collected, fallen, signing(context, contest))
    except Unmatched:
        raise LedgerUnusable(
            f"the list of `{contest.file.id}` holds an entry that was never collected"
        ) from None


def write_results(
    context: CommandContext, contest: OpenedContest, listed: Draw, results: DrawnResults
) -> list[str]:
    """Writes the file; who wins, with an @. Raises BadUsage where it can't be written."""
    handles = {each.user: each.handle for each in _seen(context, contest)}
    list = ListedEntries(
        digest=listed.digest or "",
        entries=listed.entries or 0,
        commit=listed.commit,
        coverage=listed.coverage,
    )
    with writing(contest.file.results):
        (context.root / contest.file.results).write_text(results.as_yaml(list, handles))
    return [f"@{handles[place.user]}" for place in results.places if place.fallen is None]


def _list(context: CommandContext, contest: OpenedContest) -> EntryList:
    """The list that is published, if it is the one that was committed to, and was made of what was
    collected: whoever may push could have had another one merged."""
    data = contest.list_files(context).read().get(LIST_FILE, b"")
    digest = sha256(data).hexdigest()
    if contest.file.draw is None or digest != contest.file.draw.digest:
        raise LedgerUnusable(
            f"the list of `{contest.file.id}` is not the one whose digest {contest.file.results} "
            "holds",
            help="look at who has changed its branch; nothing is drawn from another list",
        )
    return own_list(context, contest, data)


def _seen(context: CommandContext, contest: OpenedContest) -> tuple[SeenEntry, ...]:
    return tuple(readings_of(context, contest).seen.values())
