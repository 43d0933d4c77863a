"""What a fork's own run printed, as a comment that can say nothing else."""

from typing import Final

from runner.views.markdown import fenced
from runner.views.phrases import count
from runner.views.sheet import comment

_ROOM: Final = 1_000
"""Characters for what stands around the fence."""


def fork_as_markdown(text: str, run: str) -> str:
    """The text in one fence, cut after a whole line. `run` is the address of the run that printed
    it; the text is a stranger's."""
    limit = comment(f"see [the summary of the run]({run}).")
    first, *lines, last = fenced(text.rstrip("\n")).split("\n")
    left, shown = limit.size - _ROOM, []
    for line in lines:
        left -= limit.measure(line) + 1
        if left < 0:
            break
        shown.append(line)
    out = len(lines) - len(shown)
    rest = [f"**{count(out, 'more line')} left out here:** {limit.rest}", ""] if out else []
    return "\n".join([_HEAD.format(run=run), first, *shown, last, "", *rest])


_HEAD: Final = (
    "**From a fork.** This is what its own run of Preview printed. [The run]({run}) has a page "
    "with each post as X will show it. A branch that changes `.github`, `action.yml` or `runner` "
    "may have changed what is printed.\n"
)
