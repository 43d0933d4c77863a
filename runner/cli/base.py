"""`--base`: the future by the files of another commit, beside that by the files that are here."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from runner.cli.ledger import Readable
    from runner.cli.opening import Opened
    from runner.cli.outside import Outside
    from runner.ledger import Key
    from runner.plan import Desk, Plan
    from runner.plan.change import Comparison
    from runner.plan.side import Side

MOST_PATHS = 5
"""How many files that can't be read are named."""


def change_since(
    ref: str,
    after: "tuple[Desk, Plan]",
    *,
    outside: "Outside",
    ledger: "Readable",
    campaigns: "Collection[str]" = (),
) -> "tuple[Comparison, Plan]":
    """What changes from the commit at which HEAD left `ref` to what is planned now, of all
    campaigns or of some; and the plan, with what there is to say of the old files. Raises BadUsage.
    """
    from runner.cli.opening import open_project
    from runner.plan.change import compare, of_campaigns
    from runner.plan.side import sides
    from runner.workspace.commit import fork_point

    desk, plan = after
    with TemporaryDirectory(prefix="runner-base-") as folder:
        fork_point(outside.root, ref, outside.environ).write_to(Path(folder))
        opened = open_project(replace(outside, root=Path(folder)))
        before = _before(opened, desk, plan, ledger)
    found = compare(before, sides(desk, plan))
    notices = (*plan.notices, *_notices(ref, opened))
    return of_campaigns(found, campaigns), replace(plan, notices=notices)


def _before(opened: "Opened", desk: "Desk", plan: "Plan", ledger: "Readable") -> "dict[Key, Side]":
    from runner.cli.preview import plan_ahead
    from runner.plan.side import sides

    if opened.desk is None:
        return {}
    # who was asked for, as far as there was such an account
    looked_at = opened.desk.accounts & desk.accounts if _is_part(desk) else opened.desk.accounts
    old = replace(opened.desk, accounts=looked_at)
    planned, _ = plan_ahead(old, ledger, plan.now, every_campaign=False)
    return sides(old, planned)


def _is_part(desk: "Desk") -> bool:
    return desk.accounts != frozenset(desk.project.accounts)


def _notices(ref: str, opened: "Opened") -> "list[str]":
    if opened.desk is None:
        return [f"runner.yaml of {ref} can’t be read, so all counts as added"]
    broken = sorted({each.place.path for each in opened.problems if each.severity == "error"})
    if not broken:
        return []
    more = f" and {len(broken) - MOST_PATHS} more" if len(broken) > MOST_PATHS else ""
    named = ", ".join(broken[:MOST_PATHS]) + more
    return [f"{named} of {ref} can’t be read as a whole: what is missing there counts as added"]
