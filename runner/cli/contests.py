"""A contest of the project, as the commands about it need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from runner.charter import Charter, charter_of
from runner.cli.context import CommandContext
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.selection import only
from runner.models import CampaignFile, Contest
from runner.models.project import Project
from runner.problems import BadFiles, BadUsage


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedContest:
    """A contest with its times, in its project."""

    project: Project
    file: CampaignFile
    contest: Contest
    anchors: Mapping[str, datetime | date]

    @property
    def path(self) -> str:
        return self.file.path

    @property
    def account(self) -> str:
        """The first of its accounts; with a key the only one."""
        return self.contest.on[0]

    @property
    def handle(self) -> str:
        return self.project.accounts[self.account].handle

    def charter(self) -> Charter:
        """What it promises. Raises BadUsage where it is drawn by hand."""
        found = charter_of(self.file.id, self.contest, self.anchors)
        if found is None:
            raise BadUsage(
                f"`{self.file.id}` is drawn by hand, which nobody can verify",
                help="a contest that is announced with a `key` can be verified",
            )
        return found


def contest_of(context: CommandContext, id: str) -> OpenedContest:
    """Raises BadUsage for what is none, BadFiles for one that can't be read."""
    inputs = only(inputs_of(open_project(context), context), accounts=(), campaigns=(id,))
    if not inputs.dated:
        raise BadFiles(f"`{id}` can't be read", help="see what is wrong in it: runner validate")
    (dated,) = inputs.dated
    contest = dated.file.campaign
    if not isinstance(contest, Contest):
        raise BadUsage(f"`{id}` is no contest", help="name a contest")
    return OpenedContest(
        project=inputs.project, file=dated.file, contest=contest, anchors=dated.anchors
    )
