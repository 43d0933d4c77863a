"""A real run that sends an answer is killed at each of its requests, and around each record: the
next one finishes what it has begun, and X has the answer once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from runner.ledger import Posted
from runner.stores.files import FilesLedger
from tests.acceptance.answer_desk import PEOPLE, AnswerDesk
from tests.acceptance.conftest import desktop  # noqa: F401 — a fixture
from tests.workflows.hub import Hub, listening

CALLS = 8
"""Requests to GitHub of a run that sends."""
LATE = 0.4
"""Seconds by which X answers later."""
TEXT = "Thank you! It makes our day to read this."


@pytest.fixture
def shop(desktop, tmp_path_factory):  # noqa: F811
    hub = Hub(tmp_path_factory.mktemp("hub"), is_private=True, people=dict(PEOPLE))
    with listening(hub):
        yield AnswerDesk(desktop, hub)


@contextmanager
def started(shop: AnswerDesk, comment: int) -> Iterator[subprocess.Popen[bytes]]:
    """`runner answer` as a process of its own, which is gone at the end."""
    words = ("answer", "--issue", "101", "--comment", str(comment))
    with subprocess.Popen(
        [sys.executable, "-m", "runner", *words, "--now", shop.desktop.clock.now().isoformat()],
        cwd=shop.desktop.root,
        env={**os.environ, **shop.desktop.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def asking_github(number: int, when: str) -> Callable[[AnswerDesk, int], int]:
    """Kills it at its so-many-th request to GitHub, before or after that is done."""

    def run(shop: AnswerDesk, comment: int) -> int:
        seen, processes = 0, []

        def around(now: str) -> None:
            nonlocal seen
            seen += now == when
            if seen == number and processes:
                processes.pop().kill()

        shop.hub.around = around
        with started(shop, comment) as process:
            processes.append(process)
            code = process.wait(60)
        shop.hub.around = lambda _: None
        return code

    return run


def asking_x(*, late: bool) -> Callable[[AnswerDesk, int], int]:
    """Kills it while X has its request, before or after X has done it."""

    def run(shop: AnswerDesk, comment: int) -> int:
        shop.x.fail({"route": "create", "delay": LATE, "late": late})
        before = shop.x.requests().get("create", 0)
        return _killed_once(shop, comment, lambda: shop.x.requests().get("create", 0) > before)

    return run


def recording(number: int) -> Callable[[AnswerDesk, int], int]:
    """Kills it as soon as the ledger has changed so often."""

    def run(shop: AnswerDesk, comment: int) -> int:
        head = shop.desktop.root / ".runner/ledger/ledgers/shop/head.json"
        versions: list[bytes] = []

        def has_changed() -> bool:
            now = head.read_bytes() if head.exists() else b""
            versions.extend([now] if now and now not in versions else [])
            return len(versions) >= number

        return _killed_once(shop, comment, has_changed)

    return run


def _killed_once(shop: AnswerDesk, comment: int, happened: Callable[[], bool]) -> int:
    with started(shop, comment) as process:
        while not happened() and process.poll() is None:
            time.sleep(0.002)
        process.kill()
        code = process.wait(60)
    time.sleep(2 * LATE)  # what had reached X is done by then
    return code


def blows() -> Iterator[object]:
    """The first is for every test run; the others are the proof."""
    yield pytest.param(asking_x(late=False), id="sent-not-recorded")
    thorough = {
        "claimed-not-sent": recording(1),
        "in-the-queue-of-x": asking_x(late=True),
        "recorded": recording(2),
        **{
            f"github-{number}-{when}": asking_github(number, when)
            for number in range(1, CALLS + 1)
            for when in ("before", "after")
        },
    }
    for name, blow in thorough.items():
        yield pytest.param(blow, id=name, marks=pytest.mark.slow)


@pytest.mark.parametrize("blow", tuple(blows()))
def test_what_a_killed_run_has_begun_the_next_one_finishes(shop, blow):
    asked = shop.hears("@acme_lv Love my jeans")
    comment = shop.comment(f"/send {shop.shown('/answer thanks')}")
    assert blow(shop, comment) < 0
    for _ in range(2):
        shop.later(minutes=10)
        assert shop.run(comment) == 0
    assert shop.answers == [(asked, TEXT)]
    assert not shop.is_open
    assert len(shop.hub.issues) == 1
    assert shop.reply_to(comment).startswith(("Sent: ", "Nothing waits"))
    entries = FilesLedger(shop.desktop.root / ".runner/ledger").everything().entries
    assert [each.key.post for each in entries if isinstance(each, Posted)] == [asked]
    shop.later(minutes=10)
    assert shop.listen() == 0
    assert (len(shop.answers), shop.is_open) == (1, False)


@pytest.mark.slow
def test_an_undisturbed_run_asks_github_so_often(shop):
    shop.hears("@acme_lv Love my jeans")
    comment = shop.comment(f"/send {shop.shown('/answer thanks')}")
    before = len(shop.hub.calls)
    shop.run(comment)
    assert len(shop.hub.calls) - before == CALLS


@pytest.mark.slow
def test_of_processes_that_send_at_once_one_does(shop):
    asked = shop.hears("@acme_lv Love my jeans")
    digests = [shop.shown("/answer thanks"), shop.shown("/answer We love it too")]
    comments = [shop.comment(f"/send {each}") for each in (*digests, *digests)]
    shop.x.fail({"route": "create", "delay": LATE})

    def whole(comment: int) -> int:
        with started(shop, comment) as process:
            return process.wait(60)

    with ThreadPoolExecutor() as pool:
        codes = list(pool.map(whole, comments))
    assert [to for to, _ in shop.answers] == [asked]
    assert 0 in codes
    assert not shop.is_open
