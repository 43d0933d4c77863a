"""Where a process begins and ends: its streams guarded, its secrets struck out, its exit code."""

import gc
import os
import sys
from typing import Final

from runner.cli.app import app
from runner.cli.exit_code import exit_code_of
from runner.cli.streams import keep_low_numbers_taken, redacting, unbreakable
from runner.confidential import Confidential
from runner.system import in_utf8

_COLLECTIONS: Final = (100_000, 20, 20)
"""How many new objects the garbage collector waits for, and how many of its rounds before the next
generation. At Python's 700 a tenth of a command goes into walking what lives to its end anyway."""


def main() -> None:
    """Runs the command line; the exit code tells how it ended."""
    gc.set_threshold(*_COLLECTIONS)
    keep_low_numbers_taken()
    sys.stderr = redacting(unbreakable(in_utf8(sys.stderr)), Confidential.of(os.environ))
    sys.stdout = unbreakable(in_utf8(sys.stdout), sys.stderr.write)
    code = exit_code_of(_run, sys.stderr)
    sys.stdout.flush()
    sys.exit(code)


def _run() -> int:
    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
