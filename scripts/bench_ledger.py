"""What a run reads of a ledger of 1,000 and of 1,000,000 entries, and how long that takes, on both
stores. Prints a table; `python scripts/bench_ledger.py [ENTRIES …]`.

The ledgers are those of one large team with the same month behind it: forty accounts, of whose
posts three in four recur. The larger one has ten years before that month. A run of one account with
nothing due glances at what is unsettled; one with a due post reads its campaign's shelf and the
journals as `plan` asks for them, and what all accounts have spent.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runner.git.checkout import Checkout
from runner.ledger import Need
from runner.stores.durable_folder import Folder
from runner.stores.files import FilesLedger
from runner.stores.git import GitLedger
from runner.stores.json_lines import Content, bytes_of
from runner.stores.refs import At
from runner.stores.remote import RemoteRefs

SIZES = (1_000, 1_000_000)
NOW = datetime(2026, 12, 20, tzinfo=UTC)
ACCOUNTS = tuple(f"account-{number:02}" for number in range(40))
YEARS = 10
RECENT = 500
"""Posts of the month behind, in each ledger. A post is two entries."""
NOTHING = Need()
MINE = "account-00"
ONE_DUE = Need(
    periods=frozenset({("c2026-00-0000", "once")}),
    months=frozenset({(MINE, "2026-12"), (MINE, "2026-11")}),
    purses=True,
)
ATTEMPTING = (
    '{{"v":1,"key":"{key}","part":1,"at":"{at}","run":"812345678-1","commit":"{id:040x}",'
    '"state":"attempting","attempt":"{id:024x}","send_by":"{at}","due":"{at}","digest":"{id:064x}",'
    '"parts":[{{"text":"A sentence of some length, as people write it on X, number {id} #jeans",'
    '"length":71}}],"media":[],"cost":"0.015","costs":["0.015"]}}\n'
)
POSTED = (
    '{{"v":1,"key":"{key}","part":1,"at":"{at}","run":"812345678-1","commit":"{id:040x}",'
    '"state":"posted","attempt":"{id:024x}","id":"{id}","url":"https://x.com/acme/status/{id}",'
    '"cost":"0.015"}}\n'
)
SENT = (
    '{{"v":1,"at":"{at}","key":"{key}","part":1,"id":"{id}","digest":"{id:064x}",'
    '"text":"{id:064x}","cost":"0.015"}}\n'
)
BORN = '{"v":1,"at":"2016-12-20T00:00:00Z","run":"812345678-1"}\n'
ORIGIN = BORN.replace("}", f',"accounts":{json.dumps(ACCOUNTS)}}}')
HEAD = (
    "Post {account}/tips/tip\n\n"
    "Ledger: 2\nAccounted: 2026-12-20T00:00:00+00:00\nSpent: 2026-12 1.5\n"
)
KEPT = (
    '{"number":1,"head":{"accounted":"2026-12-20T00:00:00Z",'
    '"purse":{"spent":{"2026-12":"1.5"},"reserves":[],"claims":[]}}}'
)


def a_ledger(entries: int) -> dict[str, str]:
    """Its files by name."""
    posts = entries // 2
    files: dict[str, list[str]] = {"_project/origin.jsonl": [ORIGIN]}
    for account in ACCOUNTS:
        files |= {f"{account}/born.jsonl": [BORN], f"{account}/open.jsonl": []}
    for number in range(posts):
        at = _moment(number, posts)
        account, key, shelf = _post(number, at)
        campaign = key.split("/")[1]
        values = {"key": key, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "id": 1_500_000_000_000 + number}
        lines = [ATTEMPTING.format(**values), POSTED.format(**values)]
        files.setdefault(f"{account}/campaigns/{campaign}/{shelf}.jsonl", []).extend(lines)
        journal = files.setdefault(f"{account}/sent/{at:%Y-%m}.jsonl", [])
        journal.append(SENT.format(**values))
    return {name: "".join(lines) for name, lines in files.items()}


def _moment(number: int, posts: int) -> datetime:
    """The first posts lie in the month behind, the others evenly in the years before it."""
    if number < RECENT:
        return NOW.replace(day=1) + timedelta(minutes=number * 19 * 24 * 60 / RECENT)
    share = (number - RECENT) / max(posts - RECENT, 1)
    return NOW.replace(day=1) - timedelta(days=1 + share * 365 * YEARS)


def _post(number: int, at: datetime) -> tuple[str, str, str]:
    """Account, key and shelf. An account's recurring posts of a year are one campaign; of the
    others eight are one."""
    which = number % len(ACCOUNTS)
    account = ACCOUNTS[which]
    if number // len(ACCOUNTS) % 4:
        slot = f"{at:%Y-%m-%d}.slot-{number}"
        return account, f"{account}/tips-{account}-{at:%Y}/tip@{slot}", f"{at:%Y-%m}"
    return account, f"{account}/c{at:%Y}-{which:02}-{number // 1280:04}/post-{number}", "once"


# --- Where it is kept


class CountingFolder(Folder):
    """Keeps what was read of it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.taken: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        data = super().read(name)
        if data is not None:
            self.taken[name] = data
        return data


