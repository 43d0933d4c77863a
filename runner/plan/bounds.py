"""What an account and its money allow: the threshold, the gap between posts, the budgets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from runner.ledger import Facts
from runner.plan.action import Action, Verb
from runner.project import Project


def bounded(
    actions: Iterable[Action], *, project: Project, facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """The same actions, with those held back that would break a bound. In order of (due, key)."""
    ordered = sorted(actions, key=lambda action: (action.occurrence.due, str(action.key)))
    return within_budget(
        spaced(_below_threshold(ordered, project), project=project, facts=facts, now=now),
        project=project,
        facts=facts,
        now=now,
    )


def _below_threshold(actions: Iterable[Action], project: Project) -> tuple[Action, ...]:
    listed = tuple(actions)
    due: dict[str, int] = defaultdict(int)
    for action in listed:
        due[action.key.account] += action.verb is Verb.PUBLISH
    return tuple(
        replace(action, verb=Verb.ASK, because=f"{due[account]} posts are overdue at once")
        if action.verb is Verb.PUBLISH and due[account := action.key.account] > project.threshold
        else action
        for action in listed
    )


def spaced(
    actions: Iterable[Action], *, project: Project, facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """Keeps `min-gap` between the sends of an account. The rest of a thread waits for nothing."""
    gap = project.rules.min_gap
    last: dict[str, datetime] = {}
    for sent in facts.journal:
        account = sent.key.account
        last[account] = max(sent.at, last.get(account, sent.at))
    found = []
    for action in actions:
        account = action.key.account
        if action.verb is Verb.PUBLISH and action.resumes_at == 1:
            free = last.get(account, datetime.min.replace(tzinfo=UTC) + timedelta(days=1)) + gap
            if free > now:
                minutes = int(gap.total_seconds() // 60)
                action = replace(
                    action,
                    verb=Verb.WAIT,
                    because=f"{minutes} minutes lie between two posts of an account",
                    again_at=free,
                )
            else:
                last[account] = now
        found.append(action)
    return tuple(found)


def spent_in(facts: Facts, now: datetime) -> Decimal:
    """USD of the calendar month of `now` (UTC): what went out, and what is reserved."""
    month = f"{now.astimezone(UTC):%Y-%m}"
    sent = [line.cost for line in facts.journal if f"{line.at.astimezone(UTC):%Y-%m}" == month]
    reserved = [standing.reserved for standing in facts.standings.values()]
    return sum([*sent, *reserved], Decimal(0))


def within_budget(
    actions: Iterable[Action], *, project: Project, facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """Asks for what would pass the month's budget or its campaign's."""
    month = spent_in(facts, now)
    campaigns: dict[str, Decimal] = dict(_spent_by_campaign(facts))
    found = []
    for action in actions:
        if action.verb is Verb.PUBLISH:
            mine = campaigns.get(action.key.campaign, Decimal(0))
            limit = action.occurrence.file.campaign.budget
            if project.monthly_budget is not None and month + action.cost > project.monthly_budget:
                why = f"the month's budget of {project.monthly_budget} USD would be passed"
                action = replace(action, verb=Verb.ASK, because=why)
            elif limit is not None and mine + action.cost > limit:
                why = f"the campaign's budget of {limit} USD would be passed"
                action = replace(action, verb=Verb.ASK, because=why)
            else:
                month += action.cost
                campaigns[action.key.campaign] = mine + action.cost
        found.append(action)
    return tuple(found)


def _spent_by_campaign(facts: Facts) -> Mapping[str, Decimal]:
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for key, standing in facts.standings.items():
        posted = sum((entry.cost for entry in standing.posted), Decimal(0))
        spent[key.campaign] += posted + standing.reserved
    return spent
