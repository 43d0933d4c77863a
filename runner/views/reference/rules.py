"""The rules, from their docstrings."""

from runner.problems import Severity
from runner.rules import RULES, Rule, Stage

SAID = {Severity.ERROR: "Error", Severity.WARNING: "Warning"}
FOUND = {
    Stage.FILE: "found by `runner validate`, from the files alone",
    Stage.PLAN: "found by `runner preview`, since it depends on the time or on what went out",
}


def rules() -> str:
    """Each rule: what it asks for, why, and how to mend a breach."""
    listed = "\n".join(f"- [`{rule.id}`](#{rule.id}): {rule.summary}" for rule in RULES)
    return "\n\n".join((listed, *(_section(rule) for rule in RULES)))


def _section(rule: Rule) -> str:
    return f"## {rule.id}\n\n{SAID[rule.severity]}, {FOUND[rule.stage]}.\n\n{rule.explanation}"
