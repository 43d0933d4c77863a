"""The shape that a file should have: a walk through a model along the place of an error.

pydantic reports a place as it went through its own schema, where names of union branches and of
kinds stand among the keys. A kind may well be called like a key (`kind: partner` and `partner:
lois`), so the data alone can't tell them apart, and the walk follows the schema.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from runner.models import described_fields
from runner.problems import Route
from runner.value import Value, replace

Schema = Mapping[str, Any]
"""A part of pydantic's core schema: `type`, and what that type has."""
Location = tuple[str | int, ...]

FIELDS: Final = ("model-fields", "typed-dict", "dataclass-args")
LISTS: Final = ("list", "set", "frozenset", "generator")
ANY: Final = "…"
DEEPEST: Final = 4
"""How many levels down a key is looked for."""


class Branch(Value, kw_only=True):
    """An untagged union on a path, and which of its members was tried."""

    union: Location
    label: str | int
    depth: int
    """How long the route was there."""


class Passed(Value, kw_only=True):
    """A mapping with declared keys."""

    route: Route
    schema: Schema
    known: tuple[str, ...]


class SchemaPath(Value, kw_only=True):
    """How far an error's place led, and what stands there."""

    route: Route
    schema: Schema
    on_key: bool = False
    model: type[BaseModel] | None = None
    """The model of the mapping that was passed last."""
    known: tuple[str, ...] = ()
    """The keys which that mapping may have."""
    branches: tuple[Branch, ...] = ()
    rest: Location = ()
    """What of the place means nothing here."""
    passed: tuple[Passed, ...] = ()
    """The mappings that it led through, from the top of the file on."""
    here: type[BaseModel] | None = None
    """The model of the value itself."""
    each: type[BaseModel] | None = None
    """The model of each entry of the list or mapping that the value is."""

    @property
    def fixed(self) -> bool:
        """Whether the value is a list of so many entries, no more and no fewer."""
        return self.schema["type"] == "tuple" and self.schema.get("variadic_item_index") is None

    def field(self, key: str) -> FieldInfo | None:
        """The declaration of a key of the model passed last."""
        fields = described_fields(self.model) if self.model else {}
        return next((f for name, f in fields.items() if key in (name, f.alias)), None)


