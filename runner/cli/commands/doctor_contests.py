"""What `doctor` checks of contests that anyone can check: their keys and promises, whether a
workflow reads their entries, and whether everyone can read their list."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from runner.cli.commands.doctor_accounts import HealthCheck
from runner.cli.contest_posts import announcement_id
from runner.cli.contests import NotYet, OpenedContest, opened_contest
from runner.cli.context import CommandContext
from runner.cli.github_job import api_of, can_be_asked
from runner.contest import is_collected
from runner.durations import in_words
from runner.github import is_private, last_success
from runner.plan import PlanInputs
from runner.problems import Refused, Stop

_WORKFLOWS: Final = Path(".github/workflows")
_LISTENS: Final = re.compile(r"\blisten\.yml@|\brunner collect\b")
"""Stands in each workflow that reads entries: it calls listen.yml, or reads them itself."""
_SILENT: Final = timedelta(hours=12)
"""How long that workflow may go without a success: it starts every three hours, and GitHub leaves
some of these out."""


def contest_findings(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """The findings about contests with a key on these accounts; about workflows and lists only
    where the ledger is on branches, so that workflows publish."""
    yield from _promises(context, inputs)
    if inputs.project.ledger.on_branches:
        yield from _entry_reading(context, inputs)
        yield from _uncheckable_lists(context, inputs)


def _promises(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """A finding for each contest with a key that is not drawn yet."""
    for each in inputs.dated:
        contest, account = each.campaign.contest, each.campaign.accounts[0]
        if contest is None or not contest.has_key or contest.is_drawn:
            continue
        if account in inputs.accounts and (opened := opened_contest(inputs.project, each)):
            yield _promise(context, opened)


def _promise(context: CommandContext, contest: OpenedContest) -> HealthCheck:
    """Whether the contest has its key, and still promises what was announced."""
    id = contest.file.id
    try:
        contest.key(context)
        announcement_id(context, contest)
    except NotYet:
        return HealthCheck(what=f"`{id}` has its key; it is not announced yet")
    except Stop as stop:
        return HealthCheck(what=f"`{id}`: {stop.message}", code=stop.exit_code, help=stop.help)
    return HealthCheck(what=f"`{id}` has its key, and promises what was announced")


def _entry_reading(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """One finding, whether a workflow reads entries; none where no contest with a key is still to
    close."""
    now = context.clock.now()
    closes = [
        (each, at)
        for each in inputs.dated
        if (contest := each.campaign.contest) and contest.has_key and contest.draw is None
        if isinstance(at := each.anchors.get("closes"), datetime) and now < at
    ]
    if not closes:
        return
    file = _workflow(context.repository)
    if file is None:
        ids = ", ".join(f"`{each.id}`" for each, _ in closes)
        yield HealthCheck(
            what=f"no workflow here reads the entries of {ids}",
            note=True,
            help="add listen.yml, or a workflow that calls it; or run `runner collect` every hour",
        )
        return
    is_open = any(
        (contest := each.campaign.contest) and is_collected(contest, each.anchors, now)
        for each, _ in closes
    )
    yield (
        _last_success(context, file, now) if is_open else HealthCheck(what=f"{file} reads entries")
    )


def _workflow(repository: Path) -> str | None:
    """The name of the workflow's file that reads entries; None without one."""
    for path in sorted((repository / _WORKFLOWS).glob("*.y*ml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.name == "listen.yml" or _LISTENS.search(text):
            return path.name
    return None


def _last_success(context: CommandContext, file: str, now: datetime) -> HealthCheck:
    """A finding about when the workflow last succeeded, as far as GitHub can be asked."""
    if not can_be_asked(context):
        return HealthCheck(what=f"{file} reads entries; when it last did only GitHub knows")
    try:
        last = last_success(api_of(context), file)
    except Refused as refused:
        return HealthCheck(
            what=f"when {file} last read entries could not be asked: {refused.message}",
            note=True,
            help="look in Actions whether it runs",
        )
    if last and now - last <= _SILENT:
        return HealthCheck(what=f"{file} last read entries {in_words(now - last)} ago")
    said = f"last succeeded {in_words(now - last)} ago" if last else "has never succeeded"
    return HealthCheck(
        what=f"{file} {said}, and a contest is open",
        note=True,
        help="see in Actions what its last run says, or whether it is switched off",
    )


def _uncheckable_lists(context: CommandContext, inputs: PlanInputs) -> Iterator[HealthCheck]:
    """A finding about contests whose losers can't read the list, since the repository is
    private."""
    contests = ((each.id, each.campaign.contest) for each in inputs.dated)
    ids = [
        f"`{id}`"
        for id, contest in contests
        if contest and contest.has_key and not contest.is_drawn and not contest.copy_at
    ]
    if not ids or not can_be_asked(context):
        return
    try:
        private = is_private(api_of(context))
    except Refused:
        return  # the findings about the protection of branches tell that GitHub refused
    if private:
        yield HealthCheck(
            what=f"the repository is private, so that nobody who lost can check {', '.join(ids)}",
            note=True,
            help="write `copy-at` into the contest's file, and publish its list there: "
            "runner contest publish",
        )
