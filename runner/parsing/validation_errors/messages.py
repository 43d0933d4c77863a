"""What pydantic finds wrong, in the words of people who write campaigns, by type of error."""

from collections.abc import Callable
from typing import Final

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from runner.parsing.validation_errors.coercion import EXPECTED, example_of, purpose_of, wrong_type
from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.unknown_names import (
    no_kind,
    unknown_key,
    unknown_kind,
    unknown_value,
)
from runner.problems import Message, id_of

BOUNDS: Final = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
    "multiple_of": ("multiple_of", "a multiple of"),
}
LENGTHS: Final = {
    "string_too_short": ("min_length", "needs at least", "character"),
    "string_too_long": ("max_length", "takes at most", "character"),
    "too_short": ("min_length", "needs at least", "entry"),
    "too_long": ("max_length", "takes at most", "entry"),
}
ID: Final = "[a-z0-9][a-z0-9-]{0,63}"


def message_for(mistake: Mistake) -> Message:
    """What is wrong, and the thing to do."""
    if mistake.message:
        return mistake.message
    if mistake.type in EXPECTED:
        return wrong_type(mistake)
    return MESSAGES.get(mistake.type, _anything)(mistake)


def _missing(mistake: Mistake) -> Message:
    key = mistake.key
    if mistake.route and isinstance(mistake.route[-1], int):
        return Message("out-of-range", f"`{key}` has too few entries", purpose_of(mistake))
    sample = example_of(mistake) or _choice(mistake)
    help = _addition(key, sample, mistake.path.field(key))
    return Message("missing-key", f"the key `{key}` is missing", help)


def _choice(mistake: Mistake) -> str:
    """The first of the values that a key takes, where these are few."""
    return str(next(iter(mistake.path.schema.get("expected", ())), ""))


def _addition(key: str, sample: str, field: FieldInfo | None) -> str:
    """How to add a key, from an example or the description of its field."""
    given = sample or _field_example(field) or "…"
    about = " ".join((field.description or "").split()) if field else ""
    about = about.removesuffix(".")
    return f"add `{key}: {given}`" + (f" ({about[0].lower()}{about[1:]})" if about else "")


def _field_example(field: FieldInfo | None) -> str:
    """The first example of a field, or of its type."""
    if field is None:
        return ""
    schemas = [
        each.json_schema or {} for each in field.metadata if isinstance(each, WithJsonSchema)
    ]
    examples = [
        *(field.examples or ()),
        *(one for each in schemas for one in each.get("examples", ())),
    ]
    return str(examples[0]) if examples else ""


def _bound(mistake: Mistake) -> Message:
    name, words = BOUNDS[mistake.type]
    bound = mistake.context.get(name)
    noun = f"`{mistake.key}`" if mistake.key else "this"
    text = f"{noun} has to be {words} {bound}, found {mistake.written or mistake.found}"
    return Message("out-of-range", text, purpose_of(mistake))


def _length(mistake: Mistake) -> Message:
    name, words, unit = LENGTHS[mistake.type]
    bound = int(mistake.context[name])
    units = {"entry": "entries"}.get(unit, f"{unit}s")
    has = len(mistake.found) if isinstance(mistake.found, str | list | dict) else 0
    noun = f"`{mistake.key}`" if mistake.key else "this"
    needs = f"{noun} {words} {bound} {unit if bound == 1 else units}"
    return Message("out-of-range", f"{needs}, found {has or 'none'}", purpose_of(mistake))


def _form(mistake: Mistake) -> Message:
    pattern = str(mistake.context.get("pattern", ""))
    text = mistake.key if mistake.path.on_key else str(mistake.found)
    if pattern.removeprefix("^").removesuffix("$") != ID:
        fault = f"`{text}` is not of the form `{pattern}`"
        return Message("bad-form", fault, purpose_of(mistake))
    help, proper = "use lower-case letters, digits and hyphens", id_of(text)
    help = f"{help}: `{proper}`" if proper else help
    return Message("bad-id", f"`{text}` can't be a name here", help)


def _value_error(mistake: Mistake) -> Message:
    error = mistake.context.get("error")
    return Message("bad-value", str(error) if error else mistake.words)


def _anything(mistake: Mistake) -> Message:
    return Message("bad-value", f"{mistake.words[:1].lower()}{mistake.words[1:]}")


MESSAGES: Final[dict[str, Callable[[Mistake], Message]]] = {
    "extra_forbidden": unknown_key,
    "missing": _missing,
    "literal_error": unknown_value,
    "enum": unknown_value,
    "union_tag_invalid": unknown_kind,
    "union_tag_not_found": no_kind,
    **dict.fromkeys(BOUNDS, _bound),
    **dict.fromkeys(LENGTHS, _length),
    "string_pattern_mismatch": _form,
    **dict.fromkeys(("value_error", "assertion_error"), _value_error),
}
