"""A list of more than 10,000 entries lies in 256 files, and is one list with one digest."""

from collections.abc import Callable, Collection
from hashlib import sha256

import pytest

from runner.contest.commitments import BadList
from runner.contest.entry_list import EntryList
from runner.contest.list_head import LIST_FILE, ListHead
from runner.contest.published import Verdict
from runner.contest.verifying import verify
from runner.value import replace
from tests.unit.contest.building import CHARTER, a_draw, a_list, a_long_list

LONG = a_long_list()
FILES = dict(LONG.files())
PARTS = sorted(FILES.keys() - {LIST_FILE})


def test_up_to_ten_thousand_entries_lie_in_one_file_and_more_in_256_beside_it() -> None:
    most = dict(a_long_list(10_000).files())
    assert list(most) == [LIST_FILE]
    assert most[LIST_FILE].count(b"\n") == len(CHARTER.encoded().splitlines()) + 4 + 10_000
    assert [f"entries-{first:02x}.txt" for first in range(256)] == PARTS
    assert list(FILES)[-1] == LIST_FILE  # without it nothing is published
    assert {each: FILES[each][:2].decode() for each in PARTS} == {
        each: each[8:10] for each in PARTS
    }
    assert sum(FILES[each].count(b"\n") for each in PARTS) == 10_001


def test_a_list_in_parts_is_read_as_it_was_written_and_its_digest_is_of_the_first_file() -> None:
    assert EntryList.read(FILES) == LONG
    assert LONG.digest == sha256(FILES[LIST_FILE]).hexdigest()
    joined = b"".join(FILES[each] for each in PARTS)
    alone = dict(replace(LONG, commitments=LONG.commitments[:0]).files())[LIST_FILE]
    head = alone.replace(b"entries=0", b"entries=10001")
    assert FILES[LIST_FILE].startswith(head)
    assert joined == b"".join(sorted(joined.splitlines(keepends=True)))


def in_first(old: bytes, new: bytes) -> dict[str, bytes]:
    assert FILES[LIST_FILE].count(old) == 1
    return {**FILES, LIST_FILE: FILES[LIST_FILE].replace(old, new)}


def row(part: bytes) -> bytes:
    """What the first file says of a part."""
    return b"%d %s\n" % (part.count(b"\n"), sha256(part).hexdigest().encode())


def with_a_part(first: int, changed: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """A part is changed, and the first file tells its new digest and number of entries."""
    old = FILES[PARTS[first]]
    new = changed(old)
    return {**in_first(row(old), row(new)), PARTS[first]: new}


ROWS = FILES[LIST_FILE].splitlines(keepends=True)[-256:]
TAMPERED_PARTS = {
    "a part is missing": (
        {name: data for name, data in FILES.items() if name != PARTS[7]},
        "entries-07.txt is missing",
    ),
    "a byte of a part": (
        {**FILES, PARTS[7]: FILES[PARTS[7]].replace(b"\n", b" ", 1)},
        "entries-07.txt is another one than it names",
    ),
    "two parts": (
        {**FILES, PARTS[0]: FILES[PARTS[1]], PARTS[1]: FILES[PARTS[0]]},
        "entries-00.txt is another one than it names",
    ),
    "two parts and what is said of them": (
        {
            **in_first(ROWS[0] + ROWS[1], ROWS[1] + ROWS[0]),
            PARTS[0]: FILES[PARTS[1]],
            PARTS[1]: FILES[PARTS[0]],
        },
        "entries-00.txt holds other entries than it says",
    ),
    "an entry left out": (with_a_part(9, lambda lines: lines[130:]), "it holds 10000 entries"),
    "an entry twice": (with_a_part(9, lambda lines: lines[:130] + lines), "or is there twice"),
    "the order in a part": (
        with_a_part(9, lambda lines: lines[130:] + lines[:130]),
        "is out of order",
    ),
    "a line cut short": (with_a_part(9, lambda lines: lines[:-1]), "is not two numbers"),
    "no row for a file": (in_first(ROWS[-1], b""), "its 256 files"),
    "a row more": (in_first(ROWS[-1], ROWS[-1] + row(b"")), "its 256 files"),
    "a row in another form": (in_first(ROWS[0], b"0" + ROWS[0]), "its 256 files"),
    "the count": (in_first(b"entries=10001", b"entries=10002"), "it holds 10001 entries"),
    "all in one file": (
        in_first(b"".join(ROWS), b"".join(FILES[each] for each in PARTS)),
        "its 256 files",
    ),
    "few in parts": (in_first(b"entries=10001", b"entries=10000"), "entry 1 is not two numbers"),
}


@pytest.mark.parametrize("what", TAMPERED_PARTS)
def test_each_change_of_a_list_in_parts_is_refused(what: str) -> None:
    files, why = TAMPERED_PARTS[what]
    assert files != FILES
    with pytest.raises(BadList, match=why):
        EntryList.read(files)


def test_the_number_of_an_entry_needs_the_first_file_and_one_part() -> None:
    read: list[str] = []

    def reading(names: Collection[str]) -> dict[str, bytes]:
        read.extend(names)
        return {name: FILES[name] for name in names}

    head = ListHead.read(FILES)
    for number in (1, 5_000, 10_001):
        wanted = LONG.commitments[number - 1]
        assert head.number_of(wanted, reading) == number
    assert read == [f"entries-{LONG.commitments[at][0]:02x}.txt" for at in (0, 4_999, 10_000)]
    assert head.number_of(LONG.commitments[0][:32] + bytes(32), reading) is None
    alone = ListHead.read(dict(a_list().files()))
    assert [alone.number_of(each, reading) for each in a_list().commitments] == [*range(1, 9)]
    with pytest.raises(BadList, match="missing"):
        head.number_of(LONG.commitments[0], lambda names: {})


@pytest.mark.thorough
def test_a_draw_from_a_list_in_parts_is_verified_and_a_changed_part_is_found() -> None:
    honest = a_draw(LONG)
    assert verify(honest).verdict is Verdict.CONSISTENT
    found = verify(replace(honest, list={**FILES, PARTS[7]: b""}))
    assert (found.verdict, "entries-07.txt is another" in str(found.wrong)) == (Verdict.FALSE, True)
