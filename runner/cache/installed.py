"""What is installed: the program's own files, and the libraries beside it.

It imports next to nothing, since the quickest answer waits for it.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_TEMPLATES = os.path.join(os.path.dirname(_PACKAGE), "templates")
"""Where the package is not built yet; else they stand in it."""


def program_files() -> Iterator[str]:
    """Code and data, always in the same order."""
    for top in (_PACKAGE, _TEMPLATES):
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(set(folders) - {"__pycache__"})
            paths = (os.path.join(folder, name) for name in sorted(names))
            yield from filter(os.path.isfile, paths)  # and no lock of an editor, which is a link


def libraries() -> Iterator[str]:
    """Each library that is installed, with its version."""
    for folder in sys.path:
        with suppress(OSError):  # there is none, or nobody may look into it
            yield from sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))
