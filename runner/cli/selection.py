"""Looking at some accounts or campaigns only."""

from collections.abc import Sequence
from dataclasses import replace

from runner.plan import Desk
from runner.problems import BadUsage, suggest


def only(desk: Desk, *, accounts: Sequence[str], campaigns: Sequence[str]) -> Desk:
    """The desk with what was asked for, or with everything. Raises BadUsage for a name that is
    unknown, and not that of a campaign which can't be read: of that the files' problems tell."""
    _known("account", accounts, list(desk.project.accounts))
    readable = (campaign.file.id for campaign in desk.compiled)
    _known("campaign", campaigns, [*readable, *sorted(desk.unread)])
    desk = replace(desk, accounts=frozenset(accounts or desk.project.accounts))
    if not campaigns:
        return desk
    wanted = tuple(each for each in desk.compiled if each.file.id in campaigns)
    others = tuple(each for each in desk.compiled if each.file.id not in campaigns)
    return replace(desk, compiled=wanted, left_out=(*desk.left_out, *others))


def _known(what: str, asked: Sequence[str], known: list[str]) -> None:
    for name in asked:
        if name not in known:
            raise BadUsage(
                f"there is no {what} `{name}`",
                help=suggest(name, known) or f"there are {', '.join(known)}",
            )
