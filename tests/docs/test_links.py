"""Links lead somewhere: to a file of the repository, and to a heading or an anchor in it."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from tests.docs.pages import PAGES, ROOT

OTHERS = [
    ROOT / name for name in ("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@cache
def prose(path: Path) -> str:
    """Without blocks, where brackets are not links."""
    return FENCE.sub("", path.read_text(encoding="utf-8"))


@cache
def anchors(path: Path) -> set[str]:
    """As GitHub makes them of headings, and those that are written."""
    found: Counter[str] = Counter()
    named = set(re.findall(r'<a id="([^"]+)">', prose(path)))
    for heading in HEADING.findall(prose(path)):
        bare = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        named.add(f"{bare}-{found[bare]}" if found[bare] else bare)
        found[bare] += 1
    return named


@cache
def links() -> list[tuple[Path, str]]:
    return [(path, link) for path in [*PAGES, *OTHERS] for link in LINK.findall(prose(path))]


def test_links_lead_to_files_and_anchors_that_are_there() -> None:
    broken = []
    inside = [(page, link) for page, link in links() if "://" not in link]
    for page, link in inside:
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(f"{page.relative_to(ROOT)}: {link}")
    assert not broken
    assert len(inside) >= 100


def test_every_picture_is_there_is_described_and_is_small() -> None:
    shown = {
        (page.parent / picture).resolve(): alt
        for page in [*PAGES, *OTHERS]
        for alt, picture in PICTURE.findall(prose(page))
    }
    assert set(shown) == set((ROOT / "docs/pictures").iterdir())
    assert all(len(alt) >= 20 for alt in shown.values())
    assert all(path.stat().st_size < 150_000 for path in shown)


def test_every_page_can_be_reached_from_the_first() -> None:
    reached: set[Path] = set()
    waiting = {ROOT / "README.md"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = {
            (page.parent / link.partition("#")[0]).resolve()
            for where, link in links()
            if where == page and "://" not in link and link.partition("#")[0]
        }
        waiting |= {target for target in targets if target in PAGES} - reached
    assert set(PAGES) == reached
    assert len(PAGES) >= 25


def test_no_page_names_a_thing_that_is_not_part_of_the_project() -> None:
    ours = [*PAGES, *OTHERS]
    assert not [path for path in ours if "../" + "shared" in path.read_text(encoding="utf-8")]
    web = {link for _, link in links() if "://" in link}
    assert all(link.startswith("https://") for link in web)
