"""A plan as people read it: grouped by the file they wrote, a row for each occurrence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from runner.ledger import Key, Standing
from runner.models import CampaignFile
from runner.plan import Action, Drift, Plan, Verb
from runner.render.rendered import RenderedPart, RenderedPost
from runner.schedule import Shift
from runner.views.drift import drift_in_words
from runner.views.phrases import clock, count, day, moment, shortened, usd

FOLD_AFTER = 7
"""How many occurrences of a recurring post are shown in any case. Of the others, those that say
what no earlier one says; unless all are asked for."""
ALIKE = "saying the same"
"""What is said of those that are folded."""
GONE = "which lie in the past and do not go out"
"""The same, of those whose time is over."""
Content = tuple[object, ...]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One occurrence. `facts` are lengths, pictures, cost; `notes` what a reader has to know."""

    symbol: str
    name: str
    account: str
    at: datetime
    when: str
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    post: RenderedPost | None
    url: str | None
    drift: tuple[str, ...] = ()
    """What came to differ from the files since it went out."""
    ignored: tuple[str, ...] = ()
    """Rules that it ignores, each with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A campaign's rows. `folded` counts those left out, by post, with the last one's day."""

    path: str
    heading: str
    rows: tuple[Row, ...]
    folded: tuple[str, ...]
    waiting: tuple[str, ...]


def groups(plan: Plan, *, everything: bool = False) -> tuple[Group, ...]:
    """The plan's campaigns by path; each one's occurrences in order of time. Last, what is out and
    no plan of today's files leads to."""
    by_path: dict[str, list[Action]] = defaultdict(list)
    for action in plan.actions:
        by_path[action.occurrence.file.path].append(action)
    found = [_group(path, by_path[path], plan, everything=everything) for path in sorted(by_path)]
    shown = {action.key for action in plan.actions}
    removed = [drift for key, drift in plan.drift.items() if key not in shown]
    return (*found, _removed(removed)) if removed else tuple(found)


def _group(path: str, actions: list[Action], plan: Plan, *, everything: bool) -> Group:
    file = actions[0].occurrence.file
    several = len({action.key.account for action in actions}) > 1
    shown, folded = (actions, ()) if everything else _fold(actions)
    return Group(
        path=path,
        heading=f"{file.campaign.kind} · {' · '.join(dict.fromkeys(file.campaign.on))}"
        f" · {actions[0].occurrence.zone}",
        rows=tuple(
            row_of(action, several=several, drift=plan.drift.get(action.key)) for action in shown
        ),
        folded=folded,
        waiting=tuple(
            "   ".join(
                (f"{key.short} on {key.account} waits for `{anchor}`", *ignored_of(file, key))
            )
            for key, anchor in plan.waiting.items()
            if key.campaign == file.id
        ),
    )


def _fold(actions: Iterable[Action]) -> tuple[list[Action], tuple[str, ...]]:
    seen: dict[tuple[str, str, bool], int] = defaultdict(int)
    said: dict[tuple[str, str, bool], set[Content]] = defaultdict(set)
    rest: dict[tuple[str, str, bool], list[Action]] = defaultdict(list)
    shown = []
    for action in actions:
        name = (action.key.account, action.key.post, action.over)
        if action.key.nominal is None or not (action.over or action.verb is Verb.WAIT):
            shown.append(action)
            continue
        content = content_of(action)
        if seen[name] < (1 if action.over else FOLD_AFTER) or content not in said[name]:
            shown.append(action)
        else:
            rest[name].append(action)
        seen[name] += 1
        said[name].add(content)
    return shown, tuple(
        f"and {len(more)} more of {post} until {day(more[-1].occurrence.due)}, "
        + (GONE if over else ALIKE)
        for (_, post, over), more in rest.items()
    )


def content_of(action: Action) -> Content:
    """All that a reader is told of an occurrence, but its date and its item: two that are equal say
    the same."""
    post = action.post
    said = (post.parts, post.locale, post.reply_to, post.awaits, post.lacks) if post else ()
    return said, action.occurrence.shift, action.hindrance


def _removed(drifts: Iterable[Drift]) -> Group:
    return Group(
        path=NO_LONGER,
        heading="these are out",
        rows=tuple(
            Row(
                symbol="=",
                name=str(drift.key),
                account=drift.key.account,
                at=drift.was_due,
                when=moment(drift.was_due),
                facts=(),
                notes=(_posted(drift.standing, drift.zone),),
                post=None,
                url=drift.standing.posted[0].url,
                drift=tuple(drift_in_words(drift)),
            )
            for drift in sorted(drifts, key=lambda each: (each.was_due.timestamp(), str(each.key)))
        ),
        folded=(),
        waiting=(),
    )


def _posted(standing: Standing, zone: tzinfo) -> str:
    return f"posted {moment(standing.posted[0].at.astimezone(zone))}"


def row_of(action: Action, *, several: bool, drift: Drift | None = None) -> Row:
    """One occurrence; where its campaign has `several` accounts, its name says which."""
    occurrence = action.occurrence
    standing = action.standing
    posted = standing.posted if standing else ()
    return Row(
        symbol="=" if action.out else "!" if action.hindrance else SYMBOLS[action.verb],
        name=f"{occurrence.key.short} ({occurrence.key.account})"
        if several
        else occurrence.key.short,
        account=occurrence.key.account,
        at=occurrence.due,
        when=moment(occurrence.due),
        facts=_facts(action),
        notes=tuple(_notes(action)),
        post=action.post,
        url=posted[0].url if posted else None,
        drift=tuple(drift_in_words(drift)) if drift else (),
        ignored=ignored_of(occurrence.file, occurrence.key),
    )


def ignored_of(file: CampaignFile, key: Key) -> tuple[str, ...]:
    """`ignores link-cost: the link is the point of it`, for each rule that a post ignores."""
    ignored = file.campaign.posts[key.post].ignore
    return tuple(
        f"ignores {rule}: {shortened(' '.join(reason.split()))}" for rule, reason in ignored.items()
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
        yield _posted(action.standing, occurrence.zone)
    elif wrong := action.hindrance:
        yield f"can’t go out: {wrong}"
    elif action.verb in (Verb.PUBLISH, Verb.WAIT) and action.again_at is None:
        yield f"until {_until(occurrence.due, occurrence.until)}"
    elif action.verb is not Verb.PUBLISH:
        yield action.because
    if occurrence.shift:
        yield _SHIFTS[occurrence.shift]
    if action.post and action.post.awaits and not action.in_vain:
        yield f"needs {', '.join(key.short for key in action.post.awaits)} to be out"


def _until(due: datetime, until: datetime) -> str:
    return clock(until) if due.date() == until.date() else moment(until)


def lines_of(part: RenderedPart) -> list[str]:
    """A part as lines of text: what is said, the poll, the pictures with what they show."""
    if part.repost:
        return [f"reposts https://x.com/i/status/{part.repost}"]
    lines = part.text.split("\n")
    if part.quote:
        lines.append(f"quotes https://x.com/i/status/{part.quote}")
    if part.poll:
        hours = part.poll.minutes / 60
        lines += [f"( ) {option}" for option in part.poll.options]
        lines.append(f"    open for {hours:g} h")
    for media in part.media:
        lines.append(f"[{media.path}: {media.alt or 'no alt text'}]")
    labels = [
        name
        for name, on in (
            ("paid partnership", part.paid_partnership),
            ("made with AI", part.made_with_ai),
        )
        if on
    ]
    if labels:
        lines.append(f"label: {', '.join(labels)}")
    return lines
