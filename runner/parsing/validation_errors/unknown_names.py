"""Keys, values and kinds that nobody knows: what was meant, or where they belong."""

import re
from enum import Enum
from typing import Final

from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.model_schema import ANY
from runner.parsing.validation_errors.suggestions import in_backticks, suggest_value
from runner.problems import Message, Suggestion, joined, named

SECRET: Final = re.compile(r"(?i)token|secret|password|api.?key|access.?key|bearer|credential")
NAME: Final = "NAME"
"""In the place of a name that people give."""


def unknown_key(mistake: Mistake) -> Message:
    keys = (mistake.key, *mistake.beside)
    text = f"unknown key{'s' * (len(keys) > 1)} {joined(keys)}"
    return Message("unknown-key", text, _replacement(mistake))


def _replacement(mistake: Mistake) -> str:
    it, belongs, moved = ("they", "belong", "them") if mistake.beside else ("it", "belongs", "it")
    if mistake.known_as:
        texts = [each for each in mistake.values if isinstance(each, str)]
        is_moment = mistake.known_as == "at" and len(texts) == len(mistake.values) > 1
        key = f"at: {' '.join(texts)}" if is_moment else mistake.known_as
        suggestion = Suggestion(key, ", for all of it" if mistake.beside else "")
        taken = " It is there, too: keep one of the two" if mistake.is_taken else ""
        return f"{suggestion}{taken}"
    if mistake.alternative:
        return mistake.alternative
    if SECRET.search(mistake.key):
        return "no file holds a secret: `runner doctor` says where they belong"
    if mistake.home and len(mistake.home) > 1:
        inside = ".".join(NAME if step == ANY else str(step) for step in mistake.home[:-1])
        there = "there" if mistake.home[-1] == mistake.key else f"there, as `{mistake.home[-1]}`"
        do = "keep one of the two, there" if mistake.is_taken else f"move {moved} {there}"
        return f"{it} {belongs} below `{inside}`: {do}"
    if mistake.home:
        begin = f"begin {moved} at the left edge"
        do = "keep one of the two, there" if mistake.is_taken else begin
        return f"{it} {belongs} to the file as a whole: {do}"
    if mistake.kinds:
        return f"only campaigns of kind {joined(mistake.kinds, 'or')} have {moved}"
    return f"the keys here are {in_backticks(mistake.path.known)}"


def unknown_value(mistake: Mistake) -> Message:
    schema = mistake.path.schema
    members = schema.get("expected") or schema.get("members") or ()
    return _one_of(
        "unknown-value", mistake, [_value_text(member) for member in members], mistake.key
    )


def unknown_kind(mistake: Mistake) -> Message:
    tags = [_value_text(tag) for tag in mistake.path.schema.get("choices", ())]
    return _one_of("unknown-kind", mistake, tags, mistake.key or "kind")


def no_kind(mistake: Mistake) -> Message:
    tags = [_value_text(tag) for tag in mistake.path.schema.get("choices", ())]
    key = mistake.key or "kind"
    help = f"add `{key}: {tags[0] if tags else '…'}`; it is one of {in_backticks(tags)}"
    return Message("missing-key", f"the key `{key}` is missing", help)


def _one_of(rule: str, mistake: Mistake, values: list[str], key: str) -> Message:
    if mistake.path.on_key:
        return _one_of_keys(rule, mistake, values)
    value = mistake.found
    choices = (
        f"one of {in_backticks(values)}" if len(values) > 1 else f"only {in_backticks(values)}"
    )
    if value is None:
        return Message(rule, f"`{key}` has no value", f"write {choices}")
    name = f"`{value}`" if isinstance(value, str) else named(value)
    text = f"{name} is not a value of `{key}`" if key else f"{name} is not a value here"
    near = suggest_value(value, values)
    return Message(rule, text, f"{near} It is {choices}" if near else f"write {choices}")


def _one_of_keys(rule: str, mistake: Mistake, values: list[str]) -> Message:
    parent = next((step for step in reversed(mistake.route[:-1]) if isinstance(step, str)), "")
    verb = "are" if mistake.beside else "is"
    where = f" in `{parent}`" if parent else ""
    near = suggest_value(mistake.key, values)
    help = f"{near} It is" if near else "write"
    text = f"{joined((mistake.key, *mistake.beside))} {verb} not known{where}"
    return Message(rule, text, f"{help} one of {in_backticks(values)}")


def _value_text(member: object) -> str:
    value = member.value if isinstance(member, Enum) else member
    return str(value).lower() if isinstance(value, bool) else str(value)
