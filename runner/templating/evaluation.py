"""What one rendering knows and finds: its language, with the data that Unicode has of it, its
moment, and what it came upon."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from jinja2.runtime import Context

from runner.ledger import Key
from runner.models import locales_for
from runner.problems import Problem
from runner.templating.errors import misused
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


if TYPE_CHECKING:
    from babel import Locale


@cache
def locale_named(code: str) -> "Locale":
    """The data of a locale; of its language, where Unicode has none of its region (`en-LV`).
    Raises TemplateFault."""
    from babel import Locale, UnknownLocaleError

    for each in locales_for(code):
        try:
            locale = Locale.parse(each, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        _set_apart(locale)
        return locale
    raise misused(
        f"Unicode knows no language `{code}`", "use codes such as lv, es, ru, en or pt-BR"
    )


def _set_apart(locale: "Locale") -> None:
    """Reads the data of a locale, and of those that it inherits from, for it alone. Babel 2.18
    shares them, and lets the first that looks an alias up answer for all: after `MMMM` in Hebrew,
    months are Hebrew in Italian too (https://github.com/python-babel/babel/issues/1234)."""
    from babel import localedata

    localedata._cache.clear()
    assert locale.months  # noqa: S101 — Babel reads when it is first asked, and keeps what it read
