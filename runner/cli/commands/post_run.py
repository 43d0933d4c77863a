"""A run's collaborators: the real files, ledger, X, clock and terminal."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from runner.cli.context import Outside
from runner.cli.ledger_store import ledger_of
from runner.cli.local_x import is_local
from runner.cli.opened_project import Opened, desk_of, open_project
from runner.cli.planning import plan_now
from runner.cli.publisher import publisher_of
from runner.cli.selection import only
from runner.plan import Desk
from runner.problems import LedgerUnusable
from runner.publish import Outcome, Ran, Run, World, run
from runner.stores.project_store import is_on_the_remote
from runner.views.terminal.outcome import result_as_text

JITTER = (0.2, 2.0)
"""Seconds after a lost race."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    dry_run: bool = False
    accounts: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    wait: timedelta = timedelta(0)
    time_limit: timedelta | None = None
    """How long the job lives, counted from its start."""
    if_set_up: bool = False


class Posting:
    """One `runner post`. `opened` are the files as they were read last."""

    def __init__(self, outside: Outside, asked: Asked) -> None:
        self._outside, self._asked = outside, asked
        self._deadline = self._ends(outside.clock.now())
        self._run_id = outside.run_id
        self.opened: Opened

    def run(self) -> Ran:
        """Publishes what is due, and what falls due while it stays."""
        return run(
            self._begin,
            wait=self._asked.wait,
            whole=not self._asked.campaigns,
            told=self._outside.tell,
        )

    def dry_run(self) -> Ran:
        """What it would do; asks X nothing."""
        desk = self._desk()
        ledger = ledger_of(self._outside, desk.project)
        planned = plan_now(desk, ledger, self._outside.clock.now())
        return Ran(outcome=Outcome(), last=Outcome(), plan=planned)

    def _desk(self) -> Desk:
        self.opened = open_project(self._outside, shared=False)
        desk = desk_of(self.opened, self._outside)
        return only(desk, accounts=self._asked.accounts, campaigns=self._asked.campaigns)

    def _begin(self) -> tuple[Desk, World]:
        outside, desk = self._outside, self._desk()
        _refuse_to_forget(outside, desk)
        color = outside.colored(outside.out)
        return desk, World(
            publisher_for=lambda account: publisher_of(
                account, desk.project, outside, alone=len(desk.accounts) == 1
            ),
            ledger=ledger_of(outside, desk.project, deadline=self._deadline),
            clock=outside.clock,
            read_media=self.opened.workspace.media,
            run=Run(id=self._run_id, commit=outside.commit(), new_id=lambda: secrets.token_hex(12)),
            deadline=self._deadline,
            watch=lambda result: outside.say(result_as_text(result, color=color)),
            stopped=outside.signals.stopped,
            jitter=lambda: random.uniform(*JITTER),  # noqa: S311 — to part two runs, not to hide
        )

    def _ends(self, now: datetime) -> datetime | None:
        return now + self._asked.time_limit if self._asked.time_limit else None


def _refuse_to_forget(outside: Outside, desk: Desk) -> None:
    """A folder that another ledger stands beside, or that is thrown away, knows too little."""
    settings = desk.project.ledger
    if settings.store != "files" or outside.ledger or is_local(outside):
        return
    if outside.on_actions:
        raise LedgerUnusable(
            "on GitHub Actions the files store would forget what went out, and post it again",
            help="write `ledger: {store: git}` in runner.yaml",
        )
    if is_on_the_remote(outside.root, outside.environ, settings.branch):
        raise LedgerUnusable(
            f"the ledger is kept on the branch `{settings.branch}` of the remote, and this folder "
            "does not know what it says",
            help="write `ledger: {store: git}` in runner.yaml",
        )
