"""The plan: every occurrence of a window judged, account by account, within its bounds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from runner.bugs import Bug, contained
from runner.ledger import Facts, Key, Standing, State, address
from runner.models.project import Project
from runner.plan.action import Action, Plan, Verb
from runner.plan.case import Case, half
from runner.plan.doubt_verdict import gave_its_turn_back, is_lost
from runner.plan.inputs import PlanInputs
from runner.plan.item_turns import Turns, turns
from runner.plan.limits import spent_in, within_limits
from runner.plan.prerequisites import after_what_is_in_doubt, after_what_they_need
from runner.plan.renamed import Renamed, Vanished
from runner.plan.same_content import same_under_another_name
from runner.plan.undated import undated_actions
from runner.plan.verdict import verdict
from runner.problems import Problem
from runner.render import PostedLink, RenderedPost
from runner.rules import Proof, RuleContext, breaches
from runner.schedule import Occurrence, Turn


def plan(
    inputs: PlanInputs,
    occurrences: tuple[Occurrence, ...],
    facts: Facts,
    *,
    now: datetime,
    texts: Literal["all", "due"] = "all",
    absent: frozenset[str] = frozenset(),
) -> Plan:
    """What would happen now to these occurrences, which `PlanInputs.occurrences` gave.

    Rendering is most of the work; a run that only publishes needs the texts of what is due.
    `absent` are attempts that a look, a moment ago, did not find on the timeline.
    """
    now = now.astimezone(UTC)
    inputs.assets.work.begin_round(times=2)
    cases = tuple(_cases(inputs, _readable(occurrences, facts), facts, now, texts, absent))
    actions = _actions(inputs, cases, facts, now)
    unsettled = _without_occurrence(inputs, facts, {action.key for action in actions})
    return Plan(
        now=now,
        actions=actions,
        undated=undated_actions(inputs, facts) if texts == "all" else (),
        unsettled=unsettled,
        gone=frozenset(each.key.account for each in unsettled) - inputs.project.accounts.keys(),
        lost=tuple(each for each in unsettled if is_lost(each, absent, now)),
        holds=facts.holds,
        spent=spent_in(facts, now),
        budget=inputs.project.monthly_budget,
        unreadable=frozenset(facts.damaged),
        notices=(*_notices(facts), *_untold(inputs, facts, {action.key for action in actions})),
    )


def _actions(
    inputs: PlanInputs, cases: tuple[Case, ...], facts: Facts, now: datetime
) -> tuple[Action, ...]:
    """What each case comes to by itself, beside the others, and beside what is in doubt."""
    verdicts = tuple(
        _judged_action(case, inputs.project, facts, now) for case in _checked_cases(inputs, cases)
    )
    within_bounds = within_limits(
        after_what_they_need(verdicts, timetables=inputs.timetables, facts=facts, now=now),
        project=inputs.project,
        facts=facts,
        now=now,
    )
    return after_what_is_in_doubt(within_bounds, now)


def _readable(occurrences: Iterable[Occurrence], facts: Facts) -> tuple[Occurrence, ...]:
    """The occurrences without those of accounts of which nothing is known."""
    return tuple(each for each in occurrences if each.key.account not in facts.damaged)


def _notices(facts: Facts) -> tuple[str, ...]:
    damages = facts.damaged.values()
    return (*facts.notices, *(f"{why.message}; help: {why.help}" for why in damages))


def _judged_action(case: Case, project: Project, facts: Facts, now: datetime) -> Action:
    key = case.occurrence.key
    judged: Action | Bug
    if key in facts.untold:
        judged = facts.untold[key]
    else:
        judged = contained("judging", key, lambda: _verdict_of(case, project, facts, now))
    if isinstance(judged, Bug):
        return replace(case, post=None).act(Verb.ASK, judged.told)
    return judged


def _verdict_of(case: Case, project: Project, facts: Facts, now: datetime) -> Action:
    """The verdict; whoever looks at all actions together can ask it for its cost and order."""
    action = verdict(case, project=project, facts=facts, now=now)
    _ = action.cost, action.order
    return action


def _untold(inputs: PlanInputs, facts: Facts, planned: set[Key]) -> tuple[str, ...]:
    """What may be open, and no occurrence of today's files leads to."""
    return tuple(
        f"{key}: {bug.told}"
        for key, bug in facts.untold.items()
        if key not in planned and _concerns(inputs, key)
    )


def _without_occurrence(
    inputs: PlanInputs, facts: Facts, planned: set[Key]
) -> tuple[Standing, ...]:
    """What is open, and no occurrence of today's files leads to."""
    return tuple(
        standing
        for standing in facts.unsettled
        if standing.key not in planned and _concerns(inputs, standing.key)
    )


def _checked_cases(inputs: PlanInputs, cases: tuple[Case, ...]) -> Iterator[Case]:
    """The cases with the rules that what is rendered breaks: no error of the files goes out."""
    rendered = tuple(
        Proof(occurrence=case.occurrence, post=case.post) for case in cases if case.post
    )
    files = {proof.file.path: proof.file for proof in rendered}
    wrong = breaches(
        RuleContext(
            project=inputs.project,
            files=tuple(files.values()),
            proofs=rendered,
            anchors=inputs.anchors,
            media=inputs.assets.media,
        ),
        inputs.rules,
    )
    for case in cases:
        found = wrong.get(case.occurrence.key, ())
        yield replace(case, problems=(*case.problems, *found)) if found else case


