"""`runner demo`: runs the example campaigns through a simulated fortnight, on the real path to a
local X."""

import re
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from runner.cli.commands.demo_contest import contest_demo
from runner.cli.commands.demo_inbox import inbox_demo
from runner.cli.commands.demo_report import attend, measured_for, report_demo
from runner.cli.commands.demo_world import SimulatedClock, local_x, say_title
from runner.cli.commands.post_run import PostOptions, PostRun
from runner.cli.commands.preview import preview
from runner.cli.commands.sandbox import local_accounts
from runner.cli.commands.status import status
from runner.cli.commands.validate import ProblemFormat, validate
from runner.cli.context import CommandContext, here
from runner.cli.opened_project import inputs_of, open_project
from runner.models import PROJECT_FILE, Project
from runner.value import replace
from runner.views.phrases import moment

if TYPE_CHECKING:  # an extra, which says how to install it where it is not
    from runner.local_x import Sandbox

START = "2027-02-01T00:00+02:00"
DAYS = 14
ENTRANTS = 500
_LEDGER: Final = re.compile(r"^ledger:.*\n?(?:[ \t#].*\n?|\n)*", re.MULTILINE)
"""The key of runner.yaml, with what is indented or commented below it."""


def command(
    serve: Annotated[
        bool, typer.Option("--serve", help="Keep the local X running afterwards.")
    ] = False,
) -> None:
    """Run the example campaigns through a simulated fortnight against a local X.

    And a contest of 500 entries, whose draw is verified, tampered with, and caught; three people
    who are answered, one of whom complains; and a report of what worked.
    """
    raise typer.Exit(demo(here(), serve=serve))


def demo(
    context: CommandContext, *, serve: bool = False, days: int = DAYS, entrants: int = ENTRANTS
) -> int:
    """Validates, previews, posts `days` days, posts them again, which sends nothing, and shows what
    is out; then runs a contest, answers three people, and reports on what worked. The exit code is
    not 0 where any of this goes wrong."""
    start = datetime.fromisoformat(START)
    folder = context.root / ".runner" / "demo"
    opened = open_project(context)
    inputs = inputs_of(opened, context)
    project = inputs.project
    shutil.rmtree(folder, ignore_errors=True)
    _copy_project(context.root, folder, [*opened.sources, *inputs.assets.media])
    with local_x(local_accounts(project), folder, start) as (sandbox, clock):
        environ = {**context.environ, **sandbox.environment()}
        inside = replace(context, root=folder, clock=clock, environ=environ)
        _seed(inside, sandbox)
        attend(sandbox, project, start, days)
        say_title(context, "runner validate")
        code = validate(inside, format=ProblemFormat.TEXT)
        say_title(context, "runner preview")
        code = code or preview(inside)
        first = _post(inside, clock, start, days, "the first time")
        measured_for(inside, clock, start, days)
        second = _post(inside, clock, start, days, "a second time")
        _show_timeline(inside, sandbox, project)
        context.say(f"\nThe {days} days sent {first} posts; run a second time, they sent {second}.")
        code = code or contest_demo(context, folder / "contest", entrants)
        code = code or inbox_demo(context, folder / "inbox")
        code = code or report_demo(inside, clock, folder / "report.html", start, days)
        if serve:
            _keep_open(context, sandbox)
    return code or (1 if second or not first else 0)


def _copy_project(root: Path, folder: Path, named: Iterable[str]) -> None:
    """Makes a project of the folder, with the files of another one, also those that campaigns name
    elsewhere, and a ledger of its own: what the demonstration leaves can be looked at with every
    command."""
    for name in ("campaigns", "templates"):
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, ignore_dangling_symlinks=True)
    for path in named:
        if (root / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / path, folder / path)
    settings = _LEDGER.sub("", (root / PROJECT_FILE).read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    text = f"{settings.rstrip()}\nledger: {{store: files}}\n"
    (folder / PROJECT_FILE).write_text(text, encoding="utf-8", newline="\n")


def _seed(inside: CommandContext, sandbox: "Sandbox") -> None:
    """Puts the posts of others that the campaigns share onto the local X."""
    inputs = inputs_of(open_project(inside), inside)
    for file in filter(None, (each.source() for each in inputs.dated)):
        reposts = [post.repost for post in file.campaign.posts.values()]
        reposts += [item.repost for each in file.items.values() for item in each.items]
        for repost in filter(None, reposts):
            sandbox.seed(repost.handle, f"A post of @{repost.handle}.", id=repost.id)


def _post(
    inside: CommandContext, clock: SimulatedClock, start: datetime, days: int, which: str
) -> int:
    """Runs `post --wait 24h` once a day, which publishes to the second; the number of posts
    sent."""
    say_title(inside, f"runner post --wait 24h, on {days} days, {which}")
    quiet = replace(inside, talk=StringIO())
    sent = 0
    for day in range(days):
        clock.set(start + timedelta(days=day))
        outcome = PostRun(quiet, PostOptions(wait=timedelta(hours=24))).run().outcome
        sent += len(outcome.sent)
    inside.say(f"{sent} posts sent {which}")
    return sent


def _show_timeline(inside: CommandContext, sandbox: "Sandbox", project: Project) -> None:
    say_title(inside, "the timeline, newest first")
    names = {sandbox.account(name).person.user_id: name for name in project.accounts}
    ours = [post for post in sandbox.timeline() if post.author in names]
    for post in ours[:12]:
        name = names[post.author]
        at = moment(post.at.astimezone(project.zone_of(name)))
        said = post.text.splitlines()[0] if post.text else "(repost)"
        inside.say(f"@{project.accounts[name].handle:<14} {at}  {said}")
    inside.say(f"… {len(ours)} posts in all")
    say_title(inside, "runner status")
    status(inside)


def _keep_open(context: CommandContext, sandbox: "Sandbox") -> None:
    context.say(f"\nThe timeline is at {sandbox.url} until you press Ctrl-C.")
    try:
        while True:
            context.clock.sleep(3600)
    except KeyboardInterrupt:
        pass
