"""A change: what an edit of the files does to the future, post by post."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from runner.bugs import Bug, contained
from runner.ledger import Key
from runner.plan.fields import Field, declared_fields, rendered_fields
from runner.plan.matching_campaigns import SAME_FILES, DifferingFiles, renames
from runner.plan.snapshot import PostSnapshot
from runner.plan.surroundings import UNTOUCHED, Surroundings
from runner.schedule import DeclaredCampaign
from runner.value import Value, replace

WhyBroken = Callable[[PostSnapshot], str | None]
TIME_FIELD, UNTIL_FIELD, STATE_FIELD, COST_FIELD = "time", "until", "state", "cost"


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


class Change(Value, kw_only=True):
    """What happens to one occurrence. One side is None for what is added or removed."""

    before: PostSnapshot | None
    after: PostSnapshot | None
    fields: tuple[Field, ...] = ()
    broken: str | None = None
    """Why the new files can't say when it is due, though they still declare it."""

    @property
    def snapshot(self) -> PostSnapshot:
        """The one that there is; the new one, where there are both."""
        found = self.after or self.before
        assert found  # noqa: S101
        return found

    @property
    def kind(self) -> ChangeKind:
        if self.before is None:
            return ChangeKind.ADDED
        if self.after is None:
            return ChangeKind.CHANGED if self.broken else ChangeKind.REMOVED
        # to get a time at all is no move
        moves = self.before.due and self.after.due and self.before.due != self.after.due
        return ChangeKind.MOVED if moves else ChangeKind.CHANGED

    @property
    def out(self) -> bool:
        """Whether it is already on X, where what the files say now changes nothing."""
        snapshots = (self.before, self.after) if self.former is None else (self.after,)
        return any(snapshot is not None and snapshot.out for snapshot in snapshots)

    @property
    def former(self) -> Key | None:
        """The key by which the ledger knows that it is out, where its campaign was renamed: under
        its new one it is a stranger, and goes out once more."""
        before, after = self.before, self.after
        if before is None or after is None or before.key == after.key:
            return None
        return before.key if before.out and not after.out else None

    @property
    def asks(self) -> str | None:
        """Why it needs a person now."""
        if self.former:
            return f"it is out already, as `{self.former}`"
        return self.after.asks if self.after else self.broken

    @property
    def over(self) -> bool:
        """Whether it lies in the past by the new files, and will not go out."""
        return self.after is not None and self.after.over

    @property
    def in_vain(self) -> str | None:
        """How it ended for good, though the files are edited as if it were still to come."""
        return self.after.ended if self.before and self.after else None


class Comparison(Value, kw_only=True):
    """All changes, by campaign and time; `renamed` has the new ids of campaigns with the
    old ones, and `same` has what is as it was, by path."""

    changes: tuple[Change, ...]
    renamed: Mapping[str, DeclaredCampaign]
    same: Mapping[str, tuple[PostSnapshot, ...]]
    cost_before: Decimal
    cost_after: Decimal
    is_part: bool = False
    """Whether it is of some accounts or campaigns only."""
    basis: Surroundings = UNTOUCHED
    """What changes beside posts."""

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is kind)

    def of_campaigns(self, campaigns: Collection[str]) -> "Comparison":
        """What concerns some campaigns only, by their old id or their new one; none for all."""
        if not campaigns:
            return self
        renamed = {id: old for id, old in self.renamed.items() if {id, old.id} & set(campaigns)}
        wanted = {*campaigns, *renamed}
        changes = [each for each in self.changes if each.snapshot.key.campaign in wanted]
        same = {
            path: tuple(snapshot for snapshot in snapshots if snapshot.key.campaign in wanted)
            for path, snapshots in self.same.items()
        }
        as_before = _cost(snapshot for snapshots in same.values() for snapshot in snapshots)
        return replace(
            self,
            changes=tuple(changes),
            renamed=renamed,
            same={path: snapshots for path, snapshots in same.items() if snapshots},
            is_part=True,
            basis=self.basis.of_campaigns(wanted),
            cost_before=as_before + _cost(change.before for change in changes if change.before),
            cost_after=as_before + _cost(change.after for change in changes if change.after),
        )


