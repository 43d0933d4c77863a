"""Bytes as git writes and takes them: streams of `fast-import` and `cat-file`, folders."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from runner.stores.json_lines import LONG, Content, FileStretch


def data_of(data: bytes) -> bytes:
    return f"data {len(data)}\n".encode() + data + b"\n"


def unbatched(file: BinaryIO, path: Path) -> Iterator[tuple[str, Content]]:
    """What `git cat-file --batch` writes: `<id> blob <size>`, the contents, and so on. What is long
    stays in the file."""
    while header := file.readline():
        id, _, size = header.decode().split()
        start, length = file.tell(), int(size)
        if length > LONG:
            yield id, FileStretch(path=path, start=start, size=length)
        else:
            yield id, file.read(length)
        file.seek(start + length + 1)


def entries_of(tree: bytes, digits: int) -> Iterator[tuple[str, str]]:
    """Names, those of folders with a `/`, and ids in git's form of a folder: `<mode> <name>`, a
    zero, and the id in half as many bytes as it has digits."""
    at = 0
    while at < len(tree):
        end = tree.index(b"\0", at)
        mode, _, name = tree[at:end].decode(errors="surrogateescape").partition(" ")
        at = end + 1 + digits // 2
        yield name + "/" * (mode == "40000"), tree[end + 1 : at].hex()
