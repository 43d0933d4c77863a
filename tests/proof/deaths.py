"""Killing a run at an instant drawn by chance, and what it was about then."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from runner.ledger import Attempting
from tests.proof.agreement import Agreed
from tests.proof.stage import Stage

LATE = 0.1
"""Seconds by which X answers later, in half of the runs."""


class Reaper:
    """Kills runs; sometimes git, which they have started, dies with them, sometimes it goes on."""

    def __init__(self, stage: Stage, chance: Random) -> None:
        self._stage, self._chance = stage, chance
        self._length = 2.0
        """Seconds that a run takes, as far as is known."""

    def widen(self) -> None:
        """X answers late, so that the instants before and after it did what was asked grow."""
        if self._chance.random() < 0.5:
            late = self._chance.random() < 0.5
            self._stage.sandbox.fail({"route": "create", "delay": LATE, "late": late, "times": 3})

    def kills(self, process: "subprocess.Popen[bytes]") -> bool:
        """Whether it was still at work, and is dead now."""
        began = time.monotonic()
        self._chance.choice([self._at_any_time, self._after_a_record, self._after_a_post])(process)
        if process.poll() is not None:
            self._length = time.monotonic() - began
        if self._chance.random() < 0.5:
            _kill_programs_of(process)
        process.kill()
        killed = process.wait() == -signal.SIGKILL
        time.sleep(2 * LATE)  # what had reached X is done by then
        return killed

    def _at_any_time(self, process: "subprocess.Popen[bytes]") -> None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(self._chance.uniform(0, self._length))

    def _after_a_record(self, process: "subprocess.Popen[bytes]") -> None:
        self._after(self._chance.randint(1, 6), self._stage.version, process)

    def _after_a_post(self, process: "subprocess.Popen[bytes]") -> None:
        self._after(self._chance.randint(1, 4), self._timeline, process)

    def _after(
        self, changes: int, seen: Callable[[], object], process: "subprocess.Popen[bytes]"
    ) -> None:
        """Not long after what is seen has changed so often, or the run has ended."""
        for _ in range(changes):
            before = seen()
            while seen() == before and process.poll() is None:
                time.sleep(0.002)
        time.sleep(LATE * self._chance.random() ** 2)

    def _timeline(self) -> int:
        return len(self._stage.sandbox.timeline())


def _kill_programs_of(process: "subprocess.Popen[bytes]") -> None:
    """Kills what it has started, not what that has: git on this side, not the remote's."""
    with suppress(ProcessLookupError, ChildProcessError):
        process.send_signal(signal.SIGSTOP)
        # as long as it stands still, no number of its programs is given to another
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        for listed in Path(f"/proc/{process.pid}/task").glob("*/children"):
            for child in listed.read_text().split():
                os.kill(int(child), signal.SIGKILL)


def struck(before: Agreed, after: Agreed) -> str:
    """What a run was about when it died, by what it has left."""
    news = [entry for entry in after.record.entries if entry not in before.record.entries]
    for entry in news:
        if not isinstance(entry, Attempting):
            continue
        if entry in after.standings[entry.key].open(entry.part):
            is_out = (entry.key, entry.part) in after.out
            where = " in a thread" if entry.part > 1 else ""
            return f"{'sent, not recorded' if is_out else 'claimed, not sent'}{where}"
    return "after a result" if news else "before a claim"
