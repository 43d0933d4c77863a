"""What collecting the entries of contests will cost, and which way of entering would be cheaper."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from runner.compile import DatedCampaign
from runner.contest.costs import BY_MENTION, CollectingCost, collecting_cost
from runner.models.project import Project
from runner.schedule import DeclaredContest
from runner.views.phrases import usd


def collecting_notices(
    campaigns: Iterable[DatedCampaign], project: Project, now: datetime
) -> tuple[str, ...]:
    """A sentence for each contest with a key that has not closed."""
    return tuple(
        _notice(each.id, contest, owned=project.is_owned(each.campaign.accounts[0]))
        for each in campaigns
        if (contest := each.campaign.contest)
        and contest.has_key
        and isinstance(closes := each.anchors.get("closes"), datetime)
        and now < closes
    )


def _notice(id: str, contest: DeclaredContest, *, owned: bool) -> str:
    how, entries = contest.how, contest.expected
    cost = collecting_cost(how, entries, owned=owned)
    said = f"collecting about {entries:,} entries of `{id}` costs {_of(cost)}"
    return "; ".join([said, *_others(how, entries, owned=owned)])


def _others(how: str, entries: int, *, owned: bool) -> Iterator[str]:
    """What the other ways would cost."""
    if how in BY_MENTION and owned:
        yield f"by hashtag or repost {_of(collecting_cost('hashtag', entries, owned=True))}"
    elif how in BY_MENTION:
        cheaper = collecting_cost(how, entries, owned=True)
        yield f"{_of(cheaper)} if the account's user owns the app (`owned: true`)"
    elif owned:
        yield f"by mention or reply {_of(collecting_cost('mention', entries, owned=True))}"


def _of(cost: CollectingCost) -> str:
    return f"{usd(cost.collecting)}, and {usd(cost.again)} to look at each once more at the end"
