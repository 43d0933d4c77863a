"""The times of a contest as they were announced."""

from collections.abc import Mapping
from dataclasses import replace

from runner.models import CampaignFile
from runner.models.project import Project
from runner.schedule.moments import Anchor
from runner.schedule.timetable import timetable


def announced_anchors(file: CampaignFile, project: Project) -> Mapping[str, Anchor] | None:
    """The anchors of a contest without what a redraw has put off; None where they can't be told."""
    draw = file.draw.model_copy(update={"claim_by": None}) if file.draw else None
    table, _ = timetable(replace(file, draw=draw), project)
    return table.anchors if table else None
