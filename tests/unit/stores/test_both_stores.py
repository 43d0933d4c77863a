"""What holds of every ledger, wherever it is kept."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from runner.ledger import Facts, Hold, Need, Origin, Record, State
from runner.problems import LedgerUnusable
from runner.publish.ports import Ledger, Raced
from runner.stores.files import FilesLedger
from tests.unit.stores.building import a_key, at, attempting, closed, posted, sent
from tests.unit.stores.folders import MemoryFolder
from tests.unit.stores.remotes import OURS, Remote, Runner

KEY, TIP = a_key(), a_key("tip", "2026-12-01.morning")
ALL = Need(whole=frozenset({"slim"}), months=frozenset({("shop", "2026-12")}))
OPENED = Record(entries=(attempting(KEY),))
BY = at("2026-12-01 10:05")


@dataclass(frozen=True)
class Kept:
    """A ledger: each call gives one more process's object; `files` are its files as they are."""

    open: Callable[[], Ledger]
    files: Callable[[], dict[str, bytes]]

    def __call__(self) -> Ledger:
        return self.open()


def in_folder() -> Kept:
    folder = MemoryFolder()
    return Kept(lambda: FilesLedger(folder.path, folder=folder), lambda: folder.files)


def on_branch() -> Kept:
    remote = Remote()
    return Kept(lambda: Runner(remote).ledger, lambda: remote.history()[0].files)


@pytest.fixture(params=[in_folder, on_branch])
def another(request) -> Kept:
    return request.param()


def test_nothing_has_happened_before_the_first_record(another):
    facts = another().read(ALL)
    assert facts == Facts()


def test_what_is_recorded_is_read_by_all(another):
    out, line = posted(KEY), sent(KEY)
    ledger = another()
    ledger.record(OPENED)
    ledger.record(Record(entries=(out,), sent=(line,), accounted={"shop": BY}))
    for facts in (ledger.read(ALL), another().read(ALL)):
        assert facts.standings[KEY].entries == (*OPENED.entries, out)
        assert (facts.journal, facts.accounted) == ((line,), {"shop": BY})


def test_what_is_needed_may_hang_on_what_is_always_read(another):
    another().record(Record(entries=(attempting(KEY), attempting(TIP), posted(TIP))))
    glances = []

    def ask(glance: Facts) -> Need:
        glances.append(glance)
        return Need(shelves=frozenset({("slim", "2026-12")}))

    facts = another().read(ask)
    assert [set(glance.standings) for glance in glances] == [{KEY}]
    assert set(facts.standings) == {KEY, TIP}


def test_what_is_asked_may_be_part_of_the_ledger(another):
    november = a_key("tip", "2026-11-03.morning")
    for key in (KEY, TIP, november):
        another().record(Record(entries=(attempting(key), posted(key))))
    read = another().read
    assert set(read(Need()).standings) == set()
    assert set(read(Need(shelves=frozenset({("slim", "once")}))).standings) == {KEY}
    assert set(read(Need(newest=frozenset({"slim", "other"}))).standings) == {TIP}
    assert set(read(Need(whole=frozenset({"slim"}))).standings) == {KEY, TIP, november}


def test_an_account_is_never_accounted_for_less_than_before(another):
    later, earlier = at("2026-12-02 10:00"), at("2026-12-01 10:00")
    another().record(Record(accounted={"shop": later, "tienda": earlier}))
    another().record(Record(accounted={"shop": earlier}))
    another().record(OPENED)
    assert another().read(Need()).accounted == {"shop": later, "tienda": earlier}


# --- Claims


def test_a_claim_is_written(another):
    ledger = another()
    ledger.read(Need())
    ledger.claim(OPENED)
    assert set(another().read(Need()).standings) == {KEY}


def test_nobody_claims_without_having_read(another):
    with pytest.raises(Raced):
        another().claim(OPENED)


def test_of_two_that_have_read_the_same_one_claims(another):
    first, second = another(), another()
    first.read(Need())
    second.read(Need())
    second.claim(OPENED)
    with pytest.raises(Raced):
        first.claim(Record(entries=(attempting(TIP),)))
    assert set(another().read(Need()).standings) == {KEY}, "of the lost claim nothing is there"
    first.read(Need())
    first.claim(Record(entries=(attempting(TIP),)))


