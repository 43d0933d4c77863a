"""The cases of a plan, one for each occurrence: all that a verdict looks at."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Literal

from runner.bugs import Bug, contained
from runner.compile import CampaignTexts, JudgedText, TextRequest
from runner.ledger import Facts, Key, Standing, State, address
from runner.models import Project
from runner.plan.action import Action, Verb
from runner.plan.inputs import PlanInputs
from runner.plan.item_turns import Turns, earlier_items, gave_its_turn_back, turns
from runner.plan.renamed import Renamed, Vanished
from runner.plan.same_content import same_under_another_name
from runner.problems import Problem
from runner.render import PostedLink, RenderedPost
from runner.schedule import Occurrence
from runner.value import Value


class Case(Value, kw_only=True):
    """All that a verdict looks at."""

    occurrence: Occurrence
    post: RenderedPost | None
    problems: tuple[Problem, ...]
    standing: Standing | None
    superseded: bool
    """A newer occurrence of the same post is due too."""
    renamed: Renamed | None = None
    """Why it may be out already, under another name."""
    absent: frozenset[str] = frozenset()
    """Attempts that a look, a moment ago, did not find on the timeline."""

    @property
    def half(self) -> bool:
        """Whether it is a thread that has begun: grace, due time and gap are behind it."""
        return self.standing is not None and half(self.standing, self.absent)

    def act(self, verb: Verb, because: str, **more: object) -> Action:
        return Action(
            verb=verb,
            because=because,
            occurrence=self.occurrence,
            post=self.post,
            standing=self.standing,
            problems=self.problems,
            renamed=self.renamed,
            **more,  # type: ignore[arg-type]
        )


def half(standing: Standing, absent: Collection[str]) -> bool:
    """Whether it is a thread that has begun, of which no attempt is in doubt but those that are
    `absent`."""
    begun = standing.state in (State.ATTEMPTING, State.UNKNOWN) and bool(standing.posted)
    return begun and all(each.attempt in absent for each in standing.open(standing.next_part))


def cases_of(
    inputs: PlanInputs,
    occurrences: tuple[Occurrence, ...],
    facts: Facts,
    now: datetime,
    texts: Literal["all", "due"],
    absent: frozenset[str],
) -> Iterator[Case]:
    """A case for each occurrence, in their order, with the texts that matter. `absent` are attempts
    that a look, a moment ago, did not find on the timeline."""
    superseded = _superseded_keys(occurrences, facts, now)
    alive = [
        each for each in occurrences if each.key not in superseded and _alive(each, facts, now)
    ]
    given_back = {each.key for each in facts.unsettled if gave_its_turn_back(each, absent, now)}
    turn_of, wrong = _turns(alive, facts, earlier_items(facts, given_back))
    out, vanished = published_links(inputs.project, facts), Vanished(inputs.declared, facts)
    said = _texts(
        inputs,
        (
            TextRequest(each, turn_of.get(each.key), out[each.key.account, each.key.campaign])
            for each in alive
            if each.key not in wrong
            if texts == "all" or each.due <= now or _has_begun(each, facts, absent)
        ),
    )
    for occurrence in occurrences:
        key = occurrence.key
        text = said.get(key, JudgedText(None, wrong.get(key, ())))
        yield Case(
            occurrence=occurrence,
            post=text.post,
            problems=text.problems,
            standing=facts.standings.get(key),
            superseded=key in superseded,
            renamed=_former_name(occurrence, text.post, facts, vanished, now),
            absent=absent,
        )


def _has_begun(occurrence: Occurrence, facts: Facts, absent: frozenset[str]) -> bool:
    standing = facts.standings.get(occurrence.key)
    return standing is not None and half(standing, absent)


def _texts(inputs: PlanInputs, requests: Iterable[TextRequest]) -> Mapping[Key, JudgedText]:
    """What posts say, and what keeps them back: no error of the files goes out."""
    by_campaign: dict[str, list[TextRequest]] = defaultdict(list)
    for request in requests:
        by_campaign[request.occurrence.key.campaign].append(request)
    found: dict[Key, JudgedText] = {}
    for id, mine in by_campaign.items():
        texts = CampaignTexts(inputs.campaigns[id]).judged(mine, inputs.rules)
        found |= {each.occurrence.key: text for each, text in zip(mine, texts, strict=True)}
    return found


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
    """The due occurrences of recurring posts, but for the newest of each: a gap is not made up for
    in a burst."""
    due: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for occurrence in occurrences:
        key = occurrence.key
        if key.nominal and occurrence.due <= now <= occurrence.until:
            due[key.undated].append(key)
    older = (key for keys in due.values() for key in keys[:-1])
    return frozenset(
        key
        for key in older
        if (standing := facts.standings.get(key)) is None
        or _may_come(standing)
        or (standing.doubtful and not standing.posted)
    )


def _may_come(standing: Standing) -> bool:
    """Whether it may still go out: nothing of it is out, and nothing decides that nothing will
    be."""
    free = standing.state in (State.RELEASED, State.REJECTED)
    return free and not standing.posted and not standing.doubtful


def _turns(
    occurrences: Iterable[Occurrence],
    facts: Facts,
    earlier: Mapping[tuple[str, str, str], Sequence[str]],
) -> tuple[Turns, Mapping[Key, tuple[Problem, ...]]]:
    """The item of each occurrence whose turn is known, and a problem where that can't be told."""
    posts: dict[tuple[str, str, str], list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        if occurrence.post.items:
            posts[occurrence.key.undated].append(occurrence)
    found: dict[Key, str] = {}
    wrong: dict[Key, tuple[Problem, ...]] = {}
    for post, group in posts.items():
        choose = partial(turns, group, facts, earlier.get(post, ()))
        mine = contained("choosing an item for", group[0].key, choose)
        if isinstance(mine, Bug):
            wrong |= {each.key: (mine.problem(each.place),) for each in group}
        else:
            found |= mine
    return found, wrong


def published_links(
    project: Project, facts: Facts, *, deleted: bool = False
) -> "defaultdict[tuple[str, str], dict[str, PostedLink]]":
    """The posts that are out, by account and campaign: what other posts link to or answer; those
    that were `deleted` since, too, if asked. Of the ledger nothing but their ids is believed."""
    out: defaultdict[tuple[str, str], dict[str, PostedLink]] = defaultdict(dict)
    for key, standing in facts.standings.items():
        is_out = standing.posted and (deleted or standing.state is not State.DELETED)
        if is_out and key.nominal is None:
            out[key.account, key.campaign][key.post] = _link_of(project, standing)
    return out


def _link_of(project: Project, standing: Standing) -> PostedLink:
    """The link of what is out, as its account would say it today."""
    first = standing.posted[0]
    account = project.accounts.get(standing.key.account)
    return PostedLink(id=first.id, url=address(account.handle if account else None, first.id))
