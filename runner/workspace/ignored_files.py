"""Files that look like campaigns or results, and are not read as any."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from runner.models import KINDS, CampaignName
from runner.problems import Message, Place, Problem, Severity, closest, joined
from runner.value import Value
from runner.workspace.project_files import ProjectFiles, UnreadableFile, folded

_BEGINNING: Final = 4096
"""Bytes of a file that are looked at."""
_MOST_OF_A_FOLDER: Final = 200
"""Files of a folder beside that of campaigns that are looked at."""
_MOST_LISTED: Final = 12
"""Contests that are named, to choose from."""
_KEY: Final = rb"^[\s{,]*[\"']?(?:%s)[\"']?\s*:\s*"
_CAMPAIGN: Final = re.compile(
    _KEY % b"kind" + rb"[\"']?(?:" + "|".join(KINDS).encode() + rb")[\"']?\s*(?:[#,}]|$)",
    re.MULTILINE | re.IGNORECASE,
)
_RESULTS: Final = re.compile(_KEY % b"drawn", re.MULTILINE)
_ID: Final = re.compile(_KEY % b"id" + rb"[\"']?([a-z0-9-]+)", re.MULTILINE)
_YAML: Final = (".yaml", ".yml")
_LIST_OF_ENTRIES: Final = "entries.txt"
"""What lies beside results that are published for everyone."""
_WRITTEN_BY_HAND: Final = frozenset({"", ".txt", ".yaml", ".yml", ".yam", ".json"})
"""Endings of files that may be a campaign under another name, as may be what has an ending of YAML
before its own; nobody looks into pictures."""


def strays(
    project_files: ProjectFiles,
    campaigns: str,
    project: str,
    skip: Collection[str],
    files: Collection[CampaignName],
    unread: Collection[str],
) -> Iterator[Problem]:
    """A problem for each file that somebody took for a campaign, or for the results of one.

    `campaigns` is the folder of campaigns, `project` the project's file, `skip` the names of
    folders that hold no campaigns, `files` the campaigns that were read, and `unread` the paths of
    those that could not be.
    """
    stray = _Strays(project_files, campaigns, files)
    yield from stray.beside(project)
    expected = {file.results for file in files}
    hoped = {path for file in unread for path in stray.results_of(file)}
    for path in project_files.walk(campaigns):
        folders = set(PurePosixPath(path).parts[1:-1])
        if "results" in folders:
            yield from stray.results(path) if path not in expected | hoped else ()
        elif where := sorted(folders & set(skip)):
            if stray.is_campaign(path):
                why = f"folders named `{where[0]}` hold no campaigns"
                yield stray.moved(path, why, f"{campaigns}/{PurePosixPath(path).name}")
        elif not _is_yaml(path) and stray.is_campaign(path):
            yield stray.moved(path, "it does not end in `.yaml`", _proper_name(path), "rename")


class _Strays(Value, dict=True):
    project_files: ProjectFiles
    folder: str
    """That of campaigns."""
    files: Collection[CampaignName]

    def beside(self, project: str) -> Iterator[Problem]:
        """Campaigns and results in the project's folder itself, and in folders with other names."""
        for path in self.project_files.names():
            if path in (self.folder, project) or path.startswith("."):
                continue
            if not self.project_files.hides(path):
                yield from self._outside(path)
            elif path.casefold() == self.folder:
                for inner in self.project_files.walk(path):
                    yield _stray(inner, self._where, f"rename {path}/")
            elif not self.project_files.exists(f"{path}/{project}"):
                names = (name for name in self.project_files.names(path) if _is_yaml(name))
                for name in islice(names, _MOST_OF_A_FOLDER):
                    yield from self._outside(f"{path}/{name}")

    @property
    def _where(self) -> str:
        return f"campaigns lie below {self.folder}/"

    def _outside(self, path: str) -> Iterator[Problem]:
        name = PurePosixPath(path).name
        if not _is_yaml(path):
            return
        if self.is_campaign(path):
            yield self.moved(path, self._where, f"{self.folder}/{name}")
        elif self._holds(path, _RESULTS) and not self._is_copy(path):
            text = f"results lie below {self.folder}/results/, and these are not read"
            yield _problem(path, text, f"move it to {self.folder}/results/{name}")

    def _is_copy(self, path: str) -> bool:
        """Whether `runner contest publish` has written it, for everyone to read."""
        return self.project_files.exists(str(PurePosixPath(path).with_name(_LIST_OF_ENTRIES)))

    def moved(self, path: str, why: str, to: str, do: str = "move") -> Problem:
        """A campaign that has to have another path; if that is taken, nobody needs it."""
        taken = self.project_files.exists(to)
        return _stray(path, why, f"remove it: there is {to}" if taken else f"{do} it to {to}")

    def results_of(self, path: str) -> Iterator[str]:
        """Where the results of a campaign that can't be read may lie."""
        place = PurePosixPath(path)
        written = _ID.search(self._beginning(path))
        for id in (place.stem, written[1].decode() if written else place.stem):
            yield str(place.parent / "results" / f"{id}.yaml")

    def results(self, path: str) -> Iterator[Problem]:
        """Results that belong to no contest, or that nobody reads under this name."""
        name = PurePosixPath(path)
        if name.suffix == ".yaml":
            yield _problem(path, *self._of_no_contest(path))
        elif _is_yaml(path) or self._holds(path, _RESULTS):
            to = _proper_name(path)
            text = f"results end in `.yaml`, not in `{_ending(name)}`"
            if self.project_files.exists(to):
                yield _stray(path, text, f"remove it: there is {to}", "results")
            else:
                yield _problem(path, text, f"rename it to {to}")

    def _of_no_contest(self, path: str) -> tuple[str, str]:
        """What is wrong with the name of a file of results, and the thing to do."""
        stem = PurePosixPath(path).stem
        if file := self._by_stem.get(stem):
            text = f"the results of {file.path} are looked for under its id, `{file.id}`"
            return text, f"rename it to {file.results}"
        text = f"there is no contest `{stem}` that these would be the results of"
        lacking = self._contests_without_results
        alike = next((id for id in lacking if folded(id) == folded(stem)), closest(stem, lacking))
        if alike:
            return text, f"rename it to {lacking[alike]}, if it is that of `{alike}`"
        known = f": {joined(sorted(lacking))}" if 0 < len(lacking) <= _MOST_LISTED else ""
        return text, f"name the file for the id of its contest{known}"

    @cached_property
    def _by_stem(self) -> Mapping[str, CampaignName]:
        """The campaigns by the names of their files."""
        return {PurePosixPath(file.path).stem: file for file in self.files}

    @cached_property
    def _contests_without_results(self) -> Mapping[str, str]:
        """Where the results of each contest that has none are looked for, by its id."""
        return {
            file.id: file.results
            for file in self.files
            if file.is_contest and not self.project_files.exists(file.results)
        }

    def is_campaign(self, path: str) -> bool:
        return self._holds(path, _CAMPAIGN)

    def _holds(self, path: str, sign: re.Pattern[bytes]) -> bool:
        name = PurePosixPath(path)
        by_hand = name.suffix.lower() in _WRITTEN_BY_HAND or re.search(r"(?i)\.ya?ml", name.name)
        return bool(by_hand) and sign.search(self._beginning(path)) is not None

    def _beginning(self, path: str) -> bytes:
        try:
            return self.project_files.read(path, _BEGINNING).removeprefix(b"\xef\xbb\xbf")
        except UnreadableFile:
            return b""


def _is_yaml(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in _YAML


def _proper_name(path: str) -> str:
    """The path as a campaign's file should be called: `a.yaml` for `a.yaml.txt`, `a.yaml~` and
    `a`."""
    folder, slash, name = path.rpartition("/")
    bare, *ending = re.split(r"(?i)\.ya?ml", name.strip("#"), maxsplit=1)
    return f"{folder}{slash}{bare if ending else PurePosixPath(bare).stem}.yaml"


def _ending(name: PurePosixPath) -> str:
    return "".join(name.suffixes[-2:]) or name.name


def _stray(path: str, why: str, help: str, what: str = "a campaign") -> Problem:
    is_or_are = "are" if what == "results" else "is"
    text = f"this looks like {what} and {is_or_are} not read: {why}"
    return Message("ignored-file", text, help).at(Place(path=path), Severity.WARNING)


def _problem(path: str, text: str, help: str) -> Problem:
    return Message("stray-results", text, help).at(Place(path=path))
