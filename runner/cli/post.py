"""`runner post`: publishes what is due, once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.durations import duration
from runner.cli.local import is_local, set_local_clock
from runner.cli.options import Accounts, Campaigns, Now
from runner.cli.outside import Outside, at, here
from runner.problems import BadUsage, LedgerUnusable

if TYPE_CHECKING:
    from runner.apply import Outcome, World
    from runner.apply.ports import Ledger
    from runner.cli.opening import Opened
    from runner.plan import Desk, Plan
    from runner.schedule import Occurrence

NEAR = timedelta(days=7)
"""How far ahead a run looks, to say what is next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    dry_run: bool = False
    accounts: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run did, and what its last look at the files and the ledger left to do."""

    outcome: "Outcome"
    last: "Outcome"
    """Of its last look: what it was not able to send then is still due."""
    plan: "Plan"
    opened: "Opened"


def command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; send nothing.")
    ] = False,
    account: Accounts = None,
    campaign: Campaigns = None,
    wait: Annotated[
        str | None,
        typer.Option("--wait", help="Stay for what falls due within this time: 10m, 5h30m."),
    ] = None,
    now: Now = None,
) -> None:
    """Publish everything that is due and within its grace, once, and record it."""
    outside = here()
    if now:
        if not (dry_run or is_local(outside)):
            raise BadUsage(
                "--now is for trying things out",
                help="add --dry-run, or set X_API_URL to a sandbox on this machine",
            )
        outside = replace(outside, clock=at(now))
        if not dry_run:
            set_local_clock(outside)
    asked = Asked(
        dry_run=dry_run,
        accounts=tuple(account or ()),
        campaigns=tuple(campaign or ()),
        wait=duration(wait) if wait else timedelta(0),
    )
    raise typer.Exit(post(outside, asked))


def post(outside: Outside, asked: Asked) -> int:
    """One run, and how it ended."""
    return _conclude(outside, asked, run(outside, asked))


def run(outside: Outside, asked: Asked) -> Ran:
    """Does everything due now, and with `wait` what falls due while it stays.

    After each sleep files, ledger and clock are read anew. Results are shown as they come.
    """
    _refuse_to_forget(outside, asked)
    stay_until = outside.clock.now() + asked.wait
    ran = _once(outside, asked)
    while not asked.dry_run and (pause := _pause(ran, outside.clock.now(), stay_until)) is not None:
        outside.tell(f"Waiting {pause:.0f} seconds for what is next.")
        outside.clock.sleep(pause)
        more = _once(outside, asked)
        ran = replace(more, outcome=ran.outcome.and_then(more.outcome))
    return ran


def _once(outside: Outside, asked: Asked) -> Ran:
    from runner.apply import Outcome, apply
    from runner.cli.ledger import ledger_of
    from runner.cli.opening import desk_of, open_project
    from runner.cli.selection import only

    opened = open_project(outside)
    desk = only(desk_of(opened, outside), accounts=asked.accounts, campaigns=asked.campaigns)
    ledger = ledger_of(outside, desk.project)
    plan = plan_now(desk, ledger, outside.clock.now())
    ran = Ran(outcome=Outcome(), last=Outcome(), plan=plan, opened=opened)
    if asked.dry_run or not ran.plan.changes_something:
        return ran
    world = _world(outside, desk, ledger, opened.workspace.media)
    whole = () if asked.campaigns else desk.accounts
    with ledger.held():
        while True:
            plan = plan_now(desk, ledger, outside.clock.now())
            done = apply(plan, project=desk.project, world=world, accounts=whole)
            ran = replace(ran, outcome=ran.outcome.and_then(done), last=done)
            # what went out may be what another post has waited for
            if not done.goes_on:
                return replace(ran, plan=plan_now(desk, ledger, outside.clock.now()))


def plan_now(desk: "Desk", ledger: "Ledger", now: datetime) -> "Plan":
    """The plan of what is due now and soon."""
    from runner.plan import need_of, plan

    occurrences = look_ahead(desk, ledger, now, now + NEAR)
    facts = ledger.read(need_of(occurrences, accounts=desk.project.accounts, now=now))
    return plan(desk, occurrences, facts, now=now, texts="due")


def look_ahead(
    desk: "Desk", ledger: "Ledger", now: datetime, until: datetime
) -> "tuple[Occurrence, ...]":
    """What may still go out, what was missed since the last look, and what is to come."""
    from runner.ledger import Need

    return desk.occurrences(now=now, until=until, accounted=ledger.read(Need()).accounted)


def _world(
    outside: Outside, desk: "Desk", ledger: "Ledger", media: Callable[[str], bytes]
) -> "World":
    import secrets

    from runner.apply import Run, World
    from runner.cli.publishing import publisher_of
    from runner.views.outcome_text import result_as_text

    return World(
        publisher_for=lambda account: publisher_of(account, desk.project, outside),
        ledger=ledger,
        clock=outside.clock,
        read_media=media,
        run=Run(id=outside.run_id, commit=outside.commit(), new_id=lambda: secrets.token_hex(12)),
        watch=lambda result: outside.say(
            result_as_text(result, color=outside.colored(outside.out))
        ),
    )


def _pause(ran: Ran, now: datetime, stay_until: datetime) -> float | None:
    """Seconds until the next look; None when nothing falls due while the run stays."""
    moments = (ran.plan.next_look(), ran.last.retry_at)
    # a moment that is over would make a loop without a pause, which X would see as hammering
    looks = [each for each in moments if each and each > ran.plan.now]
    if not looks or min(looks) > stay_until or ran.last.refused:
        return None
    return max((min(looks) - now).total_seconds(), 0.0)


def _conclude(outside: Outside, asked: Asked, ran: Ran) -> int:
    from runner.views.outcome_text import outcome_as_text
    from runner.views.plan_text import plan_as_text

    color = outside.colored(outside.out)
    if asked.dry_run:
        outside.say(plan_as_text(ran.plan, color=color))
    else:
        outside.say(outcome_as_text(ran.outcome, ran.plan, color=color))
    if ran.opened.errors:
        from runner.views.problems import as_text

        outside.tell(as_text(ran.opened.problems, ran.opened.sources))
    if ran.last.refused or ran.last.unsent:
        return 4
    if ran.plan.needs_a_person or ran.outcome.needs_a_person:
        return 3
    return 1 if ran.opened.errors else 0


def _refuse_to_forget(outside: Outside, asked: Asked) -> None:
    if outside.on_actions and not asked.dry_run and not is_local(outside):
        raise LedgerUnusable(
            "on GitHub Actions the files store would forget what went out, and post it again",
            help="run `runner post` from cron on a machine that stays, or wait for the git store",
        )
