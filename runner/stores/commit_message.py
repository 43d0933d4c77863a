"""The message of a commit of the ledger: what happened, and up to when accounts are accounted for.

Post shop/winter-lois/announce

Accounted: shop 2026-12-01T10:05:00+00:00
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from runner.ledger import Entry, Hold, Record, State
from runner.ledger.fields import on_one_line, plausible
from runner.problems import LedgerUnusable

_DOES = {
    State.ATTEMPTING: "Attempt",
    State.POSTED: "Post",
    State.RELEASED: "Let go of",
    State.REJECTED: "Note the refusal of",
    State.UNKNOWN: "Doubt",
    State.SKIPPED: "Skip",
    State.MISSED: "Miss",
    State.DELETED: "Note the deletion of",
}
_ACCOUNTED = "Accounted: "
_TRAILER = re.compile(r"([a-z0-9][a-z0-9-]{0,63}) (\S+)")


def message_of(record: Record, accounted: Mapping[str, datetime]) -> str:
    """`accounted`: of all accounts, after the record."""
    trailers = [
        f"{_ACCOUNTED}{account} {at.astimezone(UTC).isoformat()}\n"
        for account, at in sorted(accounted.items())
    ]
    body = "\n" + "".join(trailers) if trailers else ""
    return f"{_subject(record)}\n{body}"


def accounted_in(message: str) -> dict[str, datetime]:
    """Raises LedgerUnusable rather than forget an account."""
    found = {}
    for line in message.splitlines():
        if not line.startswith(_ACCOUNTED):
            continue
        match = _TRAILER.fullmatch(line.removeprefix(_ACCOUNTED))
        try:
            account, at = match.groups() if match else ("", "")
            found[account] = plausible(datetime.fromisoformat(at)).astimezone(UTC)
        except ValueError:
            raise LedgerUnusable(
                f"the ledger's last commit says `{on_one_line(line)}`, which is not readable",
                help="nothing was sent; only the runner may write the ledger's branch",
            ) from None
    return found


def _subject(record: Record) -> str:
    first, *rest = _deeds(record)
    return f"{first} and {len(rest)} more" if rest else first


def _deeds(record: Record) -> Iterator[str]:
    yield from (_deed(entry) for entry in record.entries)
    yield from (_held(hold) for hold in record.holds)
    if record.entries or record.holds:
        return
    if record.origin and record.origin.by:
        yield "Adopt the ledger"
    elif record.accounted:
        yield f"Account for {', '.join(sorted(record.accounted))}"
    else:
        yield "Say whose ledger it is" if record.origin else "Add to the journal"


def _deed(entry: Entry) -> str:
    part = f", part {entry.part}" if entry.part > 1 else ""
    return f"{_DOES[entry.state]} {entry.key}{part}"


def _held(hold: Hold) -> str:
    what = f"{hold.level} {hold.name}" if hold.name else "everything"
    return f"{'Hold' if hold.held else 'Release'} {what}"
