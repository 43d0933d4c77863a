"""The charter and the list of entries: what is read is what was written, byte for byte."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner.charter import Charter
from runner.contest.commitments import BadList, Commitments, ordered
from runner.contest.entries import ContestEntry
from runner.contest.entry_list import EntryList
from runner.contest.list_head import LIST_FILE
from runner.contest.results import NotOurs, opened_entries
from runner.contest.tickets import commitment
from runner.value import replace
from tests.unit.contest.building import CHARTER, ENTRIES, a_list, signed

LIST = a_list()
OTHER = ContestEntry("7", ENTRIES[0].post)
DATA = dict(LIST.files())[LIST_FILE]


def in_one_file(data: bytes) -> EntryList:
    return EntryList.read({LIST_FILE: data})


def test_a_list_is_read_as_it_was_written() -> None:
    assert in_one_file(DATA) == LIST
    assert in_one_file(DATA).digest == LIST.digest == sha256(DATA).hexdigest()
    assert EntryList.read(dict(a_list(()).files())) == a_list(())


def test_the_order_of_entries_changes_no_byte() -> None:
    assert dict(a_list(reversed(ENTRIES)).files()) == {LIST_FILE: DATA}


def test_a_list_names_nobody() -> None:
    for entry in ENTRIES:
        assert entry.user.encode() not in DATA
        assert entry.post.encode() not in DATA


def test_no_entrant_is_there_twice() -> None:
    with pytest.raises(BadList, match="twice"):
        a_list((*ENTRIES, ENTRIES[0]._replace(post="1700000000000000001")))
    line = DATA.splitlines(keepends=True)[-1]
    twice = DATA.replace(b"entries=8", b"entries=9") + line
    with pytest.raises(BadList, match="twice"):
        in_one_file(twice)


@settings(max_examples=60)
@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_changes_the_digest(place: int, change: int) -> None:
    other = bytearray(DATA)
    other[place] ^= change
    try:
        found = in_one_file(bytes(other))
    except BadList:
        return
    assert found.digest != LIST.digest
    assert dict(found.files()) == {LIST_FILE: bytes(other)}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"entries=8", b"entries=9", "says 9"),
        (b"entries=8", b"entries=08", "no header"),
        (b"\n\n", b"\n\n\n", "its entry 1 is not two numbers"),
        (b"contest/1", b"contest/2", "charter"),
        (b"winners=2", b"winners=02", "charter"),
        (b"winners=2\nalternates=3", b"alternates=3\nwinners=2", "charter"),
        (b"opens=", b"opens= ", "charter"),
        (LIST.public_key.hex().encode(), b"c" + b"0" * 191, "public key"),
    ],
)
def test_a_list_in_another_form_is_refused(old: bytes, new: bytes, why: str) -> None:
    assert old in DATA
    with pytest.raises(BadList, match=why):
        in_one_file(DATA.replace(old, new, 1))


@pytest.mark.parametrize("cut", [0, 1, 40, len(DATA) - 1, len(DATA) - 130])
def test_a_list_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(BadList):
        in_one_file(DATA[:cut])


def test_lines_in_capitals_or_out_of_order_are_refused() -> None:
    *header, one, other = DATA.splitlines(keepends=True)
    with pytest.raises(BadList, match="entry 8 is out of order"):
        in_one_file(b"".join((*header, other, one)))
    with pytest.raises(BadList, match="entry 8 is not two numbers"):
        in_one_file(b"".join((*header, one, other.upper())))
    with pytest.raises(BadList, match="entry 8 is not two numbers"):
        in_one_file(b"".join((*header, one, other.replace(b" ", b"\t"))))


def test_each_promise_changes_the_code() -> None:
    others = [
        replace(CHARTER, **{name: f"{value}1" if isinstance(value, str) else value + 1})
        for name, value in ((name, getattr(CHARTER, name)) for name in Charter.__slots__)
    ]
    assert len(others) == 17
    assert len({CHARTER.code, *(each.code for each in others)}) == 18
    assert all(Charter.read(each.encoded()) == each for each in others)


def test_a_list_of_nobody_has_no_places() -> None:
    assert ordered(()) == Commitments(b"")


def test_a_list_is_ours_if_it_is_as_our_collection_was_at_one_time() -> None:
    wanted = LIST.commitments[2:4]
    opened = opened_entries(LIST, [ENTRIES[:5], ENTRIES], signed, wanted)
    assert {commitment(ticket, entry) for entry, ticket in opened.values()} == set(wanted)
    assert opened.keys() == set(wanted)
    assert opened_entries(LIST, [ENTRIES], signed) == {}


@pytest.mark.parametrize(
    ("listed", "collected", "why"),
    [
        (ENTRIES[:6], [ENTRIES, ENTRIES[:5]], "lacks 2 .* and holds 0 "),
        (ENTRIES, [ENTRIES[2:], ENTRIES[1:]], "lacks 0 .* and holds 2 "),
        ((*ENTRIES[:7], OTHER), [ENTRIES], "lacks 1 .* and holds 1 "),
        (ENTRIES[:0], [ENTRIES[:1]], "lacks 1 .* and holds 0 "),
        (ENTRIES, [], "nothing was collected"),
    ],
)
def test_a_list_that_no_collection_gives_is_not_ours(listed, collected, why) -> None:
    with pytest.raises(NotOurs, match=why):
        opened_entries(a_list(listed), collected, signed)


def test_nobody_signs_for_a_collection_of_another_size_than_the_list() -> None:
    sizes = []

    def signing(entries: Sequence[ContestEntry]) -> list[bytes]:
        sizes.append(len(entries))
        return signed(entries)

    opened_entries(LIST, [ENTRIES[:5], ENTRIES[:6], ENTRIES[:7], ENTRIES], signing)
    assert sizes == [8]
