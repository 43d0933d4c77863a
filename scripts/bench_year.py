"""What a report over a year of 1,000 posts a month takes: CPU, memory and time, in each format.
Prints a table, and whether each holds its bound; `python scripts/bench_year.py [POSTS …]`.

Three accounts, twenty campaigns, of whose posts three in four recur; each post was measured at
48 hours, a week and four weeks.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench_ledger import ATTEMPTING, KEPT, POSTED, SENT

from runner.x_facts import snowflake

SIZES = (12_000,)
SECONDS, MEGABYTES = 2, 200
"""What a report of a year is to take at the most; of CPU, since a clock tells of others, too."""
ENVIRON = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
ACCOUNTS = ("shop", "tienda", "support")
CAMPAIGNS = 20
FORMATS = ("text", "markdown", "html", "json", "csv")
PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00, evening: 18:30}
accounts:
  shop: {handle: acme_lv, locale: lv, owned: true}
  tienda: {handle: acme_es, locale: es, owned: true}
  support: {handle: acme_support, locale: en, owned: true}
goals: {engagement-rate: 2%, replies-per-post: 1, posts-per-day: 30}
"""
CAMPAIGN = """\
kind: series
accounts: [shop, tienda, support]
starts: 2026-01-01
ends: 2026-12-31
posts:
  tip:
    every: {days: [mon], slots: [morning]}
    text: A tip of the day
"""
MEASURED = (
    '{{"post":"{id}","window":"{window}","at":"{at:%Y-%m-%dT%H:%M:%SZ}","key":"{key}","root":"{id}",'
    '"public":{{"impressions":{seen},"likes":{likes},"replies":{replies},"reposts":1,"quotes":0,'
    '"bookmarks":1}},"organic":{{"impressions":{seen},"likes":{likes},"replies":{replies},'
    '"reposts":1,"link_clicks":2,"profile_clicks":3}}}}\n'
)
ORIGIN = json.dumps({"v": 1, "at": "2025-12-20T00:00:00Z", "run": "1", "accounts": ACCOUNTS})


def build(root: Path, posts: int) -> None:
    """A project that has so many posts behind it."""
    (root / "campaigns").mkdir(parents=True)
    (root / "runner.yaml").write_text(PROJECT)
    for number in range(CAMPAIGNS):
        (root / f"campaigns/campaign-{number}.yaml").write_text(CAMPAIGN)
    files: dict[str, list[str]] = {"_project/origin.jsonl": [f"{ORIGIN}\n"]}
    measured: dict[str, list[str]] = {name: [] for name in ACCOUNTS}
    dice = random.Random(1)  # noqa: S311 - it is no secret
    for number in range(posts):
        at = YEAR + timedelta(seconds=round(number * 365 * 86_400 / posts))
        account, id = ACCOUNTS[number % 3], snowflake(at) + number % 1000
        campaign, slot = f"campaign-{number % CAMPAIGNS}", f"{at:%Y-%m-%d}.slot-{number}"
        recurs = number % 4
        key = f"{account}/{campaign}/" + (f"tip@{slot}" if recurs else f"post-{number}")
        shelf = f"{at:%Y-%m}" if recurs else "once"
        values = {"key": key, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "id": id}
        lines = [ATTEMPTING.format(**values), POSTED.format(**values)]
        files.setdefault(f"{account}/campaigns/{campaign}/{shelf}.jsonl", []).extend(lines)
        files.setdefault(f"{account}/sent/{at:%Y-%m}.jsonl", []).append(SENT.format(**values))
        measured[account] += _measured(at, id, key, dice)
    ledgers = root / ".runner/ledger/ledgers"
    for account in ACCOUNTS:
        files[f"{account}/born.jsonl"] = [ORIGIN + "\n"]
        files[f"{account}/open.jsonl"] = []
    for owner in (*ACCOUNTS, "_project"):
        files[f"{owner}/head.json"] = [KEPT]
    for name, text in files.items():
        _write(ledgers / name, "".join(text))
    head = '{"at":"2026-12-31T00:00:00Z","usd":"1","followers":1200}\n'
    for account, found in measured.items():
        kept = root / f".runner/ledger-measurements/{account}/runner-measurements/files/000001"
        _write(kept, head + "".join(found))


def _measured(at: datetime, id: int, key: str, dice: random.Random) -> Iterator[str]:
    seen = dice.randrange(100, 2_000)
    for window, days in (("48h", 2), ("7d", 7), ("28d", 28)):
        counts = {"seen": seen, "likes": dice.randrange(40), "replies": dice.randrange(4)}
        yield MEASURED.format(id=id, window=window, key=key, at=at + timedelta(days=days), **counts)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one report takes."""

    cpu: float
    wall: float
    megabytes: float
    """At the most."""

    @property
    def is_met(self) -> bool:
        return self.cpu < SECONDS and self.megabytes < MEGABYTES


def report(root: Path, format: str) -> Cost:
    """Of one report, by a process of its own. Raises CalledProcessError."""
    asked = ["--from", "2026-01-01", "--to", "2026-12-31", "--now", "2026-12-31T23:00+02:00"]
    command = [sys.executable, "-m", "runner", "report", *asked, "--format", format]
    began = perf_counter()
    process = subprocess.Popen(  # noqa: S603 - of ours
        command, cwd=root, env=ENVIRON, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(
        cpu=used.ru_utime + used.ru_stime,
        wall=perf_counter() - began,
        megabytes=used.ru_maxrss * 1024 / 10**6,
    )


def main(sizes: Collection[int]) -> None:
    bound = f"under {SECONDS} s of CPU and {MEGABYTES} MB"
    print(f"| posts | format | CPU, s | seconds | MB | {bound} |")
    print("|---:|---|---:|---:|---:|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder), size)
            report(Path(folder), FORMATS[0])  # which leaves the modules compiled
            for format in FORMATS:
                cost = report(Path(folder), format)
                figures = f"{cost.cpu:.2f} | {cost.wall:.2f} | {cost.megabytes:.0f}"
                met = "yes" if cost.is_met else "no"
                print(f"| {size:,} | {format} | {figures} | {met} |", flush=True)


if __name__ == "__main__":
    main([int(word.replace(",", "")) for word in sys.argv[1:]] or SIZES)
