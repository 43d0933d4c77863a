"""Did-you-mean for a whole project: as many guesses as people read, so that it takes no time."""

from collections.abc import Collection
from dataclasses import dataclass

from runner.problems import Suggestion, suggest

MOST_KNOWN = 1000
"""Names that are compared with."""


@dataclass(slots=True)
class Guesses:
    """Guesses what was meant, until they are used up."""

    left: int = 100

    def suggest(self, name: str, known: Collection[str]) -> Suggestion | None:
        """The known name that was probably meant, or None."""
        if not self.left or len(known) > MOST_KNOWN:
            return None
        self.left -= 1
        return suggest(name, known)
