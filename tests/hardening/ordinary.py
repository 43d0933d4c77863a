"""Ordinary posts, as people write them."""

from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
PROJECT = """\
timezone: Europe/Riga
accounts:
  lv: {handle: acme_lv, locale: lv}
  es: {handle: acme_es, locale: es}
  ru: {handle: acme_ru, locale: ru}
  en: {handle: acme_en, locale: en}
partners:
  lois: {handle: lois_denim, name: Lois Denim, relationship: none}
  repairs: {handle: riga_repairs, name: Riga Repairs, relationship: none}
  taller: {handle: taller_azul, name: Taller Azul, relationship: none}
  anna: {handle: anna_demo, name: Anna, relationship: none}
  club: {handle: denim_club, name: Denim Club, relationship: none}
ledger: {store: files}
"""


def posts_of(language: str) -> list[str]:
    text = (CORPUS / f"{language}.txt").read_text(encoding="utf-8")
    return [post.strip("\n") for post in text.split("\n---\n")]
