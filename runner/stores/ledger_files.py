"""Which file of the ledger holds what: the layout that all stores share.

    _project/origin.jsonl                           whose ledger it is, and which accounts it has
    _project/holds.jsonl                            what a person has stopped, and let go again
    <account>/born.jsonl                            when the account's own ledger began
    <account>/open.jsonl                            everything of it that is unsettled
    <account>/campaigns/<campaign>/<period>.jsonl    what happened: `once`, or a nominal month
    <account>/sent/<month>.jsonl                    its sends, by UTC month

A store keeps what stands before the first `/` as a whole of its own: of two runs that write for the
same account one is first, and of two that write for different ones neither waits. What its newest
record says beside the lines of the files is its head.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter

from runner.ledger import (
    ENTRY,
    Entry,
    Hold,
    Origin,
    Purse,
    Record,
    Sent,
    entries_at_once,
    month_of,
    sent_at_once,
)
from runner.stores.json_lines import LineFormat

PROJECT: Final = "_project"
"""Beside the accounts; no account can have this id."""
HOLDS, ORIGIN = f"{PROJECT}/holds.jsonl", f"{PROJECT}/origin.jsonl"
ENTRIES: LineFormat[Entry] = LineFormat(ENTRY, many=entries_at_once)
SENDS: LineFormat[Sent] = LineFormat(TypeAdapter(Sent), many=sent_at_once)
HELD: LineFormat[Hold] = LineFormat(TypeAdapter(Hold))
ORIGINS: LineFormat[Origin] = LineFormat(TypeAdapter(Origin))


def owner(name: str) -> str:
    """The account whose file it is, or the project."""
    return name.partition("/")[0]


def open_file(account: str) -> str:
    """The file of what is unsettled of an account."""
    return f"{account}/open.jsonl"


def birth(account: str) -> str:
    """The file that says when an account's ledger began."""
    return f"{account}/born.jsonl"


def entries_file(account: str, campaign: str, period: str) -> str:
    """The file of what happened to a campaign, once or in one month."""
    return f"{account}/campaigns/{campaign}/{period}.jsonl"


def journal(account: str, month: str) -> str:
    """The file of what an account has sent in a month."""
    return f"{account}/sent/{month}.jsonl"


def is_entries_file(name: str) -> bool:
    return name.partition("/")[2].startswith("campaigns/")


def is_journal(name: str) -> bool:
    return name.partition("/")[2].startswith("sent/")


def is_of_a_month(name: str) -> bool:
    """Whether a file of entries is of one month."""
    return not name.endswith("/once.jsonl")


def lines_by_file(record: Record) -> Mapping[str, list[object]]:
    """Each line of a record, by the file that it belongs to."""
    files: dict[str, list[object]] = defaultdict(list)
    for account, at in record.born.items():
        assert record.origin is not None, "an account begins with the ledger, or later"  # noqa: S101
        began = Origin(at=at, run=record.origin.run, repository=record.origin.repository)
        files[birth(account)].append(began)
    for sent in record.sent:
        files[journal(sent.key.account, month_of(sent.at))].append(sent)
    for entry in record.entries:
        files[entries_file(entry.key.account, entry.key.campaign, entry.key.period)].append(entry)
    files[HOLDS] += record.holds
    files[ORIGIN] += [record.origin] if record.origin else []
    return {name: lines for name, lines in files.items() if lines}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`accounted`: up to when the account is accounted for; None before that was ever said.
    `project`: how many lines the project's own ledger had then, or more that were lost.
    `repository`: of the project's own head, whose ledger it is."""

    accounted: datetime | None = None
    project: int = 0
    repository: str | None = None
    purse: Purse = field(default_factory=Purse)


NEW: Final = Head()


def accounted_by(heads: Mapping[str, Head]) -> dict[str, datetime]:
    """The instant up to which each of these accounts is accounted for."""
    return {name: head.accounted for name, head in heads.items() if head.accounted}
