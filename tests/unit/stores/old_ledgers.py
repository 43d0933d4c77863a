"""Ledgers as older releases have kept them: one for all accounts."""

from collections import defaultdict
from datetime import UTC

from runner.ledger import Origin, Record, State, still_open
from runner.stores.json_lines import dump
from runner.stores.refs import OldHeads
from tests.unit.stores.building import KEY, TIP, a_key, at, attempting, closed, posted, sent
from tests.unit.stores.remotes import OURS, Commit, Remote

ES, MISSED = a_key(account="tienda"), a_key("late", account="kaup")
BORN = at("2026-10-01 09:00")
ORIGIN = Origin(at=BORN, run="first", repository=OURS, users={"shop": "42", "quiet": "43"})
WAS = Record(
    entries=(
        attempting(KEY),
        posted(KEY),
        attempting(TIP, attempt="tip"),
        attempting(ES, attempt="es", cost="0.030"),
        closed(ES, State.UNKNOWN, attempt="es"),
        closed(MISSED, State.MISSED),
    ),
    sent=(sent(KEY), sent(a_key("first"), "2026-11-03 10:00", cost="0.2")),
    accounted={"shop": at("2026-12-01 10:05"), "tienda": at("2026-12-01 10:01")},
    origin=ORIGIN,
)
"""Of five accounts: one that is out and one in flight; one in doubt; one that missed; one that only
stands in its journal, under the first; and one of which only the user is known."""


def old_files_of(record: Record) -> dict[str, bytes]:
    files: dict[str, list[object]] = defaultdict(list)
    for entry in record.entries:
        files[f"campaigns/{entry.key.campaign}/{entry.key.period}.jsonl"].append(entry)
    for line in record.sent:
        month = f"{line.at.astimezone(UTC):%Y-%m}"
        files[f"accounts/{line.key.account}/{month}.jsonl"].append(line)
    files["holds.jsonl"] += record.holds
    files["origin.jsonl"] += [record.origin]
    files["open.jsonl"] += still_open((), record.entries)
    return {name: dump(lines) for name, lines in files.items()}


def old_message_of(record: Record) -> str:
    """Of the newest commit of an older release."""
    said = (f"Accounted: {who} {when.isoformat()}\n" for who, when in record.accounted.items())
    return f"Post it\n\n{''.join(said)}"


def an_old_remote(record: Record = WAS, *, name: str = "runner-ledger") -> Remote:
    """With two commits of an older release, and nothing of this one."""
    remote = Remote()
    remote.commits["old-1"] = Commit(None, {}, "Begin\n")
    remote.commits["old-2"] = Commit("old-1", old_files_of(record), old_message_of(record))
    remote.old = OldHeads(name=name, branch="old-2", witness="old-2")
    return remote
