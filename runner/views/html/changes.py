"""What a pull request does to each post, beside the post; and the posts that it takes away."""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.ledger import Key
from runner.plan.change import Change, ChangeKind, Comparison
from runner.views.change_listing import what_changes
from runner.views.difference import Line, difference
from runner.views.phrases import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What changes of one post: in a few words, and line by line where there is an old one."""

    key: Key
    kind: ChangeKind
    what: str
    lines: tuple[Line, ...]


def revisions(comparison: Comparison | None) -> Mapping[Key, Revision]:
    """The revisions by post; empty where nothing is compared. What is added has no lines: it is
    shown whole."""
    found = {}
    for change in comparison.changes if comparison else ():
        was = change.before.due if change.kind is ChangeKind.MOVED and change.before else None
        found[change.snapshot.key] = Revision(
            key=change.snapshot.key,
            kind=change.kind,
            what="".join(
                (what_changes(change), f", was {moment(was)}" if was else "", _why(change))
            ),
            lines=() if change.kind is ChangeKind.ADDED else tuple(difference(change)),
        )
    return found


def _why(change: Change) -> str:
    return f": {change.broken}" if change.broken else ""
