"""Two runs on one machine: the second waits, and a dead one holds nobody up."""

import multiprocessing
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from runner.ledger import Need, Record
from runner.problems import LedgerUnusable
from runner.stores.files import FilesLedger
from tests.unit.stores.entries import a_key, attempting

CONTEXT = multiprocessing.get_context("spawn")


def hold(folder: Path, line: Connection) -> None:
    """Holds it until the line is told to leave, or is cut."""
    with FilesLedger(folder).held():
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
    ledger = FilesLedger(tmp_path)
    with (
        pytest.raises(LedgerUnusable, match="another run holds the ledger") as caught,
        ledger.held(patience=0.1),
    ):
        pytest.fail("it was held twice")
    assert "nothing was sent" in caught.value.help
    assert ledger.read(Need()).standings == {}, "whoever only reads waits for nobody"
    line.send("leave")
    with ledger.held(patience=20):
        ledger.record(Record(entries=(attempting(a_key()),)))
    assert len(ledger.read(Need()).unsettled) == 1


def test_a_process_that_was_killed_holds_nobody_up(holder, tmp_path):
    process, _ = holder
    process.kill()
    process.join(20)
    began = time.monotonic()
    with FilesLedger(tmp_path).held(patience=20):
        assert time.monotonic() - began < 10


def test_a_record_outside_of_a_hold_holds_for_itself(holder, tmp_path):
    _, line = holder
    line.send("leave")
    FilesLedger(tmp_path).record(Record(entries=(attempting(a_key()),)))
    with FilesLedger(tmp_path).held(patience=0.1):
        assert len(FilesLedger(tmp_path).read(Need()).unsettled) == 1


def test_a_hold_ends_with_what_goes_wrong_inside(tmp_path):
    ledger = FilesLedger(tmp_path)
    with pytest.raises(ZeroDivisionError), ledger.held():
        raise ZeroDivisionError
    with ledger.held(patience=0.1):
        ledger.record(Record(entries=(attempting(a_key()),)))
