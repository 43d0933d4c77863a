"""What holds of every ledger, wherever it is kept. Whoever has a store says in a module of tests

    from tests.unit.stores.ledger_contract import *

and gives, as the fixture `another`, a ledger of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from runner.ledger import Facts, Hold, Need, Origin, Purse, Record, State
from runner.problems import LedgerUnusable
from runner.publish.ports import Ledger, Raced
from runner.stores.files import FilesLedger
from tests.unit.stores.building import (
    ALL,
    KEY,
    OPENED,
    TIP,
    a_key,
    at,
    attempting,
    closed,
    posted,
    sent,
)
from tests.unit.stores.folders import MemoryFolder

BY = at("2026-12-01 10:05")


@dataclass(frozen=True)
class Kept:
    """A ledger: each call gives one more process's object, for these accounts; `files` are its
    files as they are, and `write` changes one by hand. `project` gives what rolls the project's own
    ledger back to where it is now. `repository` is what it stands in its origin."""

    open: Callable[..., Ledger]
    files: Callable[[], dict[str, bytes]]
    write: Callable[[str, bytes], None]
    project: Callable[[], Callable[[], None]]
    repository: str | None

    def __call__(self, *accounts: str) -> Ledger:
        return self.open(frozenset(accounts) or None)


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
        return Need(periods=frozenset({("slim", "2026-12")}))

    facts = another().read(ask)
    assert [set(glance.standings) for glance in glances] == [{KEY}]
    assert set(facts.standings) == {KEY, TIP}


def test_what_is_asked_may_be_part_of_the_ledger(another):
    november = a_key("tip", "2026-11-03.morning")
    for key in (KEY, TIP, november):
        another().record(Record(entries=(attempting(key), posted(key))))
    read = another().read
    assert set(read(Need()).standings) == set()
    assert set(read(Need(periods=frozenset({("slim", "once")}))).standings) == {KEY}
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


def test_a_hold_that_came_since_the_reading_is_seen_after_the_claim(another):
    another().record(OPENED)
    ledger = another()
    ledger.read(Need())
    another().record(Record(holds=(a_hold(),)))
    ledger.claim(Record(entries=(attempting(TIP),)))
    assert ledger.confirm(Need()).holds == (a_hold(),)


# --- One ledger an account

ES = a_key(account="tienda")


def test_a_claim_races_only_its_own_account(another):
    for key in (KEY, ES):
        another().record(Record(entries=(attempting(key), posted(key))))
    ledger = another("shop")
    ledger.read(Need())
    another().record(Record(entries=(attempting(a_key("tip", account="tienda")),)))
    ledger.claim(Record(entries=(attempting(TIP),)))


def test_accounts_that_begin_at_once_race_for_who_they_are(another):
    """Both would say whose ledger it is, and one of them who the other's user is."""
    first, second = another("shop"), another("tienda")
    first.read(Need())
    second.read(Need())
    second.claim(Record(entries=(attempting(ES),)))
    with pytest.raises(Raced):
        first.claim(OPENED)
    first.read(Need())
    first.claim(OPENED)
    assert set(another().read(Need()).born) == {"shop", "tienda"}


def test_who_reads_for_one_account_gets_what_is_its_own(another):
    another().record(Record(entries=(attempting(KEY),), accounted={"shop": BY}))
    another().record(Record(entries=(attempting(ES),), accounted={"tienda": BY}))
    facts = another("tienda").read(Need())
    assert set(facts.standings) == {ES}
    assert (set(facts.accounted), set(facts.born), set(facts.purses)) == ({"tienda"},) * 3


def test_the_money_of_all_is_told_where_it_is_wanted(another):
    another().record(Record(entries=(attempting(KEY), posted(KEY)), sent=(sent(KEY),)))
    another().record(Record(entries=(attempting(ES, attempt="es"),)))
    told = another("shop").read(Need(purses=True)).purses
    assert told["shop"] == Purse(spent={"2026-12": Decimal("0.015")})
    assert told["tienda"].spent_or_reserved("2026-12") == Decimal("0.015")
    assert [claim.attempt for claim in told["tienda"].claims] == ["es"]


def test_a_campaign_is_told_of_all_accounts_where_all_of_it_is_wanted(another):
    another().record(Record(entries=(attempting(KEY), posted(KEY))))
    another().record(Record(entries=(attempting(ES), posted(ES))))
    assert set(another("shop").read(Need(whole=frozenset({"slim"}))).standings) == {KEY, ES}


