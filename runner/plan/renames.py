"""Campaigns whose file got another name: strangers to the ledger, and the same to people."""

from collections.abc import Mapping

from runner.bugs import Bug, contained
from runner.ledger import Key
from runner.models import CampaignFile
from runner.plan.snapshot import Side


def renames(before: Mapping[Key, Side], after: Mapping[Key, Side]) -> dict[str, CampaignFile]:
    """New ids with the old file: at least half of the posts are the same, at the same time or in
    the same words."""
    gone, come = _by_campaign(before), _by_campaign(after)
    left = {id: found for id, found in gone.items() if id not in come}
    renamed: dict[str, CampaignFile] = {}
    for id in sorted(come.keys() - gone.keys()):
        likeness = {old: _contained(found, come[id], id) for old, found in sorted(left.items())}
        best = max(likeness, key=lambda old: likeness[old], default=None)
        if best is not None and 2 * likeness[best] >= max(len(left[best]), len(come[id])):
            renamed[id] = next(iter(left.pop(best).values())).file
    return renamed


_Tail = tuple[str, str, str | None]
"""A key without its campaign."""


def _by_campaign(sides: Mapping[Key, Side]) -> dict[str, dict[_Tail, Side]]:
    found: dict[str, dict[_Tail, Side]] = {}
    for key, side in sides.items():
        found.setdefault(key.campaign, {})[key.account, key.post, key.nominal] = side
    return found


def _contained(old: Mapping[_Tail, Side], new: Mapping[_Tail, Side], id: str) -> int:
    """What can't be compared is not alike."""
    found = contained("comparing", id, lambda: _alike(old, new))
    return 0 if isinstance(found, Bug) else found


def _alike(old: Mapping[_Tail, Side], new: Mapping[_Tail, Side]) -> int:
    return sum(_is_same(old[tail], new[tail]) for tail in old.keys() & new.keys())


def _is_same(old: Side, new: Side) -> bool:
    return old.due == new.due or (_words(old) is not None and _words(old) == _words(new))


def _words(side: Side) -> tuple[str, ...] | None:
    post = side.action.post if side.action else None
    return tuple(part.text_digest for part in post.parts) if post else None
