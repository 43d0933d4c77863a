"""The verdict on one occurrence: from its standing, its time, its files, its history."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from runner.ledger import Facts, Standing, State
from runner.models import Project
from runner.plan.action import THREAD_GRACE, Action, Verb
from runner.plan.cases import Case
from runner.plan.doubt_verdict import by_doubt
from runner.plan.prerequisites import TOO_LATE, is_supplement
from runner.problems import Severity
from runner.schedule import LATEST_DRAW, Occurrence

A_WHILE: Final = timedelta(hours=1)
"""A list comes with a merge, which starts a run of its own."""


JUST_DUE = timedelta(hours=1)
"""So long after its time a post may go out whatever the hour, as its grace says."""


def verdict(case: Case, *, project: Project, facts: Facts, now: datetime) -> Action:
    """What happens to an occurrence, before money and the others of its account are looked at."""
    return (
        _by_what_happened(case, now)
        or _by_end(case, facts, now)
        or _by_refusal(case)
        or by_hold(case, project, facts)
        or _by_time(case, now)
        or _by_list(case, now)
        or _by_files(case)
        or _by_history(case)
        or _by_quiet(case, project, now)
        or _publish(case)
    )


def _by_what_happened(case: Case, now: datetime) -> Action | None:
    standing = case.standing
    if standing is None:
        return None
    match standing.state:
        case State.MISSED | State.DELETED as state if case.occurrence.due > now:
            return case.act(Verb.SKIP, f"it stays {state}: give it a new id")
        case State.POSTED | State.MISSED | State.SKIPPED | State.DELETED as state:
            return case.act(Verb.SKIP, state.value)
        case _ if standing.doubtful:
            return by_doubt(case, standing, now)
        case State.ATTEMPTING if standing.opening and now > standing.opening.at + THREAD_GRACE:
            return case.act(Verb.ASK, "half of the thread is out, since more than a day")
        case State.REJECTED if standing.posted:
            part = f"part {standing.last.part} of the thread"
            why = _refusal_text(part, standing).replace("X refused the text", f"X refused {part}")
            return case.act(Verb.ASK, f"{why}; the parts before it are out")
        case _:
            return None


def _by_end(case: Case, facts: Facts, now: datetime) -> Action | None:
    """A verdict once its grace is over: it is missed, whatever else is true of it; a draft never
    counted."""
    occurrence = case.occurrence
    if case.half or now <= occurrence.until:
        return None
    if case.standing is None and case.occurrence.is_draft:
        return case.act(Verb.SKIP, "draft")
    accounted = facts.accounted.get(occurrence.key.account)
    # the last look would have sent what ended with it
    is_new = accounted is None or occurrence.until >= accounted
    misses = (is_new and occurrence.due <= now) or case.standing is not None
    why = "its time is over"
    why = f"{why}: {TOO_LATE}" if is_supplement(occurrence) else why
    return case.act(Verb.SKIP, why, misses=misses, over=True)


def _by_refusal(case: Case) -> Action | None:
    """A refusal binds the words that were refused: corrected ones are due again."""
    standing = case.standing
    if standing is None or standing.state is not State.REJECTED or case.post is None:
        return None
    if getattr(standing.last, "digest", None) != case.post.digest:
        return None
    return case.act(Verb.ASK, f"{_refusal_text('it', standing)}; change the post")


def _refusal_text(what: str, standing: Standing) -> str:
    """What X said of it, which most often begins with X."""
    because = getattr(standing.last, "because", None) or f"X refused {what}"
    return because if because.startswith("X refused") else f"X refused {what}: {because}"


def by_hold(case: Case, project: Project, facts: Facts) -> Action | None:
    """What somebody stopped: a draft, or what is on hold."""
    campaign, post = case.occurrence.campaign, case.occurrence.post
    if case.occurrence.is_draft:
        if case.half:
            return case.act(Verb.ASK, "half of the thread is out, and now it is a draft")
        return case.act(Verb.SKIP, "draft")
    account = case.occurrence.key.account
    held = {
        "the project": project.hold,
        f"account `{account}`": project.accounts[account].hold,
        "the campaign": campaign.hold,
        "the post": post.hold,
    }
    by = next((level for level, hold in held.items() if hold), None)
    if by:
        return case.act(Verb.HOLD, f"{by} is on hold")
    said = next((hold for hold in facts.holds if hold.stops(case.occurrence.key)), None)
    return case.act(Verb.HOLD, f"held by {said.by}: {said.because}") if said else None


def _by_time(case: Case, now: datetime) -> Action | None:
    if case.half:
        return None
    if case.occurrence.until.timestamp() < case.occurrence.due.timestamp():
        return case.act(Verb.ASK, f"it is due too late: {TOO_LATE}")
    if case.occurrence.due > now:
        in_vain = case.renamed.because if case.renamed else None
        return case.act(Verb.WAIT, "not due yet", in_vain=in_vain)
    if case.superseded:
        return case.act(Verb.SKIP, "a newer one is due as well", misses=True)
    return None


def _by_list(case: Case, now: datetime) -> Action | None:
    """What carries the digest of a contest's list of entries waits for it: nothing is wrong, until
    the draw is late."""
    occurrence = case.occurrence
    contest = occurrence.campaign.contest
    if contest is None or not contest.has_key or (contest.draw and contest.draw.has_digest):
        return None
    if occurrence.key.post != contest.closing_post:
        return None
    if now > occurrence.until - LATEST_DRAW:
        return case.act(Verb.ASK, "the list of entries is missing, and the draw is late by now")
    return case.act(Verb.WAIT, "waits for the list of entries", again_at=now + A_WHILE)


def _by_files(case: Case) -> Action | None:
    errors = [problem for problem in case.problems if problem.severity is Severity.ERROR]
    opening = case.standing.opening if case.standing else None
    if case.post is None or errors:
        why = errors[0].message if errors else "it can't be rendered"
    elif case.post.lacks:
        why = f"its text needs what nobody knows yet: {', '.join(case.post.lacks)}"
    elif case.half and (opening is None or opening.digest != case.post.digest):
        why = "the file has changed since"
    else:
        return None
    return case.act(Verb.ASK, f"half of the thread is out, and {why}" if case.half else why)


def _by_history(case: Case) -> Action | None:
    """Asks where the ledger speaks of the same thing under another name."""
    if case.renamed is None or case.renamed.in_doubt:
        return None
    return case.act(Verb.ASK, case.renamed.because)


def _by_quiet(case: Case, project: Project, now: datetime) -> Action | None:
    end = None if case.half else quiet_until(case.occurrence, project, now)
    if end is None:
        return None
    return case.act(Verb.WAIT, "quiet hours", again_at=end.astimezone(UTC))


def _publish(case: Case) -> Action:
    if case.standing is not None and case.half:
        first = len(case.standing.posted) + 1
        return case.act(Verb.PUBLISH, "the rest of a thread", resumes_at=first)
    return case.act(Verb.PUBLISH, "due")


def quiet_until(occurrence: Occurrence, project: Project, now: datetime) -> datetime | None:
    """The end of the quiet hours that it has to wait for; None when it may go out.

    What is due within quiet hours was put there by somebody who meant it.
    """
    quiet = project.rules.quiet_hours
    due = occurrence.due.astimezone(UTC)
    if quiet is None or now <= due + JUST_DUE:
        return None
    zone = project.zone_of(occurrence.key.account)
    local = now.astimezone(zone)
    if not _within(local.time(), quiet) or _within(due.astimezone(zone).time(), quiet):
        return None
    return _next_time(quiet[1], local, zone)


def _within(clock: time, quiet: tuple[time, time]) -> bool:
    start, end = quiet
    return start <= clock < end if start <= end else clock >= start or clock < end


def _next_time(clock: time, local: datetime, zone: ZoneInfo) -> datetime:
    day = local.date() if local.time() < clock else local.date() + timedelta(days=1)
    return datetime.combine(day, clock, zone)
