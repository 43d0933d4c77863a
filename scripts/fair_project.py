"""A project like a large team's, for the bench: `python scripts/fair_project.py FOLDER CAMPAIGNS`.

Four kinds and four languages in turn, twenty campaigns an account. A campaign has ten posts in
about 59 lines: two recur over items, one has a picture, one is a thread, one a poll, one speaks two
languages, one has an `{% if %}`, and two hold no tag at all. No text says what another says, none
is due at the moment that the commands are run at, and there is nothing to warn of.
"""

import hashlib
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from PIL import Image

NOW = "2027-02-01T00:00+02:00"
BEGIN = date(2027, 3, 1)
DAYS = 21
"""A campaign lasts so long, and four of an account run beside each other."""
AN_ACCOUNT = 20
KINDS = ("series", "launch", "curation", "partner")
LOCALES = ("lv", "es", "ru", "en")
SYLLABLES = {
    "lv": "ka lo mī ne pu rī šā te vo zi ļa ģe ņu sē du ba",
    "es": "ca lo mi ñe pu ri sá te vo ji lla qué du ba gue no",
    "ru": "ка ло ми не пу ри ша те во зи ля же ну сё ду ба",
    "en": "ca lo mi ne pu ri sha te vo wi la ghe nu see du ba",
}
PROJECT = """\
timezone: Europe/Riga
slots: {first: 10:30, second: 13:30, third: 16:30, fourth: 19:30}
partners:
  mill: {handle: acme_mill, name: Acme Mill, relationship: none}
rules:
  promotional-share: {at-most: 80%, of-last: 10}
ledger: {store: files}
accounts:
"""
OWN = {
    "series": "starts: {begin}\n",
    "launch": "product: {{name: Model {number}, category: {word}, price: {price}, currency: EUR}}\n"
    "launches: {begin} {hour:02}:00\n",
    "curation": "starts: {begin}\n",
    "partner": "partner: mill\nstarts: {begin}\n",
}
NAMES = {
    "series": "{{ title }}",
    "launch": "{{ product.name }}",
    "curation": "{{ vars.place }}",
    "partner": "{{ partner.name }}",
}
CAMPAIGN = """\
# {title}: {aside}
kind: {kind}
title: {title}
owner: {owner}
account: {account}
{own}ends: {end}
hashtags: [{tag}]
vars:
  benefit: {benefit}
  place: {place}

posts:
  opening:
    at: {anchor} + 1d {hour:02}:00
    text: >-
      {plain[0]}
      {plain[1]}
  picture:
    at: {anchor} + 3d {hour:02}:10
    text: "{name}: {plain[2]} {{{{ vars.place }}}}."
    media:
      - file: media/{account}.jpg
        alt: {plain[3]}
  thread:
    at: {anchor} + 5d {hour:02}:20
    thread:
      - "{plain[4]} {{{{ hashtags[0] | hashtag }}}}"
      - "{plain[5]} {{{{ vars.benefit }}}}"
      - "{plain[6]} {name}"
  poll:
    at: {anchor} + 7d {hour:02}:30
    text: {plain[7]}?
    poll:
      options: [{answers}]
      open: 24h
  languages:
    at: {anchor} + 9d {hour:02}:40
    text:
      {locale}: "{plain[8]} {{{{ vars.benefit }}}}"
      {other}: "{foreign} {{{{ vars.benefit }}}}"
  choice:
    at: {anchor} + 11d {hour:02}:50
    text: |
      {{% if at.month > {month} %}}{plain[9]}{{% else %}}{plain[10]}{{% endif %}}

      {name}, {plain[11]}.
  when:
    at: {anchor} + 13d {hour:02}:05
    text: "{plain[12]}, {{{{ at | date('MMMMd') }}}}: {plain[13]}"
  number:
    at: {anchor} + 15d {hour:02}:15
    text: '{plain[14]} {{{{ {amount} }}}}. {plain[15]}!'
  tip:
    every: {{days: [{day}], slots: [{slot}]}}
    items:
      - {{id: one, text: "{plain[16]} {name}"{because}}}
      - {{id: two, text: "{plain[17]} {{{{ vars.place }}}}."{because}}}
      - {{id: three, text: "{plain[18]} {{{{ vars.benefit }}}}"{because}}}
  idea:
    every: {{days: [{later}], slots: [{slot}]}}
    items:
      - {{id: one, text: "{{{{ vars.place }}}}: {plain[19]}"{because}}}
      - {{id: two, text: "{plain[20]}, {name}, {plain[21]}"{because}}}
      - {{id: three, text: "{plain[22]} {{{{ at | date('EEEE') }}}}"{because}}}
"""


