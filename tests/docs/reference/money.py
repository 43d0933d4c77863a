"""The prices of X, as the plans count them."""

from runner.views.phrases import usd
from runner.x_facts import PRICES, PRICES_EFFECTIVE, PRICES_READ, PRICES_SOURCE
from tests.docs.reference.markdown import anchored, table

OF = {
    "post": "a post without a link",
    "post-with-link": "a post with a link",
    "media": "each picture or film in it",
    "alt": "each description of a picture",
    "answer": "an answer to somebody who has mentioned you, without a link",
    "repost": "sharing a post of somebody else",
    "hide": "hiding a reply",
    "read-owned": "each post of the timeline, for a look or to measure it, and each mention",
    "read-post": "each post that `runner status --check-x` or an inbox asks about, or a search "
    "finds",
    "read-user": "the number of followers, which `runner measure` asks for once a day",
}


def prices() -> str:
    """What each thing that the runner does costs."""
    rows = ((anchored(f"price-{name}", what), usd(PRICES[name])) for name, what in OF.items())
    told = f"X's prices since {PRICES_EFFECTIVE}, [as read]({PRICES_SOURCE}) on {PRICES_READ}."
    return f"{table(('what', 'USD'), rows)}\n\n{told}"
