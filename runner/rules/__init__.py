"""Policy and limits: one function for each rule id, rendered posts in, breaches out.

It owns the rules, their catalogue, and what `ignore` silences. A rule looks at a `RuleContext` and
decides nothing: `plan` keeps back what breaks one, `views` show it.
"""

from runner.rules.catalogue import RULES
from runner.rules.checking import breaches, check
from runner.rules.context import Proof, RuleContext, Today
from runner.rules.renames import known_as
from runner.rules.rule import Breach, Rule, Stage

__all__ = [
    "RULES",
    "Breach",
    "Proof",
    "Rule",
    "RuleContext",
    "Stage",
    "Today",
    "breaches",
    "check",
    "known_as",
]
