"""Rendered posts + ledger + now → actions, with money. A value: nothing happens here."""

from runner.plan.action import Action, Plan, Verb
from runner.plan.need import need_of
from runner.plan.planning import Desk, plan

__all__ = ["Action", "Desk", "Plan", "Verb", "need_of", "plan"]
