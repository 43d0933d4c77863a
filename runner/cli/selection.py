"""Looking at some accounts or campaigns only."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from runner.problems import BadUsage, closest

if TYPE_CHECKING:
    from runner.plan import Desk


def only(
    desk: "Desk",
    *,
    accounts: Sequence[str],
    campaigns: Sequence[str],
    unread: Iterable[str] = (),
) -> "Desk":
    """The desk with what was asked for, or with everything. Raises BadUsage for a name that is
    unknown, and not that of an `unread` campaign, of which the files' problems tell."""
    _known("account", accounts, list(desk.project.accounts))
    _known("campaign", campaigns, [*(table.file.id for table in desk.timetables), *unread])
    return replace(
        desk,
        accounts=frozenset(accounts or desk.project.accounts),
        timetables=tuple(
            table for table in desk.timetables if not campaigns or table.file.id in campaigns
        ),
    )


def _known(what: str, asked: Sequence[str], known: list[str]) -> None:
    for name in asked:
        if name not in known:
            near = closest(name, known)
            raise BadUsage(
                f"there is no {what} `{name}`",
                help=f"did you mean `{near}`?" if near else f"there are {', '.join(known)}",
            )
