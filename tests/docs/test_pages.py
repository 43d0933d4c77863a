"""Every page does what it shows: its commands print it, its files are valid."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.docs.made import remade
from tests.docs.pages import PAGES, ROOT, Block, Note, Reader, commands, pieces, quoted, replayed

CHECKED = {"console", "json", "yaml", "jinja", "python"}
SHOWN = {"text", "ini", "crontab", "quoted"}
WITH_A_LOCAL_X = [path for path in PAGES if "$ runner sandbox" in path.read_text(encoding="utf-8")]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    (folder := tmp_path / "project").mkdir()
    with closing(Reader(folder=folder, patch=monkeypatch)) as made:
        yield made


@pytest.mark.parametrize("path", [each for each in PAGES if each not in WITH_A_LOCAL_X], ids=named)
def test_a_page_does_what_it_shows(
    path: Path, reader: Reader, golden: Callable[[Path, str], None]
) -> None:
    golden(path, as_it_should_be(path, reader))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", WITH_A_LOCAL_X, ids=named)
def test_a_page_with_a_local_x_does_what_it_shows(
    path: Path, reader: Reader, golden: Callable[[Path, str], None]
) -> None:
    golden(path, as_it_should_be(path, reader))


def as_it_should_be(path: Path, reader: Reader) -> str:
    """The text of a page, with what its blocks come to when somebody follows it."""
    text = remade(path.read_text(encoding="utf-8"))
    found = list(pieces(text))
    reader.begin(empty=any(isinstance(each, Note) and each.word == "empty" for each in found))
    bodies = [(each.span, body) for each in found if (body := followed(each, reader)) is not None]
    reader.end()
    for (start, end), body in reversed(bodies):
        text = text[:start] + body + text[end:]
    return text


def followed(piece: Note | Block, reader: Reader) -> str | None:
    """What a block should say, once it is done; None for what only notes something."""
    if isinstance(piece, Block):
        return done(piece, reader)
    reader.note(piece)
    return None


def done(block: Block, reader: Reader) -> str:
    """Does what a block says, and gives it as it should be."""
    if "from" in block.says:
        source = (ROOT / block.says["from"]).read_text(encoding="utf-8")
        assert block.body in source, f"line {block.line} is not in {block.says['from']}"
    elif "shown" in block.says:
        printed = reader.run(block.says["shown"])
        return quoted(printed) if block.language == "quoted" else printed
    elif "file" in block.says or "in" in block.says:
        reader.take(block)
    elif block.language == "console" and "not run" not in block.says:
        return replayed(block.body, reader)
    return block.body


def test_every_block_is_run_checked_or_says_why_not() -> None:
    blocks = [
        (named(path), block)
        for path in PAGES
        for block in pieces(path.read_text(encoding="utf-8"))
        if isinstance(block, Block)
    ]
    unchecked = [
        f"{name}:{block.line}"
        for name, block in blocks
        if block.language not in CHECKED | SHOWN
        or (block.language == "console" and block.says.keys() - {"not run"})
        or (
            block.language in CHECKED - {"console"}
            and not block.says.keys() & {"file", "in", "from"}
        )
    ]
    assert not unchecked
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    fences = len(re.findall(r"^[^>\n]*```", text, re.MULTILINE))  # a quotation may hold some
    assert fences == 2 * len([block for _, block in blocks if block.language != "quoted"]), (
        "a fence is indented, or not closed"
    )


def test_most_commands_are_run() -> None:
    blocks = [
        block
        for path in PAGES
        for block in pieces(path.read_text(encoding="utf-8"))
        if isinstance(block, Block) and block.language == "console"
    ]
    run = [line for b in blocks if "not run" not in b.says for line in commands(b.body)]
    left = [line for b in blocks if "not run" in b.says for line in commands(b.body)]
    assert len(run) >= 10
    assert len(left) <= len(run) / 2