def compare(
    before: Mapping[Key, PostSnapshot],
    after: Mapping[Key, PostSnapshot],
    broken: WhyBroken = lambda _: None,
    files: DifferingFiles = SAME_FILES,
) -> Comparison:
    """What becomes of each occurrence; both sides planned at the same instant, with one ledger.
    `broken` says why the new files can't tell of what they lack, where that is so."""
    renamed = renames(before, after)
    names = {old.id: new for new, old in renamed.items()}
    aligned = {_under(key, names): snapshot for key, snapshot in before.items()}
    changes, same = [], []
    for key in aligned.keys() | after.keys():
        change = _contained_change(key, aligned.get(key), after.get(key), broken, files)
        if change.kind is ChangeKind.CHANGED and not (change.fields or change.broken):
            same.append(change.snapshot)
        else:
            changes.append(change)
    by_path: dict[str, list[PostSnapshot]] = defaultdict(list)
    for snapshot in sorted(same, key=lambda snapshot: snapshot.order):
        by_path[snapshot.campaign.path].append(snapshot)
    return Comparison(
        changes=tuple(sorted(changes, key=lambda change: change.snapshot.order)),
        renamed=renamed,
        same={path: tuple(found) for path, found in by_path.items()},
        cost_before=_cost(before.values()),
        cost_after=_cost(after.values()),
    )


def _cost(snapshots: Iterable[PostSnapshot]) -> Decimal:
    return sum((snapshot.cost for snapshot in snapshots), Decimal(0))


def _under(key: Key, names: Mapping[str, str]) -> Key:
    return replace(key, campaign=names.get(key.campaign, key.campaign))


def _contained_change(
    key: Key,
    before: PostSnapshot | None,
    after: PostSnapshot | None,
    broken: WhyBroken,
    files: DifferingFiles,
) -> Change:
    change = contained("comparing", key, lambda: _change(before, after, broken, files))
    if isinstance(change, Bug):
        fields = (Field(name=STATE_FIELD, old=None, new=change.summary),)
        return Change(before=before, after=after, fields=fields)
    return change


def _change(
    before: PostSnapshot | None,
    after: PostSnapshot | None,
    broken: WhyBroken,
    files: DifferingFiles,
) -> Change:
    if before and after:
        is_same = before == after and before.key.campaign not in files.old
        fields = () if is_same else tuple(_fields(before, after, files))
        return Change(before=before, after=after, fields=fields)
    snapshot = after or before
    # of what recurs and has no time yet there is no one text to show, only what is written
    told = snapshot and snapshot.waits and not snapshot.post
    written = _declared_fields(before, after, files) if told else ()
    why = broken(before) if before and not after else None
    return Change(before=before, after=after, fields=tuple(written), broken=why)


def _declared_fields(
    before: PostSnapshot | None, after: PostSnapshot | None, files: DifferingFiles
) -> Iterator[Field]:
    old = files.old.get(before.key.campaign) if before else None
    new = files.new.get(after.key.campaign) if after else None
    for side in filter(None, [after or before]):
        yield from declared_fields(old, new, side.key.post)


def _fields(before: PostSnapshot, after: PostSnapshot, files: DifferingFiles) -> Iterator[Field]:
    """Time, words, pictures, money, and what becomes of it."""
    old, new = before.action, after.action
    if before.time != after.time:
        yield Field(name=TIME_FIELD, old=before.time, new=after.time)
    elif old and new and not before.out and old.occurrence.until != new.occurrence.until:
        yield Field(name=UNTIL_FIELD, old=old.occurrence.until, new=new.occurrence.until)
    if before.post and after.post:
        if before.post != after.post:
            yield from rendered_fields(before.post, after.post)
        if before.post.cost != after.post.cost:
            yield Field(name=COST_FIELD, old=before.post.cost, new=after.post.cost)
    elif after.key.nominal is None or not (after.out or after.ended):
        # of a rhythm whose items were edited, what is behind it would be named again and again
        yield from _declared_fields(before, after, files)
    for path in {**before.material, **after.material}:
        was, becomes = (snapshot.material.get(path, "")[:8] or None for snapshot in (before, after))
        if was != becomes:
            yield Field(name=path, old=was, new=becomes)
    if before.state != after.state:
        yield Field(name=STATE_FIELD, old=before.state, new=after.state)
