"""What it takes to fix the list of a contest, and to draw from it, and how much memory: a table;
`python scripts/bench_contest.py [ENTRIES …]`.

One in twenty of the posts does not count. What was collected lies sealed in a folder, as after
`runner collect`; signing takes all cores that the process may use. Whoever signs is a process of
its own, a copy of the one whose memory is told, which shares that with it.
"""

import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from pathlib import Path

from runner.charter import QUICKNET, Charter
from runner.cli.signing import tickets
from runner.contest.collecting import SALT_BYTES, Collector
from runner.contest.costs import Tally
from runner.contest.eligibility import entrants
from runner.contest.entries import ContestEntry
from runner.contest.entry_list import EntryList, drawn_places
from runner.contest.list_head import LIST_FILE
from runner.contest.readings import Reading
from runner.contest.results import list_of
from runner.contest.seen_posts import SeenEntry
from runner.contest.tickets import ContestKey
from runner.stores.kept_files import FolderKeptFiles
from runner.system import cores
from runner.x_facts import X_EPOCH, snowflake

SIZES = (1_000, 20_000)
KEY = ContestKey(bytes(range(32)))
OPENS = X_EPOCH + timedelta(days=4_800)
CLOSES = OPENS + timedelta(days=7)
CHARTER = Charter(
    account="1234567890",
    contest="winter-lois",
    key=KEY.fingerprint,
    beacon=QUICKNET,
    how="mention",
    phrase='"#ZiemasLois"',
    account_age=0,
    exclude="",
    prize='"jeans"',
    winners=3,
    alternates=3,
    claim_by="drawn + 7d",
    keep=7_776_000,
    terms="0" * 64,
    opens=int(OPENS.timestamp()),
    closes=int(CLOSES.timestamp()),
    draws=int((CLOSES + timedelta(days=2)).timestamp()),
)


def seen(entries: int) -> Iterator[SeenEntry]:
    """So many posts, one a person, over the days of the contest."""
    for number in range(entries):
        at = OPENS + (CLOSES - OPENS) * (number / entries)
        post = str(snowflake(at) + number % 4_096)
        yield SeenEntry(
            user=str(10**18 + number),
            post=post,
            handle=f"person_{number}",
            counts=number % 20 > 0,
            first=post,
        )


@contextmanager
def timed(name: str, times: dict[str, float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    times[name] = time.perf_counter() - began


def collector(folder: Path) -> Collector:
    return Collector(
        key=KEY,
        charter=CHARTER,
        files=FolderKeptFiles(folder / "readings"),
        new_salt=lambda: secrets.token_bytes(SALT_BYTES),
    )


def collect(folder: Path, entries: int) -> None:
    """What was read of so many posts, a thousand at a time."""
    kept, posts, number = collector(folder), seen(entries), 0
    while some := tuple(islice(posts, 1_000)):
        number += 1
        reading = Reading(began=OPENS + timedelta(minutes=number), seen=some)
        tally = Tally(
            at=reading.began, usd=Decimal(5), seen=number * 1_000, counted=None, is_whole=True
        )
        kept.keep(number, reading, tally)


def signed(entries: Sequence[ContestEntry]) -> Iterator[bytes]:
    return tickets(KEY, CHARTER, (each.user for each in entries), on=cores())


def measure(folder: Path, entries: int) -> str:
    """A row of the table."""
    times: dict[str, float] = {}
    with timed("read", times):
        readings = collector(folder).readings()
    with timed("filter", times):
        found = entrants(readings.seen(), CHARTER, ()).entries
        del readings
    with timed("sign", times):
        listed = list_of(CHARTER, KEY.public_key, "1", found, signed)
    published = FolderKeptFiles(folder / "list")
    with timed("write", times):
        parts = dict(listed.files())
        published.add(LIST_FILE, parts.pop(LIST_FILE), beside=parts)
        del listed, parts
    with timed("read the list and draw", times):
        again = EntryList.read(published.read())
        drawn_places(again, sha256(b"a round").digest())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = [f"{entries:,}", *(f"{spent:.1f} s" for spent in times.values()), f"{memory:.0f} MiB"]
    return f"| {' | '.join(cells)} |"


def main(sizes: list[str]) -> None:
    print(f"On {cores()} cores:\n")
    print("| entries | read | filter | sign | write | read the list, and draw | memory at most |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for size in sizes or map(str, SIZES):  # each in processes of its own, whose memory it is
        with tempfile.TemporaryDirectory() as folder:
            for step in ("collect", "measure"):
                command = [sys.executable, __file__, step, folder, size]
                done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
            print(done.stdout, end="", flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["collect", folder, size]:
            collect(Path(folder), int(size))
        case ["measure", folder, size]:
            print(measure(Path(folder), int(size)))
        case sizes:
            main(sizes)
