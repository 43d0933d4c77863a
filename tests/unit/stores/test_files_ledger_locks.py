"""Two runs on one machine: the second waits, and a dead one holds nobody up."""

import multiprocessing
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from runner.ledger import Need, Record, State
from runner.problems import LedgerUnusable
from runner.publish.ports import Raced
from runner.stores.durable_folder import Folder
from runner.stores.files import FilesLedger
from tests.unit.stores.building import a_key, attempting, closed

pytestmark = pytest.mark.thorough
CONTEXT = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
CONTEXT.set_forkserver_preload([__name__])  # what all of them import, once
OPENED = Record(entries=(attempting(a_key()),))


def hold(folder: Path, line: Connection) -> None:
    """Holds it until the line is told to leave, or is cut."""
    with Folder(folder).locked(patience=1):
        line.send("held")
        with suppress(EOFError):
            line.recv()


@pytest.fixture
def holder(tmp_path):
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=hold, args=(tmp_path, there))
    process.start()
    there.close()
    assert here.poll(30)
    assert here.recv() == "held"
    yield process, here
    here.close()
    process.join(20)
    process.close()


def test_the_second_waits_for_the_first_and_is_told_whom_it_waits_for(holder, tmp_path):
    _, line = holder
    hasty = FilesLedger(tmp_path, patience=0.1)
    assert hasty.read(Need()).standings == {}, "whoever only reads waits for nobody"
    for write in (hasty.record, hasty.claim):
        with pytest.raises(LedgerUnusable, match="another run holds the ledger") as caught:
            write(OPENED)
        assert "nothing was sent" in caught.value.help
    line.send("leave")
    FilesLedger(tmp_path, patience=20).record(OPENED)
    assert len(hasty.read(Need()).unsettled) == 1


def test_a_process_that_was_killed_holds_nobody_up(holder, tmp_path):
    process, _ = holder
    process.kill()
    process.join(20)
    began = time.monotonic()
    FilesLedger(tmp_path, patience=20).record(OPENED)
    assert time.monotonic() - began < 10


def claim(folder: Path, number: int, line: Connection) -> None:
    """Reads, says so, waits for the start, and claims; says whether it won."""
    ledger = FilesLedger(folder)
    ledger.read(Need())
    line.send("read")
    line.recv()
    try:
        ledger.claim(Record(entries=(attempting(a_key(), attempt=f"attempt-of-{number}"),)))
    except Raced:
        line.send(False)
    else:
        line.send(True)


def test_of_processes_that_claim_at_once_one_wins(tmp_path):
    FilesLedger(tmp_path).record(Record(entries=(closed(a_key("old"), State.MISSED),)))
    lines, processes = [], []
    for number in range(3):
        here, there = CONTEXT.Pipe()
        processes.append(CONTEXT.Process(target=claim, args=(tmp_path, number, there)))
        processes[-1].start()
        lines.append(here)
    assert [line.recv() for line in lines] == ["read"] * 3
    for line in lines:
        line.send("go")
    assert sorted(line.recv() for line in lines) == [False, False, True]
    for process in processes:
        process.join(20)
        process.close()
    (standing,) = FilesLedger(tmp_path).read(Need()).unsettled
    assert len(standing.entries) == 1
