"""Lines of a journal are read many at once, and all is refused that one by one was refused."""

import gc
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, get_args
from zoneinfo import ZoneInfo

import pytest
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from runner.ledger import Attempting, Closed, Key, Posted, Sent, State, entries_at_once
from runner.ledger.fields import Usd, UtcInstant
from runner.problems import LedgerUnusable
from runner.stores.json_lines import dump, load, parsed
from runner.stores.ledger_files import ENTRIES, SENDS
from tests.unit.stores.building import attempting, closed, posted

MORE_THAN_A_BATCH = 250
SENT = {
    "v": 1,
    "at": "2026-12-01T10:00:00Z",
    "key": "shop/slim/launch",
    "part": 1,
    "id": "1234",
    "digest": "a" * 64,
    "text": "b" * 64,
    "due": "2026-12-01T10:00:00Z",
    "cost": "0.015",
}
PLAIN = json.dumps(SENT, separators=(",", ":"))


def line(old: str = "", new: str = "") -> bytes:
    assert old in PLAIN
    return PLAIN.replace(old, new, 1).encode() + b"\n"


REFUSED = {
    "B5-a-name-twice": line('"id":"1234",', '"id":"1234","id":"99",'),
    "B5-a-name-twice-apart": line('"v":1,', '"v":1,"cost":"0.01",'),
    "B5-a-name-in-disguise": line('"id":"1234",', '"id":"1234","\\u0069d":"99",'),
    "B5-a-foreign-name": line('"id":"1234",', '"id":"1234","ip":"99",'),
    "B5-an-object": line('"cost":"0.015"', '"cost":{"id":"1"}'),
    "B5-no-comma": line('"id":"1234",', '"id":"1234"'),
    "B5-a-comma-too-many": line('"0.015"}', '"0.015",}'),
    "B5-a-zero": line("launch", "lau\0nch"),
    "B5-half-a-character": line("launch", "\\ud800"),
    "B5-a-day-that-is-none": line("2026-12-01T", "2026-02-30T"),
    "B5-an-hour-too-many": line("T10:", "T24:"),
    "B5-a-minute-too-many": line(":00:00Z", ":60:00Z"),
    "B5-another-century": line("2026-12", "1926-12"),
    "B5-seven-digits": line('"0.015"', '"1000001"'),
    "B5-less-than-nothing": line('"0.015"', '"-0.015"'),
    "B5-two-objects": line("}", '}{"v":1}'),
    "B5-a-list": b"[" + line()[:-1] + b"]\n",
    "B5-nothing": b"\n",
}
TAKEN = {
    "B5-as-written": line(),
    "B5-with-spaces": json.dumps(SENT).encode() + b"\n",
    "B5-in-another-order": json.dumps(dict(reversed(SENT.items()))).encode() + b"\n",
    "B5-without-what-may-lack": line('"due":"2026-12-01T10:00:00Z",'),
    "B5-with-an-item": line('"cost"', '"item":"tip: 7","cost"'),
    "B5-in-other-words": line("launch", "lau\\u006ech"),
    "B5-milliseconds": line("00:00Z", "00:00.125Z"),
    "B5-another-zone": line("00:00Z", "00:00+02:00"),
    "B5-a-number-of-dollars": line('"0.015"', "1"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_one_that_is_wrong_is_named_among_many(case: str) -> None:
    lines = [line()] * MORE_THAN_A_BATCH + [REFUSED[case], line()]
    with pytest.raises(LedgerUnusable, match=f"^journal, line {MORE_THAN_A_BATCH + 1}: "):
        load(b"".join(lines), SENDS, name="journal")


@pytest.mark.parametrize("case", TAKEN)
def test_many_say_what_each_of_them_says(case: str) -> None:
    said: Sent = SENDS.one.validate_python(parsed(TAKEN[case]))
    lines = [TAKEN[case]] * MORE_THAN_A_BATCH
    assert load(b"".join(lines), SENDS, name="") == ([said] * MORE_THAN_A_BATCH, False)


def test_one_that_was_cut_off_ends_them() -> None:
    assert len(load(line() * 3 + line()[:-9], SENDS, name="")[0]) == 3
    assert load(line()[:-1], SENDS, name="")[1] is False


def test_what_the_runner_writes_is_read_at_once() -> None:
    sent: Sent = SENDS.one.validate_json(line('"cost"', '"item":"7","cost"'))
    assert SENDS.at_once([dump([sent]), line()]) == [sent, SENDS.one.validate_json(line())]
    assert SENDS.at_once([dump([sent]), TAKEN["B5-with-spaces"]]) is None


# --- Entries of the ledger

KEY = Key.parse("shop/slim/tip@2026-12-01.morning")
WHOLE_ATTEMPT = attempting(
    KEY,
    commit="0" * 40,
    texts=('Žiema "ir" klāt: {}[]\n', "Two"),
    media=("1", "2"),
    item="tip: 7",
    reply_to="77",
    costs=(Decimal("0.015"), Decimal("0.2")),
    promise="p",
    due=datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("Europe/Riga")),
)
ENTRIES_OF_ALL_KINDS = (
    attempting(KEY),
    WHOLE_ATTEMPT,
    attempting(KEY, part=2),
    posted(KEY),
    posted(KEY).model_copy(update={"by": "Ilze", "because": "seen"}),
    *(closed(KEY, state) for state in get_args(Closed.model_fields["state"].annotation)),
    closed(KEY, State.UNKNOWN, look="unclear", by="Ilze", digest="d", due=WHOLE_ATTEMPT.due),
)
_WRITTEN = dump([WHOLE_ATTEMPT])
DOUBTED = {
    "B5-entry-a-name-twice": _WRITTEN.replace(b'"run":', b'"run":"x","run":', 1),
    "B5-entry-a-name-twice-in-a-part": _WRITTEN.replace(b'{"text":', b'{"text":"","text":', 1),
    "B5-entry-a-foreign-name": _WRITTEN.replace(b'"run":', b'"ran":"x","run":', 1),
    "B5-entry-a-foreign-state": _WRITTEN.replace(b'"attempting"', b'"thinking"', 1),
    "B5-entry-another-version": _WRITTEN.replace(b'"v":1', b'"v":2', 1),
    "B5-entry-a-zero": _WRITTEN.replace(b"ir", b"\\u0000", 1),
    "B5-entry-another-century": _WRITTEN.replace(b'"at":"2026', b'"at":"1926', 1),
    "B5-entry-a-day-that-is-none": _WRITTEN.replace(b"@2026-12-01", b"@2026-02-31", 1),
    "B5-entry-words-for-a-run": _WRITTEN.replace(b'"run":"', b'"run":"what?', 1),
    "B5-entry-lines-for-a-run": _WRITTEN.replace(b'"run":"', b'"run":"a\\n', 1),
    "B5-entry-words-for-an-id": _WRITTEN.replace(b'"reply_to":"77"', b'"reply_to":"them"', 1),
    "B5-entry-words-for-a-digest": _WRITTEN.replace(b'"digest":"', b'"digest":"of it', 1),
    "B5-entry-less-than-nothing": _WRITTEN.replace(b'"cost":"0', b'"cost":"-0', 1),
    "B5-entry-costs-of-other-parts": _WRITTEN.replace(b',"0.2"]', b"]", 1),
    "B5-entry-a-text-that-is-none": _WRITTEN.replace(b'{"text":"Two"}', b'{"text":["Two"]}', 1),
    "B5-entry-a-quote-of-words": _WRITTEN.replace(b'"Two"', b'"Two","quote":"that"', 1),
    "B5-entry-no-newline": _WRITTEN[:-1],
    "B5-entry-with-a-space": _WRITTEN.replace(b'"v":1,', b'"v":1, ', 1),
    "B5-entry-another-address": dump([posted(KEY)]).replace(b"/status/", b"/stats/", 1),
    "B5-entry-words-on-two-lines": dump([closed(KEY, State.UNKNOWN)]).replace(b"it was", b"\\n", 1),
    "B5-entry-deep": dump([attempting(KEY)]).replace(
        b'"text":', b'"x":' + b"[" * 300 + b"]" * 300 + b',"text":', 1
    ),
}


def test_entries_that_the_runner_writes_are_read_at_once_as_one_by_one() -> None:
    lines = dump(ENTRIES_OF_ALL_KINDS).splitlines(keepends=True)
    one_by_one = [ENTRIES.one.validate_json(each) for each in lines]
    assert entries_at_once(lines) == one_by_one == list(ENTRIES_OF_ALL_KINDS)
    assert {type(each) for each in one_by_one} == {Attempting, Posted, Closed}


@pytest.mark.parametrize("case", DOUBTED)
def test_no_entry_is_taken_of_what_is_in_doubt(case: str) -> None:
    whole = dump([WHOLE_ATTEMPT, posted(KEY)]).splitlines(keepends=True)
    assert DOUBTED[case] not in whole
    assert entries_at_once(whole) is not None
    assert entries_at_once([*whole, DOUBTED[case]]) is None


def test_what_is_read_at_once_has_the_fields_of_its_schema() -> None:
    for each in (WHOLE_ATTEMPT, posted(KEY), closed(KEY, State.MISSED)):
        (found,) = entries_at_once([dump([each])]) or ()
        assert list(found.__dict__) == list(type(each).model_fields)
        assert found.model_dump_json() == each.model_dump_json()
        assert found.model_copy(update={"part": 2}).part == 2


def test_the_collector_goes_on_whatever_stands_there() -> None:
    frozen = gc.get_freeze_count()
    with pytest.raises(LedgerUnusable):
        load(b"?\n", SENDS, name="")
    assert gc.isenabled()
    assert gc.get_freeze_count() == frozen, "what becomes garbage later has to be found"


# --- What is made once is what pydantic makes each time

CENTURIES = {"ge": datetime(2000, 1, 1, tzinfo=UTC), "lt": datetime(2300, 1, 1, tzinfo=UTC)}
INSTANTS = (
    "2026-12-01T10:00:00Z 2026-12-01T10:00:00.5Z 2026-12-01T10:00:00.123456Z 2026-12-01T10:00Z "
    "2026-12-01T10:00:00.1234567Z 2026-12-01T10:00:00,123Z 2026-12-01T24:00:00Z 2026-12-01 "
    "1999-12-31T23:59:59Z 2299-12-31T23:59:59Z 2300-01-01T00:00:00Z 2026-02-29T00:00:00Z "
    "2028-02-29T00:00:00Z 2026-12-01T10:00:60Z 20261201T100000Z 2026-W49-2T10:00:00Z "
    "2026-12-01t10:00:00z 2026-12-01T10:00:00+02:00 1796119200 １２３4-12-01T10:00:00Z"
)
COSTS = "0 0.0 0.015 00.5 5. .5 1e3 -0 -0.1 999999.999999999 1000000 1000000.1 1_0 ٣ ３ NaN inf 0x1"
WRITTEN = {
    "B5-instant": (UtcInstant, Annotated[AwareDatetime, Field(**CENTURIES)], INSTANTS),
    "B5-cost": (Usd, Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)], COSTS),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_what_is_made_once_is_made_alike(case: str) -> None:
    ours, plain, written = WRITTEN[case]
    for text in written.split(" "):
        assert _answer(TypeAdapter(ours), text) == _answer(TypeAdapter(plain), text), text


def _answer(adapter: TypeAdapter[Decimal] | TypeAdapter[datetime], text: str) -> object:
    try:
        found = adapter.validate_python(text)
    except ValidationError as error:
        return error.errors()[0]["msg"]
    return found.astimezone(UTC) if isinstance(found, datetime) else str(found)
