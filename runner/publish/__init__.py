"""Carries a plan out through ports: attempt, one request, result; and a person's word on a post.

It owns the order in which the ledger is written and X is asked, and the ports themselves
(`ports`), which `x`, `stores` and the tests' fakes satisfy. It knows neither HTTP nor files.
"""

from runner.publish.accounts import apply
from runner.publish.answering import SentAnswer, answer_that_may_be_out, send_answer
from runner.publish.ledger_writer import Run
from runner.publish.outcome import Outcome, Refusal, Result
from runner.publish.run import RunReport, run
from runner.publish.run_ports import RunPorts

__all__ = [
    "Outcome",
    "Refusal",
    "Result",
    "Run",
    "RunPorts",
    "RunReport",
    "SentAnswer",
    "answer_that_may_be_out",
    "apply",
    "run",
    "send_answer",
]
