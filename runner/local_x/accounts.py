"""Who posts on the local X, and with which credentials."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from runner.value import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCredentials:
    """The four values of OAuth 1.0a. Where a secret is None, no signature is verified."""

    api_key: str
    api_secret: str | None = field(repr=False)
    access_token: str
    access_token_secret: str | None = field(repr=False)

    @classmethod
    def of(cls, handle: str) -> "IssuedCredentials":
        """Always the same for a handle, so that they survive a restart; worth nothing on X."""

        def derive(what: str) -> str:
            return hashlib.sha256(f"sandbox {what} {handle.lower()}".encode()).hexdigest()[:40]

        return cls(
            api_key=derive("api key"),
            api_secret=derive("api secret"),
            access_token=f"{user_id(handle)}-{derive('access token')}",
            access_token_secret=derive("access token secret"),
        )


class Person(Value, kw_only=True):
    """Someone who has posts: an account of ours, or a stranger whose posts we share."""

    user_id: str
    handle: str
    name: str


class LocalAccount(Value, kw_only=True):
    """An account that may post. `id` is its name in `runner.yaml`; `timezone` is for the page."""

    id: str
    person: Person
    credentials: IssuedCredentials
    premium: bool = False
    enterprise: bool = False
    owned: bool = True
    """Whether its user owns the app, which makes reading what is its own cheaper."""
    timezone: str = "UTC"

    @classmethod
    def of(
        cls,
        id: str,
        handle: str,
        *,
        name: str | None = None,
        premium: bool = False,
        enterprise: bool = False,
        owned: bool = True,
        timezone: str = "UTC",
        credentials: IssuedCredentials | None = None,
    ) -> "LocalAccount":
        """An account whose user id and credentials follow from its handle."""
        return cls(
            id=id,
            person=Person(user_id=user_id(handle), handle=handle, name=name or handle),
            credentials=credentials or IssuedCredentials.of(handle),
            premium=premium,
            enterprise=enterprise,
            owned=owned,
            timezone=timezone,
        )


def user_id(handle: str) -> str:
    """Eighteen digits, always the same for a handle."""
    digest = hashlib.sha256(handle.lower().encode()).digest()
    return str(10**17 + int.from_bytes(digest[:8]) % (9 * 10**17))


Accounts = Mapping[str, str] | Iterable[LocalAccount]
"""Account ids with handles, or the accounts themselves."""


def accounts_of(accounts: Accounts) -> tuple[LocalAccount, ...]:
    """Accounts, or a mapping of account ids to handles. Raises ValueError for two of one handle."""
    if isinstance(accounts, Mapping):
        known = tuple(LocalAccount.of(id, handle) for id, handle in accounts.items())
    else:
        known = tuple(accounts)
    if not known:
        raise ValueError("the sandbox needs at least one account")
    for what, values in (
        ("id", [account.id for account in known]),
        ("handle", [account.person.handle.lower() for account in known]),
    ):
        twice = next((value for value in values if values.count(value) > 1), None)
        if twice:
            raise ValueError(f"two accounts have the {what} `{twice}`")
    return known


def environment(account: LocalAccount, *, alone: bool) -> dict[str, str]:
    """The variables that hold an account's credentials; prefixed unless it is the only account."""
    prefix = "X_" if alone else f"X_{account.id.upper().replace('-', '_')}_"
    keys = account.credentials
    return {
        f"{prefix}API_KEY": keys.api_key,
        f"{prefix}API_SECRET": keys.api_secret or "",
        f"{prefix}ACCESS_TOKEN": keys.access_token,
        f"{prefix}ACCESS_SECRET": keys.access_token_secret or "",
    }
