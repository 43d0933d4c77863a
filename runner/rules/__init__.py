"""Policy and limits: one function per rule id, over rendered posts."""

from runner.rules.catalogue import RULES
from runner.rules.checking import breaches, check
from runner.rules.context import Proof, Scene, Today
from runner.rules.renames import known_as
from runner.rules.rule import Finding, Rule, Stage

__all__ = [
    "RULES",
    "Finding",
    "Proof",
    "Rule",
    "Scene",
    "Stage",
    "Today",
    "breaches",
    "check",
    "known_as",
]
