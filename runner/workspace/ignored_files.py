"""Files that look like campaigns or results, and are not read as any."""

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Final

from runner.models import KINDS, CampaignFile
from runner.problems import Message, Place, Problem, Severity
from runner.workspace.project_files import ProjectFiles, UnreadableFile

_BEGINNING: Final = 4096
"""Bytes of a file that are looked at."""
_CAMPAIGN: Final = re.compile(rb"^kind:\s*(?:" + "|".join(KINDS).encode() + rb")\s*(?:#|$)", re.M)
_YAML: Final = (".yaml", ".yml")
_WRITTEN_BY_HAND: Final = frozenset({"", ".txt", ".yaml", ".yml", ".yam", ".json"})
"""Endings of files that may be a campaign under another name; nobody looks into pictures."""


def strays(
    project_files: ProjectFiles,
    campaigns: str,
    project: str,
    skip: Collection[str],
    files: tuple[CampaignFile, ...],
    unread: Collection[str],
) -> Iterator[Problem]:
    """A problem for each file that somebody took for a campaign, or for the results of one.

    `campaigns` is the folder of campaigns, `project` the project's file, `skip` the names of
    folders that hold no campaigns, `files` the campaigns that were read, and `unread` the paths of
    those that could not be: nobody knows their ids.
    """
    yield from _at_the_root(project_files, campaigns, project)
    results = {file.results for file in files}
    for path in project_files.walk(campaigns):
        folders = set(PurePosixPath(path).parts[1:-1])
        if "results" in folders and path not in results:
            yield from _results(path, files) if not unread else ()
        elif where := sorted(folders & set(skip)):
            if _is_campaign(project_files, path):
                help = f"move it to {campaigns}/{PurePosixPath(path).name}"
                yield _stray(path, f"folders named `{where[0]}` hold no campaigns", help)
        elif PurePosixPath(path).suffix not in _YAML and _is_campaign(project_files, path):
            yield _stray(path, "it does not end in `.yaml`", f"rename it to {_renamed(path)}")


def _at_the_root(project_files: ProjectFiles, campaigns: str, project: str) -> Iterator[Problem]:
    """Campaigns beside the project's file, and a folder of campaigns in other letters."""
    for path in project_files.names():
        if path != campaigns and path.casefold() == campaigns and project_files.hides(path):
            for inner in project_files.walk(path):
                yield _stray(inner, f"campaigns lie below {campaigns}/", f"rename {path}/")
        elif (
            PurePosixPath(path).suffix in _YAML
            and path != project
            and _is_campaign(project_files, path)
        ):
            yield _stray(
                path, f"campaigns lie below {campaigns}/", f"move it to {campaigns}/{path}"
            )


def _results(path: str, files: tuple[CampaignFile, ...]) -> Iterator[Problem]:
    """Results that belong to no contest, or that nobody reads under this name."""
    name = PurePosixPath(path)
    if name.suffix == ".yml":
        help = f"rename it to {name.with_suffix('.yaml')}"
        yield _refused(path, f"results end in `.yaml`, not in `{name.suffix}`", help)
    elif name.suffix == ".yaml":
        by_file = next((file for file in files if PurePosixPath(file.path).stem == name.stem), None)
        if by_file:
            message = f"the results of {by_file.path} are looked for under its id, `{by_file.id}`"
            yield _refused(path, message, f"rename it to {by_file.results}")
        else:
            message = f"there is no contest `{name.stem}` that these would be the results of"
            yield _refused(path, message, "name the file for the id of its contest")


def _is_campaign(project_files: ProjectFiles, path: str) -> bool:
    if PurePosixPath(path).suffix not in _WRITTEN_BY_HAND:
        return False
    try:
        return _CAMPAIGN.search(project_files.read(path, _BEGINNING)) is not None
    except UnreadableFile:
        return False


def _renamed(path: str) -> str:
    """`a.yaml.txt` and `a` as `a.yaml`."""
    bare = re.sub(r"(\.ya?ml)?(\.\w+)?$", "", path)
    return f"{bare}.yaml"


def _stray(path: str, why: str, help: str) -> Problem:
    text = f"this looks like a campaign and is not read: {why}"
    return Message("ignored-file", text, help).at(Place(path=path), Severity.WARNING)


def _refused(path: str, text: str, help: str) -> Problem:
    return Message("stray-results", text, help).at(Place(path=path))
