"""The command line: commands, and the real collaborators that they get.

The only room that reads the clock and the environment. Nobody imports it but `__main__` and the
script `runner`; `commands/` has a module for each command, which `app` imports when it is called.
"""

import os
import sys

from runner.cache.last_answer import asked, given_again


def main() -> None:
    """Gives the last answer again where it holds; else runs the command line, which takes longer to
    import than that."""
    question = asked(sys.argv[1:], os.environ)
    code = given_again(".", question) if question else None
    if code is not None:
        sys.exit(code)
    from runner.cli.entry_point import main

    main()
