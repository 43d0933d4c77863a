"""Accounts whose user the ledger knows by another id: nothing is sent as one of them."""

from collections.abc import Iterable
from dataclasses import replace

from runner.ledger import Facts
from runner.models.project import Project
from runner.plan.action import Action, Plan, Verb
from runner.rules import known_as


def strangers(project: Project, facts: Facts) -> dict[str, str]:
    """Accounts of runner.yaml that never were entered, with the id under which posts went out as
    their handle."""
    known = facts.origin.users if facts.origin else {}
    handles = dict(_handles(facts))
    return {
        account: handles[handle]
        for account, declared in project.accounts.items()
        if account not in known and (handle := declared.handle.casefold()) in handles
        if handles[handle] != account
    }


def _handles(facts: Facts) -> Iterable[tuple[str, str]]:
    """The handle in the address of what went out, and the account that it went out as."""
    for standing in facts.standings.values():
        for posted in standing.posted:
            if posted.handle:
                yield posted.handle.casefold(), standing.key.account


def as_post_would(plan: Plan, project: Project, facts: Facts) -> Plan:
    """The same plan, but nothing is shown to go out as a stranger: `post` asks X whose credentials
    it has, and refuses."""
    known = strangers(project, facts)
    return replace(plan, actions=tuple(_refused_action(each, known) for each in plan.actions))


def _refused_action(action: Action, known: dict[str, str]) -> Action:
    name = known.get(action.key.account)
    if name is None or action.verb not in (Verb.PUBLISH, Verb.WAIT):
        return action
    account = action.key.account
    because = known_as(account, name)
    if action.verb is Verb.PUBLISH:
        return replace(action, verb=Verb.ASK, because=because)
    return replace(action, in_vain=because)
