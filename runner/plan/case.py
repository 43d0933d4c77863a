"""The case of one occurrence: all that a verdict looks at."""

from collections.abc import Collection
from dataclasses import dataclass

from runner.ledger import Standing, State
from runner.plan.action import Action, Verb
from runner.plan.renamed import Renamed
from runner.problems import Problem
from runner.render import RenderedPost
from runner.schedule import Occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
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
