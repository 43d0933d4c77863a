"""What it takes to filter, sign and draw the entries of a contest, and how much memory: a table;
`python scripts/bench_contest.py [ENTRIES …]`.

One in twenty of the posts does not count. What was collected is at hand already, as after
`runner collect`; signing takes all cores that the process may use.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

from runner.charter import QUICKNET, Charter
from runner.cli.signing import tickets
from runner.contest.drawing import drawn_places
from runner.contest.eligibility import entrants
from runner.contest.readings import SeenEntry
from runner.contest.results import list_of
from runner.contest.tickets import ContestKey
from runner.snowflakes import X_EPOCH, snowflake
from runner.system import cores

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


def measure(entries: int) -> str:
    """A row of the table."""
    times: dict[str, float] = {}
    posts = tuple(seen(entries))
    with timed("filter", times):
        found = entrants(posts, CHARTER, ())
    with timed("sign", times):
        listed = list_of(
            CHARTER,
            KEY.public_key,
            "1",
            found.entries,
            lambda users: tickets(KEY, CHARTER, users, on=cores()),
        )
    with timed("hash and draw", times):
        drawn_places(listed, sha256(listed.digest.encode()).digest())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = [f"{entries:,}", *(f"{spent:.1f} s" for spent in times.values()), f"{memory:.0f} MiB"]
    return f"| {' | '.join(cells)} |"


def main(sizes: list[str]) -> None:
    print(f"On {cores()} cores:\n")
    print("| entries | filter | sign | hash and draw | memory at most |")
    print("|---:|---:|---:|---:|---:|")
    for size in sizes or map(str, SIZES):  # each in a process of its own, whose memory it is
        command = [sys.executable, __file__, "-", size]
        row = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        print(row.stdout, end="")


if __name__ == "__main__":
    if sys.argv[1:2] == ["-"]:
        print(measure(int(sys.argv[2])))
    else:
        main(sys.argv[1:])
