"""Where a process begins and ends: its streams guarded, its secrets struck out, its exit code."""

import gc
import os
import sys

from runner.cli.app import app
from runner.cli.exit_code import exit_code_of
from runner.cli.streams import keep_low_numbers_taken, redacting, unbreakable
from runner.confidential import Confidential
from runner.system import in_utf8


def main() -> None:
    """Runs the command line; the exit code tells how it ended."""
    keep_low_numbers_taken()
    sys.stderr = redacting(unbreakable(in_utf8(sys.stderr)), Confidential.of(os.environ))
    sys.stdout = unbreakable(in_utf8(sys.stdout), sys.stderr.write)
    code = exit_code_of(_run, sys.stderr)
    sys.stdout.flush()
    gc.freeze()  # whatever is left goes with the process: nobody has to look which of it is garbage
    sys.exit(code)


def _run() -> int:
    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