def _concerns(inputs: PlanInputs, key: Key) -> bool:
    """Nobody else looks at an account that runner.yaml no longer has."""
    return key.account in inputs.accounts or key.account not in inputs.project.accounts


def _cases(
    inputs: PlanInputs,
    occurrences: tuple[Occurrence, ...],
    facts: Facts,
    now: datetime,
    texts: Literal["all", "due"],
    absent: frozenset[str],
) -> Iterator[Case]:
    superseded = _superseded_keys(occurrences, facts, now)
    turn_of, wrong = _turns(
        [each for each in occurrences if each.key not in superseded and _alive(each, facts, now)],
        facts,
        {each.key for each in facts.unsettled if gave_its_turn_back(each, absent, now)},
    )
    out, vanished = published_links(inputs.project, facts), Vanished(inputs.declared, facts)
    for occurrence in occurrences:
        key = occurrence.key
        standing = facts.standings.get(key)
        post: RenderedPost | None = None
        begun = standing is not None and half(standing, absent)
        wanted = begun or texts == "all" or occurrence.due <= now
        wanted = wanted and key not in superseded and _alive(occurrence, facts, now)
        refused = inputs.assets.work.refusals(occurrence.file.path) if wanted else ()
        problems = wrong.get(key, refused)
        if wanted and not problems:
            made = inputs.campaigns[key.campaign].rendering(
                occurrence, turn_of.get(key), out[key.account, key.campaign]
            )
            post, problems = made.post, made.problems
        yield Case(
            occurrence=occurrence,
            post=post,
            problems=problems,
            standing=standing,
            superseded=key in superseded,
            renamed=_former_name(occurrence, post, facts, vanished, now),
            absent=absent,
        )


def _former_name(
    occurrence: Occurrence,
    post: RenderedPost | None,
    facts: Facts,
    vanished: Vanished,
    now: datetime,
) -> Renamed | None:
    """Why an occurrence without entries may be out already."""
    if occurrence.key in facts.standings or occurrence.until < now:
        return None
    is_due = post is not None and occurrence.due <= now
    same = same_under_another_name(occurrence, post, facts) if post and is_due else None
    return same or vanished.under_another_name(occurrence)


def _alive(occurrence: Occurrence, facts: Facts, now: datetime) -> bool:
    """Whether it may still go out, so that its text matters."""
    standing = facts.standings.get(occurrence.key)
    if standing is None or _may_come(standing):
        return occurrence.until >= now
    return standing.unsettled


def _superseded_keys(
    occurrences: Iterable[Occurrence], facts: Facts, now: datetime
) -> frozenset[Key]:
    """Of a recurring post, all that are due but the newest; a gap is not made up for in a burst."""
    due: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for occurrence in occurrences:
        key = occurrence.key
        if key.nominal and occurrence.due <= now <= occurrence.until:
            due[key.account, key.campaign, key.post].append(key)
    older = (key for keys in due.values() for key in keys[:-1])
    return frozenset(
        key
        for key in older
        if (standing := facts.standings.get(key)) is None
        or _may_come(standing)
        or (standing.doubtful and not standing.posted)
    )


def _may_come(standing: Standing) -> bool:
    """Nothing of it is out, and nothing decides that nothing will be."""
    free = standing.state in (State.RELEASED, State.REJECTED)
    return free and not standing.posted and not standing.doubtful


def _turns(
    occurrences: Iterable[Occurrence], facts: Facts, given_back: Collection[Key]
) -> tuple[Turns, Mapping[Key, tuple[Problem, ...]]]:
    """The item of each occurrence whose turn is known, and a problem where that can't be told."""
    posts: dict[tuple[str, str, str], list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        key = occurrence.key
        if key.post in occurrence.file.items:
            posts[key.account, key.campaign, key.post].append(occurrence)
    found: dict[Key, Turn] = {}
    wrong: dict[Key, tuple[Problem, ...]] = {}
    for group in posts.values():
        mine = contained(
            "choosing an item for", group[0].key, partial(turns, group, facts, given_back)
        )
        if isinstance(mine, Bug):
            wrong |= {each.key: (mine.problem(each.place),) for each in group}
        else:
            found |= mine
    return found, wrong


def published_links(
    project: Project, facts: Facts
) -> "defaultdict[tuple[str, str], dict[str, PostedLink]]":
    """The posts that are out, by account and campaign: what other posts link to or answer. Of the
    ledger nothing but their ids is believed."""
    out: defaultdict[tuple[str, str], dict[str, PostedLink]] = defaultdict(dict)
    for key, standing in facts.standings.items():
        if standing.posted and standing.state is not State.DELETED and key.nominal is None:
            out[key.account, key.campaign][key.post] = link_of(project, standing)
    return out


def link_of(project: Project, standing: Standing) -> PostedLink:
    """The link of what is out, as its account would say it today."""
    first = standing.posted[0]
    account = project.accounts.get(standing.key.account)
    return PostedLink(id=first.id, url=address(account.handle if account else None, first.id))
