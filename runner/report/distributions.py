"""The distributions behind intervals, by scipy.

`scipy.special` serves arrays of other libraries than numpy, too, and loads for that what takes as
long as the report itself. Its functions for numpy are a module of their own: all that is loaded.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, Final

_PACKAGE: Final = "scipy.special"


def _functions() -> ModuleType:
    """The functions for numpy; the whole package where it is loaded already, or has them elsewhere.
    Raises ModuleNotFoundError where scipy is not installed."""
    if _PACKAGE not in sys.modules and (spec := find_spec(_PACKAGE)):
        sys.modules[_PACKAGE] = module_from_spec(spec)  # found, and not run
        try:
            return import_module(f"{_PACKAGE}._ufuncs")
        except ImportError:
            pass
        finally:
            del sys.modules[_PACKAGE]
    return import_module(_PACKAGE)


_found: Final[Any] = _functions()
gammaincinv: Final = _found.gammaincinv
betaincinv: Final = _found.betaincinv
ndtri: Final = _found.ndtri
stdtr: Final = _found.stdtr
stdtrit: Final = _found.stdtrit
