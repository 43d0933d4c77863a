"""The project as it was read: each file once, with everything that is wrong in it.

It owns what may be read of a folder or a commit, and how much. Paths come in from `cli`; models,
templates, media facts and problems with their places go out. What they come to, dates and texts,
is for `compile`.
"""

from runner.workspace.commit import fork_point
from runner.workspace.folder_files import FolderFiles
from runner.workspace.project_files import MEDIA_LIMIT, YAML_LIMIT, ProjectFiles, UnreadableFile
from runner.workspace.project_reader import ProjectReader, Watch, unwatched
from runner.workspace.recorded_files import REFUSED_FILE, RecordedFiles
from runner.workspace.tip_files import TipFiles

__all__ = [
    "MEDIA_LIMIT",
    "REFUSED_FILE",
    "YAML_LIMIT",
    "FolderFiles",
    "ProjectFiles",
    "ProjectReader",
    "RecordedFiles",
    "TipFiles",
    "UnreadableFile",
    "Watch",
    "fork_point",
    "unwatched",
]