def test_what_others_have_claimed_is_seen_after_a_claim(another):
    for key in (KEY, ES):
        another().record(Record(entries=(attempting(key), posted(key)), sent=(sent(key),)))
    ledger = another("shop")
    ledger.read(Need(purses=True))
    another().record(Record(entries=(attempting(a_key("b", account="tienda"), cost="0.5"),)))
    ledger.claim(Record(entries=(attempting(TIP),)))
    purses = ledger.confirm(Need(purses=True)).purses
    assert {name: purse.spent_or_reserved("2026-12") for name, purse in purses.items()} == {
        "shop": Decimal("0.030"),
        "tienda": Decimal("0.515"),
    }


def test_money_that_is_spent_twice_over_is_counted_once(another):
    record = Record(entries=(attempting(KEY), posted(KEY)), sent=(sent(KEY),))
    for _ in range(3):
        another().record(record)
    assert another().read(Need()).purses["shop"].spent == {"2026-12": Decimal("0.015")}


def test_what_a_look_has_cost_is_spent_once_with_what_came_of_it(another):
    looked = {"shop": {"2026-12": Decimal("0.004")}}
    record = Record(entries=(attempting(KEY),), accounted={"shop": BY}, looked=looked)
    for _ in range(3):
        another().record(record)
    assert another().read(Need()).purses["shop"].spent == {"2026-12": Decimal("0.004")}


def exported(record: Record) -> dict[str, bytes]:
    """The files of a folder that all of it was written to at once."""
    folder = MemoryFolder()
    FilesLedger(folder.path, folder=folder).record(record)
    return folder.files


def imported(files: dict[str, bytes]) -> Record:
    """All that such a folder holds."""
    folder = MemoryFolder(dict(files))
    return FilesLedger(folder.path, folder=folder).everything()


def a_life(ledger: Ledger) -> None:
    """Of two accounts, of which the later one in order begins; a ring, a thread in doubt, looks."""
    looked = {"shop": {"2026-12": Decimal("0.004")}}
    users = Origin(at=at("2026-12-01"), run="run", users={"shop": "42", "tienda": "43"})
    november = a_key("tip", "2026-11-03.morning")
    thread = attempting(KEY, texts=("One", "Two"))
    ledger.record(Record(entries=(attempting(ES),), accounted={"tienda": BY}))
    ledger.record(Record(entries=(attempting(TIP), posted(TIP)), sent=(sent(TIP),), looked=looked))
    ledger.record(Record(entries=(attempting(november), posted(november)), origin=users))
    ledger.record(Record(entries=(thread, posted(KEY), attempting(KEY, part=2)), sent=(sent(KEY),)))
    ledger.record(Record(entries=(closed(KEY, State.UNKNOWN, part=2),), holds=(a_hold(),)))
    ledger.record(Record(holds=(a_hold(held=False, when="2026-12-01 09:30"), a_hold(None))))


def test_what_a_ledger_exports_a_folder_takes_in_to_the_byte(another):
    a_life(another())
    files = exported(another().everything())
    assert exported(imported(files)) == files
    told = FilesLedger(MemoryFolder().path, folder=MemoryFolder(dict(files))).read(ALL)
    assert told.purses == another().read(ALL).purses
    assert told.standings == another().read(ALL).standings


def test_what_a_folder_exports_a_ledger_takes_in_to_the_byte(another):
    folder = MemoryFolder()
    a_life(FilesLedger(folder.path, folder=folder))
    files = exported(imported(folder.files))
    ledger = another()
    ledger.everything()
    ledger.claim(imported(files))
    assert exported(another().everything()) == files


def test_entries_come_by_key_and_then_as_they_were_written(another):
    a_life(another())
    entries = another().everything().entries
    assert list(entries) == sorted(entries, key=lambda entry: str(entry.key))
    assert [each.state.value for each in entries if each.key == KEY] == [
        "attempting",
        "posted",
        "attempting",
        "unknown",
    ]


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


