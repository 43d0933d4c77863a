"""The state that each answer of X leaves a post in. The bodies are as X gave them, to the word."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from runner.ledger import State
from runner.local_x.error_answers import NAMED
from runner.publish.ports import Doubt, Receipt, Rejection, Release
from runner.x.answers import answer_to_create, answer_to_repost
from runner.x.call import ApiReply, Silence

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOSTS = ("https://api.x.com/2/problems/", "https://api.twitter.com/2/problems/")
RELEASED, REJECTED, UNKNOWN = State.RELEASED, State.REJECTED, State.UNKNOWN

_REPLY = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise "
    "engaged by the author of the post you are replying to."
)
_QUOTE = (
    "Quoting this post is not allowed because you have not been mentioned or are not part of the "
    "conversation thread of the post you are quoting."
)
_PROJECT = (
    "When authenticating requests to the Twitter API v2 endpoints, you must use keys and tokens "
    "from a Twitter developer App that is attached to a Project. You can create a project via the "
    "developer portal."
)
_NO_CREDIT = "Your enrolled account [1] does not have any credits to fulfill this request."


def forbidden(detail: str, title: str = "Forbidden") -> dict[str, Any]:
    return {"detail": detail, "type": "about:blank", "title": title, "status": 403}


def plain(status: int, title: str) -> dict[str, Any]:
    return {"title": title, "detail": title, "type": "about:blank", "status": status}


def old(code: int, message: str) -> dict[str, Any]:
    return {"errors": [{"code": code, "message": message}]}


def invalid(message: str, **parameters: list[str]) -> dict[str, Any]:
    return {
        "errors": [{"parameters": parameters, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": "HOST/invalid-request",
    }


STOPS: list[tuple[int, dict[str, Any]]] = [
    (
        401,
        {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"},
    ),
    (401, {"errors": [{"message": "Timestamp out of bounds", "code": 135}]}),
    (401, {"errors": [{"code": 32, "message": "Could not authenticate you"}]}),
    (402, {"title": "CreditsDepleted", "type": "HOST/credits", "detail": _NO_CREDIT}),
    (
        402,
        {
            "detail": "credits depleted",
            "status": 402,
            "title": "Payment Required",
            "type": "HOST/credits-depleted",
        },
    ),
    (
        403,
        {
            "title": "Forbidden",
            "detail": "Your monthly spend cap has been reached.",
            "type": "HOST/spend-cap-reached",
        },
    ),
    (
        403,
        {
            "client_id": "123",
            "detail": _PROJECT,
            "registration_url": "https://developer.twitter.com/en/docs/projects/overview",
            "title": "Client Forbidden",
            "required_enrollment": "Appropriate Level of API Access",
            "reason": "client-not-enrolled",
            "type": "HOST/client-forbidden",
        },
    ),
    (
        403,
        {
            "title": "Forbidden",
            "detail": "This request is billed to the authenticated user",
            "reason": "user-not-enrolled",
            "type": "HOST/client-forbidden",
        },
    ),
    (403, {"title": "Forbidden", "detail": "no", "type": "HOST/account-suspended"}),
    (403, old(64, "Your account is suspended and is not permitted to access this feature.")),
    (403, old(326, "To protect our users from spam …, this account is temporarily locked.")),
    (403, old(226, "This request looks like it might be automated.")),
    (403, old(261, "Application cannot perform write actions.")),
    (
        429,
        {
            "title": "UsageCapExceeded",
            "detail": "Usage cap exceeded: Monthly product cap",
            "type": "HOST/usage-capped",
        },
    ),
]
WAITS: list[tuple[int, dict[str, Any]]] = [
    (429, plain(429, "Too Many Requests")),
    (429, old(88, "Rate limit exceeded")),
    (
        403,
        {
            "title": "Unsupported Authentication",
            "detail": "Authenticating with Unknown is forbidden for this endpoint.  Supported "
            "authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].",
            "type": "HOST/unsupported-authentication",
            "status": 403,
        },
    ),
]
REFUSED: list[tuple[int, dict[str, Any]]] = [
    (400, invalid("Your media IDs are invalid.", **{"media.media_ids": ["1995412345678901234"]})),
    (400, invalid("$.text: is missing but it is required")),
    (403, forbidden("Creating posts with @mentions is not allowed for your access package.")),
    (403, forbidden(_REPLY)),
    (403, forbidden(_QUOTE)),
    (403, forbidden("Posts are limited to a maximum of one cashtag ($SYMBOL)")),
    (
        403,
        forbidden(
            "Posts are limited to a maximum of one cashtag ($SYMBOL)", title="Authorization Error"
        ),
    ),
    (403, forbidden("This user is not allowed to post a video longer than 2 minutes.")),
    (403, forbidden("You are not permitted to perform this action.")),
    (403, forbidden("You are not allowed to create a Tweet with duplicate content.")),
]
# A refusal that nobody has seen before may come from anything on the way, and may be the words for
# something that is out. To call it refused would leave a post that is out for one that is not.
UNTOLD: list[tuple[int, dict[str, Any]]] = [
    *(
        (status, plain(status, "Error"))
        for status in (404, 408, 409, 425, 500, 502, 503, 504, 301, 302, 307, 308, 405, 422)
    ),
    (503, plain(503, "Service Unavailable")),
    (500, {"title": "Internal Error", "type": "HOST/internal-error", "status": 500}),
    (400, {"title": "Oh", "detail": "Something new", "type": "HOST/something-new"}),
    (403, {"title": "Oh", "detail": "Something new", "type": "HOST/something-new"}),
    (403, {"title": "Gone", "type": "HOST/resource-unavailable", "detail": "Not now"}),
    (403, old(9999, "Something new")),
    (200, {}),
    (201, {"data": {"text": "hello"}}),
    (201, {"errors": [plain(500, "Internal Error")]}),
]

TABLE = [
    *((RELEASED, True, status, body) for status, body in STOPS),
    *((RELEASED, False, status, body) for status, body in WAITS),
    *((REJECTED, False, status, body) for status, body in REFUSED),
    *((UNKNOWN, False, status, body) for status, body in UNTOLD),
]


def reply(status: int, body: str, type: str = "application/json; charset=utf-8") -> ApiReply:
    return ApiReply(status=status, headers={"content-type": type}, body=body.encode())


def judged(answer: ApiReply | Silence) -> tuple[State, bool]:
    """The state that the answer leaves a post in, and whether it stops the run."""
    match answer_to_create(answer, "acme_lv"):
        case Receipt():
            return State.POSTED, False
        case Release(stop=stop):
            return RELEASED, stop
        case Rejection():
            return REJECTED, False
        case Doubt():
            return UNKNOWN, False


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    ("state", "stops", "status", "body"),
    TABLE,
    ids=[f"{n}-{row[2]}" for n, row in enumerate(TABLE)],
)
def test_each_answer_leaves_its_state(
    host: str, state: State, stops: bool, status: int, body: dict[str, Any]
) -> None:
    written = json.dumps(body).replace("HOST/", host)
    assert judged(reply(status, written)) == (state, stops)


@pytest.mark.parametrize("status", [200, 201, 301, 400, 401, 402, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("type", ["text/html; charset=utf-8", "application/json"])
def test_a_web_page_leaves_the_post_unknown_whatever_its_status(status: int, type: str) -> None:
    page = "<!DOCTYPE html><html><body>duplicate content</body></html>"
    assert judged(reply(status, page, type)) == (UNKNOWN, False)


def test_no_answer_leaves_it_unknown_once_a_byte_was_sent() -> None:
    for late in (True, False):
        assert judged(Silence(sent=True, late=late)) == (UNKNOWN, False)
        assert judged(Silence(sent=False, late=late)) == (RELEASED, False)


def test_each_answer_that_the_local_x_plays_has_its_state() -> None:
    stops = (
        "unauthorized timestamp signature credits credits-old spend-cap not-enrolled suspended "
        "locked usage-cap"
    )
    refused = "duplicate mention reply reply-gone quote cashtags forbidden"
    # a wrong way to sign in, a deletion, a repost, and what is on the way
    unknown = "app-only not-yours already-reposted unavailable html"
    expected = {
        **dict.fromkeys(stops.split(), (RELEASED, True)),
        **dict.fromkeys(refused.split(), (REJECTED, False)),
        **dict.fromkeys(unknown.split(), (UNKNOWN, False)),
        "rate-limit": (RELEASED, False),
    }
    assert {
        name: judged(
            reply(named.status, named.body, "text/html")
            if isinstance(named.body, str)
            else reply(named.status, json.dumps(dict(named.body)))
        )
        for name, named in NAMED.items()
    } == expected


@pytest.mark.parametrize(
    ("state", "stops", "status", "body"),
    TABLE,
    ids=[f"{n}-{row[2]}" for n, row in enumerate(TABLE)],
)
def test_to_a_repost_the_answers_mean_the_same(
    state: State, stops: bool, status: int, body: dict[str, Any]
) -> None:
    answer = answer_to_repost(reply(status, json.dumps(body).replace("HOST/", HOSTS[0])), "7", NOON)
    kinds = {RELEASED: Release, REJECTED: Rejection, UNKNOWN: Doubt}
    assert type(answer) is kinds[state]
    assert (answer.stop if isinstance(answer, Release) else False) is stops
