"""Checking: the rules of a stage over a scene, less what people ignore with a reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from runner.campaign import CampaignFile
from runner.ledger import Key
from runner.problems import Place, Problem, Severity, closest
from runner.rules.catalogue import RULES
from runner.rules.rule import Finding, Rule, Stage
from runner.rules.scene import Scene, is_draft

IDS = frozenset(rule.id for rule in RULES)
KEPT_BY_THE_PLAN = frozenset({"campaign-budget", "same-time", "unreachable-post"})
"""What the plan itself sees to when posts are due: budgets, distances, what waits for what."""


BY_THEMSELVES = frozenset(
    {
        *("too-long", "long-by-other-count", "empty-text", "shouting", "stale-greeting"),
        *("too-many-hashtags", "too-many-cashtags", "unknown-handle", "mention-may-be-refused"),
        *("needs-enterprise", "missing-alt", "alt-too-long", "media-limits", "poll-limits"),
        *("expired-partner", "undisclosed-partner", "dead-offer", "link-cost"),
    }
)
"""Rules that look at each post by itself."""


def check(scene: Scene, stage: Stage) -> tuple[Problem, ...]:
    """What the rules of a stage find, each thing once, in the order of files and routes.

    What is wrong with a draft is a warning, since a draft never goes out.
    """
    problems = [
        _problem(rule, finding)
        for rule in RULES
        if rule.stage is stage
        for finding in _distinct(rule, scene)
    ]
    if stage is Stage.FILE:
        problems += [problem for file in scene.files for problem in _wrong_ignores(file)]
    return tuple(sorted(problems, key=_order))


def breaches(scene: Scene) -> Mapping[Key, tuple[Problem, ...]]:
    """The errors that stand in the way of each post: its own, and its campaign's as a whole.

    What is wrong between two posts stands in the way of neither.
    """
    found: dict[Key, list[Problem]] = defaultdict(list)
    for rule in RULES:
        grave = rule.stage is Stage.FILE and rule.severity is Severity.ERROR
        if grave and rule.id not in KEPT_BY_THE_PLAN:
            for finding in _heeded(rule, scene):
                for key in _concerned(finding, scene):
                    found[key].append(_problem(rule, finding))
    return {key: tuple(problems) for key, problems in found.items()}


def _concerned(finding: Finding, scene: Scene) -> Iterator[Key]:
    if len(finding.about) == 1:
        yield finding.about[0].key
    elif not finding.about and not finding.declared:
        yield from (each.post.key for each in scene.proofs if each.file.path == finding.place.path)


def _distinct(rule: Rule, scene: Scene) -> Iterable[Finding]:
    """The first of each finding that several days, accounts or items repeat."""
    found: dict[tuple[Place, str], Finding] = {}
    looked_at = [_heeded(rule, scene)]
    if scene.others and rule.id in BY_THEMSELVES:
        looked_at.append(_heeded(rule, scene.elsewhere))
    for finding in chain.from_iterable(looked_at):
        found.setdefault(
            (finding.place, finding.message if finding.alike is None else finding.alike), finding
        )
    return found.values()


def _heeded(rule: Rule, scene: Scene) -> Iterator[Finding]:
    """What a rule finds, less what people ignore with a reason."""
    for finding in rule.look(scene):
        posts = (*finding.declared, *(occurrence.post for occurrence in finding.about))
        if not any(rule.id in post.ignore for post in posts):
            yield finding


def _problem(rule: Rule, finding: Finding) -> Problem:
    only_drafts = finding.about and all(is_draft(each) for each in finding.about)
    return Problem(
        rule=rule.id,
        message=finding.message,
        place=finding.place,
        help=finding.help,
        severity=Severity.WARNING if only_drafts else rule.severity,
    )


def _wrong_ignores(file: CampaignFile) -> Iterator[Problem]:
    for name, post in file.campaign.posts.items():
        for id, reason in post.ignore.items():
            place = Place(path=file.path, route=("posts", name, "ignore", id), on_key=True)
            if id not in IDS:
                near = closest(id, IDS)
                yield Problem(
                    rule="unknown-rule",
                    message=f"there is no rule `{id}`",
                    place=place,
                    help=f"did you mean `{near}`?" if near else "copy the id from the problem",
                )
            elif not reason.strip():
                yield Problem(
                    rule="ignore-without-reason",
                    message=f"`{id}` is ignored without a reason",
                    place=place,
                    help=f"say why, for the reviewer: `{id}: the reason`",
                )


def _order(problem: Problem) -> tuple[str, tuple[tuple[int, str], ...], str, str]:
    route = tuple(
        (step, "") if isinstance(step, int) else (-1, step) for step in problem.place.route
    )
    return problem.place.path, route, problem.rule, problem.message
