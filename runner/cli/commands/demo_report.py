"""The report of `runner demo`: an audience that likes evenings, rivals, and what is measured."""

import sys
from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

from runner.cli.commands.demo_world import SimulatedClock, say_title
from runner.cli.commands.measure import measure
from runner.cli.commands.report import AskedReport, ReportFormat, report
from runner.cli.context import CommandContext
from runner.models import Project
from runner.value import replace

if TYPE_CHECKING:  # an extra, which says how to install it where it is not
    from runner.local_x import Sandbox

LISTENS_AT: Final = time(20)
"""When the command measures: by then the posts of two days ago, at whatever slot, are 48 hours
old."""
_OLD: Final = timedelta(days=2)
_FOLLOWERS: Final = 1_200
"""Of the first account, as the year begins."""


def attend(sandbox: "Sandbox", project: Project, start: datetime, days: int) -> None:
    """Gives the local X people who answer in the evening, accounts of which each has fewer
    followers than the one before, and is seen less, and rivals, each of which posts less often than
    the one before, to fewer followers."""
    from runner.local_x import Audience, Effect, brand_acts, user_id

    users = [user_id(account.handle) for account in project.accounts.values()]
    shares = {user: 1 / place for place, user in enumerate(users, start=1)}
    followers_of = {user: int(_FOLLOWERS * share) for user, share in shares.items()}
    for place, rival in enumerate(project.rivals, start=1):
        followers_of[user_id(rival.handle)] = 2 * _FOLLOWERS // place
        acts = brand_acts(rival.handle, since=start, days=days, a_day=3 / place, seed=place)
        sandbox.play(acts)
    sandbox.attend(
        Audience(
            reach=1_500,
            followers=_FOLLOWERS,
            new_followers=6,
            followers_of=followers_of,
            effects=(
                Effect(hours=(16, 17), interest=3),
                *(Effect(by=user, reach=share) for user, share in shares.items()),
            ),
        )
    )


def measured_for(inside: CommandContext, clock: SimulatedClock, start: datetime, days: int) -> None:
    """Measures once a day, until the last posts are two days old."""
    say_title(inside, "runner measure, once a day")
    quiet = replace(inside, out=StringIO(), talk=StringIO())
    for day in range(days + _OLD.days):
        clock.set(datetime.combine(start.date() + timedelta(days=day), LISTENS_AT, start.tzinfo))
        measure(quiet)
    inside.say(f"measured on {days + _OLD.days} days")


def report_demo(
    inside: CommandContext, clock: SimulatedClock, page: Path, start: datetime, days: int
) -> int:
    """Prints the report of the demonstration, writes the page with all of it, and says how to ask
    for more."""
    say_title(inside, "runner report")
    clock.set(start + timedelta(days=days) + _OLD)
    said = StringIO()
    since, until = start.date(), start.date() + timedelta(days=days - 1)
    asked = AskedReport(since=f"{since}", until=f"{until}")
    report(replace(inside, out=said), asked)
    name_of_period, comes_to, *_ = said.getvalue().split("\n\n")
    inside.say(f"{name_of_period}\n\n{comes_to}")
    report(replace(inside, talk=StringIO()), replace(asked, format=ReportFormat.HTML, output=page))
    inside.say(f"\nAll of it is on a page: {page}")
    inside.say("To ask for more of it (`--format`, `--account`, `--campaign`):")
    now = clock.now().isoformat(timespec="minutes")
    asks = f"report --from {since} --to {until} --now {now}"
    inside.say(f"cd {quote(f'{inside.root}')} && {quote(sys.executable)} -m runner {asks}")
    return 0
