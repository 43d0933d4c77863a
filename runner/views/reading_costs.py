"""What reading of X will cost, of contests' entries and of rivals; and why nothing of a rival is
read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from runner.compile import DatedCampaign
from runner.contest import BY_MENTION, CollectingCost, collecting_cost
from runner.models import Project
from runner.rivals import RivalLook, RivalState, cost_of_month, cost_of_week
from runner.schedule import DeclaredContest
from runner.views.phrases import count, usd

_WHY_NOTHING: Final = {
    RivalState.MISSING: "X has nobody of that name: mend the handle in runner.yaml",
    RivalState.SUSPENDED: "X has suspended it, and shows nothing of it",
    RivalState.PROTECTED: "it shows its posts to its followers alone, so they are not read",
}
"""Why a look at a rival saw nothing, by its state."""


def collecting_notices(
    campaigns: Iterable[DatedCampaign], project: Project, now: datetime
) -> tuple[str, ...]:
    """A sentence for each contest with a key that has not closed."""
    return tuple(
        _collecting_notice(each.id, contest, owned=project.is_owned(each.campaign.accounts[0]))
        for each in campaigns
        if (contest := each.campaign.contest)
        and contest.has_key
        and isinstance(closes := each.anchors.get("closes"), datetime)
        and now < closes
    )


def _collecting_notice(id: str, contest: DeclaredContest, *, owned: bool) -> str:
    how, entries = contest.how, contest.expected
    cost = collecting_cost(how, entries, owned=owned)
    said = f"collecting about {entries:,} entries of `{id}` costs {_in_usd(cost)}"
    return "; ".join([said, *_other_ways(how, entries, owned=owned)])


def _other_ways(how: str, entries: int, *, owned: bool) -> Iterator[str]:
    """What the other ways would cost."""
    if how in BY_MENTION and owned:
        yield f"by hashtag or repost {_in_usd(collecting_cost('hashtag', entries, owned=True))}"
    elif how in BY_MENTION:
        cheaper = collecting_cost(how, entries, owned=True)
        yield f"{_in_usd(cheaper)} if the account's user owns the app (`owned: true`)"
    elif owned:
        yield f"by mention or reply {_in_usd(collecting_cost('mention', entries, owned=True))}"


def _in_usd(cost: CollectingCost) -> str:
    return f"{usd(cost.collecting)}, and {usd(cost.again)} to look at each once more at the end"


def rival_todo(look: RivalLook, handle: str) -> str | None:
    """What a person should know of the last look at a rival, which is declared by this handle."""
    if why := _WHY_NOTHING.get(look.state):
        return why
    if look.renamed and look.renamed.casefold() != handle.casefold():
        return f"it is called @{look.renamed} now: mend the handle in runner.yaml"
    return None


def rival_cost(project: Project) -> str | None:
    """`reading 3 rivals costs $0.33 a week, …`; None where there are none."""
    rivals = project.rivals
    if not rivals:
        return None
    week, month = cost_of_week(rivals), cost_of_month(rivals)
    who = count(len(rivals), "rival")
    said = f"reading {who} costs {usd(week)} a week, {usd(month)} in a month of five, at the most"
    bound = project.budget.reading if project.budget else None
    if bound is not None and month > bound:
        return f"{said}: more than `budget.reading`, so that some of them wait for the next month"
    return said
