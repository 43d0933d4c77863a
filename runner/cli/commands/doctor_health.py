"""What `runner doctor` says of each thing that it looks at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthCheck:
    """One thing looked at; `code` is the exit code that it would lead to, 0 when it is well. A
    `note` keeps no run from its work, and leaves something to do."""

    what: str
    code: int = 0
    note: bool = False
    help: str | None = None
