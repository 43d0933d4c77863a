"""What an account and its money allow: the threshold, the budgets, the gap between posts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from runner.bugs import Bug, contained
from runner.durations import in_words
from runner.ledger import Attempting, Facts, month_of, reserve_of
from runner.models import Project
from runner.plan.action import Action, Verb
from runner.value import Value, replace

SETTLES = timedelta(minutes=1)
"""After which it is worth a look whether what was claimed has come to its end."""


def within_limits(
    actions: Iterable[Action], *, project: Project, facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """The same actions, with those held back that would break a bound. In order of (due, key).

    Money before the gap, so that what can't be paid keeps nobody waiting.
    """
    ordered = tuple(sorted(actions, key=lambda action: action.order))
    few = _below_threshold(ordered, project)
    return _keep_gaps(_within_budget(few, project, facts, now), project, facts, now)


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
    """Asks for what would pass the month's budget or its campaign's; what only something unsettled
    keeps from fitting waits. The rest of a thread was paid for, and reserved, when it began."""
    month, campaigns = month_of(now), _campaigns(facts)
    whole = Money(spent=_spent(facts, month), reserved=_reserved(facts, month))
    found = []
    for action in actions:
        if action.verb is Verb.PUBLISH and action.resumes_at == 1:
            mine = campaigns[action.key.campaign]
            weigh = partial(_cost_or_budget, action, project.monthly_budget, whole, mine, month)
            weighed = contained("weighing the cost of", action.key, weigh)
            if isinstance(weighed, Decimal):
                whole = whole.and_also(weighed)
                campaigns[action.key.campaign] = mine.and_also(weighed)
            elif isinstance(weighed, Bug):
                action = action.asking(weighed.summary)
            else:
                action = _put_off(action, *weighed, now=now)
        found.append(action)
    return tuple(found)


class Money(Value, kw_only=True):
    """USD, of a month or a campaign: what is spent, and what something unsettled may still cost."""

    spent: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)

    def and_also(self, usd: Decimal) -> "Money":
        return Money(spent=self.spent + usd, reserved=self.reserved)


def _cost_or_budget(
    action: Action, budget: Decimal | None, month: Money, campaign: Money, name: str
) -> Decimal | tuple[str, bool]:
    """What an action adds to what was spent in the month and by its campaign, in USD; or which
    budget it would pass, and whether that may yet turn out otherwise."""
    again = reserve_of(action.standing) if action.standing else None
    # what is sent once more has its cost reserved already
    reserved = again.usd if again else Decimal(0)
    anew = action.cost - (reserved if again and again.counts_in(name) else 0)
    limits = (
        ("the month's", budget, month, anew),
        ("the campaign's", _limit(action), campaign, action.cost - reserved),
    )
    for whose, limit, money, cost in limits:
        if limit is not None and money.spent + money.reserved + cost > limit:
            told = f"{whose} budget of {limit} USD would be passed"
            return told, money.spent + action.cost <= limit
    return anew


def _limit(action: Action) -> Decimal | None:
    return action.occurrence.campaign.budget


def _put_off(action: Action, because: str, may_fit: bool, *, now: datetime) -> Action:
    if not may_fit:
        return action.asking(because)
    why = f"{because}, by what is not settled yet"
    return replace(action, verb=Verb.WAIT, because=why, again_at=now + SETTLES)


def _keep_gaps(
    actions: Iterable[Action], project: Project, facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """Keeps `min-gap` between the sends of an account. The rest of a thread, what may be out
    already, and answers wait for nothing."""
    gap = project.rules.min_gap
    last = dict(_last_sends(facts))
    found = []
    for action in actions:
        if action.verb is Verb.PUBLISH:
            look = partial(_in_its_turn, action, gap, last.get(action.key.account), now)
            spaced = contained("spacing", action.key, look)
            action = action.asking(spaced.summary) if isinstance(spaced, Bug) else spaced
            if action.verb is Verb.PUBLISH:
                last[action.key.account] = now
        found.append(action)
    return tuple(found)


def _in_its_turn(action: Action, gap: timedelta, last: datetime | None, now: datetime) -> Action:
    """The action, or that it waits until its account's gap since the `last` send is over."""
    free = last + gap if last else now
    again = action.standing is not None and action.standing.doubtful
    if not gap or action.resumes_at != 1 or again or free <= now or action.key.is_answer:
        return action
    because = f"the posts of an account are {in_words(gap)} apart at least"
    return replace(action, verb=Verb.WAIT, because=because, again_at=free)


def _last_sends(facts: Facts) -> Mapping[str, datetime]:
    """When each account last sent something, as far as it is known or feared. Answers don't count:
    only those who asked see them."""
    last: dict[str, datetime] = {}
    sends = [(sent.key.account, sent.at) for sent in facts.journal if not sent.key.is_answer]
    for standing in facts.unsettled:
        if standing.may_be_out and not standing.key.is_answer:
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
    return sum(
        (purse.spent_or_reserved(month_of(now)) for purse in facts.purses.values()), Decimal(0)
    )


def _spent(facts: Facts, month: str) -> Decimal:
    return sum((purse.spent.get(month, Decimal(0)) for purse in facts.purses.values()), Decimal(0))


def _reserved(facts: Facts, month: str) -> Decimal:
    return sum((purse.reserved(month) for purse in facts.purses.values()), Decimal(0))


def _campaigns(facts: Facts) -> dict[str, Money]:
    """What each campaign has cost, as far as it was read."""
    money: dict[str, Money] = defaultdict(Money)
    for key, standing in facts.standings.items():
        posted = sum((entry.cost for entry in standing.posted), Decimal(0))
        before = money[key.campaign]
        money[key.campaign] = Money(
            spent=before.spent + posted, reserved=before.reserved + standing.reserved
        )
    for key, cost in facts.worst_costs.items():
        before = money[key.campaign]
        money[key.campaign] = replace(before, reserved=before.reserved + cost)
    return money
