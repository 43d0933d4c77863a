"""The pages that lead into the code: what they name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOPS = ("runner", "tests", "scripts", "docs", "campaigns", "templates")
NAMED = re.compile(r"`([\w./]+/|[\w./]+\.py)`")


def missing(page: str) -> list[str]:
    """The paths that a page names, and that are nowhere in the repository."""
    files = known_paths()
    return [path for path in NAMED.findall(page) if not any(f"/{path}" in each for each in files)]


def known_paths() -> tuple[str, ...]:
    """All that lies in these folders, each path behind a slash."""
    listed = (path.relative_to(ROOT) for top in TOPS for path in (ROOT / top).rglob("*"))
    return tuple(f"/{path.as_posix()}" for path in listed if path.suffix != ".pyc")


@pytest.mark.parametrize(("name", "least"), [("ARCHITECTURE.md", 60), ("CONTRIBUTING.md", 10)])
def test_each_path_that_a_page_names_exists(name: str, least: int) -> None:
    page = (ROOT / name).read_text()
    assert len(NAMED.findall(page)) >= least
    assert not missing(page)


def test_a_path_that_is_gone_is_seen() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    assert "`compile/texts.py`" in page
    planted = page.replace("`compile/texts.py`", "`compile/text.py`") + "`rooms/`"
    assert missing(planted) == ["compile/text.py", "rooms/"]
