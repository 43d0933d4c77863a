"""What pydantic finds wrong, in the words of people who write campaigns, by type of error."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from pydantic.fields import FieldInfo

from runner.document.keys import listed, meant
from runner.document.mistakes import Mistake, found
from runner.problems import closest

EXPECTED: Final = {
    **dict.fromkeys(("string_type", "string_sub_type"), "a text"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "is_instance_of"), "a number"),
    **dict.fromkeys(("decimal_parsing",), "a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "`true` or `false`"),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type"), "a mapping"),
    **dict.fromkeys(("model_attributes_type", "dataclass_type"), "a mapping"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), "a list"),
    **dict.fromkeys(("iterable_type",), "a list"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "a date"),
    **dict.fromkeys(("datetime_type", "datetime_parsing"), "a date with a time"),
    **dict.fromkeys(("time_type", "time_parsing"), "a time of day"),
    **dict.fromkeys(("time_delta_type", "time_delta_parsing"), "a duration"),
    **dict.fromkeys(("url_type", "url_parsing", "url_scheme"), "a web address"),
    "none_required": "nothing",
}
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
TRUTHS: Final = {
    **dict.fromkeys(("yes", "y", "on", "1", "true"), "true"),
    **dict.fromkeys(("no", "n", "off", "0", "false"), "false"),
}
ID: Final = "[a-z0-9][a-z0-9-]{0,63}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    rule: str
    message: str
    help: str | None = None


def worded(mistake: Mistake) -> Said:
    """The problem's rule id, its line, and the thing to do."""
    if "-" in mistake.type:
        return Said(rule=mistake.type, message=mistake.said, help=_text(mistake.context, "help"))
    if mistake.type in EXPECTED:
        return _wrong_type(mistake)
    return WORDED.get(mistake.type, _anything)(mistake)


def _text(context: Mapping[str, Any], key: str) -> str | None:
    return str(context[key]) if key in context else None


def _wrong_type(mistake: Mistake) -> Said:
    types = mistake.expected or (mistake.type,)
    nouns = list(dict.fromkeys(EXPECTED[one] for one in types))
    return Said(
        rule="wrong-type",
        message=f"expected {' or '.join(nouns)}, found {found(mistake.found)}",
        help=_retyped(nouns, mistake),
    )


def _retyped(nouns: list[str], mistake: Mistake) -> str | None:
    """How to write what is there as one of the expected types."""
    value, written = mistake.found, mistake.written
    if value is None:
        return f"write the value after `{mistake.key}:`, or remove the key" if mistake.key else None
    if "a text" in nouns and isinstance(value, bool | int | Decimal):
        return f'put it in quotes: "{written}"'
    if "a list" in nouns and not isinstance(value, list | dict):
        return f"put it in brackets: [{written}]"
    if nouns == ["a mapping"] and isinstance(value, list):
        return "write `key: value` lines, without the `- ` before them"
    if nouns == ["a mapping"] and mistake.way.known:
        return f"write it with keys below it: {listed(mistake.way.known)}"
    return _reread(nouns, value) if isinstance(value, str) else None


def _reread(nouns: list[str], text: str) -> str | None:
    """The number or the truth that a text was meant to be."""
    if nouns == ["`true` or `false`"]:
        truth = TRUTHS.get(text.lower())
        return f"write `{truth}`" if truth else None
    number = re.sub(r"^([-+]?)0+(?=[0-9])", r"\1", text).removeprefix("+").replace(",", ".", 1)
    forms = {"a number": r"-?[0-9]+(\.[0-9]+)?", "a whole number": "-?[0-9]+"}
    form = next((forms[noun] for noun in nouns if noun in forms), None)
    return f"write the number as {number}" if form and re.fullmatch(form, number) else None


def _unknown_key(mistake: Mistake) -> Said:
    known = mistake.way.known
    near = meant(mistake.key, known)
    help = f"did you mean `{near}`?" if near else f"the keys here are {listed(known)}"
    return Said(rule="unknown-key", message=f"unknown key `{mistake.key}`", help=help)


def _missing(mistake: Mistake) -> Said:
    key = mistake.key
    return Said(
        rule="missing-key",
        message=f"the key `{key}` is missing",
        help=example(key, mistake.way.field(key)),
    )


