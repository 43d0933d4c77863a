"""`runner report --propose-slots`: better hours for slots, and the change of runner.yaml that moves
them; on GitHub as a pull request."""

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Final

from runner.cli.context import CommandContext
from runner.cli.github_job import api_of
from runner.cli.opened_project import OpenedProject
from runner.git import Checkout, GitFailed, propose
from runner.github import default_branch, open_pull, start
from runner.models import PROJECT_FILE, Project
from runner.problems import Refused, Route
from runner.report import SlotProposal
from runner.sources import Source
from runner.views.markdown.report import table_as_markdown
from runner.views.report.rhythm import slots_table
from runner.views.terminal.report import table_as_text

BRANCHES: Final = "runner-slots"
CHECK: Final = "preview.yml"
"""The workflow that checks what is proposed."""
_TITLE: Final = "Move slots to better hours"
_TEXT: Final = """\
By how many people saw our own posts in their first 48 hours, beside other posts of the same account
and month. What an hour did is drawn nearer to the mean, the fewer posts it rests on.

{table}
Merging this moves what is still to come. Nothing that is out is sent again.
"""


def slots_of(project: Project, accounts: Collection[str]) -> dict[str, dict[str, time]]:
    """The slots of each of these accounts, with the project's."""
    return {
        name: {**project.slots, **account.slots}
        for name, account in project.accounts.items()
        if name in accounts
    }


def tell_proposals(
    context: CommandContext, opened: OpenedProject, found: Sequence[SlotProposal], today: date
) -> int:
    """Shows those of slots that are used; where a workflow runs, opens a pull request that moves
    what can be moved."""
    used = [each for each in found if each.is_used]
    if not used:
        context.say("No post of these days went out at a slot.")
        return 0
    context.say("\n".join(table_as_text(slots_table(used))))
    source, project = opened.sources.get(PROJECT_FILE), opened.project
    if source is None or project is None:
        return 0
    edits = edits_of(project, found)
    if not any(each.better for each in used):
        context.say("No slot has a surely better hour: leave runner.yaml as it is.")
    for route, (now, better) in edits.items():
        context.say(f"runner.yaml, {'.'.join(map(str, route))}: {now:%H:%M} → {better:%H:%M}")
    for each in used:
        if each.better and not {("slots", each.slot), _own(each)} & edits.keys():
            write = f"{'.'.join(_own(each))}: {each.better.at:%H:%M}"
            context.say(f"{each.slot} is not {each.account}'s alone: to move it, write {write}")
    if edits and context.on_actions:
        _propose(context, edited(source, edits), used, today)
    return 0


def edits_of(project: Project, found: Sequence[SlotProposal]) -> dict[Route, tuple[time, time]]:
    """What to write where. A slot of the project that several accounts share is moved where it was
    looked at for all of them, and those that post at it have the same better hour."""
    edits: dict[Route, tuple[time, time]] = {}
    looked_at = {each.account for each in found}
    for slot, now in project.slots.items():
        sharing = [name for name, each in project.accounts.items() if slot not in each.slots]
        mine = [
            each for each in found if each.slot == slot and each.account in sharing and each.is_used
        ]
        hours = {each.better.at if each.better else None for each in mine}
        if looked_at.issuperset(sharing) and len(hours) == 1 and (at := hours.pop()):
            edits["slots", slot] = now, at
    for each in found:
        if each.better and each.is_used and each.slot in project.accounts[each.account].slots:
            edits[_own(each)] = each.now, each.better.at
    return edits


def _own(proposal: SlotProposal) -> tuple[str, ...]:
    """Where the account has a slot of its own."""
    return ("accounts", proposal.account, "slots", proposal.slot)


def edited(source: Source, edits: dict[Route, tuple[time, time]]) -> str:
    """The file with these values, and all else as it was."""
    lines = source.text.split("\n")
    spans = {source.map.values[route]: better for route, (_, better) in edits.items()}
    for span in sorted(spans, key=lambda each: each.start, reverse=True):
        line = lines[span.line - 1]
        before, value, after = (
            line[: span.column - 1],
            line[span.column - 1 : span.end_column - 1],
            line[span.end_column - 1 :],
        )
        quote = value[0] if value[0] in "'\"" else ""
        lines[span.line - 1] = f"{before}{quote}{spans[span]:%H:%M}{quote}{after}"
    return "\n".join(lines)


def _propose(
    context: CommandContext, text: str, found: Sequence[SlotProposal], today: date
) -> None:
    """Opens a pull request with these slots, unless the same day has one. Raises Refused."""
    branch, api = f"{BRANCHES}/{today:%Y-%m-%d}", api_of(context)
    try:
        checkout = Checkout(context.root, context.environ)
        is_new = propose(
            checkout, context.environ, branch, PROJECT_FILE, text.encode(), f"{_TITLE}\n"
        )
    except GitFailed as failed:
        raise Refused(
            f"the branch {branch} can't be pushed: {failed.message}", help=failed.help
        ) from None
    if not is_new:
        context.say(f"{branch} was proposed before.")
        return
    body = _TEXT.format(table="\n".join(table_as_markdown(slots_table(found))))
    number = open_pull(api, branch=branch, into=default_branch(api), title=_TITLE, text=body)
    start(api, CHECK, branch=branch, inputs={"pull": str(number)})
    context.say(f"Pull request {number} moves them, once it is merged.")
