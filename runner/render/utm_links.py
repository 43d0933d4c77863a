"""Links with utm parameters, so that visits can be counted."""

from collections.abc import Mapping
from urllib.parse import quote, unquote_plus

from runner.ledger import Key
from runner.models.project import Utm


def link_with_utm(url: str, utm: Utm, key: Key) -> str:
    """The link with the parameters of the project, and with the campaign and the post it is in."""
    return with_utm(
        url,
        {
            "utm_source": utm.source,
            "utm_medium": utm.medium,
            "utm_campaign": key.campaign,
            "utm_content": key.post,
        },
    )


def with_utm(url: str, parameters: Mapping[str, str]) -> str:
    """The link with those parameters that it lacks, before its fragment; the rest untouched, byte
    for byte."""
    base, hash, fragment = url.partition("#")
    path, _, query = base.partition("?")
    present = {unquote_plus(pair.partition("=")[0]).casefold() for pair in query.split("&")}
    added = "&".join(
        f"{name}={quote(value, safe='')}"
        for name, value in parameters.items()
        if name.casefold() not in present
    )
    if not added:
        return url
    joint = "" if not query or query.endswith("&") else "&"
    return f"{path}?{query}{joint}{added}{hash}{fragment}"
