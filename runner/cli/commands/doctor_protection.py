"""Whether GitHub protects what a run believes: the default branch, and the ledger's."""

from collections.abc import Iterator
from typing import Final

from runner.cli.commands.doctor_health import HealthCheck
from runner.cli.context import CommandContext
from runner.cli.github_job import api_of
from runner.github import Api, default_branch, is_protected, rules_of
from runner.problems import Refused
from runner.stores.ledger_files import PROJECT

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


def protection(context: CommandContext, ledger: str, account: str) -> Iterator[HealthCheck]:
    """Asks GitHub where a workflow, or a person, has said which repository and with which token;
    elsewhere there is nothing to tell. An answer that is none is no failure. Of the branches below
    `ledger` that of one account stands for those of all."""
    if not all(context.environ.get(name) for name in ("GITHUB_REPOSITORY", "GITHUB_TOKEN")):
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
