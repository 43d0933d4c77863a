"""The ledger in a folder: what goes in comes out, from the files that are needed, or not at all."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from runner.ledger import Key, Need, Record, State
from runner.problems import LedgerUnusable
from runner.stores.durable_folder import Folder
from runner.stores.files import FilesLedger
from tests.unit.report.test_scale import calls_in
from tests.unit.stores.building import a_key, at, attempting, closed, posted, sent
from tests.unit.stores.folders import FailingFolder, MemoryFolder

KEY = a_key()
TIP = a_key("tip", "2026-12-01.morning")
ONCE = Need(periods=frozenset({("slim", "once")}))
ALL = Need(
    periods=frozenset({("slim", "once"), ("slim", "2026-12")}),
    months=frozenset({("shop", "2026-12")}),
)


@pytest.fixture
def ledger(tmp_path: Path) -> FilesLedger:
    return FilesLedger(tmp_path / "ledger")


def files_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_a_ledger_that_is_not_there_yet_knows_nothing_and_makes_nothing(ledger, tmp_path):
    facts = ledger.read(ALL)
    assert (facts.standings, facts.journal, facts.accounted, facts.notices) == ({}, (), {}, ())
    assert list(tmp_path.iterdir()) == []


def test_what_is_recorded_is_read(ledger):
    opened, out, line = attempting(KEY), posted(KEY), sent(KEY, text="This is launch")
    ledger.record(Record(entries=(opened,)))
    ledger.record(Record(entries=(out,), sent=(line,), accounted={"shop": at("2026-12-01 10:05")}))
    facts = ledger.read(ALL)
    assert facts.standings[KEY].entries == (opened, out)
    assert facts.journal == (line,)
    assert facts.accounted == {"shop": at("2026-12-01 10:05")}
    assert facts.notices == ()


def test_each_thing_lies_where_it_belongs(ledger, tmp_path):
    ledger.record(
        Record(
            entries=(attempting(KEY), posted(KEY), attempting(TIP)),
            sent=(sent(KEY, "2027-01-01 01:00"),),
            accounted={"shop": at("2026-12-01 10:05")},
        )
    )
    found = files_of(tmp_path / "ledger")
    assert sorted(found) == [
        "ledgers/_project/head.json",
        "ledgers/_project/origin.jsonl",
        "ledgers/shop/born.jsonl",
        "ledgers/shop/campaigns/slim/2026-12.jsonl",
        "ledgers/shop/campaigns/slim/once.jsonl",
        "ledgers/shop/head.json",
        "ledgers/shop/open.jsonl",
        "ledgers/shop/sent/2026-12.jsonl",  # it is still December in UTC
    ]
    out, waits = found["ledgers/shop/open.jsonl"].splitlines()
    assert out == found["ledgers/shop/campaigns/slim/once.jsonl"].splitlines()[-1]
    assert f"{waits}\n" == found["ledgers/shop/campaigns/slim/2026-12.jsonl"]
    assert found["ledgers/shop/campaigns/slim/once.jsonl"].count("\n") == 2


def test_the_open_file_is_read_whatever_else_is_asked(ledger):
    ledger.record(Record(entries=(attempting(KEY), attempting(TIP), posted(TIP))))
    facts = ledger.read(Need())
    assert [standing.key for standing in facts.unsettled] == [KEY]
    assert TIP not in facts.standings


def test_only_what_is_needed_is_read(ledger, tmp_path):
    other = Key("shop", "old", "launch")
    tip = a_key("tip", "2026-11-03.morning")
    for key in (KEY, TIP, other, tip):
        ledger.record(Record(entries=(attempting(key), posted(key))))
    assert set(ledger.read(ONCE).standings) == {KEY}
    assert set(ledger.read(Need(newest=frozenset({"slim"}))).standings) == {TIP}
    assert set(ledger.read(Need(whole=frozenset({"slim"}))).standings) == {KEY, TIP, tip}
    (tmp_path / "ledger/ledgers/shop/campaigns/old/once.jsonl").write_text("damaged\n")
    assert set(ledger.read(ONCE).standings) == {KEY}


def test_an_account_is_never_accounted_for_less_than_before(ledger):
    later, earlier = at("2026-12-02 10:00"), at("2026-12-01 10:00")
    ledger.record(Record(accounted={"shop": later, "tienda": earlier}))
    ledger.record(Record(accounted={"shop": earlier}))
    assert ledger.read(Need()).accounted == {"shop": later, "tienda": earlier}


def test_an_empty_record_leaves_no_trace(ledger, tmp_path):
    ledger.record(Record())
    assert list(tmp_path.iterdir()) == []


def test_times_come_back_as_the_same_instants(ledger):
    entry = attempting(KEY)
    moved = entry.model_copy(update={"at": entry.at.astimezone(tz=None) + timedelta(hours=1)})
    ledger.record(Record(entries=(moved,)))
    (read,) = ledger.read(ONCE).standings[KEY].entries
    assert read.at == moved.at


# --- Damage


def damage(ledger: FilesLedger, folder: Path, name: str, change) -> Path:
    ledger.record(
        Record(entries=(attempting(KEY), closed(KEY, State.UNKNOWN)), sent=(sent(a_key("other")),))
    )
    path = folder / "ledger/ledgers/shop" / name
    path.write_bytes(change(path.read_bytes()))
    return path


def test_a_last_line_that_was_cut_off_is_left_out_and_named(ledger, tmp_path):
    path = damage(ledger, tmp_path, "campaigns/slim/once.jsonl", lambda data: data[:-20])
    facts = ledger.read(ONCE)
    assert facts.notices == (f"{path}: the last line was cut off in writing, so it is left out",)
    assert facts.standings[KEY].state is State.UNKNOWN, "the open file still has it"


def test_what_was_cut_off_is_gone_once_something_is_added(ledger, tmp_path):
    damage(ledger, tmp_path, "campaigns/slim/once.jsonl", lambda data: data + b'{"state": "pos')
    ledger.record(Record(entries=(closed(KEY, State.SKIPPED),)))
    facts = ledger.read(ONCE)
    assert facts.notices == ()
    assert len(facts.standings[KEY].entries) == 3


def test_a_last_line_that_lacks_only_its_newline_counts(ledger, tmp_path):
    """As an editor leaves it: what says `unknown` must not be forgotten."""
    damage(ledger, tmp_path, "campaigns/slim/once.jsonl", lambda data: data.rstrip(b"\n"))
    assert ledger.read(ONCE).notices == ()
    ledger.record(Record(entries=(closed(KEY, State.SKIPPED),)))
    assert len(ledger.read(ONCE).standings[KEY].entries) == 3


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda data: data.replace(b'"unknown"', b'"perhaps"'), 2),
        (lambda data: b"\n" + data, 1),
        (lambda data: data.replace(b'"v":1', b'"v":2'), 1),
        (lambda data: b"\xff\xfe\n" + data, 1),
        (lambda data: data.replace(b"shop/slim/launch", b"../../etc"), 1),
        (lambda data: data.replace(b"\n", b"}\n"), 1),
    ],
)
@pytest.mark.parametrize("name", ["campaigns/slim/once.jsonl", "open.jsonl"])
def test_an_unreadable_line_stops_and_is_named(ledger, tmp_path, name, change, line):
    path = damage(ledger, tmp_path, name, change)
    with pytest.raises(LedgerUnusable) as caught:
        ledger.read(ONCE)
    assert caught.value.message.startswith(f"{path}, line {line}: ")
    assert "nothing was sent" in caught.value.help


def test_an_unreadable_journal_stops(ledger, tmp_path):
    path = damage(ledger, tmp_path, "sent/2026-12.jsonl", lambda data: b"{}\n" + data)
    with pytest.raises(LedgerUnusable, match=r"2026-12.jsonl, line 1: `at`: Field required"):
        ledger.read(ALL)
    assert path.exists()


@pytest.mark.parametrize("name", ["shop/head.json", "writing.json"])
def test_an_unreadable_file_stops(ledger, tmp_path, name):
    ledger.record(Record(accounted={"shop": at("2026-12-01 10:00")}))
    (tmp_path / "ledger/ledgers" / name).write_text("{")
    with pytest.raises(LedgerUnusable, match="not readable"):
        ledger.read(Need())
    with pytest.raises(LedgerUnusable, match="not readable"):
        ledger.record(Record(accounted={"shop": at("2026-12-01 11:00")}))


def test_nothing_is_written_to_a_ledger_whose_open_file_is_unreadable(ledger, tmp_path):
    damage(ledger, tmp_path, "open.jsonl", lambda _: b"{}\n")
    with pytest.raises(LedgerUnusable):
        ledger.record(Record(entries=(attempting(TIP),)))


# --- A disk that does not do what it is told


def test_a_full_disk_is_named_and_nothing_is_taken_for_written():
    for after in range(6):
        folder = FailingFolder({}, after=after, full=True)
        with pytest.raises(LedgerUnusable, match="No space left on device") as caught:
            FilesLedger(folder.path, folder=folder).record(
                Record(
                    entries=(attempting(KEY),),
                    sent=(sent(a_key("other")),),
                    accounted={"shop": at("2026-12-01")},
                )
            )
        assert "/ledger" in caught.value.message
        assert "disk" in caught.value.help


class ReadOnlyFolder(MemoryFolder):
    def replace(self, name: str, data: bytes) -> None:
        raise OSError(errno.EROFS, "Read-only file system")


def test_a_folder_that_can_only_be_read_can_be_read():
    written = MemoryFolder()
    FilesLedger(written.path, folder=written).record(Record(entries=(attempting(KEY),)))
    folder = ReadOnlyFolder(written.files)
    ledger = FilesLedger(folder.path, folder=folder)
    assert ledger.read(ONCE).standings[KEY].state is State.ATTEMPTING
    with pytest.raises(LedgerUnusable, match="Read-only file system"):
        ledger.record(Record(entries=(posted(KEY),)))


def test_a_folder_where_a_file_stands_is_unusable(tmp_path):
    (tmp_path / "ledger").write_text("")
    ledger = FilesLedger(tmp_path / "ledger")
    with pytest.raises(LedgerUnusable, match="can't be used"):
        ledger.read(ONCE)
    with pytest.raises(LedgerUnusable, match="can't be used"):
        ledger.record(Record(entries=(attempting(KEY),)))


# --- The folder itself


def test_a_replaced_file_is_the_old_or_the_new_one(tmp_path):
    folder = Folder(tmp_path / "a" / "b")
    folder.replace("open.jsonl", b"old\n")
    (tmp_path / "a/b/open.jsonl.new").write_bytes(b"half a dra")  # a crash left it
    assert folder.read("open.jsonl") == b"old\n"
    folder.replace("open.jsonl", b"new\n")
    assert folder.read("open.jsonl") == b"new\n"
    assert os.listdir(tmp_path / "a/b") == ["open.jsonl"]


def test_names_are_those_of_json_lines_in_order(tmp_path):
    folder = Folder(tmp_path)
    for name in ("once.jsonl", "2026-12.jsonl", "notes.txt"):
        folder.replace(f"campaigns/slim/{name}", b"")
    assert folder.names("campaigns/slim") == (
        "campaigns/slim/2026-12.jsonl",
        "campaigns/slim/once.jsonl",
    )
    assert folder.names("campaigns/other") == ()


def calls_to_read(many: int) -> int:
    """For as many campaigns, each due on as many accounts."""
    folder = MemoryFolder()
    ledger = FilesLedger(folder.path, folder=folder)
    for number in range(many):
        key = a_key(account=f"shop-{number}")
        ledger.record(Record(entries=(attempting(key), posted(key)), sent=(sent(key),)))
    need = Need(periods=frozenset((f"tips-{number}", "once") for number in range(many)))
    return calls_in(lambda: ledger.read(need))


def test_one_more_campaign_costs_as_much_on_many_accounts_as_on_few():
    few, many = calls_to_read(20), calls_to_read(40)
    files = 40 * 40 - 20 * 20
    assert (many - few) / files < 4
