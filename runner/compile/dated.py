"""A dated campaign: when its posts are due, and what is known of their texts, as plain data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from runner.bugs import Bug, contained
from runner.compile.known_texts import KnownTexts
from runner.models import CampaignFile
from runner.problems import Place, Problem
from runner.render import RenderAssets
from runner.schedule import DeclaredCampaign, Timetable, timetable
from runner.templating import OCCURRENCE_STEPS, PROBLEM_STEPS

Dating = tuple["DatedCampaign | None", tuple[Problem, ...]]
"""A campaign, unless nothing of it can be dated; and what is wrong with its times."""
ReadAnew = Callable[[], CampaignFile | None]
"""Reads a campaign's file anew; gives None where it is not as it was any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedCampaign:
    """A campaign of one reading of the files, without its models: who needs a text that is not
    known has its file read anew (`CampaignTexts`)."""

    timetable: Timetable
    assets: RenderAssets
    source: ReadAnew
    known: KnownTexts = field(default_factory=KnownTexts, compare=False)

    @property
    def campaign(self) -> DeclaredCampaign:
        return self.timetable.campaign

    @property
    def id(self) -> str:
        return self.campaign.id

    @property
    def path(self) -> str:
        return self.campaign.path

    def is_shared_with(self, other: "DatedCampaign | None") -> bool:
        """Whether it is the same campaign, in another state of the project."""
        return other is not None and other.source is self.source

    @property
    def anchors(self) -> Mapping[str, datetime | date]:
        return self.timetable.anchors


def date_campaign(file: CampaignFile, assets: RenderAssets, source: ReadAnew) -> Dating:
    """The campaign with the times of its posts, and what is wrong with these. A bug stops this
    campaign alone."""
    made = contained("dating", file.path, lambda: timetable(file, assets.project))
    if isinstance(made, Bug):
        made = None, (made.problem(Place(path=file.path)),)
    table, problems = made
    most = table.most if table else 0
    assets.work.read(file.path, OCCURRENCE_STEPS * most + PROBLEM_STEPS * len(problems))
    if table is None:
        return None, problems
    return DatedCampaign(timetable=table, assets=assets, source=source), problems
