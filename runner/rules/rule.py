"""A rule: its id, how grave a breach is, when it can be checked, and the function that checks
it."""

import inspect
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from runner.ledger import Key
from runner.models import Post
from runner.problems import Message, Place, Problem, Severity, Suggestion, suggest
from runner.rules.context import RuleContext
from runner.rules.plan_context import PlanContext
from runner.rules.project_context import ProjectContext
from runner.value import Value

C = TypeVar("C")
MOST_KNOWN = 1000
"""Names that one is compared with at most: where there are more, nothing is suggested."""


class Stage(StrEnum):
    """What a rule needs to be checked."""

    FILE = "file"
    """By the file of one campaign: same files, same answer, for ever."""
    PROJECT = "project"
    """By the files of all campaigns together: same files, same answer, for ever."""
    PLAN = "plan"
    """By the clock and the ledger, too."""


class HasDate(Protocol):
    """What a breach may be about: an occurrence, or a compiled post at one of its dates."""

    @property
    def key(self) -> Key: ...
    @property
    def is_draft(self) -> bool: ...
    @property
    def ignored(self) -> Collection[str]: ...


class Breach(Value, kw_only=True):
    """A problem that breaks a rule, and the posts that may silence it by `ignore`."""

    problem: Problem
    about: tuple[HasDate, ...] = ()
    """What it is about: the `ignore` of any of their posts silences it."""
    declared: tuple[Post, ...] = ()
    """Posts that it is about and that have no time yet: their `ignore` counts as well."""
    alike: str | None = None
    """Two breaches of a rule at one place are the same when this is; by default the message."""


RuleLook = Callable[[C], Iterator[Breach]]


class Rule(Value, Generic[C], kw_only=True):
    """One rule. Its function's docstring is its section of the reference."""

    id: str
    severity: Severity
    stage: Stage
    look: RuleLook[C]

    def breach(
        self,
        *,
        text: str,
        place: Place,
        help: str | Suggestion,
        about: tuple[HasDate, ...] = (),
        declared: tuple[Post, ...] = (),
        alike: str | None = None,
    ) -> Breach:
        """One breach of this rule: a problem with its id and severity."""
        problem = Message(self.id, text, help).at(place, self.severity)
        return Breach(problem=problem, about=about, declared=declared, alike=alike)

    @property
    def explanation(self) -> str:
        """What it asks for, why, how to mend a breach, and its settings."""
        return inspect.cleandoc(self.look.__doc__ or "")

    @property
    def summary(self) -> str:
        """The explanation's first sentence."""
        first = self.explanation.partition("\n\n")[0]
        return re.sub(r"\s*\n\s*", " ", first)


class CampaignRule(Rule[RuleContext], kw_only=True):
    """A rule for which one campaign is enough."""

    of_one_post: bool = False
    """Whether it looks at each post by itself, so that it also checks the items of a ring that are
    not in turn."""


class ProjectRule(Rule[ProjectContext], kw_only=True):
    """A rule that compares the posts of all campaigns."""

    of_all: bool = False
    """Whether it looks at all accounts together, not at one after another."""


class PlanRule(Rule[PlanContext], kw_only=True):
    """A rule of what may still go out, by the clock and the ledger."""


AnyRule = CampaignRule | ProjectRule | PlanRule


def rule(
    id: str,
    severity: Severity = Severity.ERROR,
    *,
    of_one_post: bool = False,
) -> Callable[[RuleLook[RuleContext]], CampaignRule]:
    """Makes a rule of the function that looks for its breaches."""

    def make(look: RuleLook[RuleContext]) -> CampaignRule:
        return CampaignRule(
            id=id, severity=severity, stage=Stage.FILE, look=look, of_one_post=of_one_post
        )

    return make


def project_rule(
    id: str, severity: Severity = Severity.ERROR, *, of_all: bool = False
) -> Callable[[RuleLook[ProjectContext]], ProjectRule]:
    """Makes a rule across campaigns of the function that looks for its breaches."""

    def make(look: RuleLook[ProjectContext]) -> ProjectRule:
        return ProjectRule(id=id, severity=severity, stage=Stage.PROJECT, look=look, of_all=of_all)

    return make


def plan_rule(
    id: str, severity: Severity = Severity.ERROR
) -> Callable[[RuleLook[PlanContext]], PlanRule]:
    """Makes a rule of plans of the function that looks for its breaches."""

    def make(look: RuleLook[PlanContext]) -> PlanRule:
        return PlanRule(id=id, severity=severity, stage=Stage.PLAN, look=look)

    return make


@dataclass(slots=True)
class Guesses:
    """Suggests names for the whole of a project, a bounded number of times: nobody reads more, and
    each takes time."""

    left: int = 100
    """How many more names are looked for."""

    def suggest(self, name: str, known: Collection[str]) -> Suggestion | None:
        """The known name that was probably meant, or None."""
        if not self.left or len(known) > MOST_KNOWN:
            return None
        self.left -= 1
        return suggest(name, known)
