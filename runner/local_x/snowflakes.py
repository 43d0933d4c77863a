"""The ids that a local X gives out, to posts and to media."""

from datetime import datetime

from runner.snowflakes import snowflake


class SnowflakeIds:
    """Unique and increasing, even when the clock stands still or is set back."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at: datetime) -> str:
        self._last = max(self._last + 1, snowflake(at))
        return str(self._last)

    def skip_past(self, id: str) -> None:
        """No later id will be smaller than one that was given out before a restart."""
        self._last = max(self._last, int(id))
