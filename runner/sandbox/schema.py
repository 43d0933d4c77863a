"""X's schemas of request bodies, and the few words of JSON Schema that they need.

Source: X's OpenAPI document 2.167 (`CreatePostsRequest` and its neighbours).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import JsonValue

from runner.sandbox.answers import Refused, invalid

Schema = Mapping[str, Any]

_ID: Final[Schema] = {"type": "string", "pattern": "^[0-9]{1,19}$"}
_TEXT: Final[Schema] = {"type": "string"}
_FLAG: Final[Schema] = {"type": "boolean"}
_AUDIENCE: Final[Schema] = {
    "type": "string",
    "enum": ["following", "mentionedUsers", "subscribers", "verified"],
}


def _closed(properties: Mapping[str, Schema], *required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema, **more: int) -> Schema:
    return {"type": "array", "items": items, **more}


CREATE: Final = _closed(
    {
        "card_uri": _TEXT,
        "community_id": _ID,
        "direct_message_deep_link": _TEXT,
        "edit_options": _closed({"previous_post_id": _ID}, "previous_post_id"),
        "for_super_followers_only": _FLAG,
        "geo": _closed({"place_id": _TEXT}, "place_id"),
        "made_with_ai": _FLAG,
        "media": _closed(
            {
                "call_to_actions": {"type": "object"},
                "description": _TEXT,
                "embeddable": _FLAG,
                "media_ids": _list(_ID, minItems=1, maxItems=4),
                "preview_media_id": _ID,
                "tagged_user_ids": _list(_ID, maxItems=10),
                "title": _TEXT,
            },
            "media_ids",
        ),
        "nullcast": _FLAG,
        "paid_partnership": _FLAG,
        "poll": _closed(
            {
                "duration_minutes": {"type": "integer", "minimum": 5, "maximum": 10_080},
                "options": _list(
                    {"type": "string", "minLength": 1, "maxLength": 25}, minItems=2, maxItems=4
                ),
                "reply_settings": _AUDIENCE,
            },
            "options",
            "duration_minutes",
        ),
        "quote_tweet_id": _ID,
        "reply": _closed(
            {
                "auto_populate_reply_metadata": _FLAG,
                "exclude_reply_user_ids": _list(_TEXT),
                "in_reply_to_tweet_id": _ID,
            },
            "in_reply_to_tweet_id",
        ),
        "reply_settings": _AUDIENCE,
        "share_with_followers": _FLAG,
        "text": _TEXT,
    }
)

REPOST: Final = _closed({"tweet_id": _ID}, "tweet_id")

UPLOAD: Final = _closed(
    {
        "additional_owners": _TEXT,
        "media": _TEXT,
        "media_category": {
            "type": "string",
            "enum": [
                "tweet_image",
                "tweet_video",
                "tweet_gif",
                "dm_image",
                "dm_video",
                "dm_gif",
                "subtitles",
            ],
        },
    },
    "media",
    "media_category",
)

INITIALIZE: Final = _closed(
    {
        "additional_owners": _list(_ID),
        "media_category": {
            "type": "string",
            "enum": [
                "amplify_video",
                "tweet_gif",
                "tweet_image",
                "tweet_video",
                "dm_gif",
                "dm_image",
                "dm_video",
                "subtitles",
            ],
        },
        "media_type": {
            "type": "string",
            "enum": [
                "video/mp4",
                "video/webm",
                "video/mp2t",
                "video/quicktime",
                "text/srt",
                "text/vtt",
                "image/jpeg",
                "image/gif",
                "image/bmp",
                "image/png",
                "image/webp",
                "image/pjpeg",
                "image/tiff",
                "model/gltf-binary",
                "model/vnd.usdz+zip",
            ],
        },
        "shared": _FLAG,
        "total_bytes": {"type": "integer", "minimum": 0, "maximum": 17_179_869_184},
    }
)

APPEND: Final = _closed(
    {"media": _TEXT, "segment_index": {"type": "integer", "minimum": 0, "maximum": 999}},
    "media",
    "segment_index",
)

METADATA: Final[Schema] = {
    "type": "object",
    "properties": {
        "id": _ID,
        "metadata": {
            "type": "object",
            "properties": {
                "alt_text": {
                    "type": "object",
                    "properties": {"text": {"type": "string", "maxLength": 1000}},
                    "required": ["text"],
                }
            },
        },
    },
    "required": ["id"],
}

_TYPES: Final[Mapping[str, type]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
}


def check(body: JsonValue, schema: Schema) -> dict[str, JsonValue]:
    """The body, when it keeps to the schema. Raises Refused with X's 400 when it does not."""
    wrong = next(_faults("$", body, schema), None)
    if wrong:
        raise Refused(invalid(wrong))
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
