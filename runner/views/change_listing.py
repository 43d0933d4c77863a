"""A change as people read it: grouped by campaign, a row for each post, old and new below it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from runner.plan import TIME_FIELD, UNTIL_FIELD, Change, ChangeKind, Comparison, Plan, PostSnapshot
from runner.schedule import DeclaredCampaign
from runner.value import replace
from runner.views.difference import difference
from runner.views.listing import Group, Listing, Row, and_more, fold
from runner.views.phrases import first_names
from runner.views.plan_listing import ShownContent, content_of, ignored_of, name_of, row_of
from runner.views.sums import change_sums, next_of

MOST_NAMED = 5
"""How many posts that are out already are named by their keys."""
FOLD_AFTER = 3
"""How many occurrences of a recurring post that change are shown in any case. Of the others, those
that say what no earlier one says; unless all are wanted."""
SYMBOLS = {
    ChangeKind.ADDED: "+",
    ChangeKind.CHANGED: "~",
    ChangeKind.MOVED: ">",
    ChangeKind.REMOVED: "-",
}
LEGEND = (
    "+ added   ~ changed   > moved   - removed, or does not go out   = is out   ! needs a person"
)


def change_listing(comparison: Comparison, plan: Plan, *, everything: bool = False) -> Listing:
    """The campaigns that change, by path; `plan` is that of the new files."""
    return Listing(
        groups=tuple(_groups(comparison, plan, everything=everything)),
        sums=tuple(change_sums(comparison, plan)),
        next=next_of(plan),
        legend=LEGEND,
        compares=True,
    )


def _groups(comparison: Comparison, plan: Plan, *, everything: bool) -> Iterator[Group]:
    by_path: dict[str, list[Change]] = defaultdict(list)
    for change in comparison.changes:
        by_path[change.snapshot.campaign.path].append(change)
    olds = _renamed_campaigns(comparison)
    for path in olds:
        by_path.setdefault(path, [])
    for path in comparison.basis.edited.values():
        if path in comparison.same or comparison.basis.timeless.get(path):
            by_path.setdefault(path, [])
    for path in sorted(by_path):
        yield _group(path, by_path[path], olds.get(path), comparison, plan, everything=everything)


def renames_of(comparison: Comparison) -> Iterator[str]:
    """A line for each campaign that has another name now."""
    for path, old in _renamed_campaigns(comparison).items():
        yield f"{path} (was {old.path}): {_as_renamed(path, old)}"


def _renamed_campaigns(comparison: Comparison) -> dict[str, DeclaredCampaign]:
    """The campaigns that have another name now, as they were, by the new paths."""
    changed = (change.snapshot for change in comparison.changes)
    same = (snapshot for snapshots in comparison.same.values() for snapshot in snapshots)
    paths = {snapshot.key.campaign: snapshot.campaign.path for snapshot in (*changed, *same)}
    return {paths[id]: old for id, old in comparison.renamed.items()}


def _group(
    path: str,
    changes: list[Change],
    old: DeclaredCampaign | None,
    comparison: Comparison,
    plan: Plan,
    *,
    everything: bool,
) -> Group:
    same = comparison.same.get(path, ())
    all_sides = [*(change.snapshot for change in changes), *same]
    several = len({snapshot.key.account for snapshot in all_sides}) > 1
    shown, notes = (changes, ()) if everything else _folded_changes(changes)
    return Group(
        path=path,
        was=old.path if old else None,
        heading=_heading(all_sides),
        rows=tuple(_row(change, plan, several=several) for change in shown),
        notes=(
            *notes,
            *_unchanged_posts(same, named=path in comparison.basis.edited.values()),
            *comparison.basis.timeless.get(path, ()),
            *([_as_renamed(path, old)] if old else []),
        ),
    )


def _heading(snapshots: list[PostSnapshot]) -> str:
    if not snapshots:
        return "none of its posts has a time"
    campaign = snapshots[0].campaign
    zones = dict.fromkeys(str(snapshot.due.tzinfo) for snapshot in snapshots if snapshot.due)
    return f"{campaign.kind} · {' · '.join((*dict.fromkeys(campaign.accounts), *zones))}"


def _folded_changes(changes: Iterable[Change]) -> tuple[list[Change], tuple[str, ...]]:
    def series(change: Change) -> tuple[str, str, ChangeKind, bool] | None:
        key = change.snapshot.key
        recurs = key.nominal is not None and not change.asks
        return (key.account, key.post, change.kind, change.over) if recurs else None

    shown, rest = fold(changes, series=series, content=_content, most=lambda _: FOLD_AFTER)
    return shown, tuple(
        and_more(len(more), f"{last.snapshot.key.post} {last.kind}", due, over=last.over)
        for more in rest
        for last in more[-1:]
        if (due := last.snapshot.due)
    )


def _content(change: Change) -> ShownContent:
    """All that a reader is told of a change, but its date and its item; and how far it moves."""
    before, after = change.before, change.after
    actions = (snapshot.action if snapshot else None for snapshot in (before, after))
    fields = tuple(
        each for each in change.fields if each.name not in (TIME_FIELD, UNTIL_FIELD, "item")
    )
    moves = after.due - before.due if before and after and before.due and after.due else None
    return *(content_of(each) if each else None for each in actions), fields, moves, change.out


def _unchanged_posts(snapshots: tuple[PostSnapshot, ...], *, named: bool) -> Iterator[str]:
    """What stays as it was, by what becomes of it; each post by name where its file was edited."""
    out = [snapshot for snapshot in snapshots if snapshot.out]
    if out:
        names = (
            _counted_posts(out)
            if named and len(out) > MOST_NAMED
            else first_names([each.key.short for each in out], MOST_NAMED)
        )
        yield f"= already out, and as they were: {names}"
    rest = [snapshot for snapshot in snapshots if not snapshot.out]
    if not rest:
        return
    if not named:
        yield f"{len(rest)} {'stays' if len(rest) == 1 else 'stay'} as before"
        return
    states: dict[str, list[PostSnapshot]] = defaultdict(list)
    for snapshot in rest:
        states[f"waits for `{snapshot.waits}`" if snapshot.waits else snapshot.state].append(
            snapshot
        )
    for state, alike in states.items():
        yield f"as before, {state}: {_counted_posts(alike)}"


def _counted_posts(snapshots: Iterable[PostSnapshot]) -> str:
    posts = Counter(snapshot.key.post for snapshot in snapshots)
    return ", ".join(
        f"{post} ({count} times)" if count > 1 else post for post, count in posts.items()
    )


def _as_renamed(path: str, old: DeclaredCampaign) -> str:
    return (
        f"renamed, and so another campaign to the ledger, which does not know what of it is "
        f"out: write `id: {old.id}` in {path}, unless nothing of it should be the same"
    )


def _row(change: Change, plan: Plan, *, several: bool) -> Row:
    lines = tuple(difference(change))
    row = replace(
        _planned_row(change, plan, several=several),
        symbol=_symbol(change),
        what=what_changes(change),
        was=change.before.due if change.kind is ChangeKind.MOVED and change.before else None,
        blocks=(lines,) if lines else (),
    )
    if change.broken:
        return replace(row, notes=(f"can’t be planned: {change.broken}",), ignored=())
    gone = change.kind is ChangeKind.REMOVED and not change.out
    return replace(row, notes=(), ignored=()) if gone else row


def _planned_row(change: Change, plan: Plan, *, several: bool) -> Row:
    """What there is to tell of it beside the change."""
    snapshot, key = change.snapshot, change.snapshot.key
    if snapshot.single_action:
        drift = None if change.fields else plan.drift.get(key)
        return row_of(snapshot.single_action, several=several, drift=drift)
    return Row(
        symbol="",
        name=name_of(key, several=several),
        post=key.post,
        waits=snapshot.waits,
        ignored=ignored_of(snapshot.campaign.posts[key.post]),
    )


def _symbol(change: Change) -> str:
    if change.asks:
        return "!"
    if change.out:
        return "="
    return "-" if change.over or change.in_vain else SYMBOLS[change.kind]


def what_changes(change: Change) -> str:
    """`added`, `changed: text, cost`, `moved into the past`, `removed, but it is out already`."""
    names = dict.fromkeys(field.name for field in change.fields if field.name != TIME_FIELD)
    if change.before and change.after and change.out:
        return f"{change.kind} in the files, but it is out already"
    if change.kind is ChangeKind.REMOVED and change.out:
        return "removed, but it is out already"
    if change.broken:
        return "needs a person"
    if change.over and change.before and not change.before.over and change.kind is ChangeKind.MOVED:
        return "moved into the past: will not go out"
    if change.in_vain:
        advice = "" if change.snapshot.key.nominal else ": give it a new id"
        return f"{change.kind}, but it stays {change.in_vain}{advice}"
    if change.before and change.after and names:
        return f"{change.kind}: {', '.join(names)}"
    return change.kind.value
