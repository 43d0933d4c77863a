"""The message of a commit of the ledger: what happened, and the head that it leaves.

Post shop/winter-lois/announce

Ledger: 2
Accounted: 2026-12-01T10:05:00+00:00
Project: 3
Spent: 2026-12 0.045
Reserved: 0.015 until 2026-12-02T10:06:00+00:00
Claim: 5f0c2a until 2026-12-01T10:06:00+00:00
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from runner.ledger import (
    Entry,
    Hold,
    OpenClaim,
    Purse,
    Record,
    Reserve,
    State,
    on_one_line,
    plausible,
)
from runner.problems import LedgerUnusable
from runner.stores.ledger_files import Head
from runner.value import replace

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
_MARK: Final = "Ledger: 2"
"""What each message of the runner has: what a person commits by hand may have no head."""
_USD = r"([0-9]{1,12}(?:\.[0-9]{1,40})?)"
_LINE = re.compile(
    r"Accounted: (?P<accounted>\S+)"
    r"|Project: (?P<project>[0-9]{1,9})"
    r"|Repository: (?P<repository>\S.{0,999})"
    rf"|Spent: (?P<month>[0-9]{{4}}-[0-9]{{2}}) (?P<spent>{_USD})"
    rf"|Reserved: (?P<reserved>{_USD}) until (?P<reserved_until>\S+)"
    r"|Claim: (?P<claim>[0-9A-Za-z._: -]{0,64}) until (?P<claim_until>\S+)"
)
_TRAILERS = ("Accounted: ", "Project: ", "Repository: ", "Spent: ", "Reserved: ", "Claim: ")


def message_of(record: Record, head: Head, *, subject: str | None = None) -> str:
    """The message of a commit: what the record says, and the head after it."""
    return f"{subject or _subject(record)}\n\n{_MARK}\n{''.join(_trailers(head))}"


def is_of_the_runner(message: str) -> bool:
    """Whether the runner has written the message, be it that a person has taken it over."""
    return _MARK in message.splitlines()


def head_in(message: str, *, where: str) -> Head:
    """The head that a message says. Raises LedgerUnusable rather than forget what an account has
    spent, or that it was looked at."""
    if not is_of_the_runner(message):
        raise LedgerUnusable(
            f"{where}: the newest commit was not made by the runner, and does not say what the "
            "account has spent",
            help="on top of it, with the runner's last commit: git commit --allow-empty -C COMMIT; "
            "then push that to the branch and its witness",
        )
    head = Head()
    for line in message.splitlines():
        if line.startswith(_TRAILERS):
            try:
                head = _with(head, line)
            except ValueError:
                raise LedgerUnusable(
                    f"{where}: the newest commit says `{on_one_line(line)}`, which is not readable",
                    help="nothing was sent; only the runner may write the ledger's branches",
                ) from None
    return head


def _trailers(head: Head) -> Iterator[str]:
    purse = head.purse
    if head.accounted:
        yield f"Accounted: {_instant(head.accounted)}\n"
    if head.project:
        yield f"Project: {head.project}\n"
    if head.repository:
        yield f"Repository: {head.repository}\n"
    for month, usd in sorted(purse.spent.items()):
        yield f"Spent: {month} {usd:f}\n"
    for reserve in purse.reserves:
        yield f"Reserved: {reserve.usd:f} until {_instant(reserve.until)}\n"
    for claim in purse.claims:
        yield f"Claim: {claim.attempt} until {_instant(claim.send_by)}\n"


def _with(head: Head, line: str) -> Head:
    """The head with what one line says. Raises ValueError."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(line)
    said, purse = match.groupdict(), head.purse
    if said["accounted"]:
        return replace(head, accounted=_moment(said["accounted"]))
    if said["project"]:
        return replace(head, project=int(said["project"]))
    if said["repository"]:
        return replace(head, repository=said["repository"])
    return replace(head, purse=_purse_with(purse, said))


def _purse_with(purse: Purse, said: Mapping[str, str]) -> Purse:
    if said["month"]:
        return replace(purse, spent={**purse.spent, said["month"]: Decimal(said["spent"])})
    if said["reserved"]:
        reserve = Reserve(usd=Decimal(said["reserved"]), until=_moment(said["reserved_until"]))
        return replace(purse, reserves=(*purse.reserves, reserve))
    claim = OpenClaim(attempt=said["claim"], send_by=_moment(said["claim_until"]))
    return replace(purse, claims=(*purse.claims, claim))


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _moment(text: str) -> datetime:
    return plausible(datetime.fromisoformat(text)).astimezone(UTC)


def _subject(record: Record) -> str:
    first, *rest = _deeds(record)
    return f"{first} and {len(rest)} more" if rest else first


def _deeds(record: Record) -> Iterator[str]:
    yield from (_entry_line(entry) for entry in record.entries)
    yield from (_hold_line(hold) for hold in record.holds)
    if record.entries or record.holds:
        return
    if record.origin and record.origin.by:
        yield "Adopt the ledger"
    elif record.origin and record.origin.accounts:
        yield f"Begin {', '.join(record.origin.accounts)}"
    elif record.sent:
        yield "Add to the journal"
    elif record.accounted:
        yield f"Account for {', '.join(sorted(record.accounted))}"
    else:
        yield "Say whose ledger it is" if record.origin else "Begin"


def _entry_line(entry: Entry) -> str:
    part = f", part {entry.part}" if entry.part > 1 else ""
    return f"{_DOES[entry.state]} {entry.key}{part}"


def _hold_line(hold: Hold) -> str:
    what = f"{hold.level} {hold.name}" if hold.name else "everything"
    return f"{'Hold' if hold.held else 'Release'} {what}"
