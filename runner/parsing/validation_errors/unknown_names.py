"""Keys, values and kinds that nobody knows: what was meant, or where they belong."""

import re
from enum import Enum
from typing import Final

from runner.parsing.said import Said
from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.model_schema import ANY
from runner.parsing.validation_errors.suggestions import VALUES, listed
from runner.problems import closest, joined, named

SECRET: Final = re.compile(r"(?i)token|secret|password|api.?key|access.?key|bearer|credential")
NAME: Final = "NAME"
"""In the place of a name that people give."""


def unknown_key(mistake: Mistake) -> Said:
    keys = (mistake.key, *mistake.beside)
    return Said(
        rule="unknown-key",
        message=f"unknown key{'s' * (len(keys) > 1)} {joined(keys)}",
        help=_instead(mistake),
    )


def _instead(mistake: Mistake) -> str:
    it, belongs, moved = ("they", "belong", "them") if mistake.beside else ("it", "belongs", "it")
    if mistake.meant:
        whole = ", for all of it?" if mistake.beside else "?"
        taken = " It is there, too: keep one of the two" if mistake.taken else ""
        texts = [each for each in mistake.values if isinstance(each, str)]
        is_moment = mistake.meant == "at" and len(texts) == len(mistake.values) > 1
        key = f"at: {' '.join(texts)}" if is_moment else mistake.meant
        return f"did you mean `{key}`{whole}{taken}"
    if mistake.lacking:
        return mistake.lacking
    if SECRET.search(mistake.key):
        return "no file holds a secret: `runner doctor` says where they belong"
    if mistake.home and len(mistake.home) > 1:
        inside = ".".join(NAME if step == ANY else str(step) for step in mistake.home[:-1])
        there = "there" if mistake.home[-1] == mistake.key else f"there, as `{mistake.home[-1]}`"
        do = "keep one of the two, there" if mistake.taken else f"move {moved} {there}"
        return f"{it} {belongs} below `{inside}`: {do}"
    if mistake.home:
        begin = f"begin {moved} at the left edge"
        do = "keep one of the two, there" if mistake.taken else begin
        return f"{it} {belongs} to the file as a whole: {do}"
    if mistake.kinds:
        return f"only campaigns of kind {joined(mistake.kinds, 'or')} have {moved}"
    return f"the keys here are {listed(mistake.way.known)}"


def unknown_value(mistake: Mistake) -> Said:
    schema = mistake.way.schema
    members = schema.get("expected") or schema.get("members") or ()
    return _one_of("unknown-value", mistake, [_written(member) for member in members], mistake.key)


def unknown_kind(mistake: Mistake) -> Said:
    tags = [_written(tag) for tag in mistake.way.schema.get("choices", ())]
    return _one_of("unknown-kind", mistake, tags, mistake.key or "kind")


def no_kind(mistake: Mistake) -> Said:
    tags = [_written(tag) for tag in mistake.way.schema.get("choices", ())]
    key = mistake.key or "kind"
    return Said(
        rule="missing-key",
        message=f"the key `{key}` is missing",
        help=f"add `{key}: {tags[0] if tags else '…'}`; it is one of {listed(tags)}",
    )


def _one_of(rule: str, mistake: Mistake, values: list[str], key: str) -> Said:
    value = mistake.found
    if mistake.way.on_key:
        parent = next((step for step in reversed(mistake.route[:-1]) if isinstance(step, str)), "")
        value, key = mistake.key, parent
        keys = joined((value, *mistake.beside))
        message = f"{keys} {'are' if mistake.beside else 'is'} not known" + f" in `{key}`" * bool(
            key
        )
        near = _meant(value, values)
        help = f"did you mean `{near}`? It is" if near else "write"
        return Said(rule=rule, message=message, help=f"{help} one of {listed(values)}")
    choices = f"one of {listed(values)}" if len(values) > 1 else f"only {listed(values)}"
    if value is None:
        return Said(rule=rule, message=f"`{key}` has no value", help=f"write {choices}")
    near = _meant(value, values) if isinstance(value, str) else None
    name = f"`{value}`" if isinstance(value, str) else named(value)
    return Said(
        rule=rule,
        message=f"{name} is not a value of `{key}`" if key else f"{name} is not a value here",
        help=f"did you mean `{near}`? It is {choices}" if near else f"write {choices}",
    )


def _meant(value: str, values: list[str]) -> str | None:
    word = value.strip().lower().replace("_", "-").replace(" ", "-")
    brought = next((known for known in VALUES.get(word, ()) if known in values), None)
    return brought or closest(word, values)


def _written(member: object) -> str:
    value = member.value if isinstance(member, Enum) else member
    return str(value).lower() if isinstance(value, bool) else str(value)
