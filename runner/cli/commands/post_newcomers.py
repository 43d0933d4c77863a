"""Accounts that nobody has set up yet: those of a fresh copy of the template."""

from collections.abc import Sequence

from runner.cli.context import CommandContext
from runner.cli.github_job import summarise
from runner.cli.ledger_store import ledger_of
from runner.cli.opened_project import inputs_of
from runner.cli.published_project import open_published
from runner.ledger import Need
from runner.models.project import Project
from runner.views.markdown.escaping import plain
from runner.x.auth import ENDINGS, presence


def all_new(context: CommandContext, accounts: Sequence[str]) -> bool:
    """Whether none of the accounts of a run has a credential, or has ever posted; says so.

    Part of the credentials is a mistake, and so are none where there were some. Raises BadFiles,
    LedgerUnusable.
    """
    if _any_present(context, accounts):  # as is most often so, and then nothing is read twice
        return False
    project = inputs_of(open_published(context), context).project
    names = accounts or tuple(project.accounts)
    if _any_present(context, names):
        return False
    origin = ledger_of(context, project, accounts=()).read(Need()).origin
    if origin and set(names) & origin.users.keys():
        return False
    _tell(context, project, [each for each in names if each in project.accounts])
    return True


def _any_present(context: CommandContext, names: Sequence[str]) -> bool:
    alone = len(names) == 1
    return any(presence(each, context.environ, only_account=alone).present for each in names)


def _tell(context: CommandContext, project: Project, names: Sequence[str]) -> None:
    for name in names:
        handle = project.accounts[name].handle
        variables = ", ".join(f"X_{ending}" for ending in ENDINGS)
        said = (
            f"Nothing goes out as @{handle}: `{name}` has no credentials, and has never posted. "
            f"On GitHub, add {variables} to the environment `x-{name}`."
        )
        context.say(f"::warning title=Not set up yet::{said}" if context.on_actions else said)
        summarise(context, f"{plain(said)}\n")
