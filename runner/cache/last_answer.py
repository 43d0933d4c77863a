"""The last answer of `runner validate`, which is given again while all that it rests on is the
same.

It is looked up before anything else is imported, so this module imports next to nothing itself.
"""

import json
import os
import stat
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import TextIO

from runner.cache.folder import LARGEST, CacheFolder
from runner.cache.on_disk import about_zones, libraries, listing, program_files, zone_folders

NAME = "answer"
COMMAND = "validate"
LOOKS = ("NO_COLOR", "FORCE_COLOR", "LANG", "LC_", "PYTHON")
"""Prefixes of environment variables that change an answer, or how it looks."""
OTHERS = ("GITHUB_", "GH_", "ACTIONS_", "X_", "NOTIFY_", "RUNNER_")
"""Prefixes of variables that may hold secrets, or want another answer: where one is set, the answer
is always worked out anew."""

HARMLESS = "X_API_URL"
"""The address of a local X, which is no secret, and which `validate` does not ask; but where it is
set, the lists of rehearsed contests are checked, too."""


def question_of(arguments: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """A digest of the arguments, the environment, the streams and the program; None where the
    answer is always worked out anew."""
    is_other = list(arguments[:1]) != [COMMAND] or os.name == "nt"  # where lines end otherwise
    if is_other or any(name.startswith(OTHERS) for name in environ if name != HARMLESS):
        return None
    if not all(map(_takes_all, (sys.stdout, sys.stderr))):
        return None
    seen = [sys.stdout.isatty(), sys.stderr.isatty()]
    looks = sorted(each for each in environ.items() if each[0].startswith(LOOKS))
    program = _program(environ.get("PYTHONTZPATH"))
    return _digest([*arguments, environ.get(HARMLESS), looks, seen, program])


def replay(folder: CacheFolder, root: str, question: str) -> int | None:
    """Writes the last answer to this question, if it still holds, and returns its exit code; else
    None."""
    try:
        kept = _kept_answer(folder, question)
        if not kept or not _holds(root, kept):
            return None
        out, err, code = str(kept["out"]), str(kept["err"]), 1 if kept["code"] else 0
        sys.stdout.write(out)
        sys.stdout.flush()
    except (OSError, ValueError, KeyError, RecursionError):
        return None  # whoever finds it anew knows what to do about it
    with suppress(OSError, ValueError):  # what stands on standard output is the answer
        # past the stream, which would try once more at the end, and change the exit code
        os.write(sys.stderr.fileno(), err.encode(errors="backslashreplace"))
    return code


def remember(folder: CacheFolder, question: str, kept: Mapping[str, object]) -> None:
    """Keeps an answer: `out`, `err`, `code`, and what it rests on, `files` by question and
    `folders` by path. Raises OSError and ValueError."""
    whole = json.dumps(kept).encode()
    folder.write(NAME, [folder.signature(question.encode(), whole), b"\n", whole])


def file_answer(root: str, question: str, straight: dict[str, bool]) -> str:
    """The answer to a question about a file: `exists PATH`, or the digest that `whole PATH` asks
    for, or a number of bytes and a path. `straight` remembers of folders whether no link leads
    there."""
    kind, _, path = question.partition(" ")
    place = f"{root}/{path}"
    if kind == "exists":
        return str(os.path.lexists(place))
    folder = path.rpartition("/")[0]
    if folder not in straight:
        straight[folder] = _is_straight(root, folder)
    if not straight[folder]:
        return "a link"
    try:  # a pipe would be waited for
        number = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return "no file"
    try:
        about = os.fstat(number)
        if not stat.S_ISREG(about.st_mode):
            return "no file"
        size = about.st_size if kind == "whole" else min(about.st_size, int(kind))
        if size > LARGEST:
            return "too large"
        return sha256(os.read(number, size)).hexdigest()
    finally:
        os.close(number)


def _takes_all(stream: TextIO | None) -> bool:
    """Whether a stream takes every character, and blocks until it can; else part of an answer might
    be written, and then the whole."""
    if getattr(stream, "encoding", None) != "utf-8":  # it has none where it was closed before
        return False
    try:
        return stream is not None and os.get_blocking(stream.fileno())
    except (OSError, ValueError):
        return False


def _is_straight(root: str, folder: str) -> bool:
    """Whether neither the folder nor one above it, below the root, is a link."""
    way = root
    for part in folder.split("/"):
        way = os.path.join(way, part)
        if os.path.islink(way):
            return False
    return True


def _kept_answer(folder: CacheFolder, question: str) -> dict[str, object]:
    signature, _, whole = folder.read(NAME).partition(b"\n")
    kept = json.loads(whole) if folder.signature(question.encode(), whole) == signature else {}
    return kept if isinstance(kept, dict) else {}


def _holds(root: str, kept: Mapping[str, object]) -> bool:
    """Whether all files and folders are as they were when the answer was kept."""
    folders, files = kept["folders"], kept["files"]
    straight: dict[str, bool] = {}
    return (
        isinstance(folders, dict)
        and isinstance(files, dict)
        and all(listing(root, path) == found for path, found in folders.items())
        and all(file_answer(root, each, straight) == found for each, found in files.items())
    )


@cache
def _program(zones: str | None) -> list[object]:
    """All that the program consists of: its files by size and dates, Python and its switches,
    libraries by place and version, and the data of `zones`. Asked once, when the program starts,
    since that is the one that runs."""
    python = [sys.version, list(sys.flags), list(sys.path)]
    files = (*program_files(), *about_zones(zone_folders(zones)))
    return [python, [*map(_file_stamp, files)], [*libraries()]]


def _file_stamp(path: str) -> list[object]:
    about = os.stat(path)
    # no program can set ctime; mtime is put back by some, and the same for all files of an archive
    return [path, about.st_size, about.st_mtime_ns, about.st_ctime_ns]


def _digest(value: object) -> str:
    return sha256(json.dumps(value).encode()).hexdigest()
