"""Posts of X, as people name them: by their addresses."""

import re
from typing import Final

from runner.problems import BadUsage

_ADDRESS: Final = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/\w{1,15}/(?:web/)?status/(\d{1,19})(?:[/?#].*)?"
)


def id_in(address: str) -> str:
    """The id of the post that lies at an address. Raises BadUsage for what is none."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise BadUsage(
            f"`{address}` is no address of a post",
            help="copy its link: https://x.com/name/status/1234567890",
        )
    return found[1]
