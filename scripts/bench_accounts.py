"""How long many accounts take whose posts fall due at one instant, each in a process of its own, on
one git ledger over a slow network. `python scripts/bench_accounts.py [--young] [ACCOUNTS …]`.

Each push takes 0.7 seconds longer, and each fetch 0.3: a `git` that is first on the PATH sleeps,
and counts. All accounts have posted before, but for `--young` ones: those that begin race each
other for who they are. All processes wait for the instant, as jobs of post.yml do. Unlike these
they share the cores of one machine, so that the seconds are the most that it would take. A run that
hangs is ended.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runner.local_x.server import Sandbox

MANY = (1, 12, 50)
PUSH, FETCH = 0.7, 0.3
"""Seconds that git's ways to the remote take longer."""
LEAD = timedelta(seconds=75)
"""From the first posts to the next: `min-gap`, and the start of a process."""
START = timedelta(seconds=1.5)
"""What the start of each further process takes."""
PATIENCE = timedelta(minutes=5)
"""After the instant, whatever still runs is ended."""
PROJECT = """\
timezone: Africa/Abidjan
accounts:
{accounts}ledger: {{store: git}}
rules: {{min-gap: 1m}}
"""
CAMPAIGN = "kind: series\naccounts: [{accounts}]\nposts: {{{name}: {{at: {at}, text: {name}}}}}\n"
GIT = """\
#!/bin/sh
case " $* " in
*" --get-url "*) ;;
*" push "*)
  echo "$(date +%s) push" >> "$TMPDIR/calls"
  sleep {push}
  {git} "$@" || {{ code=$?; echo "$(date +%s) lost" >> "$TMPDIR/calls"; exit $code; }}
  exit ;;
*" fetch "* | *" ls-remote "*)
  echo "$(date +%s) fetch" >> "$TMPDIR/calls"
  sleep {fetch} ;;
esac
exec {git} "$@"
"""


@dataclass(frozen=True, kw_only=True)
class AtOnce:
    """What it came to. `calls` are those of each account since the instant, `seconds` when each was
    out after it."""

    calls: Mapping[str, Counter[str]]
    seconds: tuple[float, ...]
    codes: Counter[int]


class Team:
    """A clone whose accounts post to a local X, and keep their ledger on its remote."""

    def __init__(self, root: Path, sandbox: Sandbox, handles: Mapping[str, str]) -> None:
        self.root, self.sandbox, self.accounts = root, sandbox, tuple(handles)
        self.work = root / "work"
        self.work.mkdir()
        remote = root / "remote.git"
        self._git("init", "--quiet", "--bare", "--initial-branch=main", str(remote))
        for name, value in (("uploadpack.allowFilter", "true"), ("gc.auto", "0")):
            self._git("-C", str(remote), "config", name, value)
        self._git("init", "--quiet", "--initial-branch=main")
        self._git("remote", "add", "origin", remote.as_uri())
        declared = "".join(
            f"  {id}: {{handle: {handle}, locale: en}}\n" for id, handle in handles.items()
        )
        (self.work / "campaigns").mkdir()
        (self.work / "runner.yaml").write_text(PROJECT.format(accounts=declared))

    def plan(self, name: str, due: datetime, accounts: Collection[str] = ()) -> None:
        """These accounts, or all, have a post of this name, due at the full minute."""
        at, whose = f"{due:%Y-%m-%d %H:%M}", ", ".join(accounts or self.accounts)
        text = CAMPAIGN.format(accounts=whose, name=name, at=at)
        (self.work / f"campaigns/{name}.yaml").write_text(text)
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message", name)
        self._git("push", "--quiet", "origin", "main")

    def begin(self) -> None:
        """Each account's first post, one after the other, as quickly as it goes."""
        self.plan("begin", datetime.now(UTC) - timedelta(minutes=1))
        with self.process("all") as process:
            assert process.wait() == 0, self.said("all")  # noqa: S101

    def process(self, name: str, *words: str, **slower: float) -> "subprocess.Popen[bytes]":
        """`runner post`, as whoever is called so."""
        environ = self.environ(name, **slower)
        with (self.root / name / "said").open("wb") as said:
            return subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "runner", "post", *words],
                cwd=self.work,
                env=environ,
                stdout=said,
                stderr=said,
            )

    def environ(self, name: str, *, push: float = 0, fetch: float = 0) -> dict[str, str]:
        """Of whoever is called so: with a git that is slower, and counts."""
        own = self.root / name
        (own / "bin").mkdir(parents=True)
        program = own / "bin/git"
        program.write_text(GIT.format(git=shutil.which("git"), push=push, fetch=fetch))
        program.chmod(0o755)
        way = {"PATH": f"{own / 'bin'}:{os.environ['PATH']}", "TMPDIR": str(own)}
        return {**self._environ(), **self.sandbox.environment(), **way}

    def said(self, name: str) -> str:
        return (self.root / name / "said").read_text()

    def calls(self, name: str, since: float = 0) -> Counter[str]:
        """How often git went to the remote, and was refused, since an instant."""
        lines = (self.root / name / "calls").read_text().splitlines()
        found = (line.split() for line in lines)
        return Counter(what for at, what in found if int(at) >= since)

    def _git(self, *words: str) -> None:
        who = ("-c", "user.name=bench", "-c", "user.email=bench@example.com")
        command = ["git", *who, *words]
        subprocess.run(command, cwd=self.work, env=self._environ(), check=True)  # noqa: S603

    def _environ(self) -> dict[str, str]:
        tree = str(Path(__file__).parents[1])
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PYTHONPATH": tree,
        }


