"""Values of a wrong type: what was expected, and how to write what is there as such."""

import re
from decimal import Decimal
from typing import Final

from pydantic import BaseModel

from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.unknown_names import in_backticks
from runner.problems import Message, named, quoted

EXPECTED: Final = {
    **dict.fromkeys(("string_type", "string_sub_type"), "a text"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "is_instance_of"), "a number"),
    **dict.fromkeys(("decimal_parsing",), "a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "`true` or `false`"),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type"), "keys with values"),
    **dict.fromkeys(("model_attributes_type", "dataclass_type"), "keys with values"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), "a list"),
    **dict.fromkeys(("iterable_type",), "a list"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "a date"),
    **dict.fromkeys(("datetime_type", "datetime_parsing"), "a date with a time"),
    **dict.fromkeys(("time_type", "time_parsing"), "a time of day"),
    **dict.fromkeys(("time_delta_type", "time_delta_parsing"), "a duration"),
    **dict.fromkeys(("url_type", "url_parsing", "url_scheme"), "a web address"),
    "none_required": "nothing",
}
WRONG_TYPES: Final = {*EXPECTED, "wrong-type"}
TEXTS: Final = ("text", "name", "file")
"""Keys of texts that stand for a bare value."""
TRUTHS: Final = {
    **dict.fromkeys(("yes", "y", "on", "1", "true"), "true"),
    **dict.fromkeys(("no", "n", "off", "0", "false"), "false"),
}


def wrong_type(mistake: Mistake) -> Message:
    types = mistake.expected or (mistake.type,)
    nouns = list(dict.fromkeys(EXPECTED[one] for one in types))
    text = f"expected {' or '.join(nouns)}, found {named(mistake.found)}"
    return Message("wrong-type", text, _conversion(nouns, mistake) or purpose_of(mistake))


def purpose_of(mistake: Mistake) -> str | None:
    """What the key is for."""
    field = mistake.path.field(mistake.key)
    text = " ".join(((field.description if field else None) or "").split())
    return f"`{mistake.key}`: {text[0].lower()}{text[1:].removesuffix('.')}" if text else None


def model_example(model: type[BaseModel] | None) -> str:
    """How a model's keys are written: `{file: media/jeans.jpg}`; empty where it doesn't say."""
    return str(getattr(model, "example", ""))


def example_of(mistake: Mistake) -> str:
    """How the keys of a value are written whose model, or whose entries' model, is known."""
    each = model_example(mistake.path.each)
    if each:
        return f"{{NAME: {each}}}" if mistake.path.schema["type"] == "dict" else f"[{each}]"
    return model_example(mistake.path.here)


def _conversion(nouns: list[str], mistake: Mistake) -> str | None:
    """How to write what is there as one of the expected types."""
    value, written, key = mistake.found, mistake.written, mistake.key
    sample = example_of(mistake)
    if value is None:
        add = f"write it like this: `{_after_key(mistake, sample)}`" if sample else ""
        return add or (f"write the value after `{key}:`, or remove the key" if key else None)
    if "a text" in nouns and isinstance(value, bool | int | Decimal):
        return f'put it in quotes: "{written}"'
    if "a list" in nouns and not isinstance(value, list):
        return _as_list(mistake, sample)
    if nouns == ["keys with values"]:
        return _as_mapping(mistake, sample)
    if nouns == ["a text"] and isinstance(value, list):
        many = f"{key}s"
        return f"write `{many}: {written}`" if many in mistake.path.known else "write one text"
    return _as_number_or_truth(nouns, value)


def _after_key(mistake: Mistake, value: str) -> str:
    """The value after its key, or as an entry of a list."""
    step = mistake.route[-1] if mistake.route else ""
    return f"{step}: {value}" if isinstance(step, str) else value


def _as_list(mistake: Mistake, sample: str) -> str:
    if mistake.path.fixed:
        return f"write it like this: `{_after_key(mistake, f'[{_pieces(mistake.found)}]')}`"
    if isinstance(mistake.found, dict):
        own = mistake.written and mistake.path.each and not sample.startswith("{")
        return f"put it in brackets: [{mistake.written}]" if own else "begin each entry with `- `"
    if sample:
        entry = _entry(mistake.path.each, mistake) or sample[1:-1]
        return f"write it like this: `{_after_key(mistake, f'[{entry}]')}`"
    return f"put it in brackets: [{mistake.written}]" if mistake.written else "begin each with `- `"


def _pieces(value: object) -> str:
    """The entries of a list of fixed length, out of what stands in its place."""
    pieces = value.values() if isinstance(value, dict) else re.split(r" to |[-–,\s]+", str(value))
    return ", ".join(str(piece) for piece in pieces if piece)


def _as_mapping(mistake: Mistake, sample: str) -> str | None:
    entry = _entry(mistake.path.here, mistake) or sample
    if entry:
        return f"write it like this: `{_after_key(mistake, entry)}`"
    if mistake.path.here and not isinstance(mistake.found, list):
        return f"write it with keys below it: {in_backticks(mistake.path.known)}"
    purpose = purpose_of(mistake)
    return "write `key: value` lines in its place" + (f"; {purpose}" if purpose else "")


def _entry(model: type[BaseModel] | None, mistake: Mistake) -> str:
    """What is there, under the key of a model that stands for a bare value."""
    bare = "bare_list" if isinstance(mistake.found, list) else "bare"
    key = getattr(model, bare, "")
    fits = key and mistake.written and not isinstance(mistake.found, dict)
    is_number = key in TEXTS and isinstance(mistake.found, bool | int | Decimal)
    written = quoted(mistake.written) if is_number else mistake.written
    return f"{{{key}: {written}}}" if fits else ""


def _as_number_or_truth(nouns: list[str], value: object) -> str | None:
    """The number or the truth that a text was meant to be."""
    if nouns == ["`true` or `false`"]:
        truth = TRUTHS.get(str(value).lower())
        return f"write `{truth}`" if truth else "write `true` or `false`"
    if isinstance(value, Decimal) and nouns == ["a whole number"]:
        share = f"{int(value * 100)}, for {int(value * 100)}%" if 0 < value < 1 else f"{value:.0f}"
        return f"write {share}"
    if not isinstance(value, str):
        return None
    bare = re.sub(r"^([-+]?)0+(?=[0-9])", r"\1", value.removesuffix("%").strip())
    number = bare.removeprefix("+").replace(",", ".", 1)
    forms = {"a number": r"-?[0-9]+(\.[0-9]+)?", "a whole number": "-?[0-9]+"}
    form = next((forms[noun] for noun in nouns if noun in forms), None)
    if form and re.fullmatch(form, number):
        return f"write the number as {number}"
    return "write it in digits: 3" if form else None
