"""How a command ends: what stopped it, what was a bug, and with which exit code."""

from collections.abc import Callable
from platform import platform, python_version
from typing import Final, TextIO

from runner import __version__
from runner.bugs import Bug, contained, noting
from runner.problems import Stop
from runner.views.terminal.bugs import bugs_as_text

EXIT_BUG: Final = 70
SIGNALLED: Final = 128
"""From here on an exit code says which signal has ended a command."""


def exit_code_of(command: Callable[[], int], talk: TextIO) -> int:
    """Runs a command and gives its exit code. What came upon a bug went on without what it was
    about; that is told now, after everything else, and no other code tells it."""
    with noting() as bugs:
        try:
            code = contained("running", "the command", command)
        except Stop as stop:
            talk.write(f"error: {stop.message}\n")
            if stop.help:
                talk.write(f"  = help: {stop.help}\n")
            code = stop.exit_code
    if bugs:
        talk.write(bugs_as_text(bugs, version()))
    if isinstance(code, Bug) or (bugs and code < SIGNALLED):
        return EXIT_BUG
    return code


def version() -> str:
    """What has to be known of where a bug was met."""
    return f"runner {__version__}, Python {python_version()}, {platform()}"
