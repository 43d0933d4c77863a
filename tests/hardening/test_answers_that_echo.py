"""X and GitHub repeat what they were sent, in every kind of answer: no secret is shown or kept."""

import io
import json
import os
import subprocess
import sys
import textwrap
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.watch import watch
from runner.cli.context import CommandContext
from runner.cli.streams import redacting
from runner.confidential import STRUCK, Confidential, without_claims
from runner.problems import Refused
from runner.render.rendered import RenderedMedia
from runner.value import replace
from runner.x.auth import Credentials
from runner.x.client import Client
from runner.x.publisher import XPublisher
from tests.acceptance.conftest import CONTEST, PROJECT
from tests.integration.x.local_x import POST, Asked, Say

VALUES = {
    "X_API_KEY": "kQ7wPz3nB9xTfL2vRs8hYc5dM",
    "X_API_SECRET": "s3/Cr+eT=of&the~app 9Zk2Lw8Pq4Xv6Nb1Mj7Hg5Fd",
    "X_ACCESS_TOKEN": "1871046298364928001-Wv9Tq3Zr7Lk2Ns8Xp4Yb6Mc1",
    "X_ACCESS_SECRET": "tJ5mR8wQ2zX6vB9nL3kP7hS4dF1gY0cA",
}
WHO = Credentials(**{name[2:].lower(): value for name, value in VALUES.items()})
ME = Say(body={"data": {"id": "42", "username": "acme_lv"}})
HTML = {"Content-Type": "text/html"}
PICTURE = RenderedMedia(path="a.jpg", digest="0", type="image/jpeg", size=2, alt="Jeans")
FILM = RenderedMedia(path="a.mp4", digest="0", type="video/mp4", size=9, alt=None)


def leaks(text: str) -> list[str]:
    """What of the secrets stands in a text: any eight characters in a row are too many."""
    squeezed = "".join(text.split())
    pieces = (value[at : at + 8] for value in VALUES.values() for at in range(len(value) - 7))
    return [piece for piece in pieces if piece in squeezed]


# --- What X repeats


def headers(asked: Asked) -> str:
    first = sorted(asked.headers.items(), key=lambda each: each[0] != "authorization")
    return "; ".join(f"{name}: {value}" for name, value in first)


def everything(_asked: Asked) -> str:
    return " ".join(VALUES.values())


ECHOES: dict[str, Callable[[Asked], str]] = {
    "headers": headers,
    "values": everything,
    "url-encoded": lambda asked: quote(everything(asked), safe=""),
    "signed": lambda asked: quote(quote(everything(asked), safe=""), safe=""),
    "base64": lambda asked: b64encode(everything(asked).encode()).decode(),
    "base64-url": lambda asked: urlsafe_b64encode(b"?" + everything(asked).encode()).decode(),
    "wrapped": lambda asked: "\r\n".join(textwrap.wrap(everything(asked), 7)),
    "json-in-json": lambda asked: json.dumps({"seen": everything(asked)}),
    "cut-in-the-middle": lambda asked: "x" * 180 + WHO.access_token,
}


@pytest.mark.parametrize("echo", ECHOES.values(), ids=[f"F2-{name}" for name in ECHOES])
def test_what_x_repeats_of_a_request_is_struck_out(x, echo):
    x.says(Say(status=400, body=lambda asked: {"title": "Bad", "detail": f"Got {echo(asked)}"}))
    answer = XPublisher(Client(WHO, x.url), "acme_lv", sleep=print).create(
        POST, media=(), reply_to=None
    )
    assert "Got" in answer.because or "xxx" in answer.because
    assert STRUCK in answer.because
    assert not leaks(str(answer))


def detail(status: int, **more: str) -> Say:
    body = {"title": "No", "type": "about:blank", "status": status, **more}
    return Say(status=status, body=lambda asked: {**body, "detail": headers(asked)})


def old(status: int, code: int) -> Say:
    return Say(
        status=status,
        body=lambda asked: {"errors": [{"code": code, "message": f"No {headers(asked)}"}]},
    )


def page(status: int) -> Say:
    return Say(
        status=status, headers=HTML, body=lambda asked: f"<h1>{headers(asked)}</h1>".encode()
    )


def data(**said: Any) -> Say:
    return Say(body={"data": {"id": "1", "media_key": "3_1", **said}})


