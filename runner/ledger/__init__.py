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
from runner.ledger.fields import (
    Instant,
    PostId,
    Said,
    Usd,
    UtcInstant,
    ZonedMoment,
    are_plausible,
    are_post_ids,
    is_usd,
    on_one_line,
    plausible,
)
from runner.ledger.key import INBOX, ONCE, Id, Key, are_keys, is_id
from runner.ledger.lines_at_once import entries_at_once, sent_at_once
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
    "PostId",
    "Posted",
    "Purse",
    "Record",
    "Reserve",
    "Said",
    "Sent",
    "Standing",
    "State",
    "Usd",
    "UtcInstant",
    "ZonedMoment",
    "address",
    "are_keys",
    "are_plausible",
    "are_post_ids",
    "entries_at_once",
    "is_id",
    "is_only_out",
    "is_usd",
    "month_of",
    "on_one_line",
    "once_each",
    "plausible",
    "reserve_of",
    "sent_at_once",
    "standing_holds",
    "standing_origin",
    "standings_of",
    "still_open",
    "tellable",
]