def example(key: str, field: FieldInfo | None) -> str:
    """How to write a key, from an example or the description of its field."""
    given = field.examples[0] if field and field.examples else "…"
    about = " ".join((field.description or "").split()) if field else ""
    about = about.removesuffix(".")
    return f"add `{key}: {given}`" + (f" ({about[0].lower()}{about[1:]})" if about else "")


def _unknown_value(mistake: Mistake) -> Said:
    schema = mistake.way.schema
    members = schema.get("expected") or schema.get("members") or ()
    values = [_written(member) for member in members]
    return _one_of("unknown-value", mistake, values, mistake.key)


def _unknown_kind(mistake: Mistake) -> Said:
    tags = [_written(tag) for tag in mistake.way.schema.get("choices", ())]
    return _one_of("unknown-kind", mistake, tags, mistake.key or "kind")


def _one_of(rule: str, mistake: Mistake, values: list[str], key: str) -> Said:
    value = mistake.found
    near = closest(value, values) if isinstance(value, str) else None
    choices = f"one of {listed(values)}" if len(values) > 1 else f"only {listed(values)}"
    name = f"`{value}`" if isinstance(value, str) else found(value)
    return Said(
        rule=rule,
        message=f"{name} is not a value of `{key}`" if key else f"{name} is not a value here",
        help=f"did you mean `{near}`? It is {choices}" if near else f"write {choices}",
    )


def _written(member: object) -> str:
    value = member.value if isinstance(member, Enum) else member
    return str(value).lower() if isinstance(value, bool) else str(value)


def _no_kind(mistake: Mistake) -> Said:
    tags = [_written(tag) for tag in mistake.way.schema.get("choices", ())]
    key = mistake.key or "kind"
    first = tags[0] if tags else "…"
    return Said(
        rule="missing-key",
        message=f"the key `{key}` is missing",
        help=f"add `{key}: {first}`; it is one of {listed(tags)}",
    )


def _bound(mistake: Mistake) -> Said:
    name, words = BOUNDS[mistake.type]
    bound = mistake.context.get(name)
    noun = f"`{mistake.key}`" if mistake.key else "this"
    return Said(
        rule="out-of-range",
        message=f"{noun} has to be {words} {bound}, found {mistake.written or mistake.found}",
        help=_about(mistake),
    )


def _length(mistake: Mistake) -> Said:
    name, words, unit = LENGTHS[mistake.type]
    bound = int(mistake.context[name])
    units = {"entry": "entries"}.get(unit, f"{unit}s")
    has = len(mistake.found) if isinstance(mistake.found, str | list | dict) else 0
    noun = f"`{mistake.key}`" if mistake.key else "this"
    needs = f"{noun} {words} {bound} {unit if bound == 1 else units}"
    return Said(
        rule="out-of-range", message=f"{needs}, found {has or 'none'}", help=_about(mistake)
    )


def _about(mistake: Mistake) -> str | None:
    field = mistake.way.field(mistake.key)
    about = " ".join(((field.description if field else None) or "").split())
    return f"`{mistake.key}`: {about[0].lower()}{about[1:].removesuffix('.')}" if about else None


def _form(mistake: Mistake) -> Said:
    pattern = str(mistake.context.get("pattern", ""))
    text = mistake.key if mistake.way.on_key else str(mistake.found)
    if pattern.removeprefix("^").removesuffix("$") != ID:
        message = f"`{text}` is not of the form `{pattern}`"
        return Said(rule="bad-form", message=message, help=_about(mistake))
    proper = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64]
    help = "use lower-case letters, digits and hyphens"
    return Said(
        rule="bad-id",
        message=f"`{text}` is not an id",
        help=f"{help}: `{proper}`" if proper else help,
    )


def _raised(mistake: Mistake) -> Said:
    error = mistake.context.get("error")
    return Said(rule="bad-value", message=str(error) if error else mistake.said)


def _anything(mistake: Mistake) -> Said:
    return Said(rule="bad-value", message=f"{mistake.said[:1].lower()}{mistake.said[1:]}")


WORDED: Final[dict[str, Callable[[Mistake], Said]]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "literal_error": _unknown_value,
    "enum": _unknown_value,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _no_kind,
    **dict.fromkeys(BOUNDS, _bound),
    **dict.fromkeys(LENGTHS, _length),
    "string_pattern_mismatch": _form,
    **dict.fromkeys(("value_error", "assertion_error"), _raised),
}
