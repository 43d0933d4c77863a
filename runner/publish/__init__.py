"""Carries a plan out through ports: attempt, one request, result; and a person's word on a post.

It owns the order in which the ledger is written and X is asked, and the ports themselves
(`ports`), which `x`, `stores` and the tests' fakes satisfy. It knows neither HTTP nor files.
"""

from runner.publish.account_entry import prove_identity
from runner.publish.accounts import apply
from runner.publish.answering import SentAnswer, answer_that_may_be_out, send_answer
from runner.publish.deletions import (
    SHOWN_WITHIN,
    DeletionsFound,
    look_for_deletions,
    out_since,
    too_new_to_ask,
)
from runner.publish.forgotten import Forgotten, may_be_forgotten
from runner.publish.ledger_writer import Run
from runner.publish.outcome import Outcome, Refusal, Result
from runner.publish.ports import (
    AnswerOfX,
    Clock,
    Doubt,
    Identity,
    Ledger,
    Publisher,
    Raced,
    Receipt,
    Rejection,
    Release,
    Unreadable,
    Uploaded,
)
from runner.publish.resolution import Resolution
from runner.publish.resolution_target import GivenLink, ResolutionTarget, refuse_if_shown
from runner.publish.run import RunReport, run
from runner.publish.run_plan import LOOKS_AHEAD
from runner.publish.run_ports import Review, RunPorts, unreviewed

__all__ = [
    "LOOKS_AHEAD",
    "SHOWN_WITHIN",
    "AnswerOfX",
    "Clock",
    "DeletionsFound",
    "Doubt",
    "Forgotten",
    "GivenLink",
    "Identity",
    "Ledger",
    "Outcome",
    "Publisher",
    "Raced",
    "Receipt",
    "Refusal",
    "Rejection",
    "Release",
    "Resolution",
    "ResolutionTarget",
    "Result",
    "Review",
    "Run",
    "RunPorts",
    "RunReport",
    "SentAnswer",
    "Unreadable",
    "Uploaded",
    "answer_that_may_be_out",
    "apply",
    "look_for_deletions",
    "may_be_forgotten",
    "out_since",
    "prove_identity",
    "refuse_if_shown",
    "run",
    "send_answer",
    "too_new_to_ask",
    "unreviewed",
]
