"""How long whole commands take at 10, 1,000 and 10,000 campaigns of ten posts, beside the floor of
their parts measured in the same run. Prints a table; `python scripts/bench.py [SIZE …]`."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

SIZES = (10, 1_000, 10_000)
NOW = "2027-02-01T00:00+02:00"
PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00, evening: 18:30}
accounts:
  shop: {handle: acme_lv, locale: lv}
  tienda: {handle: acme_es, locale: es, timezone: Europe/Madrid}
ledger: {store: files}
"""
CAMPAIGN = """\
kind: launch
account: {account}
product: {{name: Model {number}, category: jeans, price: 59.90, currency: EUR}}
launches: {day} {hour:02}:{minute:02}
posts:
"""
POST = """\
  post-{n}:
    at: launches + {n}d
    text: >-
      {words} – {{{{ product.name }}}}, {{{{ product.price | currency("EUR") }}}}. What now?
"""


def a_project(root: Path, campaigns: int) -> None:
    """A project whose posts are spread over ten years to come, none of them due now."""
    (root / "runner.yaml").write_text(PROJECT, encoding="utf-8")
    folder = root / "campaigns"
    folder.mkdir()
    start = datetime(2027, 3, 1, tzinfo=UTC)
    for number in range(campaigns):
        day = start + timedelta(days=number % 3600)
        head = CAMPAIGN.format(
            account=("shop", "tienda")[number % 2],
            number=number,
            day=f"{day:%Y-%m-%d}",
            hour=9 + number // 3600 % 12,
            minute=number % 60,
        )
        posts = "".join(
            POST.format(n=n, words=" ".join(_words(10 * number + n))) for n in range(1, 11)
        )
        (folder / f"c{number:05}.yaml").write_text(head + posts, encoding="utf-8")


def _words(seed: int) -> list[str]:
    """A sentence of its own, so that no two posts say the same."""
    syllables = ("ka", "lo", "mi", "ne", "pu", "ri", "sa", "te", "vo", "zi")
    drawn = hashlib.sha256(str(seed).encode()).digest()
    return ["".join(syllables[byte % 10] for byte in drawn[at : at + 3]) for at in range(0, 30, 3)]


def commands(root: Path) -> Iterator[tuple[str, float, float]]:
    """Each command as a whole process: name, seconds, peak MiB."""
    runner = str(Path(sys.executable).parent / "runner")
    for name, words in (
        ("validate", ["validate"]),
        ("preview", ["preview", "--now", NOW]),
        ("post, idle", ["post", "--now", NOW]),
    ):
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603
            [runner, *words],
            cwd=root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"X_API_URL": "http://127.0.0.1:9"},
        )
        _, _, used = os.wait4(process.pid, 0)
        yield name, time.perf_counter() - began, used.ru_maxrss / 1024


def floors(root: Path) -> Iterator[tuple[str, float]]:
    """What the parts cost at least: names and seconds."""
    import yaml
    from jinja2 import Environment

    from runner.models import CAMPAIGN as MODEL
    from runner.parsing import parse, validate

    paths = sorted((root / "campaigns").iterdir())
    texts: list[bytes] = []
    yield "reading the files", _timed(lambda: texts.extend(path.read_bytes() for path in paths))
    yield "PyYAML's C loader", _timed(lambda: [yaml.load(t, yaml.CSafeLoader) for t in texts])
    parsed = [parse(str(path), text) for path, text in zip(paths[:100], texts, strict=False)]
    share = len(texts) / len(parsed)
    yield "the models", share * _timed(lambda: [validate(each, MODEL) for each in parsed])
    template = Environment(autoescape=False).from_string("{{ a }} of {{ b }}")  # noqa: S701
    posts = 10 * len(texts)
    yield "rendering plainly", _timed(lambda: [template.render(a=1, b=n) for n in range(posts)])


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    sizes = tuple(int(word) for word in sys.argv[1:]) or SIZES
    print("| campaigns | what | seconds | peak MiB |\n|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            a_project(root, size)
            for name, seconds, peak in commands(root):
                print(f"| {size:,} | `{name}` | {seconds:.2f} | {peak:.0f} |", flush=True)
            for name, seconds in floors(root):
                print(f"| {size:,} | floor: {name} | {seconds:.2f} | |", flush=True)


if __name__ == "__main__":
    main()
