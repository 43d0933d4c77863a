"""The schemas of request bodies, and X's words for what breaks them."""

import json
from pathlib import Path
from typing import Any

import pytest

from runner.local_x import request_schemas
from runner.local_x.error_answers import RequestRefused
from runner.local_x.schema import check

MINE = {
    "CreatePostsRequest": request_schemas.CREATE,
    "RepostPostRequest": request_schemas.REPOST,
    "InitializeMediaUploadRequest": request_schemas.INITIALIZE,
    "AppendMediaUploadRequest": request_schemas.APPEND,
    "MediaUploadRequest": request_schemas.UPLOAD,
}
KEPT = (
    "type",
    "enum",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
)


def said(body: Any, schema: Any = request_schemas.CREATE) -> str:
    with pytest.raises(RequestRefused) as refused:
        check(body, schema)
    answer: Any = refused.value.reply.body
    message: str = answer["errors"][0]["message"]
    return message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ([], "$: array found, object expected"),
        ({"text": 1}, "$.text: integer found, string expected"),
        ({"text": None}, "$.text: null found, string expected"),
        ({"media": {"media_ids": []}}, "$.media.media_ids: there must be a minimum of 1 items"),
        ({"media": {"media_ids": list("12345")}}, "there must be a maximum of 4 items"),
        ({"media": {"media_ids": ["x"]}}, "$.media.media_ids[0]: does not match the regex"),
        ({"media": {}}, "$.media.media_ids: is missing but it is required"),
        ({"poll": {"options": ["a"], "duration_minutes": 5}}, "$.poll.options: there must be"),
        ({"poll": {"options": ["a", "b" * 26], "duration_minutes": 5}}, "may only be 25 char"),
        ({"poll": {"options": ["a", ""], "duration_minutes": 5}}, "must be at least 1 char"),
        ({"poll": {"options": ["a", "b"], "duration_minutes": 4}}, "minimum value of 5"),
        ({"poll": {"options": ["a", "b"], "duration_minutes": 10_081}}, "maximum value of 10080"),
        ({"poll": {"options": ["a", "b"], "duration_minutes": True}}, "boolean found, integer"),
        ({"reply_settings": "nobody"}, "does not have a value in the enumeration"),
        ({"nonsense": 1}, "$.nonsense: is not defined in the schema"),
    ],
)
def test_a_body_that_breaks_the_schema_is_told_where(body: Any, message: str) -> None:
    assert message in said(body)


def test_alt_text_ends_at_1000_characters() -> None:
    def body(length: int) -> Any:
        return {"id": "1", "metadata": {"alt_text": {"text": "x" * length}}}

    assert check(body(1000), request_schemas.METADATA)
    assert "may only be 1000 characters" in said(body(1001), request_schemas.METADATA)


@pytest.mark.parametrize("name", MINE)
def test_the_schemas_are_those_of_x(name: str, shared: Path) -> None:
    document = json.loads((shared / "x-api" / "openapi.json").read_text("utf-8"))
    theirs = document["components"]["schemas"]
    compared: list[str] = []
    compare(name, theirs[name], MINE[name], theirs, compared)
    assert len(compared) >= 2 + (name == "CreatePostsRequest") * 30


def compare(at: str, theirs: Any, mine: Any, all_schemas: Any, compared: list[str]) -> None:
    if "$ref" in theirs:
        theirs = all_schemas[theirs["$ref"].rpartition("/")[2]]
    if "anyOf" in theirs:  # a file: bytes in a form, base64 in JSON
        theirs = theirs["anyOf"][0]
    compared.append(at)
    assert {k: theirs[k] for k in KEPT if k in theirs} == {k: mine[k] for k in KEPT if k in mine}
    if "items" in theirs:
        compare(f"{at}[]", theirs["items"], mine["items"], all_schemas, compared)
    if "properties" in theirs and "properties" in mine:  # `call_to_actions` is not looked into
        assert set(theirs["properties"]) == set(mine["properties"]), at
        assert set(theirs.get("required", ())) == set(mine["required"]), at
        for key, value in theirs["properties"].items():
            compare(f"{at}.{key}", value, mine["properties"][key], all_schemas, compared)
