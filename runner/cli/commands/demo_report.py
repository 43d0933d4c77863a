"""The report of `runner demo`: an audience that likes evenings, rivals, and what is measured."""

from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
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


def attend(sandbox: "Sandbox", project: Project, start: datetime, days: int) -> None:
    """Gives the local X people who answer in the evening, and rivals, each of which posts less
    often than the one before, to fewer followers."""
    from runner.local_x import Audience, Effect, brand_acts, user_id

    followers_of = {}
    for place, rival in enumerate(project.rivals, start=1):
        followers_of[user_id(rival.handle)] = 2_400 // place
        acts = brand_acts(rival.handle, since=start, days=days, a_day=3 / place, seed=place)
        sandbox.play(acts)
    sandbox.attend(
        Audience(
            reach=1_500,
            followers=1_200,
            new_followers=6,
            followers_of=followers_of,
            effects=(Effect(hours=(16, 17), interest=3),),
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
    """Prints the report of the demonstration, and writes the page with all of it."""
    say_title(inside, "runner report")
    clock.set(start + timedelta(days=days) + _OLD)
    said = StringIO()
    asked = AskedReport(since=f"{start.date()}", until=f"{start.date() + timedelta(days=days - 1)}")
    report(replace(inside, out=said), asked)
    name_of_period, comes_to, *_ = said.getvalue().split("\n\n")
    inside.say(f"{name_of_period}\n\n{comes_to}")
    report(replace(inside, talk=StringIO()), replace(asked, format=ReportFormat.HTML, output=page))
    inside.say(f"\nAll of it is on a page: {page}")
    return 0
