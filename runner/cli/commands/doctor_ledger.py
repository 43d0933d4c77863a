"""What `doctor` looks at for the ledger: whether it can be read and written, what goes out by it,
what it asks a person, and whether GitHub protects what a run believes."""

import secrets
from collections.abc import Iterator
from typing import Final

from runner.cli.commands.doctor_accounts import HealthCheck
from runner.cli.context import CommandContext
from runner.cli.github_job import api_of, can_be_asked
from runner.cli.stores import is_on_branches, ledger_of
from runner.git import GitFailed
from runner.github import Api, default_branch, is_protected, rules_of
from runner.ledger import Need
from runner.models import Project
from runner.problems import LedgerUnusable, Refused
from runner.stores import PROJECT, published_tip, try_push
from runner.views.phrases import count

GUARDS: Final = frozenset({"deletion", "non_fast_forward"})
"""The rules that keep what a branch has. No run ever deletes or rewrites the ledger's."""
BARS: Final = frozenset(
    {
        "code_scanning",
        "merge_queue",
        "pull_request",
        "required_deployments",
        "required_signatures",
        "required_status_checks",
        "update",
        "workflows",
    }
)
"""Rules that a run can't keep when it pushes to the ledger's branches: GitHub puts the token of a
workflow on no bypass list."""


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


def protection(context: CommandContext, ledger: str, account: str) -> Iterator[HealthCheck]:
    """Asks GitHub where it can be asked; elsewhere there is nothing to tell. An answer that is none
    is no failure. Of the branches below `ledger` that of one account stands for those of all."""
    if not can_be_asked(context):
        return
    api = api_of(context)
    try:
        yield _of_the_default(api, default_branch(api))
        yield _of_the_ledger(api, ledger, (PROJECT, account))
    except Refused as refused:
        yield HealthCheck(
            what=f"which rules protect the branches could not be asked: {refused.message}",
            note=True,
            help="look in Settings, Rules; a private repository of a free plan has none",
        )


def _of_the_default(api: Api, branch: str) -> HealthCheck:
    rules = rules_of(api, branch)
    if "pull_request" in rules or (not rules and is_protected(api, branch)):
        return HealthCheck(what=f"`{branch}` is protected")
    return HealthCheck(
        what=f"who may push can publish: no rule asks for a pull request before `{branch}`",
        note=True,
        help=f"in Settings, Rules, require a pull request, with an approval, for `{branch}`",
    )


def _of_the_ledger(api: Api, ledger: str, names: tuple[str, ...]) -> HealthCheck:
    rules = {f"{ledger}/{name}": rules_of(api, f"{ledger}/{name}") for name in names}
    if barred := sorted(frozenset().union(*rules.values()) & BARS):
        return HealthCheck(
            what=f"a ruleset asks of `{ledger}/*` what no run can do: {', '.join(barred)}",
            note=True,
            help=f"exclude `{ledger}/*` from it, and give these a ruleset of their own; only the "
            "token of an App of yours could bypass it",
        )
    if all(
        found >= GUARDS or (not found and is_protected(api, branch))
        for branch, found in rules.items()
    ):
        return HealthCheck(what=f"no push deletes or rewrites `{ledger}/*`")
    return HealthCheck(
        what=f"who may push can delete or rewrite the ledger: nothing protects `{ledger}/*`",
        note=True,
        help=f"in Settings, Rules, add a branch ruleset for `{ledger}/*`, with Restrict deletions "
        "and Block force pushes, and nothing else",
    )
