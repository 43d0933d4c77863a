"""The `runner` command."""

import os
import sys
import traceback

from runner import __version__
from runner.cli.discreet import discreet
from runner.confidential import Confidential
from runner.problems import Stop
from runner.system import in_utf8

EXIT_BUG = 70


def main() -> None:
    """Runs the command line; the exit code tells how it ended."""
    from runner.cli.app import app

    sys.stdout = in_utf8(sys.stdout)
    sys.stderr = discreet(in_utf8(sys.stderr), Confidential.of(os.environ))
    try:
        app()
    except Stop as stop:
        sys.stderr.write(f"error: {stop.message}\n")
        if stop.help:
            sys.stderr.write(f"  = help: {stop.help}\n")
        sys.exit(stop.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception:
        _confess()
        sys.exit(EXIT_BUG)


def _confess() -> None:
    from platform import platform, python_version

    where = f"runner {__version__}, Python {python_version()}, {platform()}"
    sys.stderr.write(
        f"\nThis is a bug in runner ({where}).\n"
        "`runner status` shows whether a post is open. Please report this with the lines below.\n\n"
    )
    traceback.print_exc()
