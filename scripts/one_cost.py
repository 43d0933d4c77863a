"""Runs a program, and prints its exit code, its seconds of CPU and of the wall, its peak in KiB.

It is small, since Linux counts to a program's peak what the process had that started it: the bench
has more than some of the programs that it measures. `python -IS scripts/one_cost.py FILE WORD …`
writes to a file what the program prints.
"""

import os
import sys
import time


def main(file: str, *words: str) -> None:
    output = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    streams = [(os.POSIX_SPAWN_DUP2, output, number) for number in (1, 2)]
    began = time.perf_counter()
    process = os.posix_spawnp(words[0], words, os.environ, file_actions=streams)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - began
    code = os.waitstatus_to_exitcode(status)
    print(code, used.ru_utime + used.ru_stime, wall, used.ru_maxrss)


if __name__ == "__main__":
    main(*sys.argv[1:])
