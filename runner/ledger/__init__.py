"""What has happened: the entries of the ledger, and where each occurrence stands by them.

It owns the lines that a ledger may hold and how they fold into standings. It knows neither posts'
files nor where the lines are kept: `stores` reads and writes them, `plan` asks for standings.
"""

from runner.ledger.entry import (
    ENTRY,
    Attempting,
    Closed,
    End,
    Entry,
    Hold,
    Origin,
    Posted,
    Sent,
    State,
    address,
)
from runner.ledger.facts import (
    Ask,
    Facts,
    Need,
    Record,
    standing_holds,
    standing_origin,
    tellable,
)
from runner.ledger.fields import Instant
from runner.ledger.key import INBOX, ONCE, Id, Key, is_id
from runner.ledger.purse import OpenClaim, Purse, Reserve, month_of, reserve_of
from runner.ledger.standing import Standing, is_only_out, once_each, standings_of, still_open

__all__ = [
    "ENTRY",
    "INBOX",
    "ONCE",
    "Ask",
    "Attempting",
    "Closed",
    "End",
    "Entry",
    "Facts",
    "Hold",
    "Id",
    "Instant",
    "Key",
    "Need",
    "OpenClaim",
    "Origin",
    "Posted",
    "Purse",
    "Record",
    "Reserve",
    "Sent",
    "Standing",
    "State",
    "address",
    "is_id",
    "is_only_out",
    "month_of",
    "once_each",
    "reserve_of",
    "standing_holds",
    "standing_origin",
    "standings_of",
    "still_open",
    "tellable",
]