class CountingRefs(RemoteRefs):
    """Keeps what was read of the branches."""

    def __init__(self, checkout: Checkout, environ: Mapping[str, str]) -> None:
        super().__init__(checkout, environ)
        self.taken: dict[str, bytes] = {}

    def read(self, at: At, names: Collection[str]) -> Mapping[str, Content]:
        found = super().read(at, names)
        self.taken.update({name: bytes_of(content) for name, content in found.items()})
        return found


class Clock:
    """Stands still, but for sleeping."""

    def now(self) -> datetime:
        return NOW

    def boot(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of one reading. `wire` is what came from the remote, packed, folders and commits included."""

    bytes: int
    lines: int
    wire: int
    seconds: float


def in_folder(root: Path, files: Mapping[str, str]) -> Callable[[Need], Cost]:
    heads = {f"{name}/head.json": KEPT for name in _owners(files)}
    for name, text in {**files, **heads}.items():
        path = root / "ledgers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def read(need: Need) -> Cost:
        folder = CountingFolder(root)
        began = time.perf_counter()
        FilesLedger(root, folder=folder, accounts=[_first(files)]).read(need)
        return _cost(folder.taken, began)

    return read


def on_branch(root: Path, files: Mapping[str, str]) -> Callable[[Need], Cost]:
    """On a remote that knows filters, of which `root/work` is a clone."""
    root.mkdir()
    remote, work, scratch = root / "remote.git", root / "work", root / "scratch"
    scratch.mkdir()
    environ = {"PATH": os.environ["PATH"], "HOME": str(scratch), "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*words: str, stdin: Iterable[str] = ()) -> None:
        text = "".join(stdin).encode()
        subprocess.run(["git", *words], env=environ, input=text, check=True)  # noqa: S603, S607

    git("init", "--quiet", "--bare", str(remote))
    git("-C", str(remote), "config", "uploadpack.allowFilter", "true")
    git("-C", str(remote), "fast-import", "--quiet", stdin=_commit(files))
    git("init", "--quiet", str(work))
    git("-C", str(work), "remote", "add", "origin", f"file://{remote}")

    def read(need: Need) -> Cost:
        tempfile.tempdir = str(scratch)
        began = time.perf_counter()
        refs = CountingRefs(Checkout(work, environ), environ)
        GitLedger(refs, clock=Clock(), accounts=[_first(files)]).read(need)
        cost = _cost(refs.taken, began, wire=_size(scratch.glob("runner-git-*/objects/**/*")))
        tempfile.tempdir = None
        del refs
        return cost

    return read


def _owners(files: Mapping[str, str]) -> list[str]:
    """The accounts, and the project."""
    return sorted({name.partition("/")[0] for name in files})


def _first(files: Mapping[str, str]) -> str:
    """The account that it is read for."""
    return next(name for name in _owners(files) if not name.startswith("_"))


def _commit(files: Mapping[str, str]) -> Iterator[str]:
    """For `git fast-import`: the branches and their witnesses."""
    for owner in _owners(files):
        said, branch = HEAD.format(account=owner), f"refs/heads/runner-ledgers/{owner}"
        yield f"commit {branch}\ncommitter runner <runner> 0 +0000\ndata {len(said)}\n{said}\n"
        for name, text in files.items():
            account, _, path = name.partition("/")
            if account == owner:
                yield f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"
        yield f"reset refs/runner/heads/{owner}\nfrom {branch}\n\n"


def _cost(taken: Mapping[str, bytes], began: float, *, wire: int = 0) -> Cost:
    return Cost(
        bytes=sum(map(len, taken.values())),
        lines=sum(data.count(b"\n") for data in taken.values()),
        wire=wire,
        seconds=time.perf_counter() - began,
    )


def _size(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def main(sizes: Collection[int]) -> None:
    print("| store | entries | run | bytes read | lines | wire, KiB | seconds |")
    print("|---|---:|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as scratch:
        for entries in sizes:
            files = a_ledger(entries)
            for store in (in_folder, on_branch):
                read = store(Path(scratch, f"{store.__name__}-{entries}"), files)
                for name, need in (("nothing due", NOTHING), ("one due", ONE_DUE)):
                    best = min((read(need) for _ in range(3)), key=lambda cost: cost.seconds)
                    print(
                        f"| {store.__name__.split('_')[1]} | {entries:,} | {name} | {best.bytes:,} "
                        f"| {best.lines:,} | {best.wire / 1024:,.0f} | {best.seconds:.2f} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main([int(word.replace(",", "")) for word in sys.argv[1:]] or SIZES)
