"""A run that is asked to end begins nothing more, and loses nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions

pytestmark = pytest.mark.sampled(2)
NOW = "2027-03-01T10:02+02:00"


@contextmanager
def started(desktop, *arguments: str) -> Iterator[subprocess.Popen]:
    """`runner post` as a process of its own, which is gone at the end."""
    with subprocess.Popen(
        [sys.executable, "-m", "runner", "post", *arguments],
        cwd=desktop.root,
        env={**os.environ, **desktop.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(happened: Callable[[], bool], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def entries(desktop) -> list[dict]:
    shelf = desktop.root / ".runner/ledger/ledgers/shop/campaigns/winter-lois/once.jsonl"
    return [json.loads(line) for line in shelf.read_text().splitlines()] if shelf.exists() else []


def ended(process: subprocess.Popen, number: int, *, within: float) -> str:
    """What it said, once it has ended for a signal."""
    began = time.monotonic()
    process.send_signal(number)
    out, talk = process.communicate(timeout=within + 10)
    assert time.monotonic() - began < within
    assert process.returncode == 128 + number, out + talk
    return out + talk


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_in_flight_has_six_seconds_and_is_found_by_the_next_run(desktop, number):
    desktop.sandbox.fail({"route": "create", "delay": 20})
    with started(desktop, "--now", NOW) as process:
        until(lambda: len(entries(desktop)) == 1)
        said = ended(process, number, within=9)
    assert f"Stopped by {signal.Signals(number).name}" in said
    assert [entry["state"] for entry in entries(desktop)] == ["attempting", "unknown"]

    desktop.clock.set("2027-03-01T10:10+02:00")
    assert post(desktop.outside(), PostOptions()) == 0
    assert [entry["state"] for entry in entries(desktop)][-1] == "posted"
    assert len(desktop.sandbox.timeline()) == 1


def test_a_request_that_is_answered_in_time_is_recorded(desktop):
    desktop.sandbox.fail({"route": "create", "delay": 2})
    with started(desktop, "--now", NOW) as process:
        until(lambda: len(entries(desktop)) == 1)
        ended(process, signal.SIGTERM, within=6)
    assert [entry["state"] for entry in entries(desktop)] == ["attempting", "posted"]


def test_a_run_that_waits_ends_at_once(desktop):
    with started(desktop, "--now", "2027-03-01T09:50+02:00", "--wait", "15m") as process:
        assert process.stderr
        assert "Waiting" in process.stderr.readline()
        ended(process, signal.SIGTERM, within=3)
    assert entries(desktop) == []
