"""A project's files, with a record of all that was read of them, by which a cache knows what it
rests on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from io import SEEK_END
from typing import BinaryIO, Final, TypeVar

from runner.cache.on_disk import below, listing
from runner.workspace.folder_files import FolderFiles
from runner.workspace.project_files import MEDIA_LIMIT, UnreadableFile

T = TypeVar("T")
REFUSED_FILE: Final = "refused"
"""Of what can't be read: nobody knows whether it will be so again, so nothing rests on it."""
_PIECE: Final = 1024 * 1024
"""Bytes that are read at once."""


@dataclass(frozen=True, slots=True)
class RecordedFiles(FolderFiles):
    """Reads as FolderFiles do, and notes what was asked for and found."""

    seen: dict[str, str] = field(init=False, default_factory=dict)
    """By question: `exists PATH`, `whole PATH` for its digest, `64 PATH` for that of
    so many bytes at its beginning."""
    folders: dict[str, str] = field(init=False, default_factory=dict)
    """What each folder held, by path, before anything was read of it."""
    _kinds: set[str] = field(init=False, default_factory=set)
    """Of all questions so far."""
    _known: dict[str, str] = field(init=False, default_factory=dict)
    """All answers: a run finds the same each time."""

    def read(self, path: str, limit: int) -> bytes:
        data = self._noting_refusal(f"{limit} {path}", partial(FolderFiles.read, self, path, limit))
        self._note(f"{limit} {path}", sha256(data).hexdigest())
        return data

    def exists(self, path: str) -> bool:
        found = FolderFiles.exists(self, path)
        self._note(f"exists {path}", str(found))
        return found

    def opened(self, path: str) -> BinaryIO:
        question = f"whole {path}"
        file = self._noting_refusal(question, partial(FolderFiles.opened, self, path))
        self._note(question, _digest(file))
        file.seek(0)
        return file

    def names(self, folder: str = "") -> list[str]:
        self._list(folder)
        return FolderFiles.names(self, folder)

    def walk(self, folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[str]:
        for path in below(str(self.root), folder):
            self._list(path)
        return FolderFiles.walk(self, folder, skip=skip)

    def rests_on(self) -> Mapping[str, str] | None:
        """All questions so far, with their answers; None where one of them has no answer."""
        return None if REFUSED_FILE in self._known.values() else self._known

    def note_reuse(self, path: str) -> None:
        for question in (f"{kind} {path}" for kind in self._kinds):
            if question in self._known:
                self.seen[question] = self._known[question]

    def believe(self, seen: Mapping[str, str]) -> None:
        """Takes over what another process has asked and found."""
        for question, answer in seen.items():
            self._find(question, answer)

    def is_as_it_was(self, seen: Mapping[str, str]) -> bool:
        """Whether each question has the answer that it had."""
        return all(self._answer(question) == answer for question, answer in seen.items())

    def _list(self, path: str) -> None:
        if path not in self.folders:
            self.folders[path] = listing(str(self.root), path)

    def _noting_refusal(self, question: str, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except UnreadableFile:
            self._note(question, REFUSED_FILE)
            raise

    def _find(self, question: str, answer: str) -> str:
        """The answer; refused for good where the file has changed while it was looked at."""
        if self._known.setdefault(question, answer) != answer:
            self._known[question] = REFUSED_FILE
        return self._known[question]

    def _note(self, question: str, answer: str) -> None:
        self.seen[question] = self._find(question, answer)
        self._kinds.add(question.partition(" ")[0])

    def _answer(self, question: str) -> str:
        if question not in self._known:
            try:
                self._known[question] = self._asked_anew(*question.split(" ", 1))
            except UnreadableFile:
                self._known[question] = REFUSED_FILE
        return self._known[question]

    def _asked_anew(self, kind: str, path: str) -> str:
        match kind:
            case "exists":
                return str(FolderFiles.exists(self, path))
            case "whole":
                with FolderFiles.opened(self, path) as file:
                    return _digest(file)
        return sha256(FolderFiles.read(self, path, int(kind))).hexdigest()


def _digest(file: BinaryIO) -> str:
    """A digest of all of a file, unless it is larger than any that may be used."""
    if file.seek(0, SEEK_END) > MEDIA_LIMIT:
        return REFUSED_FILE
    file.seek(0)
    digest = sha256()
    for piece in iter(partial(file.read, _PIECE), b""):
        digest.update(piece)
    return digest.hexdigest()
