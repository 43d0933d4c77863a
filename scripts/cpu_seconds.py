"""Runs a command and says how many CPU-seconds it and all that it started took.

`python scripts/cpu_seconds.py COMMAND …`; the exit code is the command's.
"""

import resource
import subprocess
import sys


def main(command: list[str]) -> int:
    code = subprocess.run(command, check=False).returncode  # noqa: S603 — the caller’s own words
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"CPU-seconds: {used.ru_utime + used.ru_stime:.0f}")
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
