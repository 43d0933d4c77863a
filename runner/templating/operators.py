"""The operators of templates, each bounded: comparisons, `~`, arithmetic, what `{{ }}` writes."""

import operator
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from runner.problems import Message
from runner.templating.arithmetic import compute, is_number, negate, number_text
from runner.templating.errors import TemplateFault, misused, unsafe_template
from runner.templating.evaluation import EVALUATION, WORDS, Evaluation
from runner.templating.meter import OUTPUT, Meter, steps_of_words, too_long
from runner.templating.values import (
    Bag,
    Opaque,
    OpaqueMoment,
    Spoken,
    Unseen,
    join_spoken,
    look_fault,
    size_of,
)
from runner.text import graphemes

_COMPARE: Final[dict[str, tuple[str, Callable[[Any, Any], Any]]]] = {
    "eq": ("==", operator.eq),
    "ne": ("!=", operator.ne),
    "lt": ("<", operator.lt),
    "lteq": ("<=", operator.le),
    "gt": (">", operator.gt),
    "gteq": (">=", operator.ge),
}


def meter_of(context: Context) -> Meter:
    # written out, since loops ask for it at each turn
    evaluation: Evaluation = context.parent[EVALUATION]
    return evaluation.meter


def require_defined(value: object) -> object:
    """The value; raises the proper error when there is none."""
    if isinstance(value, Undefined):
        str(value)  # a strict one raises, and says which it is
    return value


def refuse_unseen(subject: str, *values: object) -> None:
    """Refuses values that `subject` would look at and that exist only later. Raises
    TemplateFault."""
    for value in values:
        if isinstance(value, Unseen):
            raise look_fault(value, subject)


@pass_context
def charge(context: Context, steps: int, marks: Iterable[tuple[int, int]] = ()) -> bool:
    """Charges the steps of a loop, macro, block or template, at whose head it stands; always True,
    so that it can stand before a condition. `marks` are those of the plain words in it, each with
    the number of characters that stand beside it."""
    if marks:
        words: Sequence[str] = context.parent[WORDS]
        steps += sum(steps_of_words(len(words[mark]) + beside) for mark, beside in marks)
    meter_of(context).charge(steps)
    return True


@pass_context
def plain_words(context: Context, mark: int) -> str:
    """The words that a mark of a skeleton stands for."""
    words: Sequence[str] = context.parent[WORDS]
    return words[mark]


@pass_context
def write(context: Context, value: object, name: str) -> Spoken:
    """What `{{ }}` writes: texts and numbers; anything else was not meant to be read."""
    if type(value) is str:  # first, since most are
        meter_of(context).write(len(value))
        return value
    text = _text_of(require_defined(value), name)
    meter_of(context).write(size_of(text))
    return text


def _text_of(value: object, name: str) -> Spoken:
    if isinstance(value, str | Opaque):
        return value
    if is_number(value):
        return number_text(value, name)
    raise not_text(value, name)


def not_text(value: object, name: str) -> TemplateFault:
    what = f"`{name}`" if name else "this"
    if value is None:
        without = f"leave this out without it: {{% if {name or '…'} %}}"
        help = f"write it in the campaign, or {without}"
        return TemplateFault(Message("empty-value", f"{what} is not given", help), name)
    if isinstance(value, date | OpaqueMoment):
        help = f"say how: {{{{ {name or '…'} | date }}}} or {{{{ {name or '…'} | time }}}}"
        return misused(f"{what} is a moment, not a text", help, name)
    if isinstance(value, list | tuple):
        help = f"join them: {{{{ {name or '…'} | join(', ') }}}}"
        return misused(f"{what} is a list, not a text", help, name)
    if isinstance(value, Bag):
        help = f"name one of its values: {', '.join(value.names()[:8])}"
        return misused(f"{what} is not a text", help, name)
    return misused(f"{what} is not a text", "write a text or a number", name)


@pass_context
def join_texts(context: Context, pieces: list[object]) -> Spoken:
    """`~`."""
    return fitting(join_spoken([write(context, piece, "") for piece in pieces]))


def fitting(text: Spoken) -> Spoken:
    """The text. Raises TemplateFault when no post can hold it."""
    if size_of(text) > OUTPUT:
        raise too_long()
    return text


