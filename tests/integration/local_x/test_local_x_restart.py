"""What was acknowledged is there after a restart, and after a kill."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from runner.local_x.server import Sandbox, serve

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from runner.local_x.server import serve
serve(
    {"shop": "acme_lv"},
    clock=lambda: datetime(2026, 12, 1, 12, tzinfo=UTC),
    host=sys.argv[1],
    port=0,
    folder=Path(sys.argv[2]),
    ready=lambda url: print(url, flush=True),
)
"""

ApiOf = Callable[[Sandbox, str], Any]


def start(folder: Path) -> Sandbox:
    return Sandbox.start({"shop": "acme_lv"}, clock=lambda: NOON, folder=folder)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "127.0.0.1", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_restart_keeps_posts_pictures_and_ids(tmp_path: Path, api_of: ApiOf) -> None:
    with start(tmp_path) as sandbox:
        shop = api_of(sandbox, "shop")
        media = shop.upload(alt="denim")
        posted = shop.post("kept", media={"media_ids": [media]}).json()["data"]["id"]
        gone = shop.post("gone").json()["data"]["id"]
        shop("DELETE", f"/2/tweets/{gone}")
        before = sandbox.timeline()
    with start(tmp_path) as sandbox:
        assert sandbox.timeline() == before
        shop = api_of(sandbox, "shop")
        assert shop.post("kept").status_code == 403
        assert int(shop.post("new").json()["data"]["id"]) > int(gone) > int(posted)
        picture = requests.get(f"{sandbox.url}/_sandbox/media/{media}", timeout=5)
        assert picture.headers["content-type"] == "image/png"


def test_without_a_folder_everything_is_forgotten(api_of: ApiOf) -> None:
    for _ in range(2):
        with Sandbox.start({"shop": "acme_lv"}, clock=lambda: NOON) as sandbox:
            assert sandbox.timeline() == []
            assert api_of(sandbox, "shop").post("hello").status_code == 201


def test_a_kill_loses_no_acknowledged_post(tmp_path: Path, api_of: ApiOf) -> None:
    acknowledged = []
    with start(tmp_path / "other") as other:  # for the credentials, which are the same
        shop = api_of(other, "shop")
        with serving(tmp_path) as (process, url):
            shop.sandbox.url = url
            for number in range(25):
                acknowledged.append(shop.post(f"post {number}").json()["data"]["id"])
            process.kill()
    with start(tmp_path) as sandbox:
        assert [post.id for post in sandbox.timeline()] == acknowledged[::-1]


def test_an_interrupt_ends_the_server_quietly(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, url):
        assert requests.get(f"{url}/_sandbox/clock", timeout=5).json()["now"] == NOON.isoformat()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.com", ""])
def test_only_loopback_is_listened_on(tmp_path: Path, host: str) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        serve(
            {"shop": "acme_lv"}, clock=lambda: NOON, host=host, port=0, folder=tmp_path, ready=print
        )


def test_a_start_that_fails_leaves_the_folder_to_the_next(tmp_path: Path) -> None:
    with start(tmp_path) as running, pytest.raises(BlockingIOError):
        start(tmp_path)
    port = int(running.url.rpartition(":")[2])
    with start(tmp_path / "other") as other:
        taken = int(other.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            Sandbox.start({"shop": "acme_lv"}, clock=lambda: NOON, folder=tmp_path, port=taken)
    with Sandbox.start({"shop": "a"}, clock=lambda: NOON, folder=tmp_path, port=port) as again:
        assert again.url == running.url


def test_the_journal_is_a_line_of_json_for_each_event(tmp_path: Path, api_of: ApiOf) -> None:
    with start(tmp_path) as sandbox:
        shop = api_of(sandbox, "shop")
        sandbox.set_clock(NOON + timedelta(hours=1))
        shop.post("two\nlines")
    (line,) = (tmp_path / "events.jsonl").read_text("utf-8").splitlines()
    event = json.loads(line)
    assert (event["event"], event["post"]["text"]) == ("posted", "two\nlines")
    assert event["post"]["at"] == "2026-12-01T13:00:00Z"


def test_the_variables_are_those_that_the_commands_read(sandbox: Sandbox) -> None:
    variables = sandbox.environment()
    assert variables.pop("X_API_URL") == sandbox.url
    endings = ("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET")
    assert list(variables) == [f"X_{name}_{end}" for name in ("SHOP", "TIENDA") for end in endings]
    assert sandbox.credentials("acme_es") == sandbox.credentials("tienda")
    with pytest.raises(KeyError):
        sandbox.credentials("nobody")
