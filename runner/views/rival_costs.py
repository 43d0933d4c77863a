"""What reading rivals will cost, in a sentence."""

from runner.models.project import Project
from runner.rivals.costs import cost_of_month, cost_of_week
from runner.views.phrases import count, usd


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
