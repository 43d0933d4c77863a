"""The scene of one rendering: in which language and at what moment, and what it came upon."""

from dataclasses import dataclass, field
from datetime import datetime

from jinja2.runtime import Context

from runner.ledger import Key
from runner.problems import Problem
from runner.render.meter import Meter
from runner.render.values import PLACEHOLDER, Later

SCENE = "_scene"
"""Its name in the context; templates can't name what begins with `_`."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """Grows while one post is rendered."""

    locale: str
    at: datetime
    meter: Meter = field(default_factory=Meter)
    awaits: dict[Key, None] = field(default_factory=dict)
    lacks: dict[str, None] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    seen: dict[str, object] = field(default_factory=dict)
    """What was made of names that were looked up."""
    stand_ins: dict[str, str] = field(default_factory=dict)
    """What each placeholder comes to at its greatest weight."""

    def later(self, name: str, stand_in: str) -> Later:
        """The placeholder of what is not known yet."""
        placeholder = Later(PLACEHOLDER.format(name))
        self.stand_ins[placeholder.casefold()] = stand_in
        return placeholder

    def lacking(self, name: str, stand_in: str) -> Later:
        """The placeholder of a value of a draw that has not been held."""
        self.lacks[name] = None
        return self.later(name, stand_in)


def scene_of(context: Context) -> Scene:
    scene: Scene = context.parent[SCENE]
    return scene
