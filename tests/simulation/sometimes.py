"""What has to happen in some worlds of each whole run, or it proves less than it says."""

from collections import Counter
from typing import Final

FOUND: Final = "a lost answer found later"
LOST_SWAP: Final = "a lost compare-and-swap"
HELD: Final = "a hold between claim and send"
OVER_BUDGET: Final = "a claim released for the budget"
TWO_IDS: Final = "two ids of one user refused"
REFS_GONE: Final = "an account's refs deleted, and seen"
ROLLED_BACK: Final = "a project's ledger rolled back, and seen"
HALF_UPGRADE: Final = "an upgrade cut in half"
FORGOTTEN: Final = "what a ledger had forgotten found on X"
OF_POSTS: Final = (
    FOUND,
    LOST_SWAP,
    HELD,
    OVER_BUDGET,
    TWO_IDS,
    REFS_GONE,
    ROLLED_BACK,
    HALF_UPGRADE,
    FORGOTTEN,
)
SECOND_ISSUE: Final = "a second issue of a conversation"
INBOX_RACED: Final = "an inbox that others wrote at once"
TWO_RUNS: Final = "two runs for one comment"
TWO_EARS: Final = "two runs that listen at once"
ISSUE_DELETED: Final = "an issue deleted by hand"
ISSUE_CLOSED: Final = "an issue closed by hand"
COMMENT_EDITED: Final = "an approved comment edited"
MENTION_DELETED: Final = "a mention deleted"
ANSWER_FOUND: Final = "a lost answer to a mention found later"
ANSWERS_BACK: Final = "a ledger of answers rolled back"
ASKED: Final = "an answer in doubt that a person is told of"
OTHER_ANSWER: Final = "another answer that was out already"
HELPER_ANSWERED: Final = "an answer of the account that answers for others"
HANDED_OVER: Final = "an issue left to the account that comes before"
OF_ANSWERS: Final = (
    SECOND_ISSUE,
    INBOX_RACED,
    TWO_RUNS,
    TWO_EARS,
    ISSUE_DELETED,
    ISSUE_CLOSED,
    COMMENT_EDITED,
    MENTION_DELETED,
    ANSWER_FOUND,
    ANSWERS_BACK,
    ASKED,
    OTHER_ANSWER,
    HELPER_ANSWERED,
    HANDED_OVER,
)
SOMETIMES: Final = (*OF_POSTS, *OF_ANSWERS)
WHOLE: Final = 1_000
"""Worlds of a run in which each of them has to happen; of fewer none is required."""


def never(happened: Counter[str]) -> tuple[str, ...]:
    """Those that have not happened."""
    return tuple(what for what in SOMETIMES if not happened[what])