@pass_context
def gather(context: Context, values: Any) -> Any:
    """A list, tuple or mapping that is written in a template: flat, or of flat ones."""
    for value in values.values() if isinstance(values, dict) else values:
        meter_of(context).size(value)
        if isinstance(value, list | tuple | dict):
            inner = value.values() if isinstance(value, dict) else value
            if any(isinstance(one, list | tuple | dict) for one in inner):
                raise unsafe_template(
                    "lists in lists of lists are too deep", "keep to a list of lists"
                )
    return values


@pass_context
def iterate(context: Context, values: Any) -> Any:
    """What a loop goes over; each turn charges for itself."""
    require_defined(values)
    if isinstance(values, str):
        return _characters(context, values)
    if isinstance(values, list | tuple | dict):
        return values
    refuse_unseen("in", values)
    what = "nothing" if values is None else "this"
    raise misused(f"{what} can't be repeated over", "repeat over a list, such as `hashtags`")


@pass_context
def pick(context: Context, values: Any, place: Any) -> Any:
    """`[n]`, of a text too."""
    require_defined(values), require_defined(place)
    refuse_unseen("[", values, place)
    if isinstance(values, str) and isinstance(place, int):
        values = _characters(context, values)
    return context.environment.getitem(values, place)


@pass_context
def slice_of(context: Context, values: Any, start: Any, stop: Any) -> Any:
    """`[a:b]`, of a list or a text."""
    require_defined(values)
    for bound in (require_defined(start), require_defined(stop)):
        refuse_unseen("[", bound)
        if not (bound is None or (isinstance(bound, int) and not isinstance(bound, bool))):
            raise misused("`[a:b]` counts in whole numbers", "write numbers, such as [:7]")
    refuse_unseen("[", values)
    if isinstance(values, str):
        return "".join(_characters(context, values)[start:stop])
    if isinstance(values, list | tuple):
        meter_of(context).size(values)
        return values[start:stop]
    raise misused("`[a:b]` takes a part of a list, or of a text", "give it one of these")


def _characters(context: Context, text: str) -> list[str]:
    meter_of(context).size(text)
    return graphemes(text)


@pass_context
def compare(context: Context, left: Any, how: str, right: Any) -> bool:
    """Whether one comparison holds."""
    require_defined(left), require_defined(right)
    meter_of(context).size(left)
    meter_of(context).size(right)
    if how in ("in", "notin"):
        refuse_unseen("in", left, right, *(right if isinstance(right, list | tuple) else ()))
        return _contains(right, left) is (how == "in")
    sign, function = _COMPARE[how]
    refuse_unseen(sign, left, right)
    if isinstance(left, list | tuple | dict | Bag) or isinstance(right, list | tuple | dict | Bag):
        raise misused(f"`{sign}` compares texts, numbers and moments only", "compare one value")
    try:
        return bool(function(left, right))
    except TypeError:
        raise misused(f"`{sign}` can't compare these two", "compare two of a kind", sign) from None


def _contains(whole: Any, part: Any) -> bool:
    if isinstance(whole, Bag):
        return part in whole if isinstance(part, str) else False
    if isinstance(part, list | tuple | dict | Bag):
        raise misused("`in` looks for a text or a number", "look for one value")
    if isinstance(whole, str):
        return part in whole if isinstance(part, str) else False
    if isinstance(whole, list | tuple | dict):
        return part in whole
    raise misused("`in` looks into a text or a list", "give it one")


def calculate(context: Context, sign: str, left: Any, right: Any) -> Any:
    """`+ - * / // %`, of numbers; `+` of two texts or two lists as well."""
    require_defined(left), require_defined(right)
    meter_of(context).charge(1)
    refuse_unseen(sign, left, right)
    if is_number(left) and is_number(right):
        return compute(sign, left, right)
    if sign == "+" and isinstance(left, str) and isinstance(right, str):
        return join_texts(context, [left, right])
    if sign == "+" and isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return gather(context, [*left, *right])
    if sign in "*%" and (isinstance(left, str | list | tuple) or isinstance(right, str)):
        verb = "repeats" if sign == "*" else "formats"
        raise unsafe_template(f"`{sign}` {verb} a text, which is not allowed", "write it out", sign)
    raise misused(f"`{sign}` works on numbers", "join texts with `~`", sign)


def with_sign(sign: str, value: Any) -> Any:
    """`-n` and `+n`."""
    require_defined(value)
    refuse_unseen(sign, value)
    if not is_number(value):
        raise misused(f"`{sign}` works on numbers", "give it a number", sign)
    return negate(value) if sign == "-" else value
