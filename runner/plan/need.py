"""What a plan has to know of the ledger."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from runner.ledger import Need
from runner.schedule import Occurrence


def need_of(occurrences: Iterable[Occurrence], *, accounts: Iterable[str], now: datetime) -> Need:
    """The shelves of what is planned, and the journals of this month and the last."""
    shelves: set[tuple[str, str]] = set()
    newest: set[str] = set()
    whole: set[str] = set()
    for occurrence in occurrences:
        key = occurrence.key
        # what is due once may be what another post waits for, whenever that one is due
        shelves |= {(key.campaign, key.shelf), (key.campaign, "once")}
        if key.nominal:
            newest.add(key.campaign)
        if occurrence.file.campaign.budget is not None:
            whole.add(key.campaign)
    today = now.astimezone(UTC)
    last_month = today.replace(day=1) - timedelta(days=1)
    return Need(
        shelves=frozenset(shelves),
        newest=frozenset(newest),
        whole=frozenset(whole),
        months=frozenset(
            (account, f"{day:%Y-%m}") for account in accounts for day in (today, last_month)
        ),
    )
