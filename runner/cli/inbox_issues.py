"""Keeping issues of what others say: in a private repository alone, by a workflow on GitHub."""

from decimal import Decimal
from functools import cached_property
from typing import Final

from runner.cli.context import CommandContext
from runner.cli.github_job import api_of
from runner.github import Api, IssueBoard, is_private
from runner.inbox import IssueKeepingRun, Listened, ListeningRun
from runner.inbox.composing import ready_answers
from runner.models import InboxSettings
from runner.render import RenderAssets
from runner.value import Value
from runner.views.markdown.inbox import InboxIssueTexts

WHY_NONE: Final = (
    "What others say is written into no issue: this repository is public, and X's terms forbid to "
    "make it public."
)


class InboxIssues(Value, kw_only=True, dict=True):
    """The issues of a project's inboxes."""

    context: CommandContext
    assets: RenderAssets

    @cached_property
    def _api(self) -> Api | None:
        is_job = self.context.on_actions and self.context.environ.get("GITHUB_TOKEN")
        return api_of(self.context) if is_job else None

    @cached_property
    def are_kept(self) -> bool:
        """Whether GitHub says that only who was invited can read the repository. Raises Refused
        where it does not answer."""
        return self._api is not None and is_private(self._api)

    @property
    def why_none(self) -> str | None:
        """What keeps them from being kept on GitHub, where they are not. Raises as `are_kept`."""
        return WHY_NONE if self._api and not self.are_kept else None

    def keep(
        self, account: str, found: Listened, run: ListeningRun, left: Decimal | None
    ) -> IssueKeepingRun | None:
        """Keeps those of an account, after a run that has listened, where there may be any. Raises
        FilesRaced, LedgerUnusable, ReadingStopped and Refused."""
        if self._api is None or not self.are_kept:
            return None
        project = self.assets.project
        settings = project.inbox or InboxSettings()
        keeping = IssueKeepingRun(
            account=account,
            files=run.files,
            conversations=found.conversations,
            board=IssueBoard(self._api),
            texts=InboxIssueTexts(
                account=account,
                zone=project.zone_of(account),
                ready=ready_answers(self.assets.templates),
                on_duty=settings.on_duty,
                helper=settings.answers_from,
            ),
            words=found.words,
            reader=run.reader,
            now=self.context.clock.now,
            turn=run.turn,
            left=left,
        )
        keeping.run()
        return keeping
