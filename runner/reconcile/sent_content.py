"""What an attempt was about to send, as its thread was frozen in the ledger."""

from pydantic import ValidationError

from runner.ledger import Attempting, Standing
from runner.problems import LedgerUnusable
from runner.render.rendered import RenderedPart, recorded_part


def frozen(standing: Standing, attempt: Attempting, part: int) -> RenderedPart:
    """A part as an attempt has frozen it: all parts stand in the attempt of the first.

    Its weight and its cost are not frozen: they are zero. Raises LedgerUnusable.
    """
    parts = attempt.parts or (standing.opening.parts if standing.opening else ())
    try:
        return recorded_part(parts[part - 1])
    except (IndexError, ValidationError) as odd:
        raise LedgerUnusable(
            f"the ledger does not say what part {part} of {standing.key} is",
            help="it was written by another version of runner: use that one to settle the post",
        ) from odd
