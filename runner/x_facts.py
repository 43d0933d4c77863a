"""Public facts of X that many rooms share: the instant in its ids, the addresses of posts, what a
request costs, and how much X counts what people do with a post.

Ids of X, "snowflakes", carry the millisecond in which each was made (X's page "X IDs",
https://docs.x.com/fundamentals/x-ids, read 2026-08-22).
"""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

X_EPOCH: Final = datetime.fromtimestamp(1288834974.657, UTC)
_POST_ADDRESS: Final = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/([A-Za-z0-9_]{1,15})/(?:web/)?status/"
    r"([1-9][0-9]{0,18})(?:[/?#].*)?"
)


def instant(id: str) -> datetime:
    """When X made the post, or the account, with this id."""
    return X_EPOCH + timedelta(milliseconds=int(id) >> 22)


def post_address(id: str, handle: str = "i") -> str:
    """The address of a post on X; without a handle X leads on from it."""
    return f"https://x.com/{handle}/status/{id}"


def post_at(address: str) -> tuple[str, str] | None:
    """The handle and the id of the post that lies at an address; None where it is none of a
    post."""
    found = _POST_ADDRESS.fullmatch(address)
    return (found[1], found[2]) if found else None


def snowflake(at: datetime) -> int:
    """The least id of the millisecond of `at`."""
    return max((at - X_EPOCH) // timedelta(milliseconds=1), 0) << 22


class SnowflakeIds:
    """The ids that a local X gives out: unique and increasing, even when the clock stands
    still or is set back."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at: datetime) -> str:
        self._last = max(self._last + 1, snowflake(at))
        return str(self._last)

    def skip_past(self, id: str) -> None:
        """No later id will be smaller than one that was given out before a restart."""
        self._last = max(self._last, int(id))


PRICES_EFFECTIVE: Final = date(2026, 4, 20)
PRICES_READ: Final = date(2026, 8, 22)
PRICES_SOURCE: Final = "https://docs.x.com/x-api/getting-started/pricing"

PRICES: Final = MappingProxyType(
    {
        "post": Decimal("0.015"),
        "post-with-link": Decimal("0.200"),
        "media": Decimal("0.015"),
        "alt": Decimal("0.005"),
        "answer": Decimal("0.010"),
        "repost": Decimal("0.015"),
        "delete": Decimal("0.005"),
        "hide": Decimal("0.005"),
        "read-owned": Decimal("0.001"),
        "read-post": Decimal("0.005"),
        "read-user": Decimal("0.010"),
    }
)
"""USD for one of each. A link is anything that X makes one of; media and alt texts are per file;
`answer` is a reply to somebody who has mentioned us; `read-owned` is one thing of the account whose
app asks."""


def cost_of(*, link: bool, media: int, alts: int, repost: bool = False) -> Decimal:
    """USD of one post with so many media and alt texts; or of a repost, which has neither."""
    if repost:
        return PRICES["repost"]
    base = PRICES["post-with-link" if link else "post"]
    return base + media * PRICES["media"] + alts * PRICES["alt"]


WEIGHTS: Final = {"replies": 5.0, "quotes": 5.0, "shares": 2.0, "reposts": 1.0, "likes": 0.5}
"""In a score: as X's own published code weighs them, so that what brings a post before others
counts before what is done in passing."""
