"""A mistake in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A problem's rule id, its line, and the thing to do."""

    rule: str
    message: str
    help: str | None = None
