"""How many calls X takes from a user, and the headers that say so.

Source: docs.x.com/x-api/fundamentals/rate-limits (2026-07-24); the 24-hour headers of the create
call are not documented, but many have seen them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_QUARTER: Final = timedelta(minutes=15)
_DAY: Final = timedelta(hours=24)
PER_QUARTER: Final[Mapping[str, int]] = {
    "me": 75,
    "user": 900,
    "named": 900,
    "create": 100,
    "delete": 50,
    "hide": 50,
    "repost": 50,
    "unrepost": 50,
    "timeline": 900,
    "mentions": 300,
    "search": 300,
    "reposts": 75,
    "post": 900,
    "posts": 5000,
    "upload": 500,
    "initialize": 1875,
    "append": 1875,
    "finalize": 1875,
    "status": 1000,
    "metadata": 500,
}
"""Calls of one user in 15 minutes, by route."""
_A_DAY_USER: Final = 2400
_A_DAY_APP: Final = 10_000


@dataclass(slots=True)
class _Window:
    starts: datetime
    length: timedelta
    limit: int
    taken: int = 0

    def headers(self, prefix: str) -> dict[str, str]:
        return {
            f"{prefix}-limit": str(self.limit),
            f"{prefix}-remaining": str(max(self.limit - self.taken, 0)),
            f"{prefix}-reset": str(int((self.starts + self.length).timestamp())),
        }


class RateLimits:
    """Windows that open with a user's first call. Without `enforce` they only count."""

    def __init__(self, *, enforce: bool) -> None:
        self._enforce = enforce
        self._windows: dict[tuple[str, str, str], _Window] = {}

    def take(self, route: str, user: str, app: str, now: datetime) -> tuple[bool, dict[str, str]]:
        """Whether the call may be made, and the headers of its answer."""
        windows = [self._window("x-rate-limit", route, user, now, _QUARTER, PER_QUARTER[route])]
        if route == "create":
            windows += [
                self._window("x-user-limit-24hour", route, user, now, _DAY, _A_DAY_USER),
                self._window("x-app-limit-24hour", route, app, now, _DAY, _A_DAY_APP),
            ]
        allowed = not self._enforce or all(w.taken < w.limit for _, w in windows)
        headers: dict[str, str] = {}
        for prefix, window in windows:
            window.taken += allowed
            headers |= window.headers(prefix)
        return allowed, headers

    def clear(self) -> None:
        self._windows.clear()

    def _window(
        self, prefix: str, route: str, who: str, now: datetime, length: timedelta, limit: int
    ) -> tuple[str, _Window]:
        window = self._windows.get((prefix, route, who))
        if not window or not window.starts <= now < window.starts + length:
            window = self._windows[prefix, route, who] = _Window(now, length, limit)
        return prefix, window
