"""Each rule breached once, in a project on disk: its files, and how they are mended.

`tests/golden/rules/<rule>.yaml` is the campaign. Behind a line `#= <path>` another file of the
project follows, or what is added to its runner.yaml. `#= now <instant>` is when a plan is made,
`#= sent <key> <instant> <text>` what has gone out before, `#= posted
<key> <instant> <handle>` as whom, `#= announced <key> <instant> <text>` with the words that a run
recorded; `#= picture`, `#= gif` and other words of DRAWN make a file.
`#= mended` comes last: words of the files, and what is written in their place so that nothing is
found. A mended file stays as near to the breach as it can, so that the rule has something to look
at.
"""

import hashlib
import io
import random
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType

import yaml
from PIL import Image

from runner.ledger import Attempting, Closed, Key, Posted, Record, Sent, State, address
from runner.publish.ports import Ledger
from tests.films import film

PAIRS = Path(__file__).parents[2] / "golden" / "rules"
PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00, evening: 18:30}
accounts:
  shop: {handle: acme_shop, locale: en}
  outlet: {handle: acme_outlet, locale: en}
  tienda: {handle: acme_tienda, locale: es}
partners:
  lois: {handle: loisjeans, name: Lois, relationship: paid, until: 2027-03-01}
disclosure: {paid: {en: "#ad"}}
ledger: {store: files}
"""
SECTION = re.compile(r"^#= (.*)\n", re.MULTILINE)
NOW = "2026-11-01T12:00+02:00"


def breach_and_mend(id: str) -> tuple[str, dict[str, str]]:
    """What the file of a rule holds, and what mends it, by the words that it takes the place of."""
    breach, _, mend = (PAIRS / f"{id}.yaml").read_text("utf-8").partition("#= mended\n")
    return breach, yaml.safe_load(mend)


def files_of(
    id: str, mended: Mapping[str, str] = MappingProxyType({})
) -> tuple[dict[str, str], dict[str, str]]:
    """The files of a rule's project by path, and what else the pair says by its first word;
    `mended`: what is written in place of words of the pair, or of runner.yaml."""
    (pair, _), project = breach_and_mend(id), PROJECT
    for words, others in mended.items():
        assert words in pair + project, f"nothing is mended by `{others}`"
        if words in pair:
            pair = pair.replace(words, others, 1)
        else:
            project = project.replace(words, others, 1)
    campaign, *sections = SECTION.split(pair)
    files = {"runner.yaml": project, f"campaigns/{id}.yaml": campaign}
    told: dict[str, str] = {}
    for head, body in zip(sections[::2], sections[1::2], strict=True):
        word, _, rest = head.partition(" ")
        if rest:
            told[word] = rest
        else:
            files[word] = files.get(word, "") + body
    return files, told


def lay_out(files: Mapping[str, str], told: Mapping[str, str], root: Path) -> None:
    """Writes the project."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    for kind in told.keys() & DRAWN.keys():
        (root / told[kind]).parent.mkdir(parents=True, exist_ok=True)
        (root / told[kind]).write_bytes(DRAWN[kind]())


def drawn(form: str, *shades: int, width: int = 1400) -> bytes:
    """A picture, or an animation that is wider than X takes."""
    first, *more = [Image.new("L", (width, 10), shade) for shade in shades]
    out = io.BytesIO()
    first.save(out, form, **({"save_all": True, "append_images": more} if more else {}))
    return out.getvalue()


def large() -> bytes:
    """A PNG with more than 5 MB, of random bytes that nothing presses together."""
    out, side = io.BytesIO(), 1400
    Image.frombytes("RGB", (side, side), random.Random(1).randbytes(3 * side**2)).save(out, "PNG")
    return out.getvalue()


DRAWN: dict[str, Callable[[], bytes]] = {
    "picture": partial(drawn, "PNG", 0),
    "large-picture": large,
    "gif": partial(drawn, "GIF", 0, 255),
    "still-gif": partial(drawn, "GIF", 0, width=100),
    "film": film,
    "long-film": partial(film, seconds=150),
    "hevc-film": partial(film, codec=b"hvc1"),
    "film-in-fragments": partial(film, fragments=b""),
}


def sent_before(told: str) -> Record:
    key, at, text = told.split(" ", 2)
    digest = hashlib.sha256(text.encode()).hexdigest()
    sent = Sent(
        at=datetime.fromisoformat(at),
        key=Key.parse(key),
        id="1",
        digest=digest,
        text=digest,
        cost="0.015",
    )
    return Record(sent=(sent,))


def out_before(told: str) -> Record:
    """`told`: the key, when it went out, and the handle that it went out as."""
    key, at, handle = told.split()
    posted = Posted(
        at=datetime.fromisoformat(at),
        key=Key.parse(key),
        run="1",
        id="1",
        url=f"https://x.com/{handle}/status/1",
        cost="0.015",
    )
    return Record(entries=(posted,))


def missed_before(told: str) -> Record:
    """`told`: the key, and when it was due."""
    key, at = told.split()
    due = datetime.fromisoformat(at)
    missed = Closed(
        at=due, key=Key.parse(key), run="1", state=State.MISSED, because="late", due=due
    )
    return Record(entries=(missed,))


def announced_before(told: str) -> Record:
    """`told`: the key, when it went out, and what it said."""
    key, at, text = told.split(" ", 2)
    when, cost = datetime.fromisoformat(at), Decimal("0.015")
    attempt = Attempting(
        at=when,
        key=Key.parse(key),
        run="1",
        attempt="a1",
        send_by=when,
        due=when,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        parts=({"text": text},),
        cost=cost,
    )
    out = Posted(
        at=when, key=attempt.key, run="1", attempt="a1", id="1", url=address("a", "1"), cost=cost
    )
    return Record(entries=(attempt, out))


def remember(told: Mapping[str, str], ledger: Ledger) -> None:
    """Records what happened before."""
    for word, record in (
        ("sent", sent_before),
        ("posted", out_before),
        ("missed", missed_before),
        ("announced", announced_before),
    ):
        if word in told:
            ledger.record(record(told[word]))
