"""Why there is nothing to tell of a rival, and what to do about it."""

from typing import Final

from runner.rivals import RivalLook, RivalState

WHY_NOTHING: Final = {
    RivalState.MISSING: "X has nobody of that name: mend the handle in runner.yaml",
    RivalState.SUSPENDED: "X has suspended it, and shows nothing of it",
    RivalState.PROTECTED: "it shows its posts to its followers alone, so they are not read",
}
"""Of a look that saw nothing."""


def renamed_words(look: RivalLook) -> str:
    """What to do where a rival has another handle now."""
    return f"it is called @{look.renamed} now: mend the handle in runner.yaml"
