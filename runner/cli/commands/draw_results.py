"""The results of a draw: the beacon's signature that decides it, the people in the drawn places,
and the file that a pull request proposes."""

from collections.abc import Mapping
from hashlib import sha256

from runner.cli.contests import OpenedContest
from runner.cli.context import CommandContext
from runner.cli.entry_lists import (
    opened_added,
    opened_listed,
    published_list,
    published_supplement,
    readings_of,
)
from runner.cli.local_clock import is_local
from runner.cli.options import writing
from runner.contest.commitments import Commitments
from runner.contest.entry_list import EntryList, drawn_places, supplemented_by
from runner.contest.list_head import LIST_FILE
from runner.contest.results import DrawnResults, ListedEntries, open_places
from runner.contest.signatures import QUICKNET_CHAIN, REHEARSAL_CHAIN, rehearsed_signature
from runner.models import Draw, DrawnPlace
from runner.problems import LedgerUnusable
from runner.public_web import DRAND_VARIABLE, drand_hosts
from runner.reading import NotRead


def signature_of(context: CommandContext, chain: str, round: int) -> bytes | None:
    """The round's signature, from the first host that gives a right one; None where none does.
    Wrong ones are told."""
    if is_local(context) and not context.environ.get(DRAND_VARIABLE):
        context.tell("A rehearsal: a key that everybody has signs the round, and proves nothing.")
        return rehearsed_signature(round)
    found = drand_hosts(chain, context.environ).signatures(round)
    if isinstance(found, NotRead):
        context.tell(f"The beacon could not be asked: {found.because}.")
        context.tell(f"  = help: {found.help}")
        return None
    right = [each for each in found if QUICKNET_CHAIN.randomness(round, each)]
    if len(right) < len(found):
        context.tell(f"A host of the beacon gave a signature that is not of round {round}.")
    return right[0] if right else None


def randomness_of(context: CommandContext, round: int, signature: bytes) -> bytes | None:
    """The randomness of a round; None where the signature is not that round's."""
    chains = (QUICKNET_CHAIN, REHEARSAL_CHAIN) if is_local(context) else (QUICKNET_CHAIN,)
    return next(filter(None, (each.randomness(round, signature) for each in chains)), None)


def opened_places(
    context: CommandContext,
    contest: OpenedContest,
    listed: Draw,
    round: int,
    signature: bytes,
    fallen: Mapping[str, str],
) -> tuple[DrawnPlace, ...]:
    """The places of a draw, in order, with the people in them; `fallen` says of users, by id, why
    they do not win. Raises LedgerUnusable."""
    randomness = randomness_of(context, round, signature)
    if randomness is None:
        raise LedgerUnusable(f"the results hold a signature that is not of round {round}")
    entries, added = _committed_list(context, contest, listed)
    drawn = drawn_places(supplemented_by(entries, added), randomness)
    entrants = {
        **opened_listed(context, contest, entries, drawn),
        **opened_added(context, contest, added),
    }
    return open_places(entries.charter, drawn, entrants, fallen)


def write_results(
    context: CommandContext, contest: OpenedContest, listed: Draw, results: DrawnResults
) -> list[str]:
    """Writes the results; returns the winners' handles, each with an @. Raises BadUsage where the
    file can't be written."""
    winners = [place.user for place in results.places if place.fallen is None]
    handles = readings_of(context, contest).handles(winners)
    with writing(contest.file.results):
        (context.root / contest.file.results).write_text(
            results.as_yaml(ListedEntries.of(listed), handles)
        )
    return [f"@{handles[user]}" for user in winners]


def _committed_list(
    context: CommandContext, contest: OpenedContest, listed: Draw
) -> tuple[EntryList, Commitments]:
    """The published list, and what its supplement adds. Raises LedgerUnusable where it is not the
    list whose digest the results hold."""
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
