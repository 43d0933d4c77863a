"""Bugs of ours, contained so that each stops only what it is about.

Code that works through posts one by one does each within `contained`. An exception that nobody
foresaw becomes a value there, which stands for that post alone; and it is noted, as Python notes
warnings, so that the command tells of it at its very end.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Final, TypeVar

from runner.problems import Place, Problem, Stop
from runner.value import Value

T = TypeVar("T")
RULE: Final = "bug-in-runner"
TO_DO: Final = (
    "it is no mistake of yours: report it to who makes runner, with the last lines that it printed"
)
_PACKAGE: Final = __file__.replace("\\", "/").rpartition("/")[0] + "/"
MOST: Final = 20
"""Different bugs that are kept at most: each keeps alive what it was about."""


class Bug(Value, kw_only=True, eq=False):
    """An exception that nobody foresaw: what was being done, and to which post, file or account."""

    doing: str
    subject: str
    error: Exception

    @property
    def spot(self) -> str:
        """The type of the error and the line that raised it, but not its message, which may hold
        anything, secrets too."""
        return f"{type(self.error).__name__} at {_where(self.error.__traceback__)}"

    @property
    def summary(self) -> str:
        """The bug in one line, for where its subject is named already."""
        return f"a bug in runner, while {self.doing} it: {self.spot}"

    def problem(self, place: Place) -> Problem:
        """The bug as a problem at a place of a file."""
        return Problem(rule=RULE, message=self.summary, place=place, help=TO_DO)


def contained(doing: str, subject: object, work: Callable[[], T]) -> T | Bug:
    """What the work returns, or the bug that it met. A Stop is raised all the same."""
    try:
        return work()
    except Stop:
        raise
    except Exception as error:
        if stop := _stop_within(error):
            raise stop from error
        bug = Bug(doing=doing, subject=str(subject), error=error)
        _note(bug)
        return bug


@contextmanager
def noting() -> Iterator[list[Bug]]:
    """The bugs that are contained until the block ends, each of them once."""
    noted: list[Bug] = []
    before = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(before)


_NOTED: ContextVar[list[Bug] | None] = ContextVar("noted", default=None)


def _note(bug: Bug) -> None:
    noted = _NOTED.get()
    if noted is None or len(noted) >= MOST:
        return
    # the same bug at a thousand posts is one
    if all((each.doing, each.spot) != (bug.doing, bug.spot) for each in noted):
        noted.append(bug)


def _stop_within(error: Exception) -> Stop | None:
    """The Stop that an error is, or has among others in a group; None without one."""
    if isinstance(error, Stop):
        return error
    inner = error.exceptions if isinstance(error, ExceptionGroup) else ()
    return next(filter(None, map(_stop_within, inner)), None)


def _where(traceback: TracebackType | None) -> str:
    """The innermost line of the runner in a traceback; where there is none, the innermost line."""
    found = "an unknown place"
    ours = False
    while traceback:
        path = traceback.tb_frame.f_code.co_filename.replace("\\", "/")
        is_ours = path.startswith(_PACKAGE)
        if is_ours or not ours:
            name = path.removeprefix(_PACKAGE) if is_ours else path.rpartition("/")[2]
            found, ours = f"{name}:{traceback.tb_lineno}", is_ours
        traceback = traceback.tb_next
    return found
