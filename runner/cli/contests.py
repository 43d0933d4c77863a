"""A contest of the project, as the commands about it need it."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from runner.charter import Charter, charter_of
from runner.cli.context import CommandContext
from runner.cli.local_clock import is_local
from runner.cli.opened_project import inputs_of, only, open_project
from runner.cli.stores import kept_files
from runner.compile import DatedCampaign
from runner.contest import PostReader
from runner.contest.collecting import SALT_BYTES, Collector
from runner.contest.published import PublishedDraw
from runner.contest.tickets import ContestKey, read_keys
from runner.models import CampaignFile, Contest, Project
from runner.problems import BadFiles, BadUsage, LedgerUnusable
from runner.public_web import OEMBED_VARIABLE, PublicPosts, public_posts
from runner.reading import KeptFiles
from runner.rules import barred_handles
from runner.schedule import DRAW_NOTICE, LATEST_DRAW, DeclaredContest, announced_anchors
from runner.stores import KeptBranch
from runner.value import Value
from runner.when import written_in

KEYS: Final = "RUNNER_ENTRIES_KEY"
"""The variable of the environment that holds the keys of contests, one a line."""
HAND_OVER: Final = (
    f"set it from your own copy of all keys: gh secret set {KEYS} --env x-ACCOUNT < FILE"
)


class NotYet(BadUsage):
    """A step of a contest whose time has not come; it may come by itself."""


class OpenedContest(Value, kw_only=True):
    """A contest with its times, in its project."""

    project: Project
    file: CampaignFile
    contest: Contest
    declared: DeclaredContest
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

    def announced_anchors(self) -> Mapping[str, datetime | date]:
        """The times of the contest without what a redraw has put off."""
        return announced_anchors(self.file, self.project) or self.anchors

    def as_written(self, at: datetime) -> str:
        """A moment as the contest's files write it."""
        return written_in(self.contest.timezone or self.project.timezone, at)

    def charter(self) -> Charter:
        """What it promises. Raises BadUsage where it is drawn by hand."""
        found = charter_of(self.file.id, self.contest, self.anchors)
        if found is None:
            raise BadUsage(
                f"`{self.file.id}` is drawn by hand, which nobody can verify",
                help="a contest that is announced with a `key` can be verified",
            )
        return found

    def expect_in_time(self, context: CommandContext) -> None:
        """Refuses to go on where a list that is closed now proves nothing any more. Raises
        BadUsage."""
        latest = self.charter().draws_at + LATEST_DRAW - DRAW_NOTICE
        if context.clock.now() > latest:
            raise BadUsage(
                f"the list of `{self.file.id}` had to be closed by {latest:%Y-%m-%d %H:%M} UTC, so "
                "that nothing can be proven any more",
                help="draw it by hand, and say so",
            )

    @property
    def barred_handles(self) -> frozenset[str]:
        """The handles of who can't win, casefolded."""
        return frozenset(barred_handles(self.project, self.contest.entry.exclude))

    def published_draw(
        self, context: CommandContext, list: Mapping[str, bytes]
    ) -> PublishedDraw | None:
        """All that there is to check of its draw, with the files of its list; None where nobody can
        check it, or it is not drawn yet. Raises BadUsage where it is drawn by hand."""
        draw = self.file.draw
        if draw is None or draw.drawn is None or draw.proof is None:
            return None
        return PublishedDraw(
            promised=self.charter(),
            draw=draw,
            proof=draw.proof,
            list=list,
            today=context.today(),
            may_be_rehearsed=is_local(context),
        )

    def entry_files(self, context: CommandContext) -> KeptFiles:
        """The kept files of the contest's sealed readings. Raises LedgerUnusable."""
        return kept_files(context, self.project, KeptBranch.ENTRIES, self.file.id)

    def key(self, context: CommandContext) -> ContestKey:
        """Its key, from the environment. Raises LedgerUnusable where it is not there: nothing is
        ever begun with another."""
        wanted = self.charter().key
        try:
            keys = read_keys(context.environ.get(KEYS, ""))
        except ValueError as error:
            raise LedgerUnusable(f"{KEYS} can't be read: {error}", help=HAND_OVER) from None
        if wanted not in keys:
            raise LedgerUnusable(
                f"{KEYS} lacks the key {wanted} of `{self.file.id}`", help=HAND_OVER
            )
        return keys[wanted]

    def collector(self, context: CommandContext) -> Collector:
        """What collects its entries. Raises LedgerUnusable."""
        return Collector(
            key=self.key(context),
            charter=self.charter(),
            files=self.entry_files(context),
            new_salt=lambda: secrets.token_bytes(SALT_BYTES),
        )

    def list_files(self, context: CommandContext) -> KeptFiles:
        """The kept files of the contest's published list of entries. Raises LedgerUnusable."""
        return kept_files(context, self.project, KeptBranch.LIST, self.file.id)


def contests_in(context: CommandContext) -> tuple[OpenedContest, ...]:
    """The contests of a project that can be read."""
    inputs = inputs_of(open_project(context), context)
    contests = (each for each in inputs.dated if each.campaign.contest)
    return tuple(filter(None, (opened_contest(inputs.project, each) for each in contests)))


def contest_of(context: CommandContext, id: str) -> OpenedContest:
    """The contest of this id. Raises BadUsage for what is none, BadFiles for one that can't be
    read."""
    inputs = only(inputs_of(open_project(context), context), accounts=(), campaigns=(id,))
    if not inputs.dated:
        raise BadFiles(f"`{id}` can't be read", help="see what is wrong in it: runner validate")
    (dated,) = inputs.dated
    if dated.campaign.contest is None:
        raise BadUsage(f"`{id}` is no contest", help="name a contest")
    contest = opened_contest(inputs.project, dated)
    if contest is None:
        raise BadFiles(f"`{id}` has just been changed", help="run it again")
    return contest


def opened_contest(project: Project, dated: DatedCampaign) -> OpenedContest | None:
    """A contest with its file, read anew; None where that has changed since."""
    file, declared = dated.source(), dated.campaign.contest
    if file is None or declared is None or not isinstance(file.campaign, Contest):
        return None
    return OpenedContest(
        project=project,
        file=file,
        contest=file.campaign,
        declared=declared,
        anchors=dated.anchors,
    )


def posts_as_anybody(context: CommandContext) -> PostReader:
    """X as anybody sees it; a local X, where that takes its place. Raises BadUsage."""
    if is_local(context) and not context.environ.get(OEMBED_VARIABLE):
        return PublicPosts(context.environ["X_API_URL"].rstrip("/"))
    return public_posts(context.environ)
