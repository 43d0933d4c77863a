"""Uploads over real HTTP on loopback."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from runner.publish.ports import Rejection, Release, Uploaded
from runner.render.rendered import RenderedMedia
from runner.x import media as uploads
from runner.x.publisher import XPublisher
from tests.integration.x.local_x import Asked, LocalX, Say

At = Callable[..., XPublisher]
PNG = b"\x89PNG\r\n\x1a\n"


def media(type: str = "image/png", alt: str | None = None) -> RenderedMedia:
    return RenderedMedia(path="media/slim27.png", digest="", type=type, size=8, alt=alt)


def data(**told: Any) -> Say:
    return Say(body={"data": told})


def fields(asked: Asked) -> dict[str, bytes]:
    """The fields of a multipart form."""
    boundary = asked.headers["content-type"].partition("boundary=")[2].encode()
    found = {}
    for piece in asked.body.split(b"--" + boundary)[1:-1]:
        head, _, value = piece.partition(b"\r\n\r\n")
        name = re.search(rb'name="(\w+)"', head)
        assert name
        found[name[1].decode()] = value.removesuffix(b"\r\n")
    return found


def test_a_picture_is_uploaded_in_one_call(x: LocalX, publisher: At, naps: list[float]) -> None:
    x.says(data(id="7", media_key="3_7", size=8))
    assert publisher().upload(media(), PNG) == Uploaded(id="7", key="3_7")
    (asked,) = x.asked
    assert (asked.method, asked.path) == ("POST", "/2/media/upload")
    assert fields(asked) == {"media_category": b"tweet_image", "media": PNG}
    assert b"image/png" in asked.body
    assert naps == []


def test_the_alt_text_is_set_before_the_upload_counts(x: LocalX, publisher: At) -> None:
    x.says(data(id="7", media_key="3_7"), data(id="7"))
    uploaded = publisher().upload(media(alt="Zilas džinsas"), PNG)
    assert isinstance(uploaded, Uploaded)
    assert x.asked[1].path == "/2/media/metadata"
    assert x.asked[1].json == {"id": "7", "metadata": {"alt_text": {"text": "Zilas džinsas"}}}


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_without_its_alt_text_a_picture_is_not_uploaded(
    x: LocalX, publisher: At, status: int
) -> None:
    x.says(data(id="7", media_key="3_7"), Say(status=status, body={}))
    assert isinstance(publisher().upload(media(alt="Blue"), PNG), Release)


def test_an_alt_text_that_is_too_long_is_rejected_before_anything_is_paid(
    x: LocalX, publisher: At
) -> None:
    assert isinstance(publisher().upload(media(alt="a" * 1001), PNG), Rejection)
    assert x.asked == []


@pytest.mark.parametrize(
    ("type", "category"),
    [("image/gif", "tweet_gif"), ("video/mp4", "tweet_video"), ("video/quicktime", "tweet_video")],
)
def test_gifs_and_videos_go_in_segments_and_wait_for_x(
    x: LocalX, publisher: At, naps: list[float], type: str, category: str
) -> None:
    size = uploads.SEGMENT * 2 + 5
    film = bytes(range(251)) * (size // 251 + 1)
    film = film[:size]
    x.says(
        data(id="7", media_key="13_7"),
        *(data(expires_at=1) for _ in range(3)),
        data(id="7", media_key="13_7", processing_info={"state": "pending", "check_after_secs": 3}),
        data(id="7", processing_info={"state": "in_progress", "check_after_secs": 600}),
        data(id="7", processing_info={"state": "in_progress"}),
        data(id="7", processing_info={"state": "succeeded", "progress_percent": 100}),
    )
    assert publisher().upload(media(type), film) == Uploaded(id="7", key="13_7")
    begin, *appends, finalize = x.asked[:5]
    assert begin.json == {"media_type": type, "media_category": category, "total_bytes": size}
    assert [asked.path for asked in appends] == ["/2/media/upload/7/append"] * 3
    assert b"".join(fields(asked)["media"] for asked in appends) == film
    assert [fields(asked)["segment_index"] for asked in appends] == [b"0", b"1", b"2"]
    assert max(len(fields(asked)["media"]) for asked in appends) <= 4 * 1024 * 1024
    assert (finalize.method, finalize.path) == ("POST", "/2/media/upload/7/finalize")
    assert finalize.body == b""
    for asked in x.asked[5:]:
        assert asked.method == "GET"
        assert asked.url.endswith("/2/media/upload?command=STATUS&media_id=7")
    assert naps == [3, 60, 5]


def test_a_picture_that_x_still_processes_is_waited_for(
    x: LocalX, publisher: At, naps: list[float]
) -> None:
    going = {"state": "in_progress", "check_after_secs": 0}
    x.says(data(id="7", media_key="3_7", processing_info=going), data(id="7", media_key="3_7"))
    x.script[1].body = {"data": {"id": "7", "processing_info": {"state": "succeeded"}}}
    assert publisher().upload(media(), PNG) == Uploaded(id="7", key="3_7")
    assert naps == [1]


def test_processing_without_end_is_released(x: LocalX, publisher: At, naps: list[float]) -> None:
    going = {"state": "in_progress", "check_after_secs": 50}
    x.says(*(data(id="7", media_key="3_7", processing_info=going) for _ in range(99)))
    assert isinstance(publisher().upload(media(), PNG), Release)
    assert sum(naps) == uploads.PATIENCE


def test_a_file_that_x_cannot_process_is_rejected_with_its_words(x: LocalX, publisher: At) -> None:
    error = {"code": 3, "name": "UnsupportedMedia", "message": "Unsupported \x1b[31mframe rate"}
    x.says(data(id="7", media_key="3_7", processing_info={"state": "failed", "error": error}))
    rejection = publisher().upload(media(), PNG)
    assert isinstance(rejection, Rejection)
    assert "Unsupported [31mframe rate" in rejection.because


@pytest.mark.parametrize(
    ("say", "means"),
    [
        (Say(status=413, body={"detail": "too large"}), Rejection),
        (Say(status=415, body={}), Rejection),
        (Say(status=400, body={"type": "https://api.x.com/2/problems/invalid-request"}), Rejection),
        (Say(status=401, body={}), Release),
        (Say(status=402, body={}), Release),
        (Say(status=403, body={"detail": "new words"}), Release),
        (Say(status=404, body={}), Release),
        (Say(status=429, body={}, headers={"x-rate-limit-reset": "60"}), Release),
        (Say(status=503, body={}), Release),
        (Say(status=302, body={}), Release),
        (Say(status=200, body=b"<html>", headers={"Content-Type": "text/html"}), Release),
        (Say(body={"data": {"id": "7"}}), Release),
        (Say(body={"data": {"media_key": "3_7"}}), Release),
        (Say(body={"data": {"id": 7, "media_key": "3_7"}}), Release),
        (Say(reset=True), Release),
    ],
    ids=str,
)
def test_an_upload_in_doubt_is_not_done_and_only_a_known_refusal_rejects(
    x: LocalX, publisher: At, say: Say, means: type
) -> None:
    x.says(say)
    answer = publisher().upload(media(), PNG)
    assert isinstance(answer, means)
    assert "may be out" not in answer.because  # type: ignore[union-attr]
    assert len(x.asked) == 1


NO = Say(status=403, body={"title": "Forbidden", "detail": "Forbidden", "type": "about:blank"})


def test_g12_an_upload_that_x_bars_is_named_and_rejects_nothing(x: LocalX, publisher: At) -> None:
    """So X answers an app that may only read, or whose tokens are older than its rights."""
    x.says(NO)
    release = publisher().upload(media(), PNG)
    assert isinstance(release, Release)
    assert release.because == "X does not let the app upload media/slim27.png (X says: “Forbidden”)"
    assert "new access tokens" in str(release.help)
    assert not release.stop, "what has no picture can go out"


def test_g12_an_alt_text_that_x_bars_is_named(x: LocalX, publisher: At) -> None:
    x.says(data(id="7", media_key="3_7"), NO)
    release = publisher().upload(media(alt="Blue"), PNG)
    assert isinstance(release, Release)
    assert release.because.startswith(
        "X took media/slim27.png, and does not let the app give it its alt text"
    )
    assert "new access tokens" in str(release.help)


def test_g12_what_x_refuses_of_a_picture_is_told_of_the_picture(x: LocalX, publisher: At) -> None:
    malformed = {"type": "https://api.x.com/2/problems/invalid-request", "detail": "no kind"}
    x.says(Say(status=400, body=malformed))
    rejection = publisher().upload(media(), PNG)
    assert isinstance(rejection, Rejection)
    assert rejection.because == "X does not accept media/slim27.png (X says: “no kind”)"
    assert "pictures 5 MB" in str(rejection.help)
    x.says(data(id="7", media_key="3_7"), Say(status=400, body=malformed))
    rejection = publisher().upload(media(alt="Blue"), PNG)
    assert isinstance(rejection, Rejection)
    assert rejection.because.startswith("X does not accept the alt text of media/slim27.png")


def test_a_segment_that_is_refused_ends_the_upload(x: LocalX, publisher: At) -> None:
    x.says(data(id="7", media_key="13_7"), Say(status=503, body={}))
    film = b"x" * (uploads.SEGMENT + 1)
    assert isinstance(publisher().upload(media("video/mp4"), film), Release)
    assert len(x.asked) == 2


def test_money_that_is_gone_stops_the_run_in_an_upload_too(x: LocalX, publisher: At) -> None:
    x.says(Say(status=402, body={"title": "Payment Required"}))
    release = publisher().upload(media(), PNG)
    assert isinstance(release, Release)
    assert release.stop


def test_a_file_has_more_time_than_a_post(x: LocalX, publisher: At) -> None:
    x.says(Say(body={"data": {"id": "7", "media_key": "3_7"}}, after=0.6))
    slow = publisher(whole=0.6, upload=5.0)
    assert isinstance(slow.upload(media(), PNG), Uploaded)
