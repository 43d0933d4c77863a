"""The command line: commands, and the real collaborators that they get.

The only room that reads the clock and the environment. Nobody imports it but `__main__` and the
script `runner`; `commands/` has a module for each command, which `app` imports when it is called.
"""

import gc
import os
import sys

from runner.cache.folder import cache_folder
from runner.cache.last_answer import question_of, replay

_COLLECTIONS = (100_000, 20, 20)
"""How many new objects the garbage collector waits for, and how many of its rounds before the next
generation. At Python's 700 a tenth of a command goes into walking what lives to its end anyway."""


_INTERRUPTED = 130
"""How a command ends that a person has stopped: 128, and the number of the signal."""


def main() -> None:
    """Gives the last answer again where it holds; else runs the command line, which takes longer to
    import than that."""
    try:
        code = _last_answer()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    if code is not None:
        sys.exit(code)
    gc.set_threshold(*_COLLECTIONS)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # else it asks all that is installed for one
    from runner.cli.entry_point import main

    main()


def _last_answer() -> int | None:
    """Gives the last answer, and the exit code, where that is asked for and holds."""
    question = question_of(sys.argv[1:], os.environ)
    folder = cache_folder(".", os.environ) if question else None
    return replay(folder, ".", question) if folder and question else None
