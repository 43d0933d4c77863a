"""What X answers when it refuses: bodies as seen in 2026, several forms side by side as on X.

Sources: X's OpenAPI document 2.167 (`Problem`), docs.x.com/x-api/fundamentals/
response-codes-and-errors, and the bodies that developers quote in public issues.
"""

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from runner.value import Value, field

Body = Mapping[str, JsonValue]

PROBLEMS: Final = "https://api.x.com/2/problems/"

_TITLES: Final = {
    400: "Invalid Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Payload Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class Reply(Value):
    """An answer on the wire: JSON, or a text (HTML) when `body` is a string."""

    status: int
    body: Body | str
    headers: Mapping[str, str] = field(default_factory=dict)


class RequestRefused(Exception):
    """X refuses the call, with this answer."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status, reply.body)
        self.reply = reply


def plain(status: int, detail: str | None = None) -> Reply:
    """The short form, whose type is `about:blank`."""
    title = _TITLES.get(status, "Error")
    body: Body = {
        "title": title,
        "detail": detail or title,
        "type": "about:blank",
        "status": status,
    }
    return Reply(status, body)


def invalid(message: str, parameters: Mapping[str, JsonValue] | None = None) -> Reply:
    """400: the request breaks X's schema."""
    error: dict[str, JsonValue] = {"message": message}
    if parameters is not None:
        error = {"parameters": dict(parameters), **error}
    return Reply(
        400,
        {
            "errors": [error],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{PROBLEMS}invalid-request",
        },
    )


def invalid_media(ids: tuple[str, ...]) -> Reply:
    return invalid("Your media IDs are invalid.", {"media.media_ids": list(ids)})


def not_found(kind: str, parameter: str, value: str) -> Body:
    """An entry of `errors` in a 200: X knows no such thing."""
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{PROBLEMS}resource-not-found",
    }


def suspended(kind: str, parameter: str, value: str) -> Body:
    """An entry of `errors` in a 200: X knows who it is, and shows them to nobody."""
    said = f"User has been suspended: [{value}]."
    return {**not_found(kind, parameter, value), "title": "Forbidden", "detail": said}


def not_shown(kind: str, parameter: str, value: str) -> Body:
    """An entry of `errors` in a 200: it is there, and not for everybody."""
    named = f"the {kind.title()} with {parameter}: [{value}]"
    return {
        "value": value,
        "detail": f"Sorry, you are not authorized to see {named}.",
        "title": "Authorization Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{PROBLEMS}not-authorized-for-resource",
    }


def not_told(field: str, id: str) -> Body:
    """An entry of `errors` in a 200: the post is there, and one of its fields is not for you."""
    return {
        "value": id,
        "field": field,
        "detail": f"Sorry, you are not authorized to access '{field}' on the Tweet with ids: "
        f"[{id}].",
        "title": "Field Authorization Error",
        "section": "data",
        "resource_type": "tweet",
        "parameter": "id",
        "resource_id": id,
        "type": f"{PROBLEMS}not-authorized-for-field",
    }


def _problem(status: int, type: str, title: str, detail: str, **more: JsonValue) -> Reply:
    return Reply(
        status,
        {"title": title, "detail": detail, "type": PROBLEMS + type, "status": status, **more},
    )


_REPLY_RULE: Final = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise "
    "engaged by the author of the post you are replying to."
)
_QUOTE_RULE: Final = (
    "Quoting this post is not allowed because you have not been mentioned or are not part of the "
    "conversation thread of the post you are quoting."
)
_ENROLL: Final = (
    "When authenticating requests to the X API v2 endpoints, you must use keys and tokens from a "
    "developer App that is attached to a Project."
)

NAMED: Final[Mapping[str, Reply]] = {
    "unauthorized": plain(401),
    "timestamp": Reply(401, {"errors": [{"message": "Timestamp out of bounds", "code": 135}]}),
    "signature": Reply(401, {"errors": [{"message": "Could not authenticate you", "code": 32}]}),
    "app-only": _problem(
        403,
        "unsupported-authentication",
        "Unsupported Authentication",
        "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported "
        "authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].",
    ),
    "credits": _problem(402, "credits-depleted", "Payment Required", "credits depleted"),
    "credits-old": _problem(
        402,
        "credits",
        "CreditsDepleted",
        "Your enrolled account [1] does not have any credits to fulfill this request.",
    ),
    "spend-cap": _problem(
        403, "spend-cap-reached", "Forbidden", "Your monthly spend cap has been reached."
    ),
    "duplicate": plain(403, "You are not allowed to create a Tweet with duplicate content."),
    "mention": plain(403, "Creating posts with @mentions is not allowed for your access package."),
    "reply": plain(403, _REPLY_RULE),
    "reply-gone": plain(
        403, "You attempted to reply to a Tweet that is deleted or not visible to you."
    ),
    "quote": plain(403, _QUOTE_RULE),
    "cashtags": plain(403, "Posts are limited to a maximum of one cashtag ($SYMBOL)"),
    "forbidden": plain(403, "You are not permitted to perform this action."),
    "not-yours": plain(403, "You are not authorized to delete this Tweet."),
    "not-enrolled": _problem(
        403,
        "client-forbidden",
        "Client Forbidden",
        _ENROLL,
        reason="client-not-enrolled",
        required_enrollment="Appropriate Level of API Access",
    ),
    "suspended": Reply(403, {"errors": [{"message": "Your account is suspended.", "code": 64}]}),
    "locked": Reply(
        403,
        {
            "errors": [
                {
                    "message": "This account is temporarily locked.",
                    "code": 326,
                }
            ]
        },
    ),
    "already-reposted": Reply(
        403, {"errors": [{"message": "You have already retweeted this Tweet.", "code": 327}]}
    ),
    "rate-limit": plain(429),
    "usage-cap": _problem(
        429, "usage-capped", "UsageCapExceeded", "Usage cap exceeded: Monthly product cap"
    ),
    "unavailable": plain(503),
    "html": Reply(503, "<!DOCTYPE html><html><body><h1>Something went wrong.</h1></body></html>"),
}
"""Answers by name, for faults: what a test or a demonstration lets X say."""
