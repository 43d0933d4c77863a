"""Reading YAML files into models, and what is wrong in them; and files as problems show them, read
again when one is to be shown."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from runner.media import LFS_POINTER
from runner.models import AROUND, MomentContext
from runner.parsing import Parsed, parse, validate
from runner.problems import Message, Place, Problem, Severity, Suggestion
from runner.sources import Source
from runner.templating import PROBLEM_STEPS, VALUE_STEPS
from runner.text import HIDDEN_CHARACTER
from runner.workspace.assets import TEMPLATES, as_named_in, unreadable
from runner.workspace.project_files import YAML_LIMIT, ProjectFiles, UnreadableFile

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

NOTHING_AROUND: Final = MomentContext()


@dataclass
class FileReader:
    """Reads files, and gathers all that is wrong in them, and what it cost."""

    project_files: ProjectFiles
    problems: list[Problem] = field(default_factory=list)
    steps: int = 0
    """Of work."""
    digest: "Hash" = field(default_factory=sha256)
    """Of all that was read."""

    @property
    def is_flawed(self) -> bool:
        """Whether there are characters that nobody sees in what was read."""
        return any(problem.rule == HIDDEN_CHARACTER for problem in self.problems)

    def refuse(
        self,
        rule: str,
        path: str,
        message: str,
        help: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Something wrong with a file as a whole."""
        self.problems.append(Message(rule, message, help).at(Place(path=path), severity))

    def parsed(self, path: str, *, named_at: Place | None = None) -> Parsed | None:
        """A file as plain data; None, and a problem, where it can't be had. `named_at` is where it
        is named."""
        try:
            data = self.project_files.read(path, YAML_LIMIT)
        except UnreadableFile as error:
            problem = (
                unreadable(path, error) if named_at is None else _missing(path, error, named_at)
            )
            self.problems.append(problem)
            return None
        self.digest.update(data)
        if data.startswith(LFS_POINTER):
            self.refuse(
                "unreadable-file",
                path,
                "the file is a pointer of Git LFS, which stands for a file that is not here",
                "keep texts without LFS: `git lfs untrack`, then add the file anew",
            )
            return None
        parsed = parse(path, data, top="list" if named_at else "mapping")
        self.steps += VALUE_STEPS * parsed.written + PROBLEM_STEPS * len(parsed.problems)
        self.problems += parsed.problems
        return parsed

    def validated(
        self,
        parsed: Parsed | None,
        adapter: "TypeAdapter[Any]",
        around: MomentContext = NOTHING_AROUND,
        member: "TypeAdapter[Any] | None" = None,
    ) -> Any:
        """The value; None, and problems, where it is none. Characters that nobody sees are a
        problem beside the value. Of a union the `member` that it has to be may be known."""
        if parsed is None or parsed.data is None:
            return None
        value, problems = validate(parsed, adapter, context={AROUND: around}, member=member)
        self.problems += problems
        self.steps += PROBLEM_STEPS * len(problems)
        return value


class FileSources(Mapping[str, Source]):
    """The sources of a project's files, by path from its root. Few files have problems, so each is
    read only when it is asked for."""

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


def _missing(path: str, error: UnreadableFile, named_at: Place) -> Problem:
    """What is wrong with the name of a file that can't be read."""
    help = error.message.help
    if isinstance(help, Suggestion):
        help = Suggestion(as_named_in(named_at.path, help.name))
    return Message("missing-file", f"`{path}` {error.message.text}", help).at(named_at)
