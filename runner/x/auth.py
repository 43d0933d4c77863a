"""The address of X, and the credentials of an account: what signs a request, and who may get it.

X's OAuth 1.0a user context: the key and secret of the app, the token and secret of the account
(https://docs.x.com/fundamentals/authentication/oauth-1-0a/api-key-and-secret, read 2026-08-22).
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from runner.confidential import Confidential
from runner.problems import BadUsage, Refused
from runner.value import Value

ENDINGS: Final = ("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET")

WHERE: Final = (
    "set them as secrets of the GitHub environment that the posting job uses, and pass them to the "
    "step that posts; on your own machine, as environment variables"
)
DEFAULT_URL: Final = "https://api.x.com"
URL_VARIABLE: Final = "X_API_URL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What signs a request. Nothing of it is shown when it is printed."""

    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_secret: str = field(repr=False)

    def confidential(self) -> Confidential:
        """The four, to be struck out."""
        return Confidential((self.api_key, self.api_secret, self.access_token, self.access_secret))


class Presence(Value, kw_only=True):
    """Which of an account's variables are set, by name; never what they hold."""

    account: str
    present: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether none of the four is missing."""
        return not self.missing


def variables(account: str) -> tuple[str, ...]:
    """The four names of an account: `lv-shop` → `X_LV_SHOP_API_KEY` and three more."""
    prefix = account.upper().replace("-", "_")
    return tuple(f"X_{prefix}_{ending}" for ending in ENDINGS)


def presence(account: str, environ: Mapping[str, str], *, only_account: bool) -> Presence:
    """The set of four that counts: the account's own, or, where the run is for one account and none
    of its own is set, the four without a name. The two are never mixed."""
    own = _look(account, variables(account), environ)
    if own.present or not only_account:
        return own
    plain = _look(account, tuple(f"X_{ending}" for ending in ENDINGS), environ)
    return plain if plain.present else own


def credentials(account: str, environ: Mapping[str, str], *, only_account: bool) -> Credentials:
    """The credentials of an account. Raises Refused, which names every missing variable, unless all
    four of one set are there."""
    found = presence(account, environ, only_account=only_account)
    if found.missing:
        names = ", ".join(found.missing)
        raise Refused(f"the credentials of `{account}` are incomplete: set {names}", help=WHERE)
    key, secret, token, token_secret = (environ[name].strip() for name in found.present)
    return Credentials(
        api_key=key, api_secret=secret, access_token=token, access_secret=token_secret
    )


def _look(account: str, names: tuple[str, ...], environ: Mapping[str, str]) -> Presence:
    # GitHub passes a secret that is not set as an empty string
    present = tuple(name for name in names if environ.get(name, "").strip())
    missing = tuple(name for name in names if name not in present)
    return Presence(account=account, present=present, missing=missing)


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
