"""What an account and its money allow: the threshold, the budgets, the gap between posts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

from runner.bugs import Bug, contained
from runner.durations import in_words
from runner.ledger import Attempting, Facts
from runner.models.project import Project
from runner.plan.action import Action, Verb


def bounded(
    actions: Iterable[Action], *, project: Project, facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """The same actions, with those held back that would break a bound. In order of (due, key).

    Money before the gap, so that what can't be paid keeps nobody waiting.
    """
    ordered = tuple(sorted(actions, key=lambda action: action.order))
    few = _below_threshold(ordered, project)
    return _spaced(_within_budget(few, project, facts, now), project, facts, now)


def _below_threshold(actions: tuple[Action, ...], project: Project) -> tuple[Action, ...]:
    due: dict[str, int] = defaultdict(int)
    for action in actions:
        due[action.key.account] += action.verb is Verb.PUBLISH
    return tuple(
        replace(action, verb=Verb.ASK, because=f"{due[account]} posts are overdue at once")
        if action.verb is Verb.PUBLISH and due[account := action.key.account] > project.threshold
        else action
        for action in actions
    )


def _within_budget(
    actions: Iterable[Action], project: Project, facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """Asks for what would pass the month's budget or its campaign's. The rest of a thread was paid
    for, and reserved, when it began."""
    month = spent_in(facts, now)
    campaigns = _spent_by_campaign(facts)
    found = []
    for action in actions:
        if action.verb is Verb.PUBLISH and action.resumes_at == 1:
            campaign = action.key.campaign
            weighed = contained(
                "weighing the cost of",
                action.key,
                partial(_weighed, action, project.monthly_budget, month, campaigns[campaign]),
            )
            if isinstance(weighed, Decimal):
                month += weighed
                campaigns[campaign] += weighed
            else:
                action = action.asking(weighed.told if isinstance(weighed, Bug) else weighed)
        found.append(action)
    return tuple(found)


def _weighed(
    action: Action, budget: Decimal | None, month: Decimal, spent: Decimal
) -> Decimal | str:
    """What an action adds to what was spent in the month and by its campaign, in USD; or which
    budget it would pass."""
    # what is sent once more has its cost reserved already
    cost = action.cost - (action.standing.reserved if action.standing else 0)
    limit = action.occurrence.file.campaign.budget
    if budget is not None and month + cost > budget:
        return f"the month's budget of {budget} USD would be passed"
    if limit is not None and spent + cost > limit:
        return f"the campaign's budget of {limit} USD would be passed"
    return cost


def _spaced(
    actions: Iterable[Action], project: Project, facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """Keeps `min-gap` between the sends of an account. The rest of a thread, and what may be out
    already, wait for nothing."""
    gap = project.rules.min_gap
    last = dict(_last_sends(facts))
    found = []
    for action in actions:
        if action.verb is Verb.PUBLISH:
            look = partial(_in_its_turn, action, gap, last.get(action.key.account), now)
            spaced = contained("spacing", action.key, look)
            action = action.asking(spaced.told) if isinstance(spaced, Bug) else spaced
            if action.verb is Verb.PUBLISH:
                last[action.key.account] = now
        found.append(action)
    return tuple(found)


def _in_its_turn(action: Action, gap: timedelta, last: datetime | None, now: datetime) -> Action:
    """The action, or that it waits until its account's gap since the `last` send is over."""
    free = last + gap if last else now
    again = action.standing is not None and action.standing.doubtful
    if not gap or action.resumes_at != 1 or again or free <= now:
        return action
    because = f"the posts of an account are {in_words(gap)} apart at least"
    return replace(action, verb=Verb.WAIT, because=because, again_at=free)


def _last_sends(facts: Facts) -> Mapping[str, datetime]:
    """When each account last sent something, as far as it is known or feared."""
    last: dict[str, datetime] = {}
    sends = [(sent.key.account, sent.at) for sent in facts.journal]
    for standing in facts.unsettled:
        if standing.may_be_out:
            sends += [
                (standing.key.account, entry.at)
                for entry in standing.entries
                if isinstance(entry, Attempting)
            ]
    for account, at in sends:
        last[account] = max(at, last.get(account, at))
    return last


def spent_in(facts: Facts, now: datetime) -> Decimal:
    """USD of the calendar month of `now` (UTC): what went out, and what is reserved."""
    month = f"{now.astimezone(UTC):%Y-%m}"
    sent = [line.cost for line in facts.journal if f"{line.at.astimezone(UTC):%Y-%m}" == month]
    reserved = [standing.reserved for standing in facts.standings.values()]
    return sum([*sent, *reserved, *facts.feared.values()], Decimal(0))


def _spent_by_campaign(facts: Facts) -> dict[str, Decimal]:
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for key, standing in facts.standings.items():
        posted = sum((entry.cost for entry in standing.posted), Decimal(0))
        spent[key.campaign] += posted + standing.reserved
    for key, cost in facts.feared.items():
        spent[key.campaign] += cost
    return spent
