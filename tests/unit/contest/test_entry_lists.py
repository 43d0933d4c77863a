"""The charter and the list of entries: what is read is what was written, byte for byte."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner.charter import Charter
from runner.contest.entry_list import BadList, EntryList, ordered
from runner.contest.results import why_not_of
from tests.unit.contest.building import CHARTER, ENTRIES, a_list, signed

LIST = a_list()
DATA = LIST.encoded()


def test_a_list_is_read_as_it_was_written() -> None:
    assert EntryList.read(DATA) == LIST
    assert EntryList.read(DATA).digest == LIST.digest
    assert EntryList.read(a_list(()).encoded()) == a_list(())


def test_the_order_of_entries_changes_no_byte() -> None:
    assert a_list(reversed(ENTRIES)).encoded() == DATA


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
        EntryList.read(twice)


@settings(max_examples=60)
@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_changes_the_digest(place: int, change: int) -> None:
    other = bytearray(DATA)
    other[place] ^= change
    try:
        found = EntryList.read(bytes(other))
    except BadList:
        return
    assert found.digest != LIST.digest
    assert found.encoded() == bytes(other)


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
        EntryList.read(DATA.replace(old, new, 1))


@pytest.mark.parametrize("cut", [0, 1, 40, len(DATA) - 1, len(DATA) - 130])
def test_a_list_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(BadList):
        EntryList.read(DATA[:cut])


def test_lines_in_capitals_or_out_of_order_are_refused() -> None:
    *header, one, other = DATA.splitlines(keepends=True)
    with pytest.raises(BadList, match="entry 8 is out of order"):
        EntryList.read(b"".join((*header, other, one)))
    with pytest.raises(BadList, match="entry 8 is not two numbers"):
        EntryList.read(b"".join((*header, one, other.upper())))
    with pytest.raises(BadList, match="entry 8 is not two numbers"):
        EntryList.read(b"".join((*header, one, other.replace(b" ", b"\t"))))


def test_each_promise_changes_the_code() -> None:
    others = [
        replace(CHARTER, **{name: f"{value}1" if isinstance(value, str) else value + 1})
        for name, value in ((name, getattr(CHARTER, name)) for name in Charter.__slots__)
    ]
    assert len(others) == 17
    assert len({CHARTER.code, *(each.code for each in others)}) == 18
    assert all(Charter.read(each.encoded()) == each for each in others)


def test_a_list_of_nobody_has_no_places() -> None:
    assert ordered(iter(())) == ()


def test_a_list_is_ours_if_it_is_as_our_collection_was_at_one_time() -> None:
    assert why_not_of(LIST, [ENTRIES[:5], ENTRIES], signed) is None
    why = why_not_of(a_list(ENTRIES[:6]), [ENTRIES, ENTRIES[:5]], signed)
    assert why
    assert "lacks 2 " in why
    assert "holds 0 " in why
    assert "nothing was collected" in (why_not_of(LIST, [], signed) or "")
