"""OAuth 1.0a as X checks it (RFC 5849): whose token it is, and whether the signature is right.

Timestamps are not checked: clients sign by the real clock, which may not be the sandbox's.
"""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Final

from oauthlib.oauth1.rfc5849 import signature  # type: ignore[import-untyped]

from runner.local_x.accounts import LocalAccount
from runner.local_x.error_answers import NAMED, RequestRefused

_HOSTS: Final = ("https://api.x.com", "https://api.twitter.com")
"""A client that is sent to loopback below its signing still signs for one of these."""


class SignatureCheck:
    """Knows the accounts by their tokens."""

    def __init__(self, accounts: Iterable[LocalAccount]) -> None:
        self._by_token = {account.credentials.access_token: account for account in accounts}

    def account(
        self, *, method: str, origin: str, target: str, header: str, form: str
    ) -> LocalAccount:
        """The account that signed a request to `target`, its path and query.

        `form` is the body where it is url-encoded, since only that is signed. Raises
        RequestRefused: 401 for a wrong signature or an unknown token, 403 for a Bearer token.
        """
        if header.lower().startswith("bearer "):
            raise RequestRefused(NAMED["app-only"])
        if not header.lower().startswith("oauth "):
            raise RequestRefused(NAMED["unauthorized"])
        given = _oauth(header)
        account = self._by_token.get(given.get("oauth_token", ""))
        if not account or given.get("oauth_consumer_key") != account.credentials.api_key:
            raise RequestRefused(NAMED["unauthorized"])
        keys = account.credentials
        if keys.api_secret is None or keys.access_token_secret is None:
            return account
        parameters = signature.collect_parameters(
            uri_query=target.partition("?")[2], body=form, headers={"Authorization": header}
        )
        for host in (origin, *_HOSTS):
            signed = SimpleNamespace(
                params=parameters,
                uri=host + target,
                http_method=method,
                signature=given.get("oauth_signature", ""),
            )
            if signature.verify_hmac_sha1(signed, keys.api_secret, keys.access_token_secret):
                return account
        raise RequestRefused(NAMED["signature"])


def _oauth(header: str) -> Mapping[str, str]:
    try:
        return dict(
            signature.collect_parameters(
                headers={"Authorization": header}, exclude_oauth_signature=False
            )
        )
    except ValueError:
        raise RequestRefused(NAMED["unauthorized"]) from None
