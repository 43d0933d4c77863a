"""The project's folder: what may be read of it, and how much."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

YAML_LIMIT = 256 * 1024 + 1
"""Bytes read of a YAML file: one more than the dialect takes, so that it can say so."""
MEDIA_LIMIT = 512 * 1024 * 1024
"""Bytes read of a media file: X takes none that is larger."""


class Unreadable(Exception):
    """A file that can't be had: `because` is a sentence's end, `help` the thing to do."""

    def __init__(self, because: str, help: str) -> None:
        super().__init__(because)
        self.because = because
        self.help = help


@dataclass(frozen=True, slots=True)
class Ground:
    """A project's folder. Paths are relative to it, with `/`; nothing outside of it is ever read,
    and no symbolic link is followed."""

    root: Path

    def read(self, path: str, limit: int) -> bytes:
        """Up to `limit` bytes of a file. Raises Unreadable."""
        file = self._inside(path)
        try:
            descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            raise Unreadable("is not there", self._neighbours(path)) from None
        except OSError as error:
            raise Unreadable(f"can't be read: {error.strerror}", "mend its permissions") from None
        with os.fdopen(descriptor, "rb") as opened:
            if not file.is_file():
                raise Unreadable("is not a file", "name a file")
            return opened.read(limit)

    def exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def walk(self, folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[str]:
        """The paths of all files below a folder, in order; not in folders named in `skip`."""
        top = self.root / folder
        for where, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if name not in skip)
            for name in sorted(
                [*names, *(link for link in folders if (Path(where) / link).is_symlink())]
            ):
                yield (Path(where) / name).relative_to(self.root).as_posix()

    def _inside(self, path: str) -> Path:
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
            raise Unreadable("lies outside of the project", "keep it beside the campaign")
        for depth in range(1, len(parts) + 1):
            if self.root.joinpath(*parts[:depth]).is_symlink():
                raise Unreadable("is a symbolic link", "put the file itself there")
        return self.root / path

    def _neighbours(self, path: str) -> str:
        from runner.problems import closest

        wanted = PurePosixPath(path)
        folder = self.root / wanted.parent
        names = [each.name for each in folder.iterdir()] if folder.is_dir() else []
        near = closest(wanted.name, names)
        return f"did you mean `{near}`?" if near else f"add the file {path}"
