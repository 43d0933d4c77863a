"""Projects whose campaigns are kept from run to run, and edits of them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

HEAD = "timezone: Europe/Riga\naccounts:\n  shop: {handle: acme_lv, locale: lv}\n"
PNG = Path(__file__).parents[3] / "campaigns/media"


def a_campaign(name: str, day: int, text: str) -> str:
    return (
        f"kind: series\naccount: shop\nstarts: 2027-03-01\nends: 2027-03-31\nposts:\n"
        f"  {name}: {{at: 2027-03-{day:02} 10:00, text: {text}}}\n"
        f"  tip: {{every: {{days: [mon], slots: [s{name}]}}, items: data/tips.yaml}}\n"
        f"slots: {{s{name}: '1{day % 10}:{day:02}'}}\n"
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three campaigns with a picture, a template, items and the results of a draw."""
    (tmp_path / "campaigns/data").mkdir(parents=True)
    (tmp_path / "campaigns/media").mkdir()
    (tmp_path / "campaigns/results").mkdir()
    (tmp_path / "templates").mkdir()
    picture = next(PNG.glob("*.jpg"))
    shutil.copy(picture, tmp_path / "campaigns/media/a.jpg")
    shutil.copy(picture, tmp_path / "campaigns/media/b.jpg")
    write = {
        "runner.yaml": HEAD,
        "templates/own.j2": "Skaisti bikses mēnesim un gadam\n",
        "campaigns/data/tips.yaml": "- {text: Mazgā aukstā ūdenī}\n- {text: Žāvē ēnā}\n",
        "campaigns/a.yaml": a_campaign("a", 2, "Pirmais no visiem tekstiem"),
        "campaigns/b.yaml": a_campaign("b", 3, "Otrais teksts nav kā citi") + "vars: {x: y}\n",
        "campaigns/c.yaml": "kind: series\naccount: shop\nends: 2027-04-30\nposts:\n"
        "  own: {at: 2027-03-09 10:00, template: own}\n"
        "  picture: {at: 2027-03-10 10:00, text: Skaties šo, "
        "media: [{file: media/a.jpg, alt: Bikses}]}\n",
        "campaigns/win.yaml": "kind: contest\naccount: shop\nprize: bikses\n"
        "opens: 2027-03-01 10:00\ncloses: 2027-03-08 20:00\nentry: {how: reply}\n"
        "posts: {announce: {at: opens}, winners: {at: drawn + 1h}}\n",
    }
    for path, text in write.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@contextmanager
def a_copy(root: Path, *without: str) -> Iterator[Path]:
    """The same project elsewhere, of the same user."""
    with TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(root, f"{folder}/x", ignore=shutil.ignore_patterns(*without)))
        if home_of(root).exists():
            shutil.copytree(home_of(root), home_of(copied))
        yield copied


EDITS: dict[str, Callable[[Path], object]] = {
    "campaign": lambda root: (root / "campaigns/a.yaml").write_text(a_campaign("a", 4, "Cits")),
    "items": lambda root: (root / "campaigns/data/tips.yaml").write_text(
        "- {text: Viens}\n- {text: '{{ x }}'}\n"
    ),
    "items-gone": lambda root: (root / "campaigns/data/tips.yaml").unlink(),
    "picture": lambda root: (root / "campaigns/media/a.jpg").write_bytes(b"no picture"),
    "picture-gone": lambda root: (root / "campaigns/media/a.jpg").unlink(),
    "template": lambda root: (root / "templates/own.j2").write_text("x" * 300),
    "template-new": lambda root: (
        (root / "templates/series").mkdir(exist_ok=True)
        or (root / "templates/series/x.j2").write_text("{{ nobody }}")
    ),
    "project": lambda root: (root / "runner.yaml").write_text(
        HEAD + "rules: {min-gap: 3h, duplicate-text: {within: 60d}}\n"
    ),
    "results": lambda root: (root / "campaigns/results/win.yaml").write_text(
        "drawn: 2027-03-09 10:00\nwinners: [anna, bob]\n"
    ),
    "campaign-new": lambda root: shutil.copy(root / "campaigns/b.yaml", root / "campaigns/d.yaml"),
    "campaign-gone": lambda root: (root / "campaigns/b.yaml").unlink(),
    "same-id": lambda root: (root / "campaigns/e.yaml").write_text(
        "id: a\n" + a_campaign("e", 9, "Pavisam cits stāsts par to pašu")
    ),
    "broken": lambda root: (root / "campaigns/a.yaml").write_text("kind: [\n"),
}


def home_of(root: Path) -> Path:
    """Where the user of a project has a key: beside it, since a key within is not believed."""
    return root.with_name(f"{root.name}-user")


def a_user(root: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(home_of(root))}
