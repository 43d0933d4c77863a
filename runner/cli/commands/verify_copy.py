"""What a contest published, as a copy holds it: for who has no checkout of the repository."""

from pathlib import Path

from runner.cli.contests import LIST_FILE
from runner.contest.entry_list import BadList, EntryList
from runner.models import Draw
from runner.parsing import parse, validate
from runner.problems import BadUsage
from runner.published_copy import fetched, is_address
from runner.reading import NotRead


def list_in_copy(place: str, id: str) -> EntryList:
    """The list of a copy, whose charter says what was announced. Raises BadUsage where there is
    none that can be read, or another contest's."""
    try:
        found = EntryList.read(_file(place, LIST_FILE))
    except BadList as bad:
        raise BadUsage(
            f"{LIST_FILE} in {place} can't be read: {bad}", help="this copy proves nothing"
        ) from None
    if found.charter.contest != id:
        raise BadUsage(
            f"{LIST_FILE} in {place} is the list of `{found.charter.contest}`",
            help=f"name that one: runner verify {found.charter.contest} --from {place}",
        )
    return found


def results_in_copy(place: str, id: str) -> Draw:
    """Raises BadUsage where there are none that can be read."""
    name = f"{id}.yaml"
    parsed = parse(name, _file(place, name))
    draw, problems = validate(parsed, Draw)
    wrong = (*parsed.problems, *problems)
    if draw is None or wrong:
        why = wrong[0].message if wrong else "it holds no results"
        raise BadUsage(f"{name} in {place} can't be read: {why}", help="this copy proves nothing")
    return draw


def _file(place: str, name: str) -> bytes:
    if is_address(place):
        found = fetched(place, name)
        if isinstance(found, NotRead):
            raise BadUsage(found.because, help=f"{LIST_FILE} and the results have to lie there")
        return found
    try:
        return (Path(place) / name).read_bytes()
    except OSError as error:
        raise BadUsage(
            f"{name} in {place} can't be read: {(error.strerror or str(error)).lower()}",
            help=f"{LIST_FILE} and the results have to lie there",
        ) from None
