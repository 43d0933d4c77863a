"""A journal of very many lines is read line by line: in bounded time and memory, on both stores."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from scripts.bench_ledger import BORN, in_folder, on_branch

ROOT = Path(__file__).parents[2]
JOURNAL = "shop/sent/2026-12.jsonl"
LINE = (
    '{{"v":1,"at":"2026-12-{day:02}T10:00:00Z","key":"shop/tips/tip-{id}","part":1,"id":"{id}",'
    '"digest":"{id:064x}","text":"{other:064x}","due":"2026-12-{day:02}T10:00:00Z",'
    '"cost":"0.015"}}\n'
)
READING = """
import json, sys, time
from pathlib import Path
from runner.ledger import Need
from runner.git.checkout import Checkout
from runner.stores.files import FilesLedger
from runner.stores.git import GitLedger
from runner.stores.remote import RemoteRefs
from scripts.bench_ledger import Clock
import os
root = Path(sys.argv[2])
environ = {"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1"}
if sys.argv[1] == "files":
    ledger = FilesLedger(root)
else:
    ledger = GitLedger(RemoteRefs(Checkout(root / "work", environ), environ), clock=Clock())
began = time.process_time()
facts = ledger.read(Need(months=frozenset({("shop", "2026-12")})))
seconds = time.process_time() - began
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([len(facts.journal), seconds, int(peak.split()[1]) / 1024]))
"""


def lines(count: int) -> Iterable[str]:
    first = 1_850_000_000_000_000_000
    for number in range(count):
        yield LINE.format(day=1 + number % 28, id=first + number, other=number)


def measured(store: str, count: int, root: Path) -> tuple[float, float]:
    """CPU seconds and the peak of the memory, in MB, of a process that reads the journal."""
    files = {"_project/origin.jsonl": BORN, "shop/born.jsonl": BORN, JOURNAL: "".join(lines(count))}
    (in_folder if store == "files" else on_branch)(root, files)
    read = subprocess.run(
        [sys.executable, "-c", READING, store, str(root)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    found, seconds, peak = json.loads(read.stdout)
    assert found == count
    return seconds, peak


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")


@needs_proc
@pytest.mark.slow
@pytest.mark.parametrize("store", ["files", "git"], ids=lambda store: f"B5-{store}")
def test_three_hundred_thousand_lines(store, tmp_path):
    seconds, peak = measured(store, 300_000, tmp_path / store)
    assert seconds < 10
    assert peak < 256


@needs_proc
@pytest.mark.parametrize(
    "store",
    [
        pytest.param("files", id="B5-files"),
        pytest.param("git", id="B5-git", marks=pytest.mark.slow),
    ],
)
def test_a_line_costs_little(store, tmp_path):
    """Beyond the 64 MB that a process has anyway, some 700 bytes."""
    count = 10_000
    seconds, peak = measured(store, count, tmp_path / store)
    assert seconds < 10 * count / 100_000
    assert peak < 64 + count * 900 / 2**20
