"""Do a plan through ports."""

from runner.publish.accounts import apply
from runner.publish.ledger_writer import Run
from runner.publish.outcome import Outcome, Refusal, Result
from runner.publish.run import Ran, run
from runner.publish.run_ports import World

__all__ = ["Outcome", "Ran", "Refusal", "Result", "Run", "World", "apply", "run"]
