"""What a run left that a pull request's own code has made, as a comment that can do nothing."""

from typing import Final

from runner.views.markdown.bounded import Limit, comment
from runner.views.markdown.escaping import defused, fenced
from runner.views.phrases import count

_ROOM: Final = 1_000
"""Characters for what stands around it."""


def fork_as_markdown(text: str, run: str) -> str:
    """A stranger's text in one fence, cut after a whole line. `run` is the address of the run that
    printed it."""
    limit = _limit(run)
    first, *lines, last = fenced(text.rstrip("\n")).split("\n")
    shown, rest = _fitting_lines(lines, limit)
    return "\n".join([_FORK.format(run=run), first, *shown, last, "", *rest])


def own_as_markdown(text: str, run: str) -> str:
    """The Markdown that a branch of the repository has made of its preview, without what Markdown
    does to others; cut after a whole line."""
    shown, rest = _fitting_lines(defused(text.rstrip("\n")).split("\n"), _limit(run))
    return "\n".join([*shown, "", *rest])


def _limit(run: str) -> Limit:
    return comment(f"see [the summary of the run]({run}).")


def _fitting_lines(lines: list[str], limit: Limit) -> tuple[list[str], list[str]]:
    """The lines that fit, and what is said of the others."""
    left, shown = limit.size - _ROOM, []
    for line in lines:
        left -= limit.measure(line) + 1
        if left < 0:
            break
        shown.append(line)
    out = len(lines) - len(shown)
    return shown, [f"**{count(out, 'more line')} left out here:** {limit.rest}", ""] if out else []


_FORK: Final = (
    "**From a fork.** This is what its own run of Preview printed. [The run]({run}) has a page "
    "with each post as X will show it. A branch that changes `.github`, `action.yml` or `runner` "
    "may have changed what is printed.\n"
)
