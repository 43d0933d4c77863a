"""Rules of money: links that cost, and budgets."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal

from runner.ledger import State
from runner.models import PROJECT_FILE
from runner.problems import Place, Severity
from runner.rules.context import RuleContext
from runner.rules.places import part_name, post_place, word_place
from runner.rules.plan_context import PlanContext, PlannedPost, Today
from runner.rules.rule import Breach, plan_rule, rule
from runner.x_facts import PRICES

_WHOLE_LINK = re.compile(r"https?://[^\s,;]+")
_NEXT_SENTENCE = re.compile(r"([^\W\d_]*[^\W\dA-Z_])\.([^\W\d_][^\W\d_]+)")
_FILE = re.compile(r"[\w-]+\.(?:ai|app|bz|cc|md|mov|page|pl|ps|py|rs|sh|so|st|zip)", re.IGNORECASE)
_INNER_DOT = re.compile(r"\w[.。．｡]\w")
PER_LINK = f"{PRICES['post-with-link']:.2f} USD in place of {PRICES['post']} USD"


@rule("link-cost", Severity.WARNING, of_one_post=True)
def link_cost(context: RuleContext) -> Iterator[Breach]:
    """A link that is not meant, or that comes again and again, is not paid for.

    X bills a post with a link at 0.20 USD, more than ten times the price of one without, and makes
    a link of every domain: of `README.md` and `end.Next`, too. What recurs pays each time.

    Write it so that it is no link, with a space after the dot; write a link that is meant whole,
    with `https://`. Where a rhythm needs its links, say why: `ignore: {link-cost: the reason}`.
    """
    for proof, index, part in context.parts():
        once = proof.declared.every is None
        found = context.entities_in(part.text, "url") if _may_cost(part.text, once=once) else ()
        bare = [link for link in found if "://" not in link]
        for link in bare:
            yield link_cost.breach(
                text=f"{part_name(proof, index)} has `{link}`, of which X makes a link; the post "
                f"costs {PER_LINK}",
                place=word_place(proof, index, link),
                help=_advice_for_no_link(link),
                about=(proof.occurrence,),
            )
        if found and not bare and not once:
            yield link_cost.breach(
                text=f"`{proof.occurrence.key.post}` recurs with a link; each time it costs "
                f"{PER_LINK}",
                place=post_place(proof.occurrence, "every"),
                help="leave the link out, or say why: `ignore: {link-cost: the reason}`",
                about=(proof.occurrence,),
            )


@rule("campaign-budget")
def campaign_budget(context: RuleContext) -> Iterator[Breach]:
    """The posts of a campaign cost no more than its `budget`.

    What counts is all that it declares, on all of its accounts, at X's prices: text, link, media
    and descriptions of media. Drafts cost nothing.

    Raise `budget`, post less often, or leave out links and media.
    """
    if all(file.campaign.budget is None for file in context.files):
        return
    costs: dict[str, Decimal] = defaultdict(Decimal)
    for proofs in context.accounts.values():
        for proof in proofs:
            costs[proof.file.path] += proof.post.cost
    for proof in context.others:
        if proof.occurrence.awaits and proof.goes_out and proof.declared.every is None:
            costs[proof.file.path] += proof.post.cost
    for file in context.files:
        budget, cost = file.campaign.budget, costs[file.path]
        if budget is not None and cost > budget:
            yield campaign_budget.breach(
                text=f"the posts of `{file.id}` cost {_usd(cost)}, and its budget is "
                f"{_usd(budget)}",
                place=Place(path=file.path, route=("budget",)),
                help=f"raise it to {cost.normalize():f}, or post less often",
            )


@plan_rule("monthly-budget")
def monthly_budget(context: PlanContext) -> Iterator[Breach]:
    """The posts of a calendar month (UTC) cost no more than the project's budget.

    What counts is what went out, what is being sent, and what is still to come this month, on all
    accounts. Past the budget the runner sends nothing without a person's word.

    Raise `budget: {usd-per-month: 50}` in runner.yaml, or move posts into the next month.
    """
    budget, today = context.project.monthly_budget, context.today
    if budget is None:
        return
    proofs = (proof for proofs in context.accounts.values() for proof in proofs)
    to_come = sum((p.post.cost for p in proofs if _is_to_come(p, today)), Decimal(0))
    if today.spent + to_come > budget:
        yield monthly_budget.breach(
            text=f"the posts of {today.now.astimezone(UTC):%Y-%m} cost "
            f"{_usd(today.spent + to_come)} ({_usd(today.spent)} so far, {_usd(to_come)} to come), "
            f"and the budget is {_usd(budget)}",
            place=Place(path=PROJECT_FILE, route=("budget", "usd-per-month")),
            help="raise it, or move posts into the next month",
        )


def _may_cost(text: str, *, once: bool) -> bool:
    """Whether a text may have a link to speak of; of a post that is due once only a bare one."""
    return bool(_INNER_DOT.search(_WHOLE_LINK.sub("", text) if once else text))


def _advice_for_no_link(link: str) -> str:
    """The thing to do about a link that is probably none: a new sentence, or the name of a file."""
    sentence = _NEXT_SENTENCE.fullmatch(link)
    if sentence and sentence[2][0].isupper():
        return f"a space is missing: write `{sentence[1]}. {sentence[2]}`"
    if _FILE.fullmatch(link):
        name = link.rpartition(".")[0]
        return f"if it is the name of a file, write `{name}`; else whole: `https://{link}`"
    return f"write it so that it is no link, or whole: `https://{link}`"


def _is_to_come(proof: PlannedPost, today: Today) -> bool:
    """Whether it is due this month and not yet part of what is spent or reserved."""
    due, now = proof.occurrence.due.astimezone(UTC), today.now.astimezone(UTC)
    if (due.year, due.month) != (now.year, now.month):
        return False
    standing = today.facts.standings.get(proof.occurrence.key)
    return standing is None or standing.state in (State.RELEASED, State.REJECTED)


def _usd(amount: Decimal) -> str:
    return f"{amount:.2f} USD" if amount == amount.quantize(Decimal("0.01")) else f"{amount} USD"