def at_once(root: Path, many: int, *, young: bool) -> AtOnce:
    """All accounts wait for one instant, and post."""
    handles = {f"account-{number}": f"acme_{number}" for number in range(1, many + 1)}
    with Sandbox.start(handles, clock=_now, rate_limits=False) as sandbox:
        team = Team(root, sandbox, handles)
        if not young:
            team.begin()
        due = _next_minute(_now() + LEAD + many * START)
        team.plan("now", due)
        processes = [
            team.process(name, "--account", name, "--wait", "10m", push=PUSH, fetch=FETCH)
            for name in handles
        ]
        codes = Counter(_ended(process, due + PATIENCE) for process in processes)
        newest = [sandbox.timeline(handle)[0] for handle in handles.values()]
        return AtOnce(
            calls={name: team.calls(name, due.timestamp()) for name in handles},
            seconds=tuple((p.at - due).total_seconds() for p in newest if p.text == "now"),
            codes=codes,
        )


def _now() -> datetime:
    return datetime.now(UTC)


def _next_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _ended(process: "subprocess.Popen[bytes]", until: datetime) -> int:
    try:
        return process.wait(max((until - _now()).total_seconds(), 1))
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def main(many: Collection[int], *, young: bool) -> None:
    print(f"A push takes {PUSH} s longer, a fetch {FETCH} s; {os.cpu_count()} cores for all.\n")
    columns = ("accounts", "out", "ended with 0", "lost races", "pushes each", "fetches each")
    print(f"| {' | '.join((*columns, 'seconds to the first', 'to the last'))} |")
    print(f"|{'---:|' * 8}")
    for number in many:
        with tempfile.TemporaryDirectory() as folder:
            print(_row(number, at_once(Path(folder), number, young=young)), flush=True)


def _row(many: int, came: AtOnce) -> str:
    counts = [
        _range(Counter(calls[what] for calls in came.calls.values())) for what in ("push", "fetch")
    ]
    lost = sum(calls["lost"] for calls in came.calls.values())
    first, last = (f"{f(came.seconds):.1f}" if came.seconds else "" for f in (min, max))
    cells = (many, len(came.seconds), came.codes[0], lost, *counts, first, last)
    return f"| {' | '.join(map(str, cells))} |"


def _range(counts: Counter[int]) -> str:
    least, most = min(counts), max(counts)
    return f"{least}" if least == most else f"{least} to {most}"


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--young"]
    main([int(word) for word in words] or MANY, young="--young" in sys.argv)
