"""The verdict on one occurrence: from its standing, its files, its time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from runner.ledger import Facts, Standing, State
from runner.plan.action import Action, Verb
from runner.problems import Problem, Severity
from runner.project import Project
from runner.render.rendered import RenderedPost
from runner.schedule import Occurrence

THREAD_GRACE = timedelta(hours=24)
"""How long the rest of a thread that has begun may still go out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a verdict looks at."""

    occurrence: Occurrence
    post: RenderedPost | None
    problems: tuple[Problem, ...]
    standing: Standing | None
    superseded: bool
    """A newer occurrence of the same post is due too."""

    def act(self, verb: Verb, because: str, **more: object) -> Action:
        return Action(
            verb=verb,
            because=because,
            occurrence=self.occurrence,
            post=self.post,
            standing=self.standing,
            problems=self.problems,
            **more,  # type: ignore[arg-type]
        )


def verdict(case: Case, *, project: Project, facts: Facts, now: datetime) -> Action:
    """What happens to an occurrence, before money and the others of its account are looked at."""
    return (
        _by_standing(case, now)
        or _by_hold(case, project)
        or _by_time(case, facts, now)
        or _by_history(case, facts)
        or _by_files(case)
        or _by_what_it_awaits(case, facts, now)
        or case.act(Verb.PUBLISH, "due")
    )


def _by_standing(case: Case, now: datetime) -> Action | None:
    standing = case.standing
    if standing is None:
        return None
    match standing.state:
        case State.POSTED:
            return case.act(Verb.SKIP, "posted")
        case State.MISSED | State.SKIPPED | State.DELETED as state:
            return case.act(Verb.SKIP, state.value)
        case State.UNKNOWN:
            return case.act(Verb.ASK, "sent, but X gave no answer: it may be out")
        case State.ATTEMPTING:
            return _resume(case, standing, now)
        case State.REJECTED if case.post and _refused_as_it_is(standing, case.post):
            why = getattr(standing.last, "because", "X refused it")
            return case.act(Verb.ASK, f"X refused it: {why}; change the post")
        case _:
            return None


def _refused_as_it_is(standing: Standing, post: RenderedPost) -> bool:
    return standing.opening is not None and standing.opening.digest == post.digest


def _resume(case: Case, standing: Standing, now: datetime) -> Action:
    opening = standing.opening
    if opening is None or not standing.half:
        return case.act(Verb.ASK, "a run ended while it was being sent: it may be out")
    if now > opening.at + THREAD_GRACE:
        return case.act(Verb.ASK, "half of the thread is out, since more than a day")
    if case.post is None or opening.digest != case.post.digest:
        return case.act(Verb.ASK, "half of the thread is out, and the file has changed since")
    return case.act(Verb.PUBLISH, "the rest of a thread", resumes_at=len(standing.posted) + 1)


def _by_hold(case: Case, project: Project) -> Action | None:
    campaign, post = case.occurrence.file.campaign, case.occurrence.post
    if campaign.draft or post.draft:
        return case.act(Verb.SKIP, "draft")
    account = case.occurrence.key.account
    held = {
        "the project": project.hold,
        f"account `{account}`": project.accounts[account].hold,
        "the campaign": campaign.hold,
        "the post": post.hold,
    }
    by = next((level for level, hold in held.items() if hold), None)
    return case.act(Verb.HOLD, f"{by} is on hold") if by else None


def _by_time(case: Case, facts: Facts, now: datetime) -> Action | None:
    occurrence = case.occurrence
    if occurrence.due > now:
        return case.act(Verb.WAIT, "not due yet")
    if occurrence.until < now:
        accounted = facts.accounted.get(occurrence.key.account)
        fresh = accounted is None or occurrence.until > accounted
        return case.act(Verb.SKIP, "its time is over", misses=fresh)
    if case.superseded:
        return case.act(Verb.SKIP, "a newer one is due as well", misses=True)
    return None


def _by_history(case: Case, facts: Facts) -> Action | None:
    """Asks where the ledger speaks of the same thing under another name."""
    key, post = case.occurrence.key, case.post
    if case.standing is not None or post is None:
        return None
    since = case.occurrence.due - timedelta(hours=24)
    texts = {part.text_digest for part in post.parts}
    for sent in facts.journal:
        if sent.key.account != key.account or sent.at < since or sent.key == key:
            continue
        same_post = (sent.key.campaign, sent.key.post) == (key.campaign, key.post)
        if sent.text in texts or (same_post and key.nominal is None):
            return case.act(Verb.ASK, f"the same went out as `{sent.key}`: was it renamed?")
    if key.nominal and case.occurrence.post.every:
        day = key.nominal[:10]
        others = [
            other
            for other, standing in facts.standings.items()
            if (other.account, other.campaign, other.post) == (key.account, key.campaign, key.post)
            and (other.nominal or "")[:10] == day
            and (standing.posted or standing.unsettled)
        ]
        if len(others) >= len(case.occurrence.post.every.slots):
            return case.act(Verb.ASK, f"{day} already had all its posts: was a slot renamed?")
    return None


def _by_files(case: Case) -> Action | None:
    errors = [problem for problem in case.problems if problem.severity is Severity.ERROR]
    if case.post is None or errors:
        why = errors[0].message if errors else "it can't be rendered"
        return case.act(Verb.ASK, why)
    return None


def _by_what_it_awaits(case: Case, facts: Facts, now: datetime) -> Action | None:
    for awaited in case.post.awaits if case.post else ():
        standing = facts.standings.get(awaited)
        gone = standing and standing.state in (
            State.MISSED,
            State.REJECTED,
            State.SKIPPED,
            State.DELETED,
        )
        if gone and standing:
            return case.act(Verb.ASK, f"it needs `{awaited.short}`, which was {standing.state}")
        return case.act(
            Verb.WAIT, f"waits for `{awaited.short}`", again_at=now + timedelta(minutes=1)
        )
    return None
