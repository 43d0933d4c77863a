"""Templates and media: the project's own files, and the templates that come with the package."""

from collections.abc import Iterator
from functools import cache, partial
from importlib.resources import files as resources
from importlib.resources.abc import Traversable
from io import SEEK_END
from pathlib import Path
from posixpath import dirname, relpath
from unicodedata import normalize

import runner
from runner.bugs import RULE, TO_DO, Bug, contained
from runner.media import HEAD, MAX_BYTES, MediaFacts, MediaKind, inspect, likely_kind
from runner.models import CampaignFile, Media
from runner.parsing import decode, hidden_characters_in
from runner.problems import Message, Place, Problem, Route, Suggestion
from runner.templating import BYTES_A_STEP, RunBudget
from runner.value import replace
from runner.workspace.project_files import (
    MEDIA_LIMIT,
    YAML_LIMIT,
    ProjectFiles,
    UnreadableFile,
    cause,
    folded,
    one_of_two,
)

TEMPLATES = "templates"
UNREADABLE = "{% unreadable %}"
"""In the place of a template that can't be read: no post can be made of it, and none of another."""


@cache
def standard_templates() -> dict[str, str]:
    """The templates that come with the package, by path under `templates/`."""
    packaged = resources(runner) / "default_templates"
    top: Traversable = packaged if packaged.is_dir() else Path(__file__).parents[2] / TEMPLATES
    return dict(_texts(top, ""))


def _texts(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            yield from _texts(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".j2"):
            yield f"{prefix}{entry.name}", entry.read_text(encoding="utf-8")


def own_templates(project_files: ProjectFiles) -> tuple[dict[str, str], list[Problem]]:
    """The project's own templates, by path under `templates/`; they win over the standard ones."""
    found: dict[str, str] = {}
    problems = []
    known: dict[str, str] = {}
    for path in project_files.walk(TEMPLATES):
        if (first := known.setdefault(folded(path), path)) != path:
            problems.append(_twin(path, first))
        if not path.endswith(".j2") and not project_files.hides(path):
            continue
        taken = contained("reading", path, partial(_taken_in, project_files, path))
        text, wrong = ("", [taken.problem(Place(path=path))]) if isinstance(taken, Bug) else taken
        problems += wrong
        # campaigns name it in the composed form, as keyboards write it
        found[normalize("NFC", path.removeprefix(f"{TEMPLATES}/"))] = UNREADABLE if wrong else text
    return found, problems


def _taken_in(project_files: ProjectFiles, path: str) -> tuple[str, list[Problem]]:
    try:
        text, refused = decode(path, project_files.read(path, YAML_LIMIT))
    except UnreadableFile as error:
        text, refused = "", unreadable(path, error)
    return text, [refused] if refused else list(hidden_characters_in(path, text))


def _twin(path: str, first: str) -> Problem:
    because, help = one_of_two(first)
    return Message("bad-file-name", because, help).at(Place(path=path))


def unreadable(path: str, error: UnreadableFile) -> Problem:
    """What is wrong with a file as a whole."""
    return replace(error.message, text=f"`{path}` {error.message.text}").at(Place(path=path))


class MediaReader:
    """What each media file that a campaign names really is; looks at each once."""

    def __init__(self, project_files: ProjectFiles, work: RunBudget) -> None:
        self._project_files = project_files
        self._work = work
        self.facts: dict[str, MediaFacts] = {}
        """By path from the root."""
        self._refused: dict[str, Message] = {}

    def look_at(self, file: CampaignFile) -> list[Problem]:
        """The media of one campaign."""
        problems = []
        for place, media in _named_in(file):
            path = file.beside(media.file)
            if self._work.is_over(file.path):
                break
            if path in self.facts or path in self._refused:
                self._project_files.note_reuse(path)
            else:
                self._inspect(path)
            if path in self.facts:
                self._work.read_once(file.path, self.steps(path), of=path)
            if refused := self._refused.get(path):
                named = media.file
                problems.append(_refusal(refused, named, file.path, place, self._project_files))
        return problems

    def steps(self, path: str) -> int:
        """What it takes to look at one."""
        return self.facts[path].size // BYTES_A_STEP

    def _inspect(self, path: str) -> None:
        found = contained("looking at", path, partial(_inspected, self._project_files, path))
        if isinstance(found, MediaFacts):
            self.facts[path] = found
        elif isinstance(found, Bug):
            self._refused[path] = Message(RULE, f"can't be looked at: {found.summary}", TO_DO)
        else:
            self._refused[path] = found


def _refusal(
    refused: Message, named: str, file: str, place: Place, project_files: ProjectFiles
) -> Problem:
    """What a campaign is told of a file that it names, with paths as that campaign names them."""
    help = refused.help
    if refused.rule == "missing-media" and project_files.is_plain(named):
        help = f"name it from this file on: `{as_named_in(file, named)}`"
    elif isinstance(help, Suggestion):
        help = Suggestion(as_named_in(file, help.name))
    return replace(refused, text=f"`{named}` {refused.text}", help=help).at(place)


def as_named_in(file: str, path: str) -> str:
    """A path from the root as a file names it; the same for both where they are one."""
    return relpath(path, dirname(file))


def _inspected(project_files: ProjectFiles, path: str) -> MediaFacts | Message:
    """What it is, or why it can't be used: the end of a sentence that begins with the file."""
    try:
        with project_files.opened(path) as file:
            kind, size = likely_kind(file.read(HEAD)), file.seek(0, SEEK_END)
            file.seek(0)
            if size > (MEDIA_LIMIT if kind is MediaKind.VIDEO else MAX_BYTES[MediaKind.GIF]):
                most = f"a {kind} of {MAX_BYTES[kind] // 10**6} MB" if kind else "no such file"
                because = f"has {size / 10**6:,.0f} MB, and X takes {most}"
                return Message("bad-media", because, "save it smaller")
            found = inspect(file)
    except OSError as error:
        unreadable = error if isinstance(error, UnreadableFile) else cause(error)
        return replace(unreadable.message, rule="missing-media")
    if isinstance(found, Message):
        return replace(found, text=f"is no media for X: {found.text}")
    return found


def _named_in(file: CampaignFile) -> Iterator[tuple[Place, Media]]:
    def at(path: str, route: Route, media: tuple[Media, ...]) -> Iterator[tuple[Place, Media]]:
        for index, each in enumerate(media):
            yield Place(path=path, route=(*route, "media", index, "file")), each

    product = getattr(file.campaign, "product", None)
    if product is not None:
        yield from at(file.path, ("product",), product.media)
    for name, post in file.campaign.posts.items():
        yield from at(file.path, ("posts", name), post.media or ())
        for index, part in enumerate(post.thread or ()):
            yield from at(file.path, ("posts", name, "thread", index), part.media)
        items = file.items.get(name)
        for index, item in enumerate(items.items if items else ()):
            assert items  # noqa: S101
            yield from at(items.path, (*items.route, index), item.media)
