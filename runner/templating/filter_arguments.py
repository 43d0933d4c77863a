"""What a filter is, what it takes its arguments for, what they cost it, and how it fails."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from functools import wraps
from typing import Any

from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context

from runner.templating.arithmetic import is_number, number_text, within_bounds
from runner.templating.errors import TemplateFault, misused
from runner.templating.meter import too_long
from runner.templating.operators import fitting, meter_of, refuse_unseen, require_defined
from runner.templating.values import (
    Opaque,
    Spoken,
)
from runner.text import graphemes

Filter = Callable[..., Any]


def with_meter(name: str, filter: Filter) -> Filter:
    """The filter, charged by the size of what it takes, refused past what a post can hold."""

    @wraps(filter)
    def run(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        require_defined(value)
        for argument in (value, *args, *kwargs.values()):
            meter_of(context).size(argument)
        try:
            made = filter(value, *args, **kwargs)
            return fitting(made) if isinstance(made, str | Opaque) else made
        except Exception as error:  # none may pass the template that calls it
            raise fault_of(name, error) from None

    return pass_context(run)


def fault_of(name: str, error: Exception) -> Exception:
    """Whatever fails in a filter, told as the filter's, at its name."""
    if isinstance(error, TemplateFault):
        error.subject = error.subject or name
        return error
    if isinstance(error, UndefinedError):
        return error
    if isinstance(error, MemoryError):
        return too_long()
    what = f"the filter `{name}` can't take these values"
    return misused(what, "look at what stands before it, and at its arguments", name)


def text_of(value: object) -> str:
    """A text, or a number as one."""
    if isinstance(value, str):
        return value
    if is_number(value):
        return number_text(value)
    require_defined(value)
    refuse_unseen("", value)
    raise misused("this filter takes a text", "give it a text")


def texts_of(value: object) -> list[str]:
    """The texts of a list, or one."""
    return [text_of(one) for one in (value if isinstance(value, list | tuple) else (value,))]


def as_spoken(value: object) -> Spoken:
    """A text, a number as one, or what exists only later: for a filter that looks at none of it."""
    return value if isinstance(value, Opaque) else text_of(value)


def list_of(value: object) -> Sequence[Any]:
    """The values of a list, or the characters of a text."""
    if isinstance(value, str):
        return graphemes(value)
    if isinstance(value, list | tuple):
        return value
    refuse_unseen("", value)
    raise misused("this filter takes a list", "give it a list")


def number_of(value: object) -> Any:
    """A number, which may be written as a text. Raises TemplateFault."""
    if is_number(value):
        return within_bounds(value)
    try:
        if isinstance(value, str) and len(value) <= 30:
            number = within_bounds(
                Decimal(value.strip())
            )  # first, since `1e999999999` fits in a text
            return int(number) if number == number.to_integral_value() else number
    except (InvalidOperation, ValueError, OverflowError):
        pass
    require_defined(value)
    refuse_unseen("", value)
    if value is None:
        raise misused("this number is not given", "write it, or leave this out without it")
    raise misused("this filter takes a number", "give it a number, such as 20")
