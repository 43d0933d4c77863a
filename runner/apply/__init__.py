"""Do a plan through ports."""

from runner.apply.applying import World, apply
from runner.apply.outcome import Outcome, Refusal, Result
from runner.apply.writing import Run

__all__ = ["Outcome", "Refusal", "Result", "Run", "World", "apply"]
