"""X's schemas of request bodies.

Source: X's OpenAPI document 2.167 (`CreatePostsRequest` and its neighbours).
"""

from collections.abc import Mapping
from typing import Final

from runner.local_x.schema import Schema

_ID: Final[Schema] = {"type": "string", "pattern": "^[0-9]{1,19}$"}
_TEXT: Final[Schema] = {"type": "string"}
_FLAG: Final[Schema] = {"type": "boolean"}
_AUDIENCE: Final[Schema] = {
    "type": "string",
    "enum": ["following", "mentionedUsers", "subscribers", "verified"],
}


def _closed_object(properties: Mapping[str, Schema], *required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema, **more: int) -> Schema:
    return {"type": "array", "items": items, **more}


CREATE: Final = _closed_object(
    {
        "card_uri": _TEXT,
        "community_id": _ID,
        "direct_message_deep_link": _TEXT,
        "edit_options": _closed_object({"previous_post_id": _ID}, "previous_post_id"),
        "for_super_followers_only": _FLAG,
        "geo": _closed_object({"place_id": _TEXT}, "place_id"),
        "made_with_ai": _FLAG,
        "media": _closed_object(
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
        "poll": _closed_object(
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
        "reply": _closed_object(
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

REPOST: Final = _closed_object({"tweet_id": _ID}, "tweet_id")

HIDE: Final = _closed_object({"hidden": _FLAG}, "hidden")

UPLOAD: Final = _closed_object(
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

INITIALIZE: Final = _closed_object(
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

APPEND: Final = _closed_object(
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
