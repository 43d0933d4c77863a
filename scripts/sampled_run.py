"""Runs a command of the runner, and notes each millisecond where it is. `python
scripts/sampled_run.py FILE validate` writes as JSON the CPU seconds before and of the command, and
each stack of functions, innermost first, with how often it was seen."""

import json
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY = 0.001
Stack = tuple[tuple[str, str, int], ...]
"""Of each function its file, its name, and the line on which it begins."""

stacks: Counter[Stack] = Counter()


def sample(_: int, frame: FrameType | None) -> None:
    found = []
    while frame:
        code = frame.f_code
        found.append((code.co_filename, code.co_name, code.co_firstlineno))
        frame = frame.f_back
    stacks[tuple(found)] += 1


def main(file: str, *words: str) -> None:
    before = time.process_time()
    signal.signal(signal.SIGALRM, sample)
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    from runner.cli import main as run

    sys.argv = ["runner", *words]
    try:
        run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        whole = time.process_time()
        found = (before, whole - before, list(stacks.items()))
        Path(file).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
