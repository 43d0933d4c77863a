"""The filters of templates that follow a language: dates, times, money, numbers, plurals."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from jinja2 import pass_context
from jinja2.runtime import Context

from runner.templating import dates, numbers
from runner.templating.evaluation import Evaluation, evaluation_of
from runner.templating.filter_arguments import Filter, fault_of
from runner.templating.operators import meter_of, refuse_unseen, require_defined
from runner.templating.values import MOMENT_STAND_IN, OpaqueMoment, Spoken

_OF_MOMENTS: Final = frozenset({"countdown", "date", "time"})
_COST = 20
"""What asking CLDR costs, in steps of the meter."""


def bind_evaluation(name: str, filter: Callable[..., str]) -> Filter:
    """The filter, with the evaluation first; where a moment exists only later, so does the text."""

    @wraps(filter)
    def run(context: Context, value: Any, *args: Any, **kwargs: Any) -> Spoken:
        require_defined(value)
        meter_of(context).charge(_COST)
        refuse_unseen(name, *args, *kwargs.values())
        evaluation = evaluation_of(context)
        moment = value.moment if isinstance(value, OpaqueMoment) else value
        try:
            text = filter(evaluation, moment, *args, **kwargs)
        except Exception as error:  # none may pass the template that calls it
            raise fault_of(name, error) from None
        # the narrow space of some languages weighs 2 on X; the other one that doesn't break, 1
        text = text.replace("\u202f", "\u00a0")
        if name in _OF_MOMENTS:
            evaluation.told[text] = None
        unseen = _later_moments(name, value, evaluation)
        if not unseen:
            return text
        stand_in = max(text, MOMENT_STAND_IN, key=len)
        known = all(moment.known for moment in unseen)
        return evaluation.later(unseen[0].name, stand_in, text if known else None)

    return pass_context(run)


def _later_moments(name: str, value: object, evaluation: Evaluation) -> list[OpaqueMoment]:
    """Those of the moments that a filter tells of which exist only later."""
    told = (value, evaluation.opaque_due if name == "countdown" else None)
    return [moment for moment in told if isinstance(moment, OpaqueMoment)]


LANGUAGE_FUNCTIONS: Final[dict[str, Callable[..., str]]] = {
    "countdown": dates.countdown,
    "currency": numbers.currency,
    "date": dates.day,
    "number": numbers.number,
    "percent": numbers.percent,
    "plural": numbers.plural,
    "time": dates.hour,
}
"""Each of them as a plain function, whose first argument is the evaluation."""
LANGUAGE_FILTERS: Final[dict[str, Filter]] = {
    name: bind_evaluation(name, filter) for name, filter in LANGUAGE_FUNCTIONS.items()
}
