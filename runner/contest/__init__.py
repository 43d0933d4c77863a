"""A contest that anyone can check: keys, tickets, the list of entries, the draw, its verdict.

It knows what is signed, hashed and ranked, byte for byte (docs/reference/contest-proof.md), and
neither X nor files nor the clock: charters come in, and posts and signatures through `ports`;
lists, places and a verdict go out.

Its face has what needs no library but pydantic: ports, stages and costs. The proof itself needs
those of the extra `contest`: only the commands of contests name its modules.

Its words:

charter, code: all that a contest with a key promises, as bytes; the short hash of it that its
    announcement carries.
ticket: the key's signature of an entrant's user id: the one thing that ties the list to a person.
reading, walk, gap: what one run has read, as it is kept, sealed; its way through one of X's lists;
    a time that X showed no more, so that entries may be missing.
list, digest: the entries, nameless, published before the draw; the hash of it that the closing post
    carries.
supplement: entries that a list had left out, added to it once before the round; it takes nobody
    away.
stage: how far a contest has come, by its files, the clock, the ledger and the branches.
beacon, round: the public randomness that decides a draw (drand's quicknet); one of its numbers.
place, fallen: where the draw put an entry; a place that does not win after all, so that the next
    one does.
proof: what anyone needs beside the list to check a draw: posts, signature, places. Elsewhere it is
    an occurrence with its rendered post.
rehearsal: a draw that is tried before it counts, with a key of everybody's in the beacon's place.
"""

from runner.contest.costs import BY_MENTION, CollectingCost, Tally, collecting_cost, tallies
from runner.contest.ports import (
    EntriesPage,
    EntryPost,
    EntrySource,
    NotShown,
    PostReader,
    ShownPost,
    SourceKind,
    StandingPosts,
    cursor_below,
)
from runner.contest.stages import ContestProgress, ContestStage, StageReached, stage_of
from runner.contest.states import is_collected, is_step_due, is_too_late_to_close, settled_at

__all__ = [
    "BY_MENTION",
    "CollectingCost",
    "ContestProgress",
    "ContestStage",
    "EntriesPage",
    "EntryPost",
    "EntrySource",
    "NotShown",
    "PostReader",
    "ShownPost",
    "SourceKind",
    "StageReached",
    "StandingPosts",
    "Tally",
    "collecting_cost",
    "cursor_below",
    "is_collected",
    "is_step_due",
    "is_too_late_to_close",
    "settled_at",
    "stage_of",
    "tallies",
]