def create(x: XPublisher) -> object:
    return x.create(POST, media=(), reply_to=None)


def picture(x: XPublisher) -> object:
    return x.upload(PICTURE, b"\xff\xd8")


ANSWERS: dict[str, tuple[Callable[[XPublisher], object], list[Say]]] = {
    "problem": (create, [detail(403)]),
    "401": (create, [detail(401)]),
    "429": (create, [detail(429)]),
    "500-problem": (create, [detail(500)]),
    "old-error": (create, [old(403, 187)]),
    "500-page": (create, [page(500)]),
    "page-with-200": (create, [page(200)]),
    "trace-header": (create, [Say(status=500, headers={"x-transaction-id": WHO.access_token})]),
    "no-id": (create, [Say(body=lambda asked: {"data": {}, "detail": headers(asked)})]),
    "no-json": (create, [Say(status=400, body=lambda asked: headers(asked).encode())]),
    "whose": (lambda x: x.identify(), [detail(401)]),
    "handle": (
        lambda x: x.identify(),
        [Say(body={"data": {"id": "42", "username": WHO.access_secret}})],
    ),
    "repost": (lambda x: x.repost("1"), [ME, detail(404, type="/resource-not-found")]),
    "timeline": (lambda x: x.timeline(datetime(2026, 12, 1, tzinfo=UTC)), [ME, detail(500)]),
    "timeline-errors": (
        lambda x: x.timeline(datetime(2026, 12, 1, tzinfo=UTC)),
        [
            ME,
            Say(
                body=lambda asked: {
                    "meta": {"result_count": 0},
                    "errors": [{"resource_id": "9", "detail": headers(asked)}],
                }
            ),
        ],
    ),
    "gone": (lambda x: x.deleted_ids(["1"]), [detail(503)]),
    "picture-too-large": (picture, [detail(413)]),
    "picture-of-no-kind": (picture, [detail(415)]),
    "picture-500": (picture, [page(500)]),
    "media-key": (lambda x: x.upload(replace(PICTURE, alt=None), b"\xff\xd8"), [
        data(media_key=f"3_{WHO.access_token}")
    ]),
    "alt-text": (picture, [data(), detail(400)]),
    "film-refused": (lambda x: x.upload(FILM, b"\0" * 9), [detail(400)]),
    "film-failed": (
        lambda x: x.upload(FILM, b"\0" * 9),
        [
            data(),
            data(),
            Say(
                body=lambda asked: {
                    "data": {
                        "id": "1",
                        "processing_info": {
                            "state": "failed",
                            "error": {"message": headers(asked)},
                        },
                    }
                }
            ),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "says"), ANSWERS.values(), ids=[f"F2-{name}" for name in ANSWERS])
def test_no_kind_of_answer_lets_a_secret_through(x, ask, says):
    x.says(*says)
    answer = ask(XPublisher(Client(WHO, x.url), "acme_lv", sleep=lambda _: None))
    assert not leaks(repr(answer))
    assert x.script == []
    assert leaks(headers(x.asked[-1])), "the request itself holds them"


def test_f2_a_run_keeps_and_shows_nothing_of_it(x, tmp_path):
    """The ledger, standard output and error, and the summary of the job."""
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "runner.yaml").write_text(PROJECT)
    (tmp_path / "campaigns/winter-lois.yaml").write_text(CONTEST)
    due = {"Date": "Mon, 01 Mar 2027 08:02:00 GMT"}
    me = replace(ME, headers=due)
    nothing = Say(body={"meta": {"result_count": 0}}, headers=due)
    no = Say(status=403, headers=due, body=lambda asked: {"detail": f"Go: {headers(asked)}"})
    x.says(me, nothing, me, no)
    actions = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    outside = CommandContext(
        root=tmp_path,
        clock=Still(datetime(2027, 3, 1, 8, 2, tzinfo=UTC)),
        environ={**VALUES, **actions, "X_API_URL": x.url, "PATH": os.environ["PATH"]},
        out=io.StringIO(),
        talk=io.StringIO(),
    )
    post(outside, PostOptions())
    ledger = {path: path.read_text() for path in (tmp_path / ".runner").rglob("*.json*")}
    shown = (outside.out.getvalue(), outside.talk.getvalue(), (tmp_path / "summary.md").read_text())
    assert any("Go:" in text for text in ledger.values())
    assert "Go:" in "".join(shown)
    assert not leaks("".join((*ledger.values(), *shown)))


