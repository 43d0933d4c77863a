"""The project as it was read: each file once, with everything that is wrong in it.

It owns what may be read of a folder or a commit, and how much. Paths come in from `cli`; models,
templates, media facts and problems with their places go out. What they come to, dates and texts,
is for `compile`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.media import MediaFacts
from runner.models import CampaignFile
from runner.models.project import Project
from runner.problems import Problem
from runner.sources import Source
from runner.templating.run_budget import RunBudget
from runner.workspace.campaigns import ProjectReader, Watch, unwatched
from runner.workspace.folder_files import FolderFiles
from runner.workspace.known_readings import KnowingReader, KnownReadings
from runner.workspace.project_files import MEDIA_LIMIT, ProjectFiles
from runner.workspace.recorded_files import RecordedFiles

__all__ = [
    "FolderFiles",
    "KnownReadings",
    "ProjectFiles",
    "ProjectReader",
    "RecordedFiles",
    "Watch",
    "Workspace",
    "read_workspace",
    "unwatched",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A project's files. `project` is None where runner.yaml can't be read; `files` are the
    campaigns that can; `flawed` are those with characters that nobody sees, which have to be mended
    before they are planned."""

    project_files: ProjectFiles
    project: Project | None
    files: tuple[CampaignFile, ...]
    flawed: tuple[CampaignFile, ...]
    templates: Mapping[str, str]
    """By path under `templates/`; the project's own over the standard ones."""
    own_templates: frozenset[str]
    """Those of them that the project has written or changed."""
    facts: Mapping[str, MediaFacts]
    """Of media, by path from the root."""
    unread: frozenset[str]
    """Ids of the campaigns whose files can't be read, as far as they can be told."""
    sources: Mapping[str, Source]
    problems: tuple[Problem, ...]
    work: RunBudget

    def media(self, path: str) -> bytes:
        """The bytes of a media file, read anew. Raises Unreadable."""
        return self.project_files.read(path, MEDIA_LIMIT)


def read_workspace(
    files: ProjectFiles,
    *,
    shared: bool = True,
    watch: Watch = unwatched,
    known: KnownReadings | None = None,
) -> Workspace:
    """Reads everything of a project that campaigns are made of. Never raises for what it finds.
    With `shared`, all campaigns together have a bound for the work that they ask for. What is
    `known` of recorded files that are the same elsewhere is not read."""
    reader = ProjectReader(files, work=RunBudget(shared=shared), watch=watch)
    project, read = reader.project(), reader.campaign
    if known is not None and isinstance(files, RecordedFiles):
        read = KnowingReader(files=files, reader=reader, known=known.of(project)).campaign
    readings = tuple(reader.each_once(reader.paths(), read))
    return Workspace(
        project_files=reader.project_files,
        project=project,
        files=tuple(each.file for each in readings if each.file and not each.is_flawed),
        flawed=tuple(each.file for each in readings if each.file and each.is_flawed),
        templates=reader.templates,
        own_templates=reader.own_templates,
        facts=reader.media.facts,
        unread=frozenset(
            each.id for each in readings if each.id and (each.is_flawed or not each.file)
        ),
        sources=reader.sources,
        problems=(*reader.problems, *(problem for each in readings for problem in each.problems)),
        work=reader.work,
    )
