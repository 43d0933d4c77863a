"""The files of a project as problems show them, read again when one is to be shown."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from runner.media import LFS_POINTER
from runner.parsing import parse
from runner.sources import Source
from runner.workspace.assets import TEMPLATES
from runner.workspace.project_files import YAML_LIMIT, ProjectFiles, UnreadableFile


class FileSources(Mapping[str, Source]):
    """By path from the root. Few files have problems, so none is kept before one is asked for."""

    def __init__(
        self, project_files: ProjectFiles, templates: Mapping[str, str], blank: Collection[str]
    ) -> None:
        self._project_files = project_files
        self._templates = templates
        self._blank = blank
        """Files that are shown by their names only."""
        self._read: dict[str, Source] = {}

    def __getitem__(self, path: str) -> Source:
        if path not in self._read:
            self._read[path] = self._source(path)
        return self._read[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def _source(self, path: str) -> Source:
        folder, _, name = path.partition("/")
        if folder == TEMPLATES and name in self._templates:
            return Source(path=path, text=self._templates[name])
        if path in self._blank or PurePosixPath(path).suffix not in (".yaml", ".yml"):
            return Source(path=path, text="")
        try:
            data = self._project_files.read(path, YAML_LIMIT)
        except UnreadableFile:
            data = b""
        return parse(path, b"" if data.startswith(LFS_POINTER) else data).source
