"""What people get wrong, one mistake a file: the projects in which the golden files lie."""

import re
from pathlib import Path

MISTAKES = Path(__file__).parents[1] / "golden" / "mistakes"
ELSEWHERE = re.compile(r"# (\S+\.yaml)\n")
RUNNER = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00}
accounts:
  shop: {handle: acme_en, locale: en}
  tienda: {handle: acme_es, locale: es, timezone: Europe/Madrid}
partners:
  lois: {handle: loisjeans, name: Lois, relationship: paid}
disclosure: {paid: {en: "#ad", es: "#publi"}}
"""
HELLO = """\
kind: series
account: shop
posts: {hello: {at: 2026-11-01 10:00, text: Hello}}
"""
RAFFLE = """\
kind: contest
account: shop
prize: three pairs of jeans
opens: 2026-12-01 10:00
closes: 2026-12-08 20:00
entry: {how: reply}
posts: {announce: {at: opens}, winners: {at: drawn + 1h}}
"""
TIPS = """\
kind: series
account: shop
starts: 2026-12-01
ends: 2026-12-02
posts:
  tip: {every: {slots: [noon]}, items: data/tips.yaml}
"""
BESIDE = {
    "runner.yaml": {"campaigns/hello.yaml": HELLO},
    "campaigns/data/tips.yaml": {"campaigns/tips.yaml": TIPS},
    "campaigns/results/raffle.yaml": {"campaigns/raffle.yaml": RAFFLE},
}
"""What a file needs beside it to be read."""


def names() -> list[str]:
    return sorted({path.stem for path in MISTAKES.iterdir()})


def files_of(case: Path) -> dict[str, str]:
    """The files of a case, by path in the project."""
    if case.is_dir():
        files = sorted(path for path in case.rglob("*") if path.is_file())
        return {path.relative_to(case).as_posix(): path.read_text("utf-8") for path in files}
    text = case.with_suffix(".yaml").read_text("utf-8")
    elsewhere = ELSEWHERE.match(text)
    path = elsewhere[1] if elsewhere else f"campaigns/{case.name}.yaml"
    return {**BESIDE.get(path, {}), path: text}
