"""What one rendering knows and finds: its language, its moment, and what it came upon."""

from dataclasses import dataclass, field
from datetime import datetime

from jinja2.runtime import Context

from runner.ledger import Key
from runner.problems import Problem
from runner.templating.meter import Meter
from runner.templating.values import Later, Opaque, OpaqueMoment, Spoken

EVALUATION, SCOPE, WORDS = "_scene", "_scope", "_words"
"""What a context has of a rendering; templates can't name what begins with `_`. The words are those
that the marks of a skeleton stand for."""


@dataclass(slots=True, kw_only=True)
class Evaluation:
    """Grows while one post is rendered."""

    locale: str
    due: datetime
    """For who counts or tells time from it there is `at`, which is noticed."""
    opaque_due: OpaqueMoment | None = None
    """The same for who may not look at it, where it comes of a draw."""
    disguise: int | None = None
    """In a proof its number: what exists only later is a text like any other, made up."""
    meter: Meter = field(default_factory=Meter)
    awaits: dict[Key, None] = field(default_factory=dict)
    lacks: dict[str, None] = field(default_factory=dict)
    mistaken: dict[str, None] = field(default_factory=dict)
    """Anchors that were looked up and have a problem of their own: no text is to blame for them."""
    problems: dict[Problem, None] = field(default_factory=dict)
    seen: dict[str, object] = field(default_factory=dict)
    """What was made of names that were looked up."""
    timed: bool = False
    """Whether the moment was looked at, so that at another one the post may say something else."""
    told: dict[str, None] = field(default_factory=dict)
    """The dates, times and countdowns that were written out."""
    carries: bool = False
    """Whether a value was given out that exists only later."""

    @property
    def at(self) -> datetime:
        """When the post is due."""
        self.timed = True
        return self.due

    def later(self, name: str, stand_in: str, known: str | None) -> Spoken:
        """A value that exists only later, known or not."""
        self.carries = True
        value = Later(name, stand_in, known)
        return Opaque([value]) if self.disguise is None else value.disguise(self.disguise)

    def value_of_draw(self, name: str, stand_in: str, known: str | None) -> Spoken:
        """A value that comes of a draw; the post lacks it until the draw is held."""
        if known is None:
            self.lacks[name] = None
        return self.later(name, stand_in, known)


def evaluation_of(context: Context) -> Evaluation:
    evaluation: Evaluation = context.parent[EVALUATION]
    return evaluation
