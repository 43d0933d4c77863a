"""Bytes as git writes and takes them: streams of `fast-import` and `cat-file`."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from runner.stores.json_lines import LONG, Content, FileStretch


def data_of(data: bytes) -> bytes:
    return f"data {len(data)}\n".encode() + data + b"\n"


def parse_batch(file: BinaryIO, path: Path) -> Iterator[tuple[str, Content]]:
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
