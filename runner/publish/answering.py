"""Sending an answer, as posts are sent: looks at what is in doubt, attempt, one request, result.

An answer stands in no file. So no plan of the files holds it, and this makes a plan of it alone.
"""

from functools import partial
from typing import Final

from runner.bugs import TO_DO
from runner.ledger import Facts, Key, Standing, State, tellable
from runner.models import Project
from runner.plan import Action, Case, Plan, Verb, need_of, verdict, within_limits
from runner.problems import LedgerUnusable
from runner.publish.account_entry import enter
from runner.publish.accounts import apply
from runner.publish.outcome import Outcome, Refusal, Result
from runner.publish.ports import Unreadable
from runner.publish.reconciling import Reconciliation, reconcile
from runner.publish.run_ports import RunPorts
from runner.reconcile import TimelinePost, says
from runner.render import RenderedPost
from runner.schedule import Occurrence
from runner.value import Value, replace
from runner.x_facts import instant

_OPEN: Final = (State.ATTEMPTING, State.UNKNOWN)
_OTHER_WORDS: Final = (
    "nobody can answer what is deleted, or who has blocked the account; else have other words "
    "shown with `/answer`, or answer on X by hand"
)
_ONCE_MORE: Final = "write the same `/send` once more when that is over"
_ROUNDS: Final = 10
"""Races that it loses before it leaves the answer to a person."""


class SentAnswer(Value, kw_only=True):
    """What came of an answer, in the end: what was decided, and what was done."""

    action: Action
    outcome: Outcome
    """Of the last look: before it, others were faster."""
    seen: TimelinePost | None = None
    """What X shows in its place, though the ledger knows of none."""

    @property
    def url(self) -> str | None:
        """Its address; None where it is not out, for all that is known."""
        if self.seen:
            return self.seen.url
        standing = self.action.standing
        known = standing.posted if standing and standing.state is State.POSTED else ()
        sent = (url for result in self.outcome.sent for url in result.urls)
        return next(iter((*sent, *(each.url for each in known))), None)

    @property
    def is_other(self) -> bool:
        """Whether what is out has other words, or answers what they have said before."""
        standing, post = self.action.standing, self.action.post
        if self.seen:
            return post is None or not says(post.parts[0], self.seen)
        opening = standing.opening if standing and standing.state is State.POSTED else None
        return opening is not None and post is not None and opening.digest != post.digest

    @property
    def may_be_out(self) -> bool:
        """Whether nobody knows yet if it is out."""
        if self.outcome.results:
            return self.outcome.results[-1].state in _OPEN
        return self.action.standing is not None and self.action.standing.doubtful

    @property
    def because(self) -> str:
        """Why it is not out."""
        return self._last_outcome.because if self._last_outcome else self.action.because

    @property
    def help(self) -> str:
        """What a person can do about that: no run takes it up by itself."""
        told, standing = self._last_outcome, self.action.standing
        before = standing.state if standing and told is None else None
        state = told.state if isinstance(told, Result) else before
        if state is State.REJECTED:
            return _OTHER_WORDS
        if told is None and self.action.verb is Verb.SKIP:
            return "answer on X by hand"
        is_for_a_person = isinstance(told, Refusal) or (told is not None and told.stops)
        first = told.help if told and is_for_a_person else None
        return f"{first}; then {_ONCE_MORE}" if first else _ONCE_MORE

    @property
    def _last_outcome(self) -> Refusal | Result | None:
        """What has stopped it last."""
        told: tuple[Refusal | Result, ...] = (*self.outcome.refusals, *self.outcome.results)
        return told[-1] if told else None


def send_answer(
    occurrence: Occurrence,
    post: RenderedPost,
    *,
    project: Project,
    ports: RunPorts,
    asked_before: bool = False,
) -> SentAnswer:
    """Sends an answer that a person has approved, once. Where it was `asked_before`, X is looked at
    first: it may be out, though the ledger was set back since. Raises LedgerUnusable."""
    for _ in range(_ROUNDS):
        planned, facts, looked = _plan_after_look(occurrence, post, project, ports)
        (action,), outcome = planned.actions, looked.outcome
        if planned.changes_something:
            seen = _seen(action, facts, project, ports) if asked_before else None
            if isinstance(seen, TimelinePost):
                return SentAnswer(action=action, outcome=outcome, seen=seen)
            did = (
                Outcome(refusals=(seen,))
                if seen
                else apply(planned, facts, project=project, ports=ports, accounts=())
            )
            outcome = outcome.and_then(did)
        if not outcome.raced or not ports.pause(ports.jitter()):
            break
    return SentAnswer(action=action, outcome=outcome)


