"""What each answer of X means. The bodies are as X and developers have shown them, 2016 to 2026."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.publish.ports import AnswerOfX, Doubt, Receipt, Rejection, Release
from runner.x.answers import answer_to_create, answer_to_repost, is_duplicate, server_time
from runner.x.call import ApiReply, Silence
from runner.x_facts import instant
from tests.unit.x.building import reply

ID = "1995412345678901234"
HOSTS = ["https://api.x.com/2/problems/", "https://api.twitter.com/2/problems/"]
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def told(status: int, detail: str = "", type: str = "about:blank", **more: Any) -> ApiReply:
    body = {"title": "Forbidden", "detail": detail, "type": type, "status": status} | more
    return reply(status, body)


def old(status: int, code: int, message: str) -> ApiReply:
    return reply(status, {"errors": [{"code": code, "message": message}]})


def of(answer: ApiReply | Silence) -> AnswerOfX:
    return answer_to_create(answer, "acme_lv")


# --- out


def test_an_id_is_a_receipt_with_the_link_and_the_instant_that_the_id_holds() -> None:
    answer = of(reply(201, {"data": {"id": ID, "text": "Slim 27", "edit_history_post_ids": [ID]}}))
    assert answer == Receipt(id=ID, url=f"https://x.com/acme_lv/status/{ID}", at=instant(ID))


def test_the_instant_of_an_id_counts_from_xs_epoch() -> None:
    at = datetime(2026, 12, 1, 7, 0, 0, 123000, tzinfo=UTC)
    milliseconds = int(at.timestamp() * 1000) - 1288834974657
    assert instant(str((milliseconds << 22) | 4095)) == at
    assert instant("0") == datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)


def test_an_id_that_no_post_has_is_no_receipt() -> None:
    assert isinstance(of(reply(201, {"data": {"id": "0"}})), Doubt)


def test_an_id_is_a_receipt_even_beside_errors() -> None:
    body = {"data": {"id": ID}, "errors": [{"title": "Field Hydration Failure"}]}
    assert isinstance(of(reply(200, body)), Receipt)


@pytest.mark.parametrize("name", ["edit_history_post_ids", "edit_history_tweet_ids"])
def test_the_id_is_found_in_the_history_of_edits_under_either_name(name: str) -> None:
    assert isinstance(of(reply(201, {"data": {"text": "hi", name: [ID]}})), Receipt)


# --- released


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    ("status", "end", "detail"),
    [
        (402, "credits", "Your enrolled account [12] does not have any credits to fulfill this"),
        (402, "credits-depleted", "credits depleted"),
        (402, "", ""),
        (403, "spend-cap-reached", "Your monthly spend cap has been reached."),
        (402, "spend-cap-reached", ""),
        (403, "credits-depleted", ""),
        (403, "client-forbidden", "When authenticating requests, … attached to a Project"),
        (403, "user-not-enrolled", ""),
        (
            403,
            "oauth1-permissions",
            "Your client app is not configured with the appropriate oauth1",
        ),
        (403, "account-suspended", ""),
        (429, "usage-capped", "Usage cap exceeded: Monthly product cap"),
        (403, "usage-capped", ""),
        (401, "", "Unauthorized"),
    ],
)
def test_what_only_a_person_can_mend_releases_the_post_and_stops_the_run(
    host: str, status: int, end: str, detail: str
) -> None:
    answer = of(told(status, detail, type=host + end))
    assert isinstance(answer, Release)
    assert answer.stop
    assert answer.help


@pytest.mark.parametrize(
    "answer",
    [
        reply(401, {"title": "Unauthorized", "type": "about:blank", "status": 401}),
        reply(401),
        reply(402),
        old(401, 32, "Could not authenticate you."),
        old(401, 135, "Timestamp out of bounds."),
        old(403, 64, "Your account is suspended and is not permitted to access this feature."),
        old(403, 226, "This request looks like it might be automated."),
        old(403, 326, "To protect our users, this account is temporarily locked."),
        old(403, 261, "Application cannot perform write actions."),
        old(403, 453, "You currently have access to a subset of X API V2 endpoints"),
        old(403, 185, "User is over daily status update limit."),
        told(403, reason="client-not-enrolled", required_enrollment="Appropriate Level"),
        told(403, "This request is billed to the authenticated user", reason="user-not-enrolled"),
        told(403, "To protect our users, this account is temporarily locked. Please log in"),
        told(429, title="UsageCapExceeded"),
    ],
    ids=lambda answer: f"{answer.status} {answer.body[:60].decode()}",
)
def test_the_same_in_the_words_of_the_old_api_stops_the_run(answer: ApiReply) -> None:
    release = of(answer)
    assert isinstance(release, Release)
    assert release.stop


def test_a_wrong_clock_is_told_from_wrong_credentials() -> None:
    clock, keys = of(old(401, 135, "Timestamp out of bounds.")), of(old(401, 32, "Could not"))
    assert isinstance(clock, Release)
    assert isinstance(keys, Release)
    assert "clock" in clock.because
    assert "credentials" in keys.because


@pytest.mark.parametrize(
    "answer",
    [
        told(429, "Too Many Requests"),
        reply(429),
        reply(429, b"Too Many Requests", content_type="text/plain"),
        old(429, 88, "Rate limit exceeded"),
    ],
    ids=["problem", "empty", "plain", "old"],
)
def test_too_many_requests_releases_without_a_stop(answer: ApiReply) -> None:
    release = of(answer)
    assert isinstance(release, Release)
    assert not release.stop


def test_a_signature_that_x_did_not_recognise_for_once_releases_without_a_stop() -> None:
    detail = (
        "Authenticating with Unknown is forbidden for this endpoint.  Supported authentication "
        "types are [OAuth 1.0a User Context, OAuth 2.0 User Context]."
    )
    type = HOSTS[0] + "unsupported-authentication"
    release = of(told(403, detail, type=type, title="Unsupported Authentication"))
    assert isinstance(release, Release)
    assert not release.stop


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({"x_rate_limit_reset": "60"}, 60),
        ({"x_rate_limit_reset": "60", "x_user_limit_24hour_reset": "999"}, 60),
        (
            {
                "x_rate_limit_reset": "60",
                "x_rate_limit_remaining": "99",
                "x_user_limit_24hour_reset": "999",
                "x_user_limit_24hour_remaining": "0",
            },
            999,
        ),
        (
            {
                "x_rate_limit_reset": "60",
                "x_rate_limit_remaining": "0",
                "x_app_limit_24hour_reset": "999",
                "x_app_limit_24hour_remaining": "0",
            },
            999,
        ),
        ({"x_user_limit_24hour_reset": "999"}, 999),
    ],
)
def test_the_limit_that_is_used_up_says_when_x_takes_requests_again(
    headers: dict[str, str], after: int
) -> None:
    release = of(reply(429, {}, **headers))
    assert isinstance(release, Release)
    assert release.retry_at == datetime.fromtimestamp(after, UTC)


@pytest.mark.parametrize("reset", ["", "soon", "-1", "1" * 12, "1e9", "٣"])
def test_a_reset_that_is_no_time_is_no_promise(reset: str) -> None:
    release = of(reply(429, {}, x_rate_limit_reset=reset))
    assert isinstance(release, Release)
    assert release.retry_at is None


def test_a_request_that_never_left_is_released() -> None:
    for late in (True, False):
        assert isinstance(of(Silence(sent=False, late=late)), Release)


# --- rejected


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    ("status", "end", "detail"),
    [
        (400, "invalid-request", "One or more parameters to your request was invalid."),
        (
            403,
            "about:blank",
            "Creating posts with @mentions is not allowed for your access package.",
        ),
        (
            403,
            "about:blank",
            (
                "Reply to this conversation is not allowed because you have not been mentioned or "
                "otherwise engaged by the author of the post you are replying to."
            ),
        ),
        (
            403,
            "about:blank",
            (
                "Quoting this post is not allowed because you have not been mentioned or are not "
                "part of the conversation thread of the post you are quoting."
            ),
        ),
        (403, "about:blank", "Posts are limited to a maximum of one cashtag ($SYMBOL)"),
        (403, "about:blank", "This user is not allowed to post a video longer than 2 minutes."),
        (403, "about:blank", "You are not permitted to perform this action."),
        (403, "about:blank", "YOU ARE NOT PERMITTED to perform this action"),
        (403, "about:blank", "Forbidden"),
        (403, "about:blank", "You attempted to reply to a Tweet that is deleted or not visible to"),
        (403, "not-authorized-for-resource", "Sorry, you are not authorized to see the Post"),
        (403, "disallowed-resource", ""),
    ],
)
def test_a_refusal_of_a_known_kind_rejects_this_very_post(
    host: str, status: int, end: str, detail: str
) -> None:
    answer = of(told(status, detail, type=end if ":" in end else host + end))
    assert isinstance(answer, Rejection)
    assert not is_duplicate(answer)
    assert answer.help
    assert detail in answer.because


@pytest.mark.parametrize("host", HOSTS)
def test_media_that_x_does_not_accept_reject_the_post_and_the_error_inside_is_quoted(
    host: str,
) -> None:
    body = {
        "errors": [
            {
                "parameters": {"media.media_ids": ["12"]},
                "message": "Your media IDs are invalid.",
            }
        ],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": host + "invalid-request",
    }
    answer = of(reply(400, body))
    assert isinstance(answer, Rejection)
    assert "picture or video" in answer.because
    assert "“Your media IDs are invalid.”" in answer.because


@pytest.mark.parametrize(
    "answer",
    [
        told(403, "You are not allowed to create a Tweet with duplicate content."),
        told(403, "You are not allowed to create a Post with duplicate content."),
        old(403, 187, "Status is a duplicate."),
    ],
    ids=["tweet", "post", "old"],
)
def test_the_same_text_again_is_a_rejection_of_its_own_kind(answer: ApiReply) -> None:
    rejection = of(answer)
    assert isinstance(rejection, Rejection)
    assert is_duplicate(rejection)


# --- in doubt


PROBLEM = {"title": "Service Unavailable", "detail": "Service Unavailable", "type": "about:blank"}
PAGE = b"<!DOCTYPE html><title>X / Error</title>"


@pytest.mark.parametrize(
    "answer",
    [
        *(reply(status, PROBLEM) for status in (404, 408, 409, 425, 500, 502, 503, 504, 599)),
        *(reply(status, PROBLEM) for status in (405, 410, 413, 418, 420, 422, 451, 499)),
        *(
            reply(status, {}, location="https://x.com/")
            for status in (300, 301, 302, 303, 307, 308)
        ),
        *(reply(status, PAGE, content_type="text/html; charset=utf-8") for status in (200, 201)),
        *(reply(status, PAGE, content_type="text/html") for status in (401, 402, 403, 429, 503)),
        *(reply(status, b"  " + PAGE, content_type="text/plain") for status in (401, 403, 429)),
        *(reply(201, body) for body in (b"", b"{", b"[]", b"null", b"\xff", b"[" * 99999)),
        *(reply(201, {"data": data}) for data in (None, {}, [], {"id": ""}, {"id": 12})),
        *(reply(201, {"data": {"id": id}}) for id in ("abc", "1" * 20, "-1", " 1", "1\n", "٣")),
        reply(200, {"errors": [PROBLEM]}),
        told(403, "Something X has never said before"),
        told(400, "Something X has never said before"),
        reply(403),
        reply(400),
        reply(400, b"{"),
        reply(403, {"errors": "suspended", "detail": None, "type": 7, "title": ["locked"]}),
        old(403, 9999, "Another thing"),
        Silence(sent=True, late=True),
        Silence(sent=True, late=False),
    ],
    ids=str,
)
def test_an_answer_that_does_not_tell_leaves_the_post_in_doubt(answer: ApiReply | Silence) -> None:
    doubt = of(answer)
    assert isinstance(doubt, Doubt)
    assert "may be out" in doubt.because


def test_a_doubt_carries_xs_name_for_the_transaction() -> None:
    doubt = of(reply(503, PROBLEM, x_transaction_id="a1b2c3"))
    assert isinstance(doubt, Doubt)
    assert "transaction a1b2c3" in doubt.because
    for odd in ("", "a b", "\x1b[31m", "a" * 65):
        assert "transaction" not in of(reply(503, PROBLEM, x_transaction_id=odd)).because


@given(
    st.integers(100, 599),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["data", "id", "errors", "title", "detail", "type", "code", "message", "reason"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=12,
    ),
)
def test_whatever_x_answers_is_a_value_and_never_better_than_its_status(
    status: int, body: object
) -> None:
    answer = of(reply(status, body))
    # by its very type it is recorded, so no subclass will do
    assert type(answer) in (Receipt, Release, Rejection, Doubt)
    if isinstance(answer, Receipt):
        assert 200 <= status < 300
    elif isinstance(answer, Release | Rejection):
        assert status in (400, 401, 402, 403, 429)


@given(st.integers(100, 599), st.binary(max_size=60), st.binary(max_size=20))
def test_whatever_bytes_x_answers_are_a_value(status: int, body: bytes, type: bytes) -> None:
    odd = reply(status, body, content_type=type.decode("latin-1"), date=type.decode("latin-1"))
    of(odd)
    answer_to_repost(odd, ID, NOON)
    server_time(odd)


# --- what people read


@pytest.mark.parametrize(
    "answer",
    [
        told(
            403,
            "Not\x1b[31m allowed:\r\n::error::\u202eone cashtag\x00 \u2028 ($SYMBOL)" + "!" * 999,
        ),
        told(503, "Out\x1b[31m of\r\n::error::\u202eorder\x00 \u2028 today" + "!" * 999),
    ],
    ids=["rejected", "doubt"],
)
def test_what_x_says_is_quoted_on_one_line_cleaned_and_cut(answer: ApiReply) -> None:
    because = of(answer).because  # type: ignore[union-attr]
    assert because.isprintable()
    assert "“" in because
    assert len(because) < 400


def test_every_sentence_is_one_line_without_a_full_stop() -> None:
    from runner.x.kinds import KINDS

    for kind in KINDS:
        for text in (kind.because, kind.help):
            assert text.isprintable()
            assert not text.endswith(".")


# --- reposts


@pytest.mark.parametrize("name", ["retweeted", "reposted"])
def test_a_repost_is_a_receipt_at_xs_own_time(name: str) -> None:
    answer = reply(200, {"data": {name: True, "rest_id": ID}}, date="Tue, 01 Dec 2026 08:00:00 GMT")
    receipt = answer_to_repost(answer, ID, NOON)
    assert receipt == Receipt(
        id=ID, url=f"https://x.com/i/web/status/{ID}", at=datetime(2026, 12, 1, 8, tzinfo=UTC)
    )


def test_a_repost_without_xs_time_has_the_time_that_x_last_told() -> None:
    receipt = answer_to_repost(reply(200, {"data": {"retweeted": True}}, date="soon"), ID, NOON)
    assert isinstance(receipt, Receipt)
    assert receipt.at == NOON


@pytest.mark.parametrize(
    "answer",
    [
        old(403, 327, "You have already retweeted this Tweet."),
        told(403, "You cannot retweet a Tweet that you have already retweeted."),
        told(403, "You have already reposted this Post."),
    ],
    ids=["code", "retweeted", "reposted"],
)
def test_a_repost_that_stands_already_is_a_receipt(answer: ApiReply) -> None:
    assert isinstance(answer_to_repost(answer, ID, NOON), Receipt)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("status", [200, 404])
def test_a_repost_of_what_is_gone_is_rejected(status: int, host: str) -> None:
    error = {
        "title": "Not Found Error",
        "detail": f"Could not find post with id: [{ID}].",
        "type": host + "resource-not-found",
    }
    assert isinstance(answer_to_repost(reply(status, {"errors": [error]}), ID, NOON), Rejection)


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        (reply(200, {"data": {"retweeted": False}}), Doubt),
        (reply(200, PAGE, content_type="text/html"), Doubt),
        (reply(404, PROBLEM), Doubt),
        (reply(503, PROBLEM), Doubt),
        (Silence(sent=True, late=True), Doubt),
        (Silence(sent=False, late=True), Release),
        (reply(402), Release),
        (told(403, "You are not permitted to perform this action."), Rejection),
    ],
    ids=str,
)
def test_other_answers_to_a_repost_mean_what_they_mean_to_a_post(
    answer: ApiReply | Silence, means: type
) -> None:
    assert isinstance(answer_to_repost(answer, ID, NOON), means)


def test_xs_clock_is_read_from_its_date() -> None:
    at = server_time(reply(200, {}, date="Tue, 01 Dec 2026 10:00:00 +0200"))
    assert at == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert at.utcoffset() == timedelta(0)
    for nowhere in ("-0000", ""):
        found = server_time(reply(200, {}, date=f"Tue, 01 Dec 2026 08:00:00 {nowhere}"))
        assert found == at
    assert server_time(reply(200, {})) is None
    assert server_time(Silence(sent=True, late=False)) is None
