"""What happens to each post now, and why: files, facts of the ledger and a moment in, a plan with
money out.

It owns verdicts, limits and budgets, and the comparison of two plans that a pull request shows. It
knows neither X nor how files and facts are read, and does nothing: `publish` carries a plan out,
`views` show it.
"""

from runner.plan.action import THREAD_GRACE, Action, Plan, Verb
from runner.plan.cases import Case
from runner.plan.change import TIME_FIELD, UNTIL_FIELD, Change, ChangeKind, Comparison, compare
from runner.plan.doubt_verdict import LAST_LOOK
from runner.plan.drifting import drifts, with_journals, with_what_is_gone
from runner.plan.fields import ITEM_FIELD, TEXT_FIELD, Drift, Field, FieldValue
from runner.plan.inputs import LOOK_BACK, PlanInputs, need_of
from runner.plan.limits import within_limits
from runner.plan.matching_campaigns import SAME_FILES, DifferingFiles, differing_files
from runner.plan.past_posts import past_occurrences, with_what_lies_behind
from runner.plan.plan_context import as_post_would, context_of_plan
from runner.plan.planning import plan
from runner.plan.prerequisites import tells_its_time
from runner.plan.program import program_paths
from runner.plan.renamed import Vanished
from runner.plan.settings import Concern, Setting
from runner.plan.snapshot import PostSnapshot, snapshots
from runner.plan.surroundings import UNTOUCHED, FileChange, Surroundings, files_by_post
from runner.plan.surroundings_change import (
    broken_by,
    campaigns_of,
    changed_surroundings,
    with_second_names,
)
from runner.plan.verdict import verdict

__all__ = [
    "ITEM_FIELD",
    "LAST_LOOK",
    "LOOK_BACK",
    "SAME_FILES",
    "TEXT_FIELD",
    "THREAD_GRACE",
    "TIME_FIELD",
    "UNTIL_FIELD",
    "UNTOUCHED",
    "Action",
    "Case",
    "Change",
    "ChangeKind",
    "Comparison",
    "Concern",
    "DifferingFiles",
    "Drift",
    "Field",
    "FieldValue",
    "FileChange",
    "Plan",
    "PlanInputs",
    "PostSnapshot",
    "Setting",
    "Surroundings",
    "Vanished",
    "Verb",
    "as_post_would",
    "broken_by",
    "campaigns_of",
    "changed_surroundings",
    "compare",
    "context_of_plan",
    "differing_files",
    "drifts",
    "files_by_post",
    "need_of",
    "past_occurrences",
    "plan",
    "program_paths",
    "snapshots",
    "tells_its_time",
    "verdict",
    "with_journals",
    "with_second_names",
    "with_what_is_gone",
    "with_what_lies_behind",
    "within_limits",
]