def test_who_has_written_alone_may_claim_again(another):
    ledger = another()
    ledger.read(Need())
    ledger.claim(OPENED)
    ledger.record(Record(entries=(posted(KEY),)))
    ledger.claim(Record(entries=(attempting(TIP),)))
    assert set(another().read(Need()).standings) == {TIP}


def test_a_result_is_written_whoever_wrote_meanwhile_but_the_next_claim_races(another):
    ledger = another()
    ledger.read(Need())
    ledger.claim(OPENED)
    another().record(Record(entries=(closed(TIP, State.MISSED),)))
    ledger.record(Record(entries=(posted(KEY),)))
    assert another().read(ALL).standings[KEY].state is State.POSTED
    with pytest.raises(Raced):
        ledger.claim(Record(entries=(attempting(a_key("other")),)))


def test_a_hold_that_came_since_the_reading_stops_a_claim(another):
    ledger = another()
    ledger.read(Need())
    another().record(Record(holds=(a_hold(),)))
    with pytest.raises(Raced):
        ledger.claim(OPENED)


# --- Once


def test_what_is_recorded_twice_is_there_once(another):
    record = Record(entries=(attempting(KEY), posted(KEY)), sent=(sent(KEY),), holds=(a_hold(),))
    another().record(record)
    before = another().read(ALL)
    another().record(record)
    assert another().read(ALL) == before
    assert len(before.standings[KEY].entries) == 2


def test_what_somebody_has_settled_is_not_opened_by_recording_it_again(another):
    doubt = Record(entries=(closed(KEY, State.UNKNOWN),))
    another().record(OPENED)
    another().record(doubt)
    another().record(Record(entries=(posted(KEY),)))
    for record in (OPENED, doubt):
        another().record(record)
    assert another().read(Need()).unsettled == ()


def test_what_changes_nothing_makes_no_claim_race(another):
    another().record(OPENED)
    ledger = another()
    ledger.read(Need())
    for record in (Record(), OPENED):
        another().record(record)
    ledger.claim(Record(entries=(attempting(TIP),)))


# --- Holds and origin


def a_hold(name: str | None = "slim", *, held: bool = True, when="2026-12-01 09:00") -> Hold:
    return Hold(
        at=at(when),
        run="run",
        level="campaign" if name else "project",
        name=name,
        held=held,
        by="anna",
        because="the news",
    )


def test_holds_stand_until_they_are_released(another):
    another().record(Record(holds=(a_hold(), a_hold(None))))
    assert another().read(Need()).holds == (a_hold(), a_hold(None))
    another().record(Record(holds=(a_hold(held=False, when="2026-12-01 09:30"),)))
    assert another().read(Need()).holds == (a_hold(None),)


def test_a_ledger_knows_when_it_was_born_and_for_whom_it_speaks(another):
    another().record(Record(accounted={"shop": BY}))
    later = Origin(at=at("2026-12-05"), run="run-2", users={"shop": "42"})
    another().record(Record(origin=later))
    facts = another().read(Need())
    assert facts.born == BY
    assert facts.origin is not None
    assert facts.origin.users == {"shop": "42"}
    assert facts.origin.repository in (None, OURS)


def test_users_add_up_until_somebody_adopts_the_ledger(another):
    for users in ({"shop": "42"}, {"tienda": "43"}):
        another().record(Record(origin=Origin(at=at("2026-12-05"), run="run", users=users)))
    facts = another().read(Need())
    assert facts.origin is not None
    assert facts.origin.users == {"shop": "42", "tienda": "43"}
    another().record(Record(origin=Origin(at=at("2026-12-06"), run="run", by="ann")))
    facts = another().read(Need())
    assert facts.origin is not None
    assert facts.origin.users == {}


# --- Damage


def test_what_cannot_be_read_stops(another):
    another().record(Record(entries=(attempting(KEY),)))
    opened = another.files()["open.jsonl"]
    another.files()["open.jsonl"] = opened.replace(b'"attempting"', b'"perhaps"')
    with pytest.raises(LedgerUnusable, match=r"open.jsonl, line 1: "):
        another().read(Need())
    with pytest.raises(LedgerUnusable, match=r"open.jsonl, line 1: "):
        another().record(Record(entries=(attempting(TIP),)))
