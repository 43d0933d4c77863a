"""Do a plan through ports."""

from runner.apply.applying import apply
from runner.apply.outcome import Outcome, Refusal, Result
from runner.apply.running import Ran, run
from runner.apply.world import World
from runner.apply.writing import Run

__all__ = ["Outcome", "Ran", "Refusal", "Result", "Run", "World", "apply", "run"]
