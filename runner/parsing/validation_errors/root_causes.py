"""Leaving out problems that follow from another one: one mistake, one problem."""

from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice
from typing import Final

from runner.parsing.data import Data, Parsed
from runner.parsing.syntax_errors.look_alikes import look_alike, look_alike_brackets
from runner.parsing.validation_errors.mistake import Mistake
from runner.parsing.validation_errors.model_schema import ModelSchema, Passed, SchemaPath
from runner.parsing.validation_errors.unknown_names import known_key
from runner.problems import Message, Route, in_quotes, joined
from runner.value import replace

MAPPINGS: Final = ("model_type", "dict_type", "mapping_type", "model_attributes_type")
LISTS: Final = ("list_type", "tuple_type")
LACKING: Final = ("missing", "union_tag_not_found")


def root_causes(mistakes: Iterable[Mistake], parsed: Parsed, schema: ModelSchema) -> list[Mistake]:
    """The mistakes that people made, without what only came of them."""
    mistakes = list(mistakes)
    look_alikes = [replaced for one in mistakes if (replaced := _look_alike(one))]
    if look_alikes:  # no line below one is where it seems to be
        return look_alikes
    found = [_with_home(one, parsed, schema) for one in mistakes if not _is_long_enough(one)]
    found = _without(found, [p.place.route for p in parsed.problems if p.place.route])
    found = list(_without_cut_text(found, parsed))
    found = _with_indentation(found, parsed)
    found = _group_alike(found)
    elsewhere = {route for one in found for route in _keys_elsewhere(one)}
    return [one for one in found if one.type not in LACKING or one.route not in elsewhere]


def _look_alike(mistake: Mistake) -> Mistake | None:
    """The mistake told as one character's that only looks like one of YAML; None where there is
    none."""
    if mistake.type not in (*MAPPINGS, *LISTS, "extra_forbidden"):
        return None
    on_key = mistake.type == "extra_forbidden"
    text = mistake.key if on_key else mistake.found
    if not isinstance(text, str) or text.isascii():  # none of ASCII looks like another
        return None
    brackets = None if on_key else look_alike_brackets(text)
    found = (brackets, 0) if brackets else look_alike(text)
    if found is None:
        return None
    message, index = found
    path = replace(mistake.path, on_key=on_key)
    inside = None if on_key else (1, index + 1)
    return replace(_with_message(mistake, path, message), inside=inside)


def _with_message(mistake: Mistake, path: SchemaPath, message: Message) -> Mistake:
    """The mistake as what it came of, which is told at this path."""
    return replace(mistake, type=message.rule, path=path, message=message)


def _without(found: list[Mistake], spoiled: Iterable[Route]) -> list[Mistake]:
    """The mistakes that stand neither at such a place nor below one."""
    routes = set(spoiled)
    return [
        one for one in found if not any(one.route[:n] in routes for n in range(len(one.route) + 1))
    ]


def _is_long_enough(mistake: Mistake) -> bool:
    """Whether a list is too short only because of entries of which other problems tell."""
    if mistake.type != "too_short" or not isinstance(mistake.found, list | dict):
        return False
    return len(mistake.found) >= int(mistake.context["min_length"])


def _with_home(mistake: Mistake, parsed: Parsed, schema: ModelSchema) -> Mistake:
    """An unknown key with what it was meant to be, or where it belongs."""
    if mistake.type == "union_tag_not_found":
        return _renamed_tag(mistake, parsed)
    if mistake.type != "extra_forbidden" or not mistake.path.passed:
        return mistake
    key, known = mistake.key, mistake.path.known
    sure = known_key(key, known, guess=False)
    if sure:
        return replace(mistake, known_as=sure, is_taken=_has(parsed, (*mistake.route[:-1], sure)))
    if mistake.alternative:
        return mistake
    *above, here = mistake.path.passed
    outer = next((p for p in reversed(above) if known_key(key, p.known, guess=False)), None)
    if outer:
        home = _at(outer, key)
        return replace(mistake, home=home, is_taken=_has(parsed, home))
    inner = schema.below(here.schema, key)
    kinds = () if inner or here.route else schema.kinds_with(key)
    if inner or kinds:
        return replace(mistake, home=inner and (*here.route, *inner), kinds=kinds)
    guess = known_key(key, known)
    taken = guess is not None and _has(parsed, (*mistake.route[:-1], guess))
    return replace(mistake, known_as=guess, is_taken=taken)