def _seen(
    action: Action, facts: Facts, project: Project, ports: RunPorts
) -> TimelinePost | Refusal | None:
    """What X shows of an answer to that very version, or why it does not tell."""
    account, to = action.key.account, action.post.reply_to_id if action.post else None
    entered = enter(account, facts=facts, project=project, ports=ports)
    if isinstance(entered, Refusal):
        return entered
    if to is None:
        return None
    shown = entered.publisher.timeline(instant(to))
    if isinstance(shown, Unreadable):
        because = f"the timeline can't be read: {shown.because}"
        return Refusal(account=account, because=because, help=shown.help)
    return next((each for each in shown if each.reply_to == to), None)


def answer_that_may_be_out(
    occurrence: Occurrence, post: RenderedPost, *, project: Project, ports: RunPorts
) -> Key | None:
    """What is out by the ledger, or perhaps is, as an answer to the version that this post answers.
    Raises LedgerUnusable."""
    standing = _facts(occurrence, project, ports).standings.get(occurrence.key)
    if _is_rewritten(standing, post):
        occurrence = _of_version(occurrence, post)
        standing = _facts(occurrence, project, ports).standings.get(occurrence.key)
    return occurrence.key if standing is not None and standing.may_be_out else None


def _plan_after_look(
    occurrence: Occurrence, post: RenderedPost, project: Project, ports: RunPorts
) -> tuple[Plan, Facts, Reconciliation]:
    """What is to be done now, after a look at what is in doubt of the account."""
    account = occurrence.key.account
    facts = _facts(occurrence, project, ports)
    looked = reconcile(facts, project=project, ports=ports, accounts=frozenset({account}))
    if looked.wrote:
        facts = _facts(occurrence, project, ports)
    if _is_rewritten(facts.standings.get(occurrence.key), post):
        occurrence = _of_version(occurrence, post)
        post = replace(post, key=occurrence.key)
    now = ports.clock.now()
    case = Case(
        occurrence=occurrence,
        post=post,
        problems=(),
        standing=facts.standings.get(occurrence.key),
        superseded=False,
        absent=looked.absent,
    )
    action = verdict(case, project=project, facts=facts, now=now)
    actions = within_limits((action,), project=project, facts=facts, now=now)
    planned = Plan(now=now, actions=actions)
    blinded = planned.without(
        looked.blind, "it has to be looked for on X first", keys=looked.unseen
    )
    return blinded, facts, looked


def _is_rewritten(standing: Standing | None, post: RenderedPost) -> bool:
    """Whether what it answers was rewritten after it was answered: that waits for another one."""
    if standing is None or standing.state is not State.POSTED:
        return False
    return int(standing.posted[-1].id) < int(post.reply_to_id or 0)


def _of_version(occurrence: Occurrence, post: RenderedPost) -> Occurrence:
    """The answer to that version, in place of the one to the first."""
    name = str(post.reply_to_id)
    return replace(
        occurrence,
        key=replace(occurrence.key, post=name),
        campaign=replace(occurrence.campaign, posts={name: occurrence.post}),
    )


def _facts(occurrence: Occurrence, project: Project, ports: RunPorts) -> Facts:
    """All that a plan of it has to know of the ledger. Raises LedgerUnusable."""
    budgeted, now = project.monthly_budget is not None, ports.clock.now()
    need = partial(need_of, (occurrence,), budgeted=budgeted, now=now)
    facts = tellable(ports.ledger.read(lambda glance: need(tellable(glance))))
    account = occurrence.key.account
    if account in facts.damaged:
        raise facts.damaged[account]
    if bug := facts.untold.get(occurrence.key):
        raise LedgerUnusable(bug.summary, help=TO_DO)
    return facts
