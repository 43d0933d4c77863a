"""What rules look at, of whole projects."""

from runner.compile import CampaignCompiler, CampaignTexts
from runner.compile.rehearsal import rehearsals
from runner.plan import PlanInputs
from runner.problems import Problem
from runner.rules import RuleContext


def context_of_files(inputs: PlanInputs) -> tuple[RuleContext, tuple[Problem, ...]]:
    """All campaigns in one context, rendered, and what is wrong in their templates."""
    compiler = CampaignCompiler(inputs.assets, inputs.rules)
    opened = [CampaignTexts(campaign) for campaign in inputs.dated]
    made = [each for texts in opened for each in rehearsals(texts)]
    problems = dict.fromkeys(problem for each in made for problem in each.problems)
    return compiler.context(opened, made), tuple(problems)
