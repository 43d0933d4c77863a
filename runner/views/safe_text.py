"""Lines that hide nothing, and command nothing, wherever they are printed.

What is hidden is said in `runner.text.invisible`, for the rules as for the views.
"""

from runner.text.invisible import code_point
from runner.text.invisible import with_marks as unhidden

__all__ = ["code_point", "safe", "unhidden"]


def safe(line: str) -> str:
    """A line for a log: nothing is hidden, and it is no command of the workflow that prints it.

    Workflow commands begin with `::`, spaces apart; the older form counts anywhere in a line.
    """
    shown = unhidden(line)
    start = "\u200b" if shown.lstrip().startswith("::") else ""
    return start + shown.replace("##[", "#\u200b#[")
