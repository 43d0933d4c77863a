"""One run of `runner post` over the real files, ledger, X, clock and terminal."""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from runner.bugs import contained
from runner.cli.context import CommandContext
from runner.cli.github_job import summarise
from runner.cli.local_clock import is_local
from runner.cli.machine import how_to_install, jitter
from runner.cli.opened_project import OpenedProject, commit_of, inputs_of, only
from runner.cli.planning import plan_now
from runner.cli.stores import ledger_of, open_published, refuse_to_forget
from runner.cli.x_accounts import publisher_of
from runner.compile import DatedCampaign
from runner.contest import is_too_late_to_close
from runner.plan import PlanInputs
from runner.problems import BadUsage, LedgerUnusable, Stop
from runner.publish import (
    LOOKS_AHEAD,
    Outcome,
    Review,
    Run,
    RunPorts,
    RunReport,
    may_be_forgotten,
    run,
    unreviewed,
)
from runner.stores import is_on_the_remote
from runner.value import Value
from runner.views.markdown.escaping import plain
from runner.views.terminal.outcome import result_as_text


class PostOptions(Value, kw_only=True):
    """What the command line asks for."""

    dry_run: bool = False
    accounts: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    wait: timedelta = timedelta(0)
    time_limit: timedelta | None = None
    """How long the job lives, counted from its start."""
    if_set_up: bool = False


class PostRun:
    """One `runner post`. `opened` are the files as they were read last."""

    def __init__(self, context: CommandContext, asked: PostOptions) -> None:
        self._context, self._asked = context, asked
        self._deadline = self._ends(context.clock.now())
        self._run_id = context.run_id
        self._missed: set[str] = set()
        self.opened: OpenedProject

    def run(self) -> RunReport:
        """Publishes what is due, and what falls due while it stays."""
        return run(
            self._begin,
            wait=self._asked.wait,
            whole=not self._asked.campaigns,
            told=self._context.tell,
        )

    def dry_run(self) -> RunReport:
        """What it would do; asks X nothing."""
        inputs = self._inputs()
        ledger = ledger_of(self._context, inputs.project, accounts=self._accounts)
        planned, facts = plan_now(inputs, ledger, self._context.clock.now())
        lost = may_be_forgotten(planned, facts, run=self._run_id)
        return RunReport(outcome=Outcome(), last=Outcome(), plan=planned, would_search=lost)

    def _inputs(self) -> PlanInputs:
        self.opened = open_published(self._context, shared=False)
        inputs = inputs_of(self.opened, self._context)
        return only(inputs, accounts=self._asked.accounts, campaigns=self._asked.campaigns)

    def _begin(self) -> tuple[PlanInputs, RunPorts]:
        context, inputs = self._context, self._inputs()
        _refuse_to_forget(context, inputs)
        contained("looking", "for keys", lambda: self._tell_missing_keys(inputs))
        color = context.colored(context.out)
        return inputs, RunPorts(
            publisher_for=lambda account: publisher_of(
                account, inputs.project, context, alone=len(inputs.accounts) == 1
            ),
            ledger=ledger_of(
                context,
                inputs.project,
                accounts=self._accounts,
                deadline=self._deadline,
                tip=self.opened.tip,
            ),
            clock=context.clock,
            read_media=self.opened.media,
            run=Run(
                id=self._run_id,
                commit=commit_of(self.opened, context),
                new_id=lambda: secrets.token_hex(12),
            ),
            deadline=self._deadline,
            watch=lambda result: context.say(result_as_text(result, color=color)),
            stopped=context.signals.stopped,
            review=_review(context, inputs),
            jitter=jitter,
        )

    def _tell_missing_keys(self, inputs: PlanInputs) -> None:
        """Once a run, before anything goes out: what is announced with a key promises a proof."""
        for stop in _missing_keys(self._context, inputs):
            if stop.message not in self._missed:
                self._missed.add(stop.message)
                self._context.tell(f"Notice: {stop.message}")
                self._context.tell(f"  = help: {stop.help}")
                summarise(self._context, f"- {plain(stop.message)}: {plain(stop.help or '')}\n")

    @property
    def _accounts(self) -> tuple[str, ...] | None:
        """The accounts that the run is for; None for all, even such as no file has any more."""
        return self._asked.accounts or None

    def _ends(self, now: datetime) -> datetime | None:
        return now + self._asked.time_limit if self._asked.time_limit else None


def _review(context: CommandContext, inputs: PlanInputs) -> Review:
    """A last look at what was published of contests that anyone can check, which needs libraries
    that others do without."""
    draws = [each for each in inputs.dated if each.campaign.has_proof or _is_copied(each)]
    if not draws:
        return unreviewed
    try:
        from runner.cli.contests import opened_contest
        from runner.cli.draw_review import DrawReview
    except ModuleNotFoundError:
        campaigns = {each.id for each in draws}
        return lambda action: (
            action.asking(f"its draw can't be checked here: {how_to_install('contest')}")
            if action.key.campaign in campaigns
            else action
        )
    opened = (opened_contest(inputs.project, each) for each in draws)
    contests = {each.file.id: each for each in opened if each}
    return DrawReview(context=context, contests=contests)


def _is_copied(dated: DatedCampaign) -> bool:
    """Whether its closing post waits for a copy of its list."""
    contest = dated.campaign.contest
    return contest is not None and contest.draw is not None and contest.copy_at is not None


def _refuse_to_forget(context: CommandContext, inputs: PlanInputs) -> None:
    """A folder that another ledger stands beside, or that is thrown away, knows too little."""
    refuse_to_forget(context, inputs.project)
    settings = inputs.project.ledger
    if settings.on_branches or context.ledger or is_local(context):
        return
    if is_on_the_remote(context.root, context.environ, settings.branch, clock=context.clock):
        raise LedgerUnusable(
            "the ledger is kept on branches of the remote, and this folder does not know what it "
            "says",
            help="write `ledger: {store: git}` in runner.yaml",
        )


def _missing_keys(context: CommandContext, inputs: PlanInputs) -> Iterator[Stop]:
    """Contests whose keys this run lacks, so that nothing of them could be collected or drawn: of
    those that open soon, or have no list yet."""
    now = context.clock.now()
    contests = [each for each in inputs.dated if _needs_its_key(each, inputs, now)]
    if not contests:
        return
    try:
        from runner.cli.contests import opened_contest
    except ModuleNotFoundError:
        ids = ", ".join(f"`{each.id}`" for each in contests)
        yield BadUsage(
            f"whether the key of {ids} is here can't be told", help=how_to_install("contest")
        )
        return
    for each in contests:
        try:
            if opened := opened_contest(inputs.project, each):
                opened.key(context)
        except LedgerUnusable as unusable:
            yield unusable


def _needs_its_key(dated: DatedCampaign, inputs: PlanInputs, now: datetime) -> bool:
    contest, opens = dated.campaign.contest, dated.anchors.get("opens")
    return (
        contest is not None
        and contest.has_key
        and contest.draw is None
        and dated.campaign.accounts[0] in inputs.accounts
        and isinstance(opens, datetime)
        and opens - LOOKS_AHEAD <= now
        and not is_too_late_to_close(dated.anchors, now)
    )
