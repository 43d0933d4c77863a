"""The few words of JSON Schema that X's request bodies need, and how X words what is wrong."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import JsonValue

from runner.local_x.error_answers import RequestRefused, invalid

Schema = Mapping[str, Any]

_TYPES: Final[Mapping[str, type]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
}


def check(body: JsonValue, schema: Schema) -> dict[str, JsonValue]:
    """The body, if it keeps to the schema. Raises RequestRefused with X's 400 if it does not."""
    wrong = next(_faults("$", body, schema), None)
    if wrong:
        raise RequestRefused(invalid(wrong))
    assert isinstance(body, dict)  # noqa: S101 - every schema above is an object
    return body


def _faults(at: str, value: JsonValue, schema: Schema) -> Iterator[str]:
    expected = schema["type"]
    fits = isinstance(value, _TYPES[expected]) and not (
        expected == "integer" and isinstance(value, bool)
    )
    if not fits:
        yield f"{at}: {_kind(value)} found, {expected} expected"
    elif isinstance(value, dict):
        yield from _object(at, value, schema)
    elif isinstance(value, list):
        yield from _array(at, value, schema)
    elif isinstance(value, str):
        yield from _string(at, value, schema)
    elif isinstance(value, int):
        if value < schema.get("minimum", value):
            yield f"{at}: must have a minimum value of {schema['minimum']}"
        if value > schema.get("maximum", value):
            yield f"{at}: must have a maximum value of {schema['maximum']}"


def _object(at: str, value: dict[str, JsonValue], schema: Schema) -> Iterator[str]:
    known: Mapping[str, Schema] = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}.{name}: is missing but it is required"
    for name, inner in value.items():
        if name in known:
            yield from _faults(f"{at}.{name}", inner, known[name])
        elif not schema.get("additionalProperties", True):
            yield (
                f"{at}.{name}: is not defined in the schema and the schema does not allow "
                "additional properties"
            )


def _array(at: str, value: list[JsonValue], schema: Schema) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{at}: there must be a minimum of {schema['minItems']} items in the array"
    if len(value) > schema.get("maxItems", len(value)):
        yield f"{at}: there must be a maximum of {schema['maxItems']} items in the array"
    for index, item in enumerate(value):
        yield from _faults(f"{at}[{index}]", item, schema["items"])


def _string(at: str, value: str, schema: Schema) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield f"{at}: must be at least {schema['minLength']} characters long"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{at}: may only be {schema['maxLength']} characters long"
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        yield f"{at}: does not match the regex pattern {schema['pattern']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: does not have a value in the enumeration [{', '.join(schema['enum'])}]"


def _kind(value: JsonValue) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return next((name for name, kind in _TYPES.items() if isinstance(value, kind)), "number")
