"""What reading rivals will cost; why there is nothing to tell of one, and what to do about it."""

from typing import Final

from runner.models.project import Project
from runner.rivals import RivalLook, RivalState, cost_of_month, cost_of_week
from runner.views.phrases import count, usd

_WHY_NOTHING: Final = {
    RivalState.MISSING: "X has nobody of that name: mend the handle in runner.yaml",
    RivalState.SUSPENDED: "X has suspended it, and shows nothing of it",
    RivalState.PROTECTED: "it shows its posts to its followers alone, so they are not read",
}
"""Of a look that saw nothing."""


def rival_todo(look: RivalLook, handle: str) -> str | None:
    """What a person should know of the last look at a rival, which is declared by this handle."""
    if why := _WHY_NOTHING.get(look.state):
        return why
    if look.renamed and look.renamed.casefold() != handle.casefold():
        return f"it is called @{look.renamed} now: mend the handle in runner.yaml"
    return None


def rival_cost(project: Project) -> str | None:
    """`reading 3 rivals costs $0.33 a week, …`; None where there are none."""
    rivals = project.rivals
    if not rivals:
        return None
    week, month = cost_of_week(rivals), cost_of_month(rivals)
    who = count(len(rivals), "rival")
    said = f"reading {who} costs {usd(week)} a week, {usd(month)} in a month of five, at the most"
    bound = project.budget.reading if project.budget else None
    if bound is not None and month > bound:
        return f"{said}: more than `budget.reading`, so that some of them wait for the next month"
    return said
