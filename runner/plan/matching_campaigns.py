"""Which campaigns of two sides of a comparison are the same: those with equal files, and those that
were renamed, which the ledger takes for others and people for the same."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from runner.bugs import Bug, contained
from runner.compile import DatedCampaign
from runner.ledger import Key
from runner.models import CampaignFile
from runner.plan.snapshot import PostSnapshot
from runner.schedule import DeclaredCampaign

_Tail = tuple[str, str, str | None]
"""A key without its campaign."""


class DifferingFiles(NamedTuple):
    """The campaigns of both sides, by id: all that can be otherwise than on the other side."""

    old: Mapping[str, CampaignFile]
    new: Mapping[str, CampaignFile]

    @property
    def edited(self) -> dict[str, str]:
        """The campaigns that differ, or are on one side only: paths by id."""
        both = {**self.old, **self.new}
        return {id: both[id].path for id in sorted(both) if self.old.get(id) != self.new.get(id)}

    def under(self, names: Mapping[str, str]) -> "DifferingFiles":
        """The campaigns with the new ids of campaigns, given by the old ones."""
        return DifferingFiles({names.get(id, id): file for id, file in self.old.items()}, self.new)


SAME_FILES: Final = DifferingFiles({}, {})


def differing_files(
    before: Mapping[str, DatedCampaign], after: Mapping[str, DatedCampaign]
) -> DifferingFiles:
    """The files of the campaigns of two sides, by id."""
    return DifferingFiles(_unshared(before, after), _unshared(after, before))


def _unshared(
    campaigns: Mapping[str, DatedCampaign], others: Mapping[str, DatedCampaign]
) -> dict[str, CampaignFile]:
    return {
        id: file
        for id, each in campaigns.items()
        if not each.is_shared_with(others.get(id)) and (file := each.source())
    }


def renames(
    before: Mapping[Key, PostSnapshot], after: Mapping[Key, PostSnapshot]
) -> dict[str, DeclaredCampaign]:
    """New ids with the old campaigns: at least half of the posts are the same, at the same time or
    in the same words."""
    gone, come = _by_campaign(before), _by_campaign(after)
    left = {id: found for id, found in gone.items() if id not in come}
    renamed: dict[str, DeclaredCampaign] = {}
    for id in sorted(come.keys() - gone.keys()):
        likeness = {old: _likeness(found, come[id], id) for old, found in sorted(left.items())}
        best = max(likeness, key=lambda old: likeness[old], default=None)
        if best is not None and 2 * likeness[best] >= max(len(left[best]), len(come[id])):
            renamed[id] = next(iter(left.pop(best).values())).campaign
    return renamed


def _by_campaign(snapshots: Mapping[Key, PostSnapshot]) -> dict[str, dict[_Tail, PostSnapshot]]:
    found: dict[str, dict[_Tail, PostSnapshot]] = {}
    for key, snapshot in snapshots.items():
        found.setdefault(key.campaign, {})[key.account, key.post, key.nominal] = snapshot
    return found


def _likeness(old: Mapping[_Tail, PostSnapshot], new: Mapping[_Tail, PostSnapshot], id: str) -> int:
    """What can't be compared is not alike."""
    found = contained("comparing", id, lambda: _alike(old, new))
    return 0 if isinstance(found, Bug) else found


def _alike(old: Mapping[_Tail, PostSnapshot], new: Mapping[_Tail, PostSnapshot]) -> int:
    return sum(_is_same(old[tail], new[tail]) for tail in old.keys() & new.keys())


def _is_same(old: PostSnapshot, new: PostSnapshot) -> bool:
    return old.due == new.due or (
        _text_digests(old) is not None and _text_digests(old) == _text_digests(new)
    )


def _text_digests(snapshot: PostSnapshot) -> tuple[str, ...] | None:
    post = snapshot.action.post if snapshot.action else None
    return tuple(part.text_digest for part in post.parts) if post else None
