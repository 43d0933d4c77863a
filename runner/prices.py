"""X's price table, as data with its date, and what one create call costs by it."""

from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

EFFECTIVE: Final = date(2026, 4, 20)
READ: Final = date(2026, 8, 22)
SOURCE: Final = "https://docs.x.com/x-api/getting-started/pricing"

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
