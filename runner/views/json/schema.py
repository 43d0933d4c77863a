"""The models as JSON Schema, in the keywords of draft 7, which the editors' YAML server understands
(https://github.com/redhat-developer/yaml-language-server, read November 2026)."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, JsonValue, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from runner.models import CAMPAIGN, ITEMS, Project, described_fields
from runner.views.json.plan_record import PLAN
from runner.views.json.report import REPORT
from runner.when import When

DRAFT = "http://json-schema.org/draft-07/schema#"
_KEYWORDS: dict[str, Callable[[JsonValue], dict[str, JsonValue]]] = {
    "$defs": lambda each: {"definitions": each},
    "prefixItems": lambda each: {"items": each},
    "discriminator": lambda _: {},
}


@cache
def schemas() -> Mapping[str, str]:
    """The text of each schema, by its file's name."""
    return {
        "campaign.schema.json": _text(_schema_of(CAMPAIGN), "A campaign"),
        "items.schema.json": _text(_schema_of(ITEMS), "Items of a series or a curation"),
        "plan.schema.json": _text(_schema_of(PLAN, mode="serialization"), "The JSON of a plan"),
        "report.schema.json": _text(
            _schema_of(REPORT, mode="serialization"), "The JSON of a report"
        ),
        "runner.schema.json": _text(_schema_of(TypeAdapter(Project)), "runner.yaml, the project"),
    }


class _WithDescriptions(GenerateJsonSchema):
    """Says of each key what the docstring of its field says."""

    def encode_default(self, dft: Any) -> Any:
        return str(dft) if isinstance(dft, When) else super().encode_default(dft)

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        for name, field in described_fields(model).items():
            if field.description:
                key = found["properties"][field.alias or name]
                key.setdefault("description", field.description)
        return found


def _schema_of(
    adapter: TypeAdapter[Any], mode: JsonSchemaMode = "validation"
) -> dict[str, JsonValue]:
    return adapter.json_schema(mode=mode, schema_generator=_WithDescriptions)


def _text(schema: dict[str, JsonValue], title: str) -> str:
    plain = _draft7(schema)
    assert isinstance(plain, dict)  # noqa: S101
    whole = {"$schema": DRAFT, **plain, "title": title}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _draft7(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_draft7(each) for each in value]
    if isinstance(value, str) and value.startswith("#/$defs/"):
        return value.replace("#/$defs/", "#/definitions/", 1)
    if not isinstance(value, dict):
        return value
    found: dict[str, JsonValue] = {}
    for name, each in value.items():
        if name == "default" and each is None:
            continue  # nothing to complete
        found |= _KEYWORDS.get(name, _kept_keys(name))(_draft7(each))
    if found.get("type") == "array":
        # pydantic counts the entries of a list that a validator makes a tuple as if it were a text
        for text, array in (("minLength", "minItems"), ("maxLength", "maxItems")):
            if text in found:
                found[array] = found.pop(text)
    return found


def _kept_keys(name: str) -> Callable[[JsonValue], dict[str, JsonValue]]:
    return lambda each: {name: each}
