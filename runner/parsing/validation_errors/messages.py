"""What pydantic finds wrong, in the words of people who write campaigns, by type of error."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from runner.parsing.said import Said
from runner.parsing.validation_errors.coercion import EXPECTED, about, way_example, wrong_type
from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.unknown_names import (
    no_kind,
    unknown_key,
    unknown_kind,
    unknown_value,
)
from runner.problems import id_of

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


def worded(mistake: Mistake) -> Said:
    """The problem's rule id, its line, and the thing to do."""
    if mistake.is_ours:
        return Said(rule=mistake.type, message=mistake.said, help=_text(mistake.context, "help"))
    if mistake.type in EXPECTED:
        return wrong_type(mistake)
    return WORDED.get(mistake.type, _anything)(mistake)


def _text(context: Mapping[str, Any], key: str) -> str | None:
    return str(context[key]) if key in context else None


def _missing(mistake: Mistake) -> Said:
    key = mistake.key
    if mistake.route and isinstance(mistake.route[-1], int):
        return Said(
            rule="out-of-range",
            message=f"`{key}` has too few entries",
            help=about(mistake),
        )
    return Said(
        rule="missing-key",
        message=f"the key `{key}` is missing",
        help=_addition(key, way_example(mistake) or _choice(mistake), mistake.way.field(key)),
    )


def _choice(mistake: Mistake) -> str:
    """The first of the values that a key takes, where these are few."""
    return str(next(iter(mistake.way.schema.get("expected", ())), ""))


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


def _bound(mistake: Mistake) -> Said:
    name, words = BOUNDS[mistake.type]
    bound = mistake.context.get(name)
    noun = f"`{mistake.key}`" if mistake.key else "this"
    return Said(
        rule="out-of-range",
        message=f"{noun} has to be {words} {bound}, found {mistake.written or mistake.found}",
        help=about(mistake),
    )


def _length(mistake: Mistake) -> Said:
    name, words, unit = LENGTHS[mistake.type]
    bound = int(mistake.context[name])
    units = {"entry": "entries"}.get(unit, f"{unit}s")
    has = len(mistake.found) if isinstance(mistake.found, str | list | dict) else 0
    noun = f"`{mistake.key}`" if mistake.key else "this"
    needs = f"{noun} {words} {bound} {unit if bound == 1 else units}"
    return Said(rule="out-of-range", message=f"{needs}, found {has or 'none'}", help=about(mistake))


def _form(mistake: Mistake) -> Said:
    pattern = str(mistake.context.get("pattern", ""))
    text = mistake.key if mistake.way.on_key else str(mistake.found)
    if pattern.removeprefix("^").removesuffix("$") != ID:
        message = f"`{text}` is not of the form `{pattern}`"
        return Said(rule="bad-form", message=message, help=about(mistake))
    proper = id_of(text)
    help = "use lower-case letters, digits and hyphens"
    return Said(
        rule="bad-id",
        message=f"`{text}` can't be a name here",
        help=f"{help}: `{proper}`" if proper else help,
    )


def _raised(mistake: Mistake) -> Said:
    error = mistake.context.get("error")
    return Said(rule="bad-value", message=str(error) if error else mistake.said)


def _anything(mistake: Mistake) -> Said:
    return Said(rule="bad-value", message=f"{mistake.said[:1].lower()}{mistake.said[1:]}")


WORDED: Final[dict[str, Callable[[Mistake], Said]]] = {
    "extra_forbidden": unknown_key,
    "missing": _missing,
    "literal_error": unknown_value,
    "enum": unknown_value,
    "union_tag_invalid": unknown_kind,
    "union_tag_not_found": no_kind,
    **dict.fromkeys(BOUNDS, _bound),
    **dict.fromkeys(LENGTHS, _length),
    "string_pattern_mismatch": _form,
    **dict.fromkeys(("value_error", "assertion_error"), _raised),
}
