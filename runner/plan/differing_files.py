"""The files of campaigns that two sides of a comparison don't share, read anew for as long as they
are compared."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from runner.compile import DatedCampaign
from runner.models import CampaignFile


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
