"""Wherever a machine dies while it writes, what is read afterwards never allows a second send."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

import pytest

from runner.ledger import Entry, Facts, Need, Purse, Record, Standing, State, standings_of
from runner.problems import LedgerUnusable
from runner.publish.ports import Raced
from runner.stores.files import FilesLedger
from tests.unit.stores.building import ALL, KEY, TIP, a_key, at, attempting, closed, posted, sent
from tests.unit.stores.folders import Died, FailingFolder, MemoryFolder

pytestmark = pytest.mark.thorough
BY = at("2026-12-01 10:05")

FIRST = Record(entries=(attempting(KEY, texts=("One", "Two")), attempting(TIP)))
STORY = (
    FIRST,
    Record(
        entries=(posted(KEY), attempting(KEY, part=2), closed(TIP, State.REJECTED)),
        sent=(sent(KEY),),
    ),
    Record(entries=(closed(KEY, State.RELEASED, part=2),), accounted={"shop": BY}),
    Record(entries=(attempting(KEY, part=2, attempt="again"),)),
    Record(entries=(posted(KEY, part=2, attempt="again"),), sent=(sent(KEY, "2026-12-01 10:02"),)),
    Record(entries=(closed(TIP, State.MISSED),), accounted={"shop": BY, "tienda": BY}),
)
"""A life of two posts: a thread that is let go half-way, and a tip that X refuses."""


def ledger_in(folder: MemoryFolder) -> FilesLedger:
    return FilesLedger(folder.path, folder=folder)


def told(records: Iterable[Record]) -> dict[object, Standing]:
    return dict(standings_of(entry for record in records for entry in record.entries))


def effects(chapter: int) -> int:
    """How many changes to the files a record takes."""
    counting = FailingFolder(after(chapter).files, after=10_000)
    ledger_in(counting).record(STORY[chapter])
    return 10_000 - counting.left


def after(chapters: int) -> MemoryFolder:
    """A folder in which so many records of the story are."""
    return MemoryFolder(dict(files_after(chapters)))


@cache
def files_after(chapters: int) -> Mapping[str, bytes]:
    if not chapters:
        return {}
    folder = after(chapters - 1)
    ledger_in(folder).record(STORY[chapters - 1])
    return folder.files


@cache
def crashes(chapter: int) -> Sequence[tuple[int, bool]]:
    """Each effect of a record, at which the machine dies before it or after it."""
    return list(itertools.product(range(effects(chapter)), [False, True]))


def crashed(chapter: int, number: int, whole: bool, *, full: bool = False) -> MemoryFolder:
    """A folder as the machine leaves it that dies at one effect of one record."""
    return MemoryFolder(dict(files_left(chapter, number, whole, full)))


@cache
def files_left(chapter: int, number: int, whole: bool, full: bool) -> Mapping[str, bytes]:
    folder = FailingFolder(after(chapter).files, after=number, whole=whole, full=full)
    with pytest.raises(LedgerUnusable if full else Died):
        ledger_in(folder).record(STORY[chapter])
    assert folder.failed
    return folder.files


def is_all_or_nothing(facts: Facts, chapter: int) -> bool:
    states = {key: standing.state for key, standing in facts.standings.items()}
    return states in (
        {key: each.state for key, each in told(STORY[:end]).items()}
        for end in (chapter, chapter + 1)
    )


def tells_its_money(facts: Facts) -> bool:
    """Whether the head says of the account what its files do."""
    purse = facts.purses.get("shop", Purse())
    spent = sum((line.cost for line in facts.journal), Decimal(0))
    reserved = sum((each.reserved for each in facts.standings.values()), Decimal(0))
    return (purse.spent.get("2026-12", 0), purse.reserved("2026-12")) == (spent, reserved)


def in_each_chapter(test: Callable[..., None]) -> Callable[..., None]:
    """A test that costs much, and is alike in all of them."""
    return pytest.mark.sampled(2)(pytest.mark.parametrize("chapter", range(len(STORY)))(test))


def test_the_story_takes_many_effects():
    assert sum(len(crashes(chapter)) for chapter in range(len(STORY))) > 50


@in_each_chapter
@pytest.mark.parametrize("full", [False, True])
def test_a_record_is_there_as_a_whole_or_not_at_all(chapter, full):
    for number, whole in crashes(chapter):
        facts = ledger_in(crashed(chapter, number, whole, full=full)).read(ALL)
        assert is_all_or_nothing(facts, chapter), (number, whole)


@in_each_chapter
def test_the_open_file_alone_never_says_too_little(chapter):
    for number, whole in crashes(chapter):
        ledger = ledger_in(crashed(chapter, number, whole))
        unsettled = {each.key: each.state for each in ledger.read(ALL).unsettled}
        open_alone = {each.key: each.state for each in ledger.read(Need()).unsettled}
        assert open_alone.items() >= unsettled.items(), (number, whole)


@in_each_chapter
def test_the_journal_has_what_is_posted(chapter):
    for number, whole in crashes(chapter):
        facts = ledger_in(crashed(chapter, number, whole)).read(ALL)
        out = sum(len(each.posted) for each in facts.standings.values())
        assert len(facts.journal) == out, (number, whole)
        assert tells_its_money(facts), (number, whole)


@in_each_chapter
def test_life_goes_on_after_any_crash(chapter):
    for number, whole in crashes(chapter):
        folder = crashed(chapter, number, whole)
        begun = told(STORY[: chapter + 1])
        facts = ledger_in(folder).read(ALL)
        was_written = {k: s.entries for k, s in facts.standings.items()} == {
            k: s.entries for k, s in begun.items()
        }
        for record in (
            *STORY[chapter + was_written :],
            STORY[-1],
        ):  # the last once more: it repairs
            ledger_in(folder).record(record)
        assert folder.files == files_after(len(STORY)), (number, whole)


@in_each_chapter
def test_a_crash_while_a_crash_is_repaired_is_repaired(chapter):
    repaired = 0
    for number, whole in crashes(chapter):
        first = crashed(chapter, number, whole)
        if "ledgers/writing.json" not in first.files:
            continue
        repaired += 1
        for again, left in enumerate(crashes_of_a_repair(first, chapter, whole=whole)):
            facts = ledger_in(left).read(ALL)
            assert is_all_or_nothing(facts, chapter), (number, again, whole)
            assert tells_its_money(facts), (number, again, whole)
    assert repaired > 5


def crashes_of_a_repair(
    first: MemoryFolder, chapter: int, *, whole: bool
) -> Iterator[MemoryFolder]:
    """The files as each death of the run leaves them that repairs what a crash has left."""
    for after in itertools.count():
        folder = FailingFolder(dict(first.files), after=after, whole=whole)
        try:
            ledger_in(folder).record(STORY[chapter])
        except Died:
            yield MemoryFolder(folder.files)
        else:
            return


def test_a_call_is_only_made_when_its_attempt_is_there_for_good():
    """`record` returns only once the next reader sees the attempt."""
    entry: Entry = attempting(KEY)
    folder = MemoryFolder()
    ledger_in(folder).record(Record(entries=(entry,)))
    assert entry in ledger_in(MemoryFolder(dict(folder.files))).read(Need()).standings[KEY].entries


OTHER = Record(entries=(attempting(a_key("other")),))


class OvertakenFolder(MemoryFolder):
    """In which another process ends its record while we ask what is being written."""

    def __init__(self, files: Mapping[str, bytes], ended: Mapping[str, bytes]) -> None:
        super().__init__(dict(files))
        self._ended = ended

    def content(self, name: str) -> bytes | None:
        if name == "ledgers/writing.json":
            self.files = dict(self._ended)
        return super().content(name)


@pytest.mark.parametrize("crash", crashes(0), ids=str)
def test_a_reader_that_the_first_record_overtakes_reads_it(crash):
    folder = OvertakenFolder(files_left(0, *crash, False), files_after(1))
    facts = ledger_in(folder).read(ALL)
    assert facts.standings.keys() == told(STORY[:1]).keys()


@in_each_chapter
def test_a_claim_against_what_was_read_before_somebody_elses_crash_races_if_that_left_anything(
    chapter,
):
    raced = 0
    for number, whole in crashes(chapter):
        folder = after(chapter)
        reader = ledger_in(folder)
        reader.read(Need())
        before = dict(folder.files)
        folder.files.update(crashed(chapter, number, whole).files)
        if folder.files == before:
            reader.claim(OTHER)
            continue
        raced += 1
        with pytest.raises(Raced):
            reader.claim(OTHER)
    assert raced > 5


@in_each_chapter
def test_a_claim_after_a_look_at_what_a_crash_left_is_good(chapter):
    for number, whole in crashes(chapter):
        ledger = ledger_in(crashed(chapter, number, whole))
        ledger.read(Need())
        ledger.claim(OTHER)
        assert a_key("other") in {each.key for each in ledger.read(Need()).unsettled}
