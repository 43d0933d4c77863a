"""How a model says no: a problem of ours, as pydantic carries it."""

from typing import Any

from pydantic_core import PydanticCustomError


def refuse(
    rule: str,
    message: str,
    help: str,
    column: int | None = None,
    *,
    below: tuple[str | int, ...] = (),
    on_key: bool = True,
) -> PydanticCustomError:
    """Rule id, message, and the thing to do; `column` in the text that is refused. `below` leads
    from what is refused to what is wrong in it: the key there, or its value."""
    context: dict[str, Any] = {"message": message, "help": help}
    if column is not None:
        context["column"] = column
    if below:
        context |= {"below": below, "on_key": on_key}
    return PydanticCustomError(rule, "{message}", context)
