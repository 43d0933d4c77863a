"""A plan as people read it: grouped by the file they wrote, a row for each occurrence."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta, tzinfo

from runner.ledger import Key, Standing
from runner.plan import Action, Drift, Plan, Verb
from runner.schedule import DeclaredPost, Shift
from runner.views.difference import drift_in_words, text_blocks
from runner.views.listing import Group, Listing, Row, and_more, fold
from runner.views.phrases import clock_beside, count, moment, shortened, usd
from runner.views.sums import next_of, plan_sums

FOLD_AFTER = 7
"""How many occurrences of a recurring post are shown in any case. Of the others, those that say
what no earlier one says; unless all are asked for."""
ShownContent = tuple[object, ...]
SYMBOLS = {
    Verb.PUBLISH: "+",
    Verb.WAIT: "+",
    Verb.HOLD: "-",
    Verb.SKIP: "-",
    Verb.ASK: "!",
}
NO_LONGER = "no longer planned"
LEGEND = "+ goes out   = is out   - does not go out   ! needs a person"
_SHIFTS = {
    Shift.SKIPPED: "the clocks go forward over its time: moved to the next valid one",
    Shift.REPEATED: "the clocks go back over its time: the first of the two",
}


def plan_listing(
    plan: Plan, *, everything: bool = False, ahead: timedelta | None = None
) -> Listing:
    """The plan's campaigns by path; each one's occurrences in order of time. Last, what is out and
    no plan of today's files leads to. `ahead` is how far the plan looks, in whole days, where that
    is not to the end."""
    by_path: dict[str, list[Action]] = defaultdict(list)
    for action in (*plan.actions, *plan.undated):
        by_path[action.occurrence.path].append(action)
    groups = [_group(path, by_path[path], plan, everything=everything) for path in sorted(by_path)]
    shown = {action.key for action in plan.actions}
    removed = [drift for key, drift in plan.drift.items() if key not in shown]
    return Listing(
        groups=(*groups, *([_removed_group(removed)] if removed else [])),
        sums=tuple(plan_sums(plan, ahead=ahead)),
        next=next_of(plan, ahead=ahead),
        legend=LEGEND,
    )


def _group(path: str, actions: list[Action], plan: Plan, *, everything: bool) -> Group:
    campaign = actions[0].occurrence.campaign
    several = len({action.key.account for action in actions}) > 1
    shown, notes = (actions, ()) if everything else _folded_actions(actions)
    return Group(
        path=path,
        heading=f"{campaign.kind} · {' · '.join(dict.fromkeys(campaign.accounts))}"
        f" · {actions[0].occurrence.zone}",
        rows=tuple(
            row_of(action, several=several, drift=plan.drift.get(action.key), with_text=True)
            for action in shown
        ),
        notes=notes,
    )


def _folded_actions(actions: Iterable[Action]) -> tuple[list[Action], tuple[str, ...]]:
    def series(action: Action) -> tuple[str, str, bool] | None:
        recurs = action.key.nominal is not None and (action.over or action.verb is Verb.WAIT)
        return (action.key.account, action.key.post, action.over) if recurs else None

    shown, rest = fold(
        actions,
        series=series,
        content=content_of,
        most=lambda action: 1 if action.over else FOLD_AFTER,
    )
    return shown, tuple(
        and_more(len(more), last.key.post, last.occurrence.due, over=last.over)
        for more in rest
        for last in more[-1:]
    )


def content_of(action: Action) -> ShownContent:
    """All that a reader is told of an occurrence, but its date and its item: two that are equal say
    the same."""
    post = action.post
    said = (post.parts, post.locale, post.reply_to, post.awaits, post.lacks) if post else ()
    return said, action.occurrence.shift, action.hindrance


def _removed_group(drifts: Iterable[Drift]) -> Group:
    return Group(
        path=NO_LONGER,
        heading="these are out",
        rows=tuple(
            Row(
                symbol="=",
                name=str(drift.key),
                post=drift.key.post,
                at=drift.was_due,
                notes=(_posted_note(drift.standing, drift.zone),),
                url=drift.standing.posted[0].url,
                drift=tuple(drift_in_words(drift)),
            )
            for drift in sorted(drifts, key=lambda each: (each.was_due.timestamp(), str(each.key)))
        ),
    )


def _posted_note(standing: Standing, zone: tzinfo) -> str:
    return f"posted {moment(standing.posted[0].at.astimezone(zone))}"


def row_of(
    action: Action, *, several: bool, drift: Drift | None = None, with_text: bool = False
) -> Row:
    """One occurrence, perhaps `with_text`, unless that is out or stays away; where its campaign has
    `several` accounts, its name says which."""
    occurrence = action.occurrence
    posted = action.standing.posted if action.standing else ()
    symbol = symbol_of(action)
    is_to_come = with_text and symbol in "+!"
    return Row(
        symbol=symbol,
        name=name_of(occurrence.key, several=several),
        post=occurrence.key.post,
        at=None if occurrence.awaits else occurrence.due,
        waits=occurrence.awaits,
        facts=_facts(action),
        notes=tuple(_notes(action)),
        url=posted[0].url if posted else None,
        drift=tuple(drift_in_words(drift)) if drift else (),
        ignored=ignored_of(occurrence.post),
        blocks=tuple(text_blocks(action.post)) if action.post and is_to_come else (),
    )


def symbol_of(action: Action) -> str:
    """What becomes of it, as a sign of the legend."""
    return "=" if action.out else "!" if action.hindrance else SYMBOLS[action.verb]


def name_of(key: Key, *, several: bool) -> str:
    """`tip@2026-12-01.noon`, or `tip@2026-12-01.noon (shop)`."""
    return f"{key.short} ({key.account})" if several else key.short


def ignored_of(post: DeclaredPost) -> tuple[str, ...]:
    """`ignores link-cost: the link is the point of it`, for each rule that a post ignores."""
    return tuple(
        f"ignores {rule}: {shortened(' '.join(reason.split()))}"
        for rule, reason in post.ignore.items()
    )


def _facts(action: Action) -> tuple[str, ...]:
    post = action.post
    if post is None:
        return ()
    if post.parts[0].repost:
        return ("repost", usd(post.cost))
    lengths = " + ".join(f"{part.weight}/{post.limit}" for part in post.parts)
    pictures = sum(len(part.media) for part in post.parts)
    facts = [lengths]
    if len(post.parts) > 1:
        facts.append(f"thread of {len(post.parts)}")
    if pictures:
        facts.append(count(pictures, "file"))
    if any(part.poll for part in post.parts):
        facts.append("poll")
    facts.append(usd(post.cost))
    return tuple(facts)


def _notes(action: Action) -> Iterable[str]:
    occurrence = action.occurrence
    if action.out and action.standing:
        yield _posted_note(action.standing, occurrence.zone)
    elif wrong := action.hindrance:
        yield f"can’t go out: {wrong}"
    elif occurrence.awaits and action.verb is Verb.WAIT:
        return
    elif action.verb in (Verb.PUBLISH, Verb.WAIT) and action.again_at is None:
        yield f"until {clock_beside(occurrence.until, occurrence.due)}"
    elif action.verb is not Verb.PUBLISH:
        yield action.because
    if occurrence.shift:
        yield _SHIFTS[occurrence.shift]
    if action.post and action.post.awaits and not action.in_vain:
        yield f"needs {', '.join(key.short for key in action.post.awaits)} to be out"
