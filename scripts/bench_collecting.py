"""What `runner collect` takes for the entries of a contest, from the pages of a local X.

`python scripts/bench_collecting.py 10000 100000`. X is another process, so that what is measured is
the command alone: its CPU time and the most memory that it holds, and once more where nothing is
new, which reads all that is kept. Wall time is mostly X's.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runner.contest.tickets import ContestKey
from runner.local_x.crowd import storm
from runner.local_x.server import Sandbox

MANY = (10_000, 100_000)
RUNNER = """\
import atexit
from pathlib import Path
from runner.cli.entry_point import main
atexit.register(lambda: Path("status.txt").write_text(Path("/proc/self/status").read_text()))
main()
"""
"""The command, which tells in the end how much it held: of a process that X has started the system
tells no less than what X holds."""
KEY = ContestKey(bytes(range(32)))
PROJECT = """\
timezone: Africa/Abidjan
accounts: {shop: {handle: acme_lv, locale: en}}
ledger: {store: files}
"""
CONTEST = """\
kind: contest
account: shop
prize: jeans
opens: {opens}
closes: {closes}
entry: {{how: hashtag, phrase: "#this"}}
key: {{fingerprint: {key}, user-id: "{user}"}}
posts: {{announce: {{at: opens}}, closed: {{at: closes, reply-to: announce}}}}
"""

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True)
class Taken:
    """What one process took."""

    cpu: float
    wall: float
    mebibytes: int
    said: str


def taken(root: Path, environ: Mapping[str, str]) -> Taken:
    """By one run of the command. Raises CalledProcessError."""
    command = [sys.executable, "-c", RUNNER, "collect", "big"]
    began, log = time.monotonic(), root / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - of ours
            command, cwd=root, env=environ, stdout=out, stderr=out
        )
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(status, command, log.read_text())
    return Taken(
        cpu=used.ru_utime + used.ru_stime,
        wall=time.monotonic() - began,
        mebibytes=int(_PEAK.findall((root / "status.txt").read_text())[0]) // 1024,
        said=log.read_text().partition("\n")[0],
    )


def collected(entries: int, root: Path) -> None:
    """Has so many people enter within a minute, an hour ago, and reads it twice."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    opens, closes = now - timedelta(hours=2), now + timedelta(days=3)
    with Sandbox.start(
        {"shop": "acme_lv"}, clock=lambda: datetime.now(UTC), rate_limits=False
    ) as sandbox:
        user = sandbox.account("shop").person.user_id
        given = {"opens": f"{opens:%Y-%m-%d %H:%M}", "closes": f"{closes:%Y-%m-%d %H:%M}"}
        (root / "campaigns").mkdir(parents=True)
        (root / "runner.yaml").write_text(PROJECT)
        contest = CONTEST.format(key=KEY.fingerprint, user=user, **given)
        (root / "campaigns/big.yaml").write_text(contest)
        sandbox.play(storm(entries, at=now - timedelta(hours=1), text="blue, please #this"))
        sandbox.timeline()  # so that all of it has happened
        environ = {**os.environ, **sandbox.environment(), "RUNNER_ENTRIES_KEY": KEY.secret.hex()}
        for what in ("all new", "nothing new"):
            one = taken(root, environ)
            print(
                f"{entries:>9,} entries, {what:<11}  {one.cpu:7.1f} s CPU  {one.wall:7.1f} s  "
                f"{one.mebibytes:>5} MiB   {one.said}",
                flush=True,
            )


def main() -> None:
    for entries in [int(word) for word in sys.argv[1:]] or MANY:
        with tempfile.TemporaryDirectory() as folder:
            collected(entries, Path(folder) / "project")


if __name__ == "__main__":
    main()
