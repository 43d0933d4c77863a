"""Why there is nothing to tell of a rival, and what to do about it."""

from typing import Final

from runner.rivals import RivalLook, RivalState

_WHY_NOTHING: Final = {
    RivalState.MISSING: "X has nobody of that name: mend the handle in runner.yaml",
    RivalState.SUSPENDED: "X has suspended it, and shows nothing of it",
    RivalState.PROTECTED: "it shows its posts to its followers alone, so they are not read",
}
"""Of a look that saw nothing."""


def rival_todo(look: RivalLook, handle: str) -> str | None:
    """What a person should know of the last look at a rival, which is declared by this handle."""
    if why := _WHY_NOTHING.get(look.state):
        return why
    if look.renamed and look.renamed.casefold() != handle.casefold():
        return f"it is called @{look.renamed} now: mend the handle in runner.yaml"
    return None
