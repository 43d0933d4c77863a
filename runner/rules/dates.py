"""Rules of dates: what lies in the past, or so far ahead that its year may be wrong."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import Final

from runner.durations import apart, roughly
from runner.ledger import Key, Standing, State
from runner.problems import Place, Severity
from runner.rules.places import as_local, time_place
from runner.rules.plan_context import PlanContext, Today
from runner.rules.rule import Breach, plan_rule
from runner.schedule import DeclaredCampaign, Occurrence, is_redrawn_since

DISTANT: Final = timedelta(days=548)
"""18 months: nobody plans a post of a campaign so far ahead."""


@plan_rule("past-post", Severity.WARNING)
def past_post(context: PlanContext) -> Iterator[Breach]:
    """A post was not already over when it was written.

    A post whose grace is over is never sent, and the ledger has no entry of it. Either its date is
    wrong, or nothing ran while it was due. Looked at is what was due in the last seven days;
    however long ago, in campaigns that have posts to come; and, with `--base`, in campaigns that
    change. Of a campaign that lies in the past as a whole, one problem speaks for all of its posts.

    Mend the date, or remove the post.
    """
    today = context.today
    behind = frozenset(each.key for each in today.behind)
    for campaign, occurrences in _by_campaign((*today.occurrences, *today.behind)):
        past = [each for each in occurrences if _is_past(each, today, behind)]
        posts = _by_post(past)
        if len(posts) > 1 and _is_wholly_past(campaign, occurrences, today):
            yield past_post.breach(
                text=f"all posts of `{campaign.id}` lie in the past, and none of them went out",
                place=_place_of(campaign),
                help="move its dates (is the year right?), or remove the file",
                about=tuple(past),
            )
            continue
        for times in posts:
            yield _past(times, today, behind)


@plan_rule("moved-in-vain")
def moved_in_vain(context: PlanContext) -> Iterator[Breach]:
    """A post that is over is not given another moment.

    A post goes out once: what is out, was missed or was deleted stays so under its name, and
    another moment brings nothing of it. So it is when last year’s contest is filled in anew, and
    when an anchor is moved that a post which is out has used.

    Give it a new id, or the campaign a new file, if it is to go out once more. If it is right as it
    is, say why: `ignore: {moved-in-vain: the sale goes on, and its opening is out}`.
    """
    today = context.today
    for occurrence in today.occurrences:
        standing = today.facts.standings.get(occurrence.key)
        if standing and _is_redrawn_since(context, standing, occurrence):
            continue
        how = _over(standing, occurrence) if standing and occurrence.due > today.now else None
        if how:
            post = occurrence.key.post
            yield moved_in_vain.breach(
                text=f"`{post}` {how}, and does not go out at {as_local(occurrence.due)}",
                place=time_place(occurrence),
                help="give it a new id if it is to go out then; else its old moment",
                about=(occurrence,),
                alike=post,
            )


def _is_redrawn_since(context: PlanContext, standing: Standing, occurrence: Occurrence) -> bool:
    """Whether it was a redraw that moved a post which is out: it gives people longer to claim."""
    anchors = context.anchors.get(occurrence.campaign.path)
    return bool(anchors and standing.posted and is_redrawn_since(anchors, standing.posted[-1].at))


def _over(standing: Standing, occurrence: Occurrence) -> str | None:
    """How a post ended that had another moment then; None where that is not known. Times of one
    rhythm are told apart by their dates."""
    opening, last = standing.opening, standing.last
    due = opening.due if opening else getattr(last, "due", None)
    if occurrence.key.nominal or occurrence.is_draft:
        return None
    if standing.state is State.MISSED:
        return "was missed, and stays so"
    if due is None or apart(due, occurrence.due) == timedelta(0):
        return None
    ends = {State.POSTED: "is out already", State.DELETED: "was out, and was deleted"}
    return ends.get(standing.state)


@plan_rule("distant-post", Severity.WARNING)
def distant_post(context: PlanContext) -> Iterator[Breach]:
    """A post is due within the next 18 months.

    What is due later was probably meant for another year, and nobody would notice before then.

    Mend the date; or give the reason for it: `ignore: {distant-post: the fair is every two years}`.
    """
    now = context.today.now
    for _, occurrences in _by_campaign(context.today.occurrences):
        for occurrence in occurrences:
            ahead = apart(now, occurrence.due)
            if ahead > DISTANT and not occurrence.is_draft:
                yield distant_post.breach(
                    text=f"`{occurrence.key.post}` is due in {roughly(ahead)}, at "
                    f"{as_local(occurrence.due)}",
                    place=time_place(occurrence),
                    help="is the year right?",
                    about=(occurrence,),
                    alike=occurrence.key.post,
                )


def _by_campaign(
    occurrences: Iterable[Occurrence],
) -> Iterator[tuple[DeclaredCampaign, list[Occurrence]]]:
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        found[occurrence.path].append(occurrence)
    yield from ((each[0].campaign, each) for each in found.values())


def _place_of(campaign: DeclaredCampaign) -> Place:
    """The date from which a campaign runs; its posts, where it has none."""
    if campaign.opening:
        return Place(path=campaign.path, route=(campaign.opening,))
    return Place(path=campaign.path, route=("posts",), on_key=True)


def _by_post(past: Iterable[Occurrence]) -> list[list[Occurrence]]:
    """The times of each post on each account."""
    found: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for each in past:
        found[each.key.account, each.key.post].append(each)
    return list(found.values())


def _past(times: list[Occurrence], today: Today, behind: Collection[Key]) -> Breach:
    first = times[0]
    post, at, since = first.key.post, as_local(first.due), roughly(apart(first.until, today.now))
    help = "give it a later moment, or remove it"
    if len(times) > 1:
        message = f"{len(times)} times of `{post}` lie in the past, the first {since} back, at {at}"
        message += ", and none of them went out"
        help = "is the year right? nobody makes up for them: let it begin later"
    elif first.key in behind:
        message = f"`{post}` lies {since} back, at {at}, and never went out"
        help = f"is the year right? {help}"
    else:
        message = f"`{post}` was due at {at} and may no longer go out since {as_local(first.until)}"
    return past_post.breach(
        text=message, place=time_place(first), help=help, about=tuple(times), alike=post
    )


def _is_past(occurrence: Occurrence, today: Today, behind: Collection[Key]) -> bool:
    """Whether it is a post that will never go out, of which the ledger knows nothing. Of a rhythm
    only what lies behind counts: what nobody sent of it since is recorded as missed."""
    return (
        (occurrence.key.nominal is None or occurrence.key in behind)
        and not occurrence.is_draft
        and occurrence.until < today.now
        and occurrence.key not in today.facts.standings
    )


def _is_wholly_past(
    campaign: DeclaredCampaign, occurrences: list[Occurrence], today: Today
) -> bool:
    declared = {name for name, post in campaign.posts.items() if not post.is_draft}
    return (
        declared <= {each.key.post for each in occurrences}
        and all(each.until < today.now for each in occurrences)
        and not any(key.campaign == campaign.id for key in today.facts.standings)
    )
