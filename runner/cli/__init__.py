"""The command line: commands, and the real collaborators that they get.

The only room that reads the clock and the environment. Nobody imports it but `__main__` and the
script `runner`; `commands/` has a module for each command, which `app` imports when it is called.
"""

from runner.cli.entry_point import main

__all__ = ["main"]
