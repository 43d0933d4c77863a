"""A change: what an edit of the files does to the future, post by post."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from runner.campaign import CampaignFile
from runner.ledger import Key
from runner.plan.action import Action, Plan, Verb
from runner.plan.fields import Field, declared_fields, rendered_fields
from runner.plan.planning import Desk

TIME, UNTIL, STATE, COST = "time", "until", "state", "cost"


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An occurrence by the files of one commit: planned, or without a time yet."""

    key: Key
    file: CampaignFile
    action: Action | None = None
    waits: str | None = None
    """The anchor that it waits for."""

    @property
    def out(self) -> bool:
        """All of it is on X, so that no edit changes it."""
        return self.action is not None and self.action.out

    @property
    def due(self) -> datetime | None:
        return self.action.occurrence.due if self.action else None

    @property
    def time(self) -> datetime | str:
        return self.due or f"waits for `{self.waits}`"

    @property
    def cost(self) -> Decimal:
        """USD of what goes out of it by itself."""
        goes = self.action and self.action.verb in (Verb.PUBLISH, Verb.WAIT)
        return self.action.cost if self.action and goes else Decimal(0)

    @property
    def asks(self) -> str | None:
        """Why it needs a person."""
        if self.action is None:
            return None
        return self.action.because if self.action.verb is Verb.ASK else self.action.hindrance

    @property
    def state(self) -> str:
        """What becomes of it."""
        action = self.action
        if self.out:
            return "out"
        if self.asks:
            return f"needs a person: {self.asks}"
        goes = action is None or action.verb in (Verb.PUBLISH, Verb.WAIT)
        return "goes out" if goes or action is None else f"does not go out: {action.because}"

    @property
    def order(self) -> tuple[str, float, str]:
        """By campaign and time; what has no time yet comes last."""
        at = self.due.timestamp() if self.due else float("inf")
        return self.file.path, at, str(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one occurrence. One side is None for what is added or removed."""

    before: Side | None
    after: Side | None
    fields: tuple[Field, ...] = ()

    @property
    def side(self) -> Side:
        """The one that there is; the new one, where there are both."""
        found = self.after or self.before
        assert found  # noqa: S101
        return found

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return Kind.ADDED
        if self.after is None:
            return Kind.REMOVED
        # to get a time at all is no move
        moves = self.before.due and self.after.due and self.before.due != self.after.due
        return Kind.MOVED if moves else Kind.CHANGED

    @property
    def out(self) -> bool:
        """Already on X: what the files say now changes nothing there."""
        return any(side is not None and side.out for side in (self.before, self.after))

    @property
    def asks(self) -> str | None:
        """Why it needs a person now."""
        return self.after.asks if self.after else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All changes, by campaign and time; `renamed` has the new ids of campaigns with their old
    files, and `same` counts what is as it was, by path."""

    changes: tuple[Change, ...]
    renamed: Mapping[str, CampaignFile]
    same: Mapping[str, tuple[Side, ...]]
    cost_before: Decimal
    cost_after: Decimal

    def of(self, kind: Kind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is kind)


def sides(desk: Desk, plan: Plan) -> dict[Key, Side]:
    """Everything that is to come, or went out lately, by the files of one commit."""
    files = {table.file.id: table.file for table in desk.timetables}
    found = {
        action.key: Side(key=action.key, file=action.occurrence.file, action=action)
        for action in plan.actions
    }
    for key, anchor in plan.waiting.items():
        found[key] = Side(key=key, file=files[key.campaign], waits=anchor)
    return found


def compare(before: Mapping[Key, Side], after: Mapping[Key, Side]) -> Comparison:
    """What becomes of each occurrence; both sides planned at the same instant, with one ledger."""
    renamed = _renamed(before, after)
    names = {old.id: new for new, old in renamed.items()}
    aligned = {_under(key, names): side for key, side in before.items()}
    changes, same = [], []
    for key in aligned.keys() | after.keys():
        change = _change(aligned.get(key), after.get(key))
        if change.kind is Kind.CHANGED and not change.fields:
            same.append(change.side)
        else:
            changes.append(change)
    by_path: dict[str, list[Side]] = defaultdict(list)
    for side in sorted(same, key=lambda side: side.order):
        by_path[side.file.path].append(side)
    return Comparison(
        changes=tuple(sorted(changes, key=lambda change: change.side.order)),
        renamed=renamed,
        same={path: tuple(found) for path, found in by_path.items()},
        cost_before=_cost(before.values()),
        cost_after=_cost(after.values()),
    )


def of_campaigns(whole: Comparison, campaigns: Collection[str]) -> Comparison:
    """What concerns some campaigns only, by their old id or their new one; none for all."""
    if not campaigns:
        return whole
    renamed = {id: old for id, old in whole.renamed.items() if {id, old.id} & set(campaigns)}
    wanted = {*campaigns, *renamed}
    changes = [each for each in whole.changes if each.side.key.campaign in wanted]
    return replace(
        whole,
        changes=tuple(changes),
        renamed=renamed,
        cost_before=_cost(change.before for change in changes if change.before),
        cost_after=_cost(change.after for change in changes if change.after),
    )


def _cost(sides: Iterable[Side]) -> Decimal:
    return sum((side.cost for side in sides), Decimal(0))


def _under(key: Key, names: Mapping[str, str]) -> Key:
    return replace(key, campaign=names.get(key.campaign, key.campaign))


def _change(before: Side | None, after: Side | None) -> Change:
    if before and after:
        return Change(before=before, after=after, fields=tuple(_fields(before, after)))
    old, new = (side.file if side else None for side in (before, after))
    side = after or before
    # of what has no time yet there is no text to show, only what is written
    written = declared_fields(old, new, side.key.post) if side and side.waits else ()
    return Change(before=before, after=after, fields=tuple(written))


def _fields(before: Side, after: Side) -> Iterator[Field]:
    """Time, words, pictures, money, and what becomes of it."""
    old, new = before.action, after.action
    if before.time != after.time:
        yield Field(name=TIME, old=before.time, new=after.time)
    elif old and new and not before.out and old.occurrence.until != new.occurrence.until:
        yield Field(name=UNTIL, old=old.occurrence.until, new=new.occurrence.until)
    if old and new and old.post and new.post:
        yield from rendered_fields(old.post, new.post)
        if old.post.cost != new.post.cost:
            yield Field(name=COST, old=old.post.cost, new=new.post.cost)
    elif after.key.nominal is None or not after.out:
        # of a rhythm whose items were edited, what is out would be named again and again
        yield from declared_fields(before.file, after.file, after.key.post)
    if before.state != after.state:
        yield Field(name=STATE, old=before.state, new=after.state)


def _renamed(before: Mapping[Key, Side], after: Mapping[Key, Side]) -> dict[str, CampaignFile]:
    """New ids with the old file: at least half of the posts are the same, at the same time or in
    the same words."""
    gone, come = _by_campaign(before), _by_campaign(after)
    left = {id: found for id, found in gone.items() if id not in come}
    renamed: dict[str, CampaignFile] = {}
    for id in sorted(come.keys() - gone.keys()):
        likeness = {old: _alike(found, come[id]) for old, found in sorted(left.items())}
        best = max(likeness, key=lambda old: likeness[old], default=None)
        if best is not None and 2 * likeness[best] >= max(len(left[best]), len(come[id])):
            renamed[id] = next(iter(left.pop(best).values())).file
    return renamed


_Tail = tuple[str, str, str | None]
"""A key without its campaign."""


def _by_campaign(sides: Mapping[Key, Side]) -> dict[str, dict[_Tail, Side]]:
    found: dict[str, dict[_Tail, Side]] = {}
    for key, side in sides.items():
        found.setdefault(key.campaign, {})[key.account, key.post, key.nominal] = side
    return found


def _alike(old: Mapping[_Tail, Side], new: Mapping[_Tail, Side]) -> int:
    return sum(_is_same(old[tail], new[tail]) for tail in old.keys() & new.keys())


def _is_same(old: Side, new: Side) -> bool:
    return old.due == new.due or (_words(old) is not None and _words(old) == _words(new))


def _words(side: Side) -> tuple[str, ...] | None:
    post = side.action.post if side.action else None
    return tuple(part.text_digest for part in post.parts) if post else None
