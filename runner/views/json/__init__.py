"""Values as JSON for programs, and the JSON Schemas of it and of the files that people write."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer, WithJsonSchema

Usd = Annotated[
    Decimal,
    PlainSerializer(lambda amount: f"{amount:f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$", "examples": ["0.215"]}),
]
Instant = Annotated[
    datetime,
    PlainSerializer(lambda at: at.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


def key_of(name: str) -> str:
    """The key of a field."""
    return name.replace("_", "-")


class JsonRecord(BaseModel):
    """What the document consists of: kebab-case keys, all of them there."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        from_attributes=True,
        alias_generator=key_of,
        validate_by_name=True,
        defer_build=True,
    )
