"""Projects as they are read, all of their campaigns at once."""

from dataclasses import dataclass

from runner.models import CampaignFile
from runner.models.project import Project
from runner.problems import Problem
from runner.workspace import ProjectFiles, ProjectReader


@dataclass(frozen=True, kw_only=True)
class ReadProject:
    """The settings, the campaigns that can be read, and all that is wrong."""

    reader: ProjectReader
    project: Project | None
    files: tuple[CampaignFile, ...]
    problems: tuple[Problem, ...]


def read_project(files: ProjectFiles) -> ReadProject:
    reader = ProjectReader(files)
    project, readings = reader.project(), tuple(reader.campaigns())
    _ = reader.templates  # of which something may be wrong, too
    return ReadProject(
        reader=reader,
        project=project,
        files=tuple(each.file for each in readings if each.file),
        problems=(*reader.problems, *(problem for each in readings for problem in each.problems)),
    )