class Still:
    """A clock that stands."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def boot(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


def test_f2_github_repeats_the_token_and_watch_does_not(x, tmp_path):
    token = VALUES["X_API_SECRET"]
    x.says(Say(status=403, body=lambda asked: {"message": f"No: {headers(asked)}, {token}"}))
    outside = CommandContext(
        root=tmp_path,
        environ={"GITHUB_API_URL": x.url, "GITHUB_REPOSITORY": "a/b", "GITHUB_TOKEN": token},
    )
    with pytest.raises(Refused, match="403: No: ") as refused:
        watch(outside, "post.yml", alarm=timedelta(hours=1))
    assert not leaks(refused.value.message)


# --- What leaves the program


def test_f2_a_traceback_repeats_no_secret():
    """By the command itself, as a bug would print it: its variables name a port that is none."""
    script = (
        "import os, runner.cli.app as a, runner.cli as c\n"
        "def broken(): raise RuntimeError(os.environ['X_API_SECRET'])\n"
        "a.app.command('broken')(broken)\n"
        "c.main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, "broken"],
        env={**os.environ, **VALUES},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 70
    assert f"RuntimeError: {STRUCK}" in ran.stderr
    assert not leaks(ran.stdout + ran.stderr)


def test_f2_a_guarded_stream_is_otherwise_the_stream():
    below = io.StringIO()
    stream = redacting(below, Confidential.of(VALUES))
    assert stream.write("Rīga ⟦link⟧\n") == 12
    stream.writelines([WHO.api_key, "\n"])
    assert (below.getvalue(), stream.isatty()) == (f"Rīga ⟦link⟧\n{STRUCK}\n", False)


@pytest.mark.parametrize(
    "environ",
    [
        pytest.param({"X_API_KEY": "a", "X_ACCESS_TOKEN": "shop"}, id="F2-short"),
        pytest.param({"X_API_URL": "https://api.x.com", "X_SHOP": "shop-news"}, id="F2-no-secret"),
        pytest.param({}, id="F2-none"),
    ],
)  # fmt: skip
def test_what_is_no_secret_mangles_nothing(environ):
    text = "a shop-news at https://api.x.com\n"
    assert Confidential.of(environ).without_secrets(text) == text


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Authorization: Basic abcdefgh no", "Authorization: Basic *** no"),
        ('{"authorization": "Basic dXNlcjpwYXNz"}', '{"authorization": "Basic ***"}'),
        ('OAuth oauth_nonce="8f3", a="1.0"', 'OAuth oauth_nonce="***", a="1.0"'),
        ('Authorization: OAuth a=1, oauth_b="8"', 'Authorization: OAuth a=1, oauth_b="***"'),
        ("a=1&oauth_token=xyz&b=2", "a=1&oauth_token=***&b=2"),
        ("oauth_signature%3Dabc%253D", "oauth_signature%3D***"),
        ("api_key: k, access_token_secret: s", "api_key: ***, access_token_secret: ***"),
        ("Bearer AAAA1234xyz expired", "Bearer *** expired"),
        ("Bearer authentication is forbidden", "Bearer authentication is forbidden"),
        ("Missing the Authorization header", "Missing the Authorization header"),
        ("no oauth_token was given", "no oauth_token was given"),
    ],
)  # fmt: skip
def test_f2_what_looks_like_a_credential_by_the_words_around_it_is_struck_out(said, left):
    assert without_claims(said) == left


def test_f2_what_a_post_says_is_shown_as_it_is_sent(tmp_path):
    """Only what others say is judged by its looks."""
    outside = CommandContext(root=tmp_path, environ=VALUES, out=io.StringIO())
    outside.say("New on our blog: Authorization: token abc12345")
    assert outside.out.getvalue() == "New on our blog: Authorization: token abc12345\n"


def test_f2_a_page_without_any_is_not_even_copied():
    page = json.dumps({"data": [{"text": "Slim 27 ir klāt ✨ " * 15}] * 100}).encode()
    secrets = Confidential(VALUES.values())
    assert secrets.cleaned(page) is page
