"""Policy and limits: one function for each rule id, rendered posts in, breaches out.

It owns the rules, their catalogue, and what `ignore` silences. It knows neither X nor the clock: a
rule looks at the context that it is given, and decides nothing. `plan` keeps back what breaks one,
`views` show it.
"""

from runner.rules.campaign_facts import campaign_facts
from runner.rules.catalogue import RULES
from runner.rules.checking import (
    breaches,
    check,
    check_plan,
    check_together,
    may_keep_back,
)
from runner.rules.compiled_post import PackedFacts, packed
from runner.rules.contest_law import contest_frozen
from runner.rules.context import Proof, RuleContext
from runner.rules.plan_context import PlanContext, PlannedPost, Today
from runner.rules.project_context import ProjectContext
from runner.rules.renames import known_as
from runner.rules.results import barred_handles
from runner.rules.rule import AnyRule, Breach, CampaignRule, PlanRule, Rule, Stage
from runner.rules.template_use import TemplateLibrary, locales_of, stems_of, texts_of

__all__ = [
    "RULES",
    "AnyRule",
    "Breach",
    "CampaignRule",
    "PackedFacts",
    "PlanContext",
    "PlanRule",
    "PlannedPost",
    "ProjectContext",
    "Proof",
    "Rule",
    "RuleContext",
    "Stage",
    "TemplateLibrary",
    "Today",
    "barred_handles",
    "breaches",
    "campaign_facts",
    "check",
    "check_plan",
    "check_together",
    "contest_frozen",
    "known_as",
    "locales_of",
    "may_keep_back",
    "packed",
    "stems_of",
    "texts_of",
]
