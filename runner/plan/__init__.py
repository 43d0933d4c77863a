"""What happens to each post now, and why: files, facts of the ledger and a moment in, a plan with
money out.

It owns verdicts, limits and budgets, and the comparison of two plans that a pull request shows. It
does nothing: `publish` carries a plan out, `views` show it.
"""

from runner.plan.action import Action, Plan, Verb
from runner.plan.drifting import drifts, with_journals, with_what_is_gone
from runner.plan.fields import Drift
from runner.plan.inputs import LOOK_BACK, PlanInputs, need_of
from runner.plan.plan_context import as_post_would
from runner.plan.planning import plan

__all__ = [
    "LOOK_BACK",
    "Action",
    "Drift",
    "Plan",
    "PlanInputs",
    "Verb",
    "as_post_would",
    "drifts",
    "need_of",
    "plan",
    "with_journals",
    "with_what_is_gone",
]