def a_project(root: Path, campaigns: int) -> None:
    """Writes it into a folder that is there."""
    accounts = max(-(-campaigns // AN_ACCOUNT), min(campaigns, len(LOCALES)))
    (root / "campaigns" / "media").mkdir(parents=True)
    settings = [PROJECT]
    for number in range(accounts):
        account, locale = _account(number), LOCALES[number % len(LOCALES)]
        settings.append(f"  {account}: {{handle: acme_{number:04}, locale: {locale}}}\n")
        shade = (number % 256, number // 256 % 256, 128)
        Image.new("RGB", (64, 64), shade).save(root / "campaigns" / "media" / f"{account}.jpg")
    (root / "runner.yaml").write_text("".join(settings), encoding="utf-8")
    for number in range(campaigns):
        text = _campaign(number, number % accounts, number // accounts)
        (root / "campaigns" / f"c{number:05}.yaml").write_text(text, encoding="utf-8")


def _account(number: int) -> str:
    return f"shop-{number:04}"


def _campaign(number: int, account: int, turn: int) -> str:
    """`turn` counts the campaigns of the account."""
    locale, other = (LOCALES[(account + more) % len(LOCALES)] for more in (0, 1))
    beside = turn % len(KINDS)
    kind, hour = KINDS[beside], 9 + 3 * beside
    said = _sentences(number, locale)
    begin = BEGIN + timedelta(days=DAYS * (turn // len(KINDS)) + beside % 2)
    day, later = (("tue", "sat"), ("mon", "thu"), ("wed", "sun"), ("fri", "tue"))[beside]
    words = " ".join(next(said) for _ in range(3)).lower().split()
    filled = {
        "kind": kind,
        "title": next(said),
        "aside": next(said),
        "owner": ("anna", "marta", "lucia")[number % 3],
        "account": _account(account),
        "own": OWN[kind].format(
            number=number, begin=begin, hour=hour, word=words[0], price=f"{20 + number % 80}.90"
        ),
        "end": begin + timedelta(days=DAYS - 1),
        "month": begin.month,
        "hour": hour,
        "anchor": "launches" if kind == "launch" else "starts",
        "tag": words[1] + words[2],
        "benefit": next(said),
        "place": words[3].capitalize(),
        "name": NAMES[kind],
        "amount": 'product.price | currency("EUR")' if kind == "launch" else 'ends | date("yMMMd")',
        "day": day,
        "later": later,
        "slot": ("first", "second", "third", "fourth")[beside],
        "because": f", because: {next(said)}" if kind == "curation" else "",
        "locale": locale,
        "other": other,
        "foreign": next(_sentences(number, other)),
        "answers": ", ".join(one + other for one, other in pairwise(words[4:8])),
        "plain": [next(said) for _ in range(23)],
    }
    return CAMPAIGN.format(**filled)


def _sentences(number: int, locale: str) -> Iterator[str]:
    """Sentences without end, of words that no language has, each told once in the whole project."""
    syllables = SYLLABLES[locale].split()
    for count in range(1000):
        drawn = hashlib.sha256(f"{number} {locale} {count}".encode()).digest()[: 18 + number % 7]
        words = ["".join(syllables[b % 16] for b in drawn[at : at + 3]) for at in range(0, 24, 3)]
        yield " ".join(filter(None, words)).capitalize()


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True)
    a_project(Path(sys.argv[1]), int(sys.argv[2]))