def test_what_was_over_is_open_again_where_a_person_knows_better(another):
    """Of a thread that was missed, for X did not show it, the first part is out."""
    thread = attempting(KEY, texts=("One", "Two"), cost="0.030")
    end = [closed(KEY, State.RELEASED, look="absent"), closed(KEY, State.MISSED, attempt=None)]
    another().record(Record(entries=(thread, *end)))
    assert another().read(Need()).unsettled == ()
    out = posted(KEY, "2026-12-01 10:30")
    another().record(Record(entries=(out,), sent=(sent(KEY),)))
    facts = another().read(Need())
    assert [each.entries for each in facts.unsettled] == [(thread, *end, out)]
    assert facts.unsettled[0].half
    assert facts.purses["shop"].reserved("2026-12") == Decimal("0.015")


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
    assert facts.born == {"shop": BY}
    assert facts.origin is not None
    assert facts.origin.users == {"shop": "42"}
    assert facts.origin.repository == another.repository


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
    opened = another.files()["shop/open.jsonl"]
    another.write("shop/open.jsonl", opened.replace(b'"attempting"', b'"perhaps"'))
    with pytest.raises(LedgerUnusable, match=r"open.jsonl, line 1: "):
        another().read(Need())
    with pytest.raises(LedgerUnusable, match=r"open.jsonl, line 1: "):
        another().record(Record(entries=(attempting(TIP),)))


def unreadable(another: Kept, name: str) -> None:
    another.write(name, b"\n".join([b"not a line", *another.files()[name].splitlines(), b""]))


LATER = a_key("tip", account="tienda")


@pytest.mark.parametrize("name", ["open.jsonl", "born.jsonl", "campaigns/slim/once.jsonl"])
def test_an_account_of_which_a_line_cannot_be_read_stops_alone(another, name):
    for key in (KEY, ES):
        another().record(Record(entries=(attempting(key),)))
    unreadable(another, f"shop/{name}")
    once = Need(periods=frozenset({("slim", "once")}))
    with pytest.raises(LedgerUnusable, match=f"{name}, line 1: "):
        another("shop").read(once)
    ledger = another()
    facts = ledger.read(once)
    assert set(facts.damaged) == {"shop"}
    assert (set(facts.standings), set(facts.born), set(facts.purses)) == ({ES}, *({"tienda"},) * 2)
    ledger.claim(Record(entries=(attempting(LATER),)))
    assert ledger.confirm(Need()).holds == ()


def test_an_account_whose_birth_was_cut_off_in_writing_is_exported_all_the_same(another):
    for key in (KEY, ES):
        another().record(Record(entries=(attempting(key),)))
    another.write("shop/born.jsonl", another.files()["shop/born.jsonl"][:-9])
    assert another().read(Need()).born.keys() == {"tienda"}
    record = another().everything()
    assert {each.key for each in record.entries} == {KEY, ES}
    assert record.born.keys() == {"tienda"}


@pytest.mark.parametrize("need", [Need(purses=True), Need(whole=frozenset({"slim"}))])
def test_where_there_is_a_budget_it_stops_all(another, need):
    for key in (KEY, ES):
        another().record(Record(entries=(attempting(key),)))
    unreadable(another, "shop/open.jsonl")
    with pytest.raises(LedgerUnusable, match=r"open.jsonl, line 1: "):
        another().read(need)


# --- The project's own ledger, rolled back with its witness


def test_a_project_that_lacks_what_an_account_has_seen_stops(another):
    """A hold would be forgotten, or which user an account is on X."""
    another().record(OPENED)
    back = another.project()
    another().record(Record(holds=(a_hold(),)))
    ledger = another()
    ledger.read(Need())
    ledger.claim(Record(entries=(attempting(TIP),)))
    back()
    for use in (lambda: another("shop").read(Need()), lambda: ledger.confirm(Need())):
        with pytest.raises(LedgerUnusable, match="rolled back: accounts know more") as caught:
            use()
        assert "say `runner hold` again" in caught.value.help
    another().record(Record(origin=Origin(at=BY, run="run", by="ann")))
    assert another("shop").read(Need()).holds == ()
    another().record(Record(entries=(closed(TIP, State.RELEASED),)))
    back()
    with pytest.raises(LedgerUnusable, match="rolled back: accounts know more"):
        another("shop").read(Need())


def test_an_account_that_the_project_has_never_heard_of_stops_all(another):
    another().record(OPENED)
    back = another.project()
    another().record(Record(entries=(attempting(ES),)))
    back()
    with pytest.raises(LedgerUnusable, match="rolled back: accounts know more"):
        another("tienda").read(Need())
