"""A look at X before a person's word that a post is not out is taken."""

from datetime import timedelta

from runner.ledger import Attempting, Facts, Standing
from runner.models.project import Project
from runner.problems import BadUsage, Refused
from runner.publish.account_entry import enter
from runner.publish.outcome import Refusal
from runner.publish.ports import Unreadable
from runner.publish.reconciling import known_ids
from runner.publish.resolution_target import ResolutionTarget
from runner.publish.run_ports import RunPorts
from runner.reconcile import search

BEFORE = timedelta(minutes=10)
"""X's clock and ours may differ."""
WITHOUT = "look for it on X yourself; if it is not there: `--not-posted --without-looking`"


def refuse_if_shown(
    target: ResolutionTarget, facts: Facts, *, project: Project, ports: RunPorts
) -> None:
    """Refuses a word that a part is not out where X shows it. Raises BadUsage where the account's
    timeline shows the part in question, and Refused where nobody can look. What was never attempted
    can't be told from other posts: a run that is about to send it looks once more."""
    tries = _tries(target)
    if not tries:
        return
    if target.key.account not in project.accounts:
        raise Refused(f"runner.yaml has no account `{target.key.account}` any more", help=WITHOUT)
    entered = enter(target.key.account, facts=facts, project=project, ports=ports)
    if isinstance(entered, Refusal):
        raise Refused(f"X can't be asked whether {target} is out: {entered.because}", help=WITHOUT)
    shown = entered.publisher.timeline(min(each.at for each in tries) - BEFORE)
    if isinstance(shown, Unreadable):
        raise Refused(f"the timeline can't be read: {shown.because}", help=WITHOUT)
    standing = Standing(key=target.key, entries=(*target.out, *tries))
    for match in search([standing], shown, known=known_ids(facts)).get(target.key, ()):
        raise BadUsage(
            f"{target} is out: {match.shown.url}",
            help=f"if that is it: `--posted {match.shown.url}`; if it is another post with the "
            "same words: `--not-posted --without-looking`",
        )


def _tries(target: ResolutionTarget) -> tuple[Attempting, ...]:
    """All attempts of the part in question, however they ended, with the one that froze it."""
    entries = target.standing.entries if target.standing else ()
    attempts = [each for each in entries if isinstance(each, Attempting)]
    own = [each for each in attempts if each.part == target.part]
    opening = [target.opening] if target.opening and target.part > 1 and own else []
    return (*opening, *own)
