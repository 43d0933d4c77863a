"""What `doctor` looks at for the ledger: whether it can be read and written, what goes out by it,
and what it asks a person."""

import secrets
from collections.abc import Iterator

from runner.cli.commands.doctor_health import HealthCheck
from runner.cli.commands.doctor_protection import protection
from runner.cli.context import CommandContext
from runner.cli.ledger_store import is_on_branches, ledger_of
from runner.git import GitFailed
from runner.ledger import Need
from runner.models.project import Project
from runner.problems import LedgerUnusable
from runner.stores.project_store import published_tip
from runner.stores.push_check import try_push
from runner.views.phrases import count


def ledger_findings(context: CommandContext, project: Project) -> Iterator[HealthCheck]:
    try:
        if is_on_branches(context, project):
            yield _check_published(context)
        facts = ledger_of(context, project).read(Need())
    except LedgerUnusable as error:
        yield HealthCheck(
            what=f"the ledger: {error.message}", code=error.exit_code, help=error.help
        )
        return
    if project.ledger.on_branches:
        yield _push(context, project, is_new=facts.origin is None)
        yield from protection(context, project.ledger.branch, min(project.accounts))
    elif context.on_actions:
        yield HealthCheck(
            what="the ledger is in a folder, which GitHub Actions throws away after each run",
            code=LedgerUnusable.exit_code,
            help="write `ledger: {store: git}` in runner.yaml",
        )
    for why in facts.damaged.values():
        yield HealthCheck(what=f"the ledger: {why.message}", code=why.exit_code, help=why.help)
    asks = [
        each
        for each in facts.unsettled
        if not (each.looked_for or each.half) or each.key.account not in project.accounts
    ]
    if asks:
        yield HealthCheck(
            what=f"the ledger: {count(len(asks), 'post needs', 'posts need')} a person",
            code=3,
            help="runner status",
        )
    else:
        yield HealthCheck(what="the ledger can be read; nothing in it needs a person")


def _check_published(context: CommandContext) -> HealthCheck:
    """Which files go out. Raises LedgerOutOfReach."""
    tip = published_tip(context.root, context.environ, clock=context.clock)
    commit = tip.commit[:9]
    if tip.checkout.committed_ids() == tip.declared:
        return HealthCheck(what=f"what is committed here is what goes out ({commit})")
    return HealthCheck(
        what=f"what goes out is what the default branch says ({commit}), which is not here",
        note=True,
        help="`git pull` brings it here; what is only here goes out once it is merged",
    )


def _push(context: CommandContext, project: Project, *, is_new: bool) -> HealthCheck:
    """Whether this machine may write the ledger. `is_new`: its branches were never pushed, and
    only the first post will tell whether a rule of the repository forbids that."""
    ref = f"refs/runner/doctor-{secrets.token_hex(4)}"
    try:
        try_push(context.root, context.environ, ref)
    except (GitFailed, LedgerUnusable) as failed:
        return HealthCheck(
            what=f"the ledger can't be pushed ({ref} was tried): {failed.message}",
            code=LedgerUnusable.exit_code,
            help=failed.help,
        )
    rulesets = f"a ruleset on all branches has to exclude `{project.ledger.branch}/*`"
    return HealthCheck(
        what=f"this machine may push: {ref} was pushed, and deleted again",
        help=rulesets if is_new else None,
    )
