"""Reading what a contest has published from a copy, without a checkout of the repository."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from runner.charter import Charter
from runner.contest.commitments import BadList
from runner.contest.entry_list import SUPPLEMENT_FILE
from runner.contest.list_head import LIST_FILE, ListHead
from runner.models import Draw
from runner.parsing import parse, validate
from runner.problems import BadUsage
from runner.public_web import fetched, is_address
from runner.reading import NotRead

_HELP: Final = f"{LIST_FILE}, all files that it names, and the results have to lie there"


def list_in_copy(place: str, id: str) -> tuple[Charter, Mapping[str, bytes]]:
    """The files of the list of a copy, and the charter in it, which says what was announced. Raises
    BadUsage where there is none that can be read, or another contest's."""
    files = _files(place, [LIST_FILE])
    try:
        head = ListHead.read(files)
        parts = _files(place, [part.file for part in head.parts])
    except BadList as bad:
        raise BadUsage(
            f"{LIST_FILE} in {place} can't be read: {bad}", help="this copy proves nothing"
        ) from None
    if head.charter.contest != id:
        raise BadUsage(
            f"{LIST_FILE} in {place} is the list of `{head.charter.contest}`",
            help=f"name that one: runner verify {head.charter.contest} --from {place}",
        )
    return head.charter, {**files, **parts}


def supplement_in_copy(place: str, draw: Draw) -> Mapping[str, bytes]:
    """The file of the supplement, where the results name one. Raises BadUsage."""
    return _files(place, [SUPPLEMENT_FILE] if draw.supplement else [])


def results_in_copy(place: str, id: str) -> Draw:
    """The results of a contest in a copy. Raises BadUsage where none are there that can be read."""
    name = f"{id}.yaml"
    parsed = parse(name, _files(place, [name])[name])
    draw, problems = validate(parsed, Draw)
    wrong = (*parsed.problems, *problems)
    if draw is None or wrong:
        why = wrong[0].message if wrong else "it holds no results"
        raise BadUsage(f"{name} in {place} can't be read: {why}", help="this copy proves nothing")
    return draw


def list_beside(file: Path) -> Mapping[str, bytes]:
    """The files of the list whose first one is `file`. Raises BadUsage where one can't be read."""
    files = {LIST_FILE: _bytes_of(file)}
    with suppress(BadList):  # which is told where the list is checked
        parts = ListHead.read(files).parts
        files |= {part.file: _bytes_of(file.with_name(part.file)) for part in parts}
    beside = file.with_name(SUPPLEMENT_FILE)
    if beside.exists():
        files[SUPPLEMENT_FILE] = _bytes_of(beside)
    return files


def _files(place: str, names: Iterable[str]) -> Mapping[str, bytes]:
    if not is_address(place):
        return {name: _bytes_of(Path(place) / name) for name in names}
    found = fetched(place, names)
    if isinstance(found, NotRead):
        raise BadUsage(found.because, help=_HELP)
    return found


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadUsage(
            f"{file.name} in {file.parent} can't be read: {(error.strerror or str(error)).lower()}",
            help=_HELP,
        ) from None