def _has(parsed: Parsed, route: Route) -> bool:
    """Whether something is written at a route."""
    return any(name == route[-1] for name, _ in parsed.entries(route[:-1]))


def _renamed_tag(mistake: Mistake, parsed: Parsed) -> Mistake:
    """A missing kind that is there under another name."""
    tag, *keys = mistake.key, *(key for key, _ in parsed.entries(mistake.route[:-1]))
    name = next((key for key in keys if known_key(key, (tag,), guess=False)), None)
    if name is None:
        return mistake
    path = replace(mistake.path, route=(*mistake.route[:-1], name))
    return replace(mistake, type="extra_forbidden", path=path, known_as=tag)


def _at(passed: Passed, key: str) -> Route:
    return (*passed.route, known_key(key, passed.known, guess=False) or key)


def _without_cut_text(found: Iterable[Mistake], parsed: Parsed) -> Iterator[Mistake]:
    """Keys that nobody wrote: what follows a comma in a text without quotes, within brackets."""
    for one in found:
        if one.route not in parsed.cuts or (one.key in one.path.known and not one.path.on_key):
            yield one
            continue
        whole = parsed.cuts[one.route]
        if whole:
            help = f"quote the text: {in_quotes(whole)}, or leave out the comma"
            message = Message("comma-cut", f"the comma before `{one.key}` ends the text", help)
            yield _with_message(one, replace(one.path, on_key=True), message)


def _with_indentation(found: list[Mistake], parsed: Parsed) -> list[Mistake]:
    """A key with nothing below it, and what belongs there beside it."""
    indented: list[Mistake] = []
    wrong = {one.route for one in found}
    for one in found:
        stray = _stray(one, wrong, parsed)
        if not stray:
            continue
        parent = one.route[:-1]
        verb, it = ("belongs", "it") if len(stray) == 1 else ("belong", "them")
        text = f"{joined(stray)} {verb} below `{one.key}`"
        help = f"indent {it} by two spaces more than `{one.key}`"
        path = replace(one.path, route=(*parent, stray[0]), on_key=True)
        indented.append(_with_message(one, path, Message("yaml-indent", text, help)))
        found = _without(found, [one.route, *((*parent, key) for key in stray)])
    return [*indented, *found]


def _stray(empty: Mistake, wrong: set[Route], parsed: Parsed) -> tuple[str, ...]:
    """The keys after an empty one that are wrong where they are, and right below it."""
    if empty.type not in MAPPINGS or empty.found is not None or not empty.route:
        return ()
    beside = parsed.entries(empty.route[:-1])
    behind = islice(dropwhile(lambda entry: entry[0] != empty.route[-1], beside), 1, None)
    stray = []
    for key, value in behind:
        if (*empty.route[:-1], key) not in wrong or not _fits(empty, key, value):
            break
        stray.append(key)
    return tuple(stray)


def _fits(empty: Mistake, key: str, value: Data) -> bool:
    if empty.path.here:
        return known_key(key, empty.path.known, guess=False) is not None
    return empty.path.each is not None and isinstance(value, dict)


def _group_alike(found: list[Mistake]) -> list[Mistake]:
    """Unknown keys of one mapping that were meant to be one key, or belong to one place."""
    groups: dict[object, list[Mistake]] = {}
    for index, one in enumerate(found):
        aim = one.known_as or (one.home and one.home[:-1]) or one.kinds
        if one.path.on_key and one.type in ("literal_error", "enum"):
            aim = one.type
        alike = (one.route[:-1], aim) if aim else index
        groups.setdefault(alike, []).append(one)
    return [
        replace(
            some[0],
            beside=tuple(one.key for one in some[1:]),
            values=tuple(one.found for one in some),
        )
        for some in groups.values()
    ]


def _keys_elsewhere(mistake: Mistake) -> Iterator[Route]:
    """The missing keys that are there after all, under another name or at another place."""
    if mistake.known_as:
        yield (*mistake.route[:-1], mistake.known_as)
    if mistake.home:
        yield from (mistake.home[:length] for length in range(1, len(mistake.home) + 1))
