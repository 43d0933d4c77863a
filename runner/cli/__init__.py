"""The `runner` command."""

import sys


def main() -> None:
    """Runs the command line; the exit code tells how it ended."""
    from runner.cli.ending import ended
    from runner.cli.streams import keep_low_numbers_taken, steady

    keep_low_numbers_taken()
    sys.stderr = steady(sys.stderr)
    sys.stdout = steady(sys.stdout, sys.stderr.write)
    code = ended(_run, sys.stderr)
    sys.stdout.flush()
    sys.exit(code)


def _run() -> int:
    from runner.cli.app import app

    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
