"""Makers of what the ledger says."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from runner.ledger import Attempting, Closed, Key, Need, Posted, Record, Sent, State

RIGA = ZoneInfo("Europe/Riga")
_ids = count(1)


def at(text: str) -> datetime:
    """`2026-12-01 10:00` in Riga, as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=RIGA).astimezone(UTC)


def a_key(post: str = "launch", nominal: str | None = None, *, account: str = "shop") -> Key:
    return Key(account, "slim", post, nominal)


def attempting(
    key: Key,
    moment: str = "2026-12-01 10:00",
    *,
    part: int = 1,
    texts: Iterable[str] = ("This is launch",),
    cost: str = "0.015",
    attempt: str | None = None,
    **more: Any,
) -> Attempting:
    given = {
        "key": key,
        "part": part,
        "at": at(moment),
        "run": "run",
        "attempt": attempt or f"attempt-{part}",
        "send_by": at(moment) + timedelta(seconds=60),
        "due": at(moment),
        "digest": "digest",
        "parts": tuple({"text": text} for text in texts) if part == 1 else (),
        "cost": Decimal(cost),
    }
    return Attempting(**{**given, **more})


def posted(
    key: Key,
    moment: str = "2026-12-01 10:00",
    *,
    part: int = 1,
    cost: str = "0.015",
    attempt: str | None = None,
) -> Posted:
    id = str(1000 + next(_ids))
    return Posted(
        key=key,
        part=part,
        at=at(moment),
        run="run",
        attempt=attempt or f"attempt-{part}",
        id=id,
        url=f"https://x.com/acme_lv/status/{id}",
        cost=Decimal(cost),
    )


def closed(
    key: Key,
    state: State,
    moment: str = "2026-12-01 10:01",
    *,
    part: int = 1,
    attempt: str | None = None,
    **more: Any,
) -> Closed:
    tried = state in (State.RELEASED, State.REJECTED, State.UNKNOWN)
    given = {
        "key": key,
        "part": part,
        "at": at(moment),
        "run": "run",
        "state": state,
        "attempt": attempt or (f"attempt-{part}" if tried else None),
        "because": f"it was {state}",
    }
    return Closed(**{**given, **more})


def sent(
    key: Key,
    moment: str = "2026-12-01 10:00",
    *,
    text: str = "",
    item: str | None = None,
    cost: str = "0.015",
) -> Sent:
    """`text`: what was said."""
    return Sent(
        at=at(moment),
        key=key,
        id=str(next(_ids)),
        digest="digest",
        text=sha256(text.encode()).hexdigest(),
        item=item,
        cost=Decimal(cost),
    )


KEY, TIP = a_key(), a_key("tip", "2026-12-01.morning")
ALL = Need(whole=frozenset({"slim"}), months=frozenset({("shop", "2026-12")}))
OPENED = Record(entries=(attempting(KEY),))
OUT = Record(entries=(posted(KEY),), sent=(sent(KEY),))