class ModelSchema:
    """The schema of a model, to walk through."""

    def __init__(self, adapter: TypeAdapter[Any]) -> None:
        self._root: Schema = adapter.core_schema
        self._definitions: dict[str, Schema] = {}

    def follow(self, loc: Location) -> SchemaPath:
        """The path that an error's `loc` takes."""
        return self._go(self._root, loc, SchemaPath(route=(), schema=self._root), loc)

    def _go(self, schema: Schema, loc: Location, path: SchemaPath, whole: Location) -> SchemaPath:
        schema, model = self._unwrapped(schema)
        path = replace(path, schema=schema, rest=loc)
        if schema["type"] in FIELDS:
            known = _keys(schema)
            passed = Passed(route=path.route, schema=schema, known=known)
            path = replace(path, model=model, known=known, passed=(*path.passed, passed))
        if not loc:
            entry = _entry(schema)
            return replace(path, here=model, each=self._unwrapped(entry)[1] if entry else None)
        if schema["type"] == "union":
            return self._branch(schema, loc, path, whole)
        if schema["type"] == "tagged-union":
            chosen = _tagged_member(schema, loc[0])
            return self._go(chosen, loc[1:], path, whole) if chosen else path
        below = self._below(schema, loc, path)
        return self._go(*below, whole) if below else path

    def below(self, schema: Schema, key: str) -> Route | None:
        """Where, below a mapping, the nearest mapping has such a key; `…` stands for any name."""
        level: list[tuple[Schema, Route]] = [(schema, ())]
        for _ in range(DEEPEST):
            found = next((route for at, route in level if route and key in _keys(at)), None)
            if found:
                return (*found, key)
            level = [down for one in level for down in self._steps_below(*one)]
        return None

    def kinds_with(self, key: str) -> tuple[str, ...]:
        """The tags of the top's members that have such a key."""
        top, _ = self._unwrapped(self._root)
        choices = top["choices"] if top["type"] == "tagged-union" else {}
        return tuple(
            str(getattr(tag, "value", tag))
            for tag, choice in choices.items()
            if key in _keys(self._unwrapped(choice)[0])
        )

    def _steps_below(self, schema: Schema, route: Route) -> Iterator[tuple[Schema, Route]]:
        """What stands below a mapping or a list, one step."""
        if schema["type"] in FIELDS:
            for name, field in _fields(schema):
                yield self._unwrapped(field["schema"])[0], (*route, _alias(name, field))
        elif entry := _entry(schema):
            yield self._unwrapped(entry)[0], (*route, ANY)

    def _branch(
        self, schema: Schema, loc: Location, path: SchemaPath, whole: Location
    ) -> SchemaPath:
        here = whole[: len(whole) - len(loc)]
        branch = Branch(union=here, label=loc[0], depth=len(path.route))
        inside = replace(path, branches=(*path.branches, branch))
        tried = [
            (self._go(choice, loc[1:], inside, whole), label != loc[0])
            for choice, label in self._choices(schema)
        ]
        return min(tried, key=lambda one: (len(one[0].rest), one[1]))[0]

    def _choices(self, schema: Schema) -> Iterator[tuple[Schema, str]]:
        """The members of a union, with what an error's place calls them where that is known."""
        for choice in schema["choices"]:
            member, label = choice if isinstance(choice, tuple) else (choice, None)
            bare, model = self._unwrapped(member)
            yield member, label or (model.__name__ if model else bare["type"])

    def _below(
        self, schema: Schema, loc: Location, path: SchemaPath
    ) -> tuple[Schema, Location, SchemaPath] | None:
        step, rest = loc[0], loc[1:]
        down = replace(path, route=(*path.route, step))
        if schema["type"] in FIELDS:
            found = next((f for f in _fields(schema) if step in (f[0], _alias(*f))), None)
            return (found[1]["schema"] if found else {"type": "any"}), rest, down
        if schema["type"] == "dict":
            if rest[:1] == ("[key]",):
                keys = schema.get("keys_schema", {"type": "any"})
                return keys, rest[1:], replace(down, on_key=True)
            return schema.get("values_schema", {"type": "any"}), rest, down
        if isinstance(step, int) and schema["type"] in LISTS:
            return schema.get("items_schema", {"type": "any"}), rest, down
        if isinstance(step, int) and schema["type"] == "tuple":
            return _item(schema, step), rest, down
        return None

    def _unwrapped(self, schema: Schema) -> tuple[Schema, type[BaseModel] | None]:
        """The schema under its wrappers (defaults, validators, models), and its model, if any."""
        model: type[BaseModel] | None = None
        while True:
            match schema:
                case {"type": "definitions"}:
                    self._definitions |= {d["ref"]: d for d in schema["definitions"]}
                    schema = schema["schema"]
                case {"type": "definition-ref"}:
                    schema = self._definitions[schema["schema_ref"]]
                case {"type": "lax-or-strict"}:
                    schema = schema["strict_schema"]
                case {"type": "json-or-python"}:
                    schema = schema["python_schema"]
                case {"type": "chain"}:
                    schema = schema["steps"][0]
                case {"type": "model", "cls": cls}:
                    model, schema = cls, schema["schema"]
                case {"schema": {"type": _} as inner}:
                    schema = inner
                case _:
                    return schema, model


def _entry(schema: Schema) -> Schema | None:
    """What each entry of a mapping with any keys, or of a list, looks like."""
    if schema["type"] == "tuple":
        return _item(schema, 0) if schema.get("variadic_item_index") == 0 else None
    entry: Schema | None = schema.get(
        "values_schema" if schema["type"] == "dict" else "items_schema"
    )
    return entry


def _fields(schema: Schema) -> Sequence[tuple[str, Schema]]:
    fields = schema["fields"]
    named = ((field["name"], field) for field in fields)
    return list(named if schema["type"] == "dataclass-args" else fields.items())


def _keys(schema: Schema) -> tuple[str, ...]:
    """The keys that a mapping declares; none of anything else."""
    return tuple(_alias(*f) for f in _fields(schema)) if schema["type"] in FIELDS else ()


def _alias(name: str, field: Schema) -> str:
    alias = field.get("validation_alias", name)
    return alias if isinstance(alias, str) else name


def _tagged_member(schema: Schema, tag: str | int) -> Schema | None:
    by_text = {str(getattr(key, "value", key)): chosen for key, chosen in schema["choices"].items()}
    chosen: Schema | None = by_text.get(str(tag))
    return chosen


def _item(schema: Schema, index: int) -> Schema:
    items, variadic = schema["items_schema"], schema.get("variadic_item_index")
    at = index if variadic is None else min(index, variadic)
    item: Schema = items[at] if at < len(items) else {"type": "any"}
    return item
