"""Runs the rules of a stage over posts, and leaves out what people ignore with a reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from runner.bugs import RULE as BUG
from runner.ledger import Key
from runner.models import PROJECT_FILE, CampaignFile
from runner.problems import Message, Place, Problem, Severity, Suggestion, suggest
from runner.rules.catalogue import RULES
from runner.rules.compiled_post import PackedFacts
from runner.rules.containment import (
    NOTHING,
    Findings,
    run_plan_rule,
    run_project_rule,
    run_rule,
)
from runner.rules.context import RuleContext
from runner.rules.plan_context import PlanContext
from runner.rules.project_context import ProjectContext, contexts
from runner.rules.rule import AnyRule, Breach, CampaignRule, PlanRule, ProjectRule
from runner.value import replace

IDS = frozenset(rule.id for rule in RULES)
KEPT_BY_THE_PLAN = frozenset({"campaign-budget", "same-time", "unreachable-post"})
"""What the plan itself sees to when posts are due: budgets, distances, what waits for what."""

REPLACED = {
    "media-limits": (
        "media-size",
        "media-dimensions",
        "media-duration",
        "media-format",
        "media-mix",
    )
}
"""Ids that are no longer, each with those of the rules that took its place."""


def check(context: RuleContext, rules: Iterable[AnyRule] = RULES) -> tuple[Problem, ...]:
    """What the rules of one campaign find, each thing once, in the order of files and routes; and
    where a bug keeps one from looking.

    What is wrong with a draft is a warning, since a draft never goes out.
    """
    problems: list[Problem] = []
    for rule in rules:
        if isinstance(rule, CampaignRule):
            seen = run_rule(rule, context.with_others if rule.of_one_post else context)
            if seen is not NOTHING:
                problems += _problems(seen.breaches, seen)
    problems += [problem for file in context.files for problem in _wrong_ignores(file)]
    return tuple(sorted(problems, key=_order))


def check_plan(context: PlanContext, rules: Iterable[AnyRule] = RULES) -> tuple[Problem, ...]:
    """What the rules of plans find, as `check` does."""
    seen = [run_plan_rule(rule, context) for rule in rules if isinstance(rule, PlanRule)]
    problems = (problem for each in seen for problem in _problems(each.breaches, each))
    return tuple(sorted(problems, key=_order))


def check_together(
    empty: ProjectContext, campaigns: Sequence[PackedFacts], rules: Iterable[AnyRule] = RULES
) -> tuple[Problem, ...]:
    """What the rules across campaigns find, as `check` does."""
    across = [rule for rule in rules if isinstance(rule, ProjectRule)]
    findings: dict[str, list[Findings]] = defaultdict(list)
    for context in contexts(empty, campaigns):
        for rule in across:
            if rule.of_all == context.is_whole:
                findings[rule.id].append(run_project_rule(rule, context))
    problems: list[Problem] = []
    for seen in findings.values():
        problems += _problems((breach for each in seen for breach in each.breaches), *seen)
    return tuple(sorted(problems, key=_order))


def may_keep_back(problem: Problem, rules: Iterable[AnyRule] = RULES) -> bool:
    """Whether what `check` found may be what `breaches` finds of a post."""
    return problem.rule == BUG or any(problem.rule == rule.id for rule in rules if _is_grave(rule))


def breaches(
    context: RuleContext, rules: Iterable[AnyRule] = RULES
) -> Mapping[Key, tuple[Problem, ...]]:
    """The errors that stand in the way of each post: its own, and its campaign's as a whole; and
    what a rule could not look at.

    What is wrong between two posts stands in the way of neither.
    """
    found: dict[Key, list[Problem]] = defaultdict(list)
    for rule in rules:
        if isinstance(rule, CampaignRule) and _is_grave(rule):
            seen = run_rule(rule, context)
            for breach in seen.breaches:
                for key in _concerned_posts(breach, context):
                    found[key].append(_problem_of(breach))
            for proof in seen.unseen:
                if seen.bug:
                    found[proof.key].append(seen.bug.problem(proof.place))
    return {key: tuple(problems) for key, problems in found.items()}


def _is_grave(rule: AnyRule) -> bool:
    """Whether a breach of it keeps a post back."""
    is_error = isinstance(rule, CampaignRule) and rule.severity is Severity.ERROR
    return is_error and rule.id not in KEPT_BY_THE_PLAN


def _problems(breaches: Iterable[Breach], *findings: Findings) -> Iterator[Problem]:
    """Each breach once, and what could not be looked at."""
    yield from (_problem_of(breach) for breach in _distinct(breaches))
    for seen in findings:
        yield from _unseen_problems(seen)


def _unseen_problems(seen: Findings) -> Iterable[Problem]:
    """A problem at each post that a rule could not look at; at each file, where it names none."""
    if seen.bug is None:
        return ()
    posts = [post.place for post in (*seen.unseen, *seen.blind)]
    named = {place.path for place in posts}
    files = [Place(path=file.path) for file in seen.files if file.path not in named]
    places = posts + files or [Place(path=PROJECT_FILE)]
    return [seen.bug.problem(place) for place in dict.fromkeys(places)]


def _concerned_posts(breach: Breach, context: RuleContext) -> Iterator[Key]:
    if len(breach.about) == 1:
        yield breach.about[0].key
    elif not breach.about and not breach.declared:
        yield from (
            each.post.key
            for each in context.proofs
            if breach.problem.place.path in (each.file.path, each.file.results)
        )


def _distinct(breaches: Iterable[Breach]) -> Iterable[Breach]:
    """The first of each breach that several days, accounts or items repeat."""
    found: dict[tuple[Place, str], Breach] = {}
    for breach in breaches:
        alike = breach.problem.message if breach.alike is None else breach.alike
        found.setdefault((breach.problem.place, alike), breach)
    return found.values()


def _problem_of(breach: Breach) -> Problem:
    only_drafts = breach.about and all(each.is_draft for each in breach.about)
    return replace(breach.problem, severity=Severity.WARNING) if only_drafts else breach.problem


def _wrong_ignores(file: CampaignFile) -> Iterator[Problem]:
    for name, post in file.campaign.posts.items():
        for id, reason in post.ignore.items():
            place = Place(path=file.path, route=("posts", name, "ignore", id), on_key=True)
            if id not in IDS:
                message = Message("unknown-rule", f"there is no rule `{id}`", _instead_of(id))
                yield message.at(place)
            elif not reason.strip():
                text = f"`{id}` is ignored without a reason"
                help = f"say why, for the reviewer: `{id}: the reason`"
                yield Message("ignore-without-reason", text, help).at(place)


def _instead_of(id: str) -> str | Suggestion:
    """What to write in the place of an id that no rule has."""
    if rules := REPLACED.get(id):
        *first, last = (f"`{rule}`" for rule in rules)
        return f"name the one that the problem shows: {', '.join(first)} or {last}"
    return suggest(id, IDS) or "copy the id from the problem"


def _order(problem: Problem) -> tuple[str, tuple[tuple[int, str], ...], str, str]:
    route = tuple(
        (step, "") if isinstance(step, int) else (-1, step) for step in problem.place.route
    )
    return problem.place.path, route, problem.rule, problem.message
