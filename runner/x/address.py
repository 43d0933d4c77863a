"""Where X is: only an address that may be trusted with signed requests."""

import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from runner.problems import BadUsage

DEFAULT_URL: Final = "https://api.x.com"
URL_VARIABLE: Final = "X_API_URL"


def base_url(environ: Mapping[str, str]) -> str:
    """Where X is: https://api.x.com unless `X_API_URL` says otherwise. Raises BadUsage."""
    written = environ.get(URL_VARIABLE, "").strip()
    return checked_url(written) if written else DEFAULT_URL


def checked_url(written: str) -> str:
    """`scheme://host[:port]`, https, or http to this machine only. Raises BadUsage."""
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no_address() from None
    if not host or written.rstrip("/") != f"{parts.scheme}://{parts.netloc}" or "@" in parts.netloc:
        raise _no_address()
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise BadUsage(
            f"{URL_VARIABLE} would send signed requests over an open line",
            help="use https; http is for an X on this machine, like http://127.0.0.1:8000",
        )
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port else "")


def _no_address() -> BadUsage:
    # what is written there may hold a password, so it is not repeated
    return BadUsage(
        f"{URL_VARIABLE} is not the address of an API",
        help=f"write only scheme and host, like {DEFAULT_URL}",
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
