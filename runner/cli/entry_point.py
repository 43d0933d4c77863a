"""The start and the end of the process: guards its streams, strikes out secrets, and turns what
stopped a command into an exit code."""

import gc
import os
import sys
from collections.abc import Callable, Mapping
from platform import platform, python_version
from typing import Final, TextIO

from runner import __version__
from runner.bugs import Bug, contained, noting
from runner.cli.app import app
from runner.cli.streams import keep_low_numbers_taken, redacting, unbreakable
from runner.confidential import Confidential
from runner.problems import Stop
from runner.system import in_utf8
from runner.views.containment import bugs_as_text

EXIT_BUG: Final = 70
SIGNALLED: Final = 128
"""From here on an exit code says which signal has ended a command."""


_VISIBLE: Final[Mapping[int, int | str]] = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    **dict.fromkeys(range(0x7F, 0xA0), "\ufffd"),
}
"""Signs in the place of control characters, which a name of a file may hold."""


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


def exit_code_of(command: Callable[[], int], talk: TextIO) -> int:
    """Runs a command and gives its exit code. Bugs that were contained meanwhile are told at the
    very end, and make the code EXIT_BUG, unless a signal has ended the command."""
    with noting() as bugs:
        try:
            code = contained("running", "the command", command)
        except Stop as stop:
            talk.write(f"error: {stop.message.translate(_VISIBLE)}\n")
            if stop.help:
                talk.write(f"  = help: {stop.help.translate(_VISIBLE)}\n")
            code = stop.exit_code
    if bugs:
        talk.write(bugs_as_text(bugs, version()))
    if isinstance(code, Bug) or (bugs and code < SIGNALLED):
        return EXIT_BUG
    return code


def version() -> str:
    """The versions that a report of a bug names: of the runner, of Python, and of the system."""
    return f"runner {__version__}, Python {python_version()}, {platform()}"
