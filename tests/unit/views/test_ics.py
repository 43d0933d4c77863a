"""The calendar of a plan, read by a parser of RFC 5545 and by its letter."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from runner.plan import Plan, Verb
from runner.value import replace
from runner.views.ics import LONGEST_LINE, plan_as_ics
from tests.unit.views.building import examples, saying


def events(text: str) -> list:
    return list(Calendar.from_ical(text.encode()).walk("VEVENT"))


@pytest.fixture(scope="module")
def text() -> str:
    return plan_as_ics(examples()[0])


def test_every_post_is_an_event_by_its_key_at_its_instant(text: str) -> None:
    plan, _ = examples()
    found = {str(event["UID"]): event["DTSTART"].dt for event in events(text)}
    assert found == {
        f"{action.key}@campaign-runner": action.occurrence.due.astimezone(UTC)
        for action in plan.actions
    }


def test_an_event_has_the_text_and_nothing_of_the_machine(text: str) -> None:
    plan, _ = examples()
    for action, event in zip(plan.actions, events(text), strict=True):
        assert event["DTSTAMP"].dt == datetime(2027, 1, 31, 10, tzinfo=UTC)
        assert event["STATUS"] == "CONFIRMED"
        assert event["TRANSP"] == "TRANSPARENT"
        for part in action.post.parts if action.post else ():
            assert part.text in str(event["DESCRIPTION"])
    assert "VALARM" not in text
    assert plan_as_ics(plan) == text


def test_the_lines_keep_the_letter_of_the_format(text: str) -> None:
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= LONGEST_LINE
    assert any(line.startswith(" ") for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert all(re.match(r"[A-Z][A-Z-]*:", line) for line in unfolded)
    assert all(re.fullmatch(r"\w+:\d{8}T\d{6}Z", x) for x in unfolded if x.startswith("DT"))


def test_a_later_plan_goes_over_an_earlier_one() -> None:
    plan, _ = examples()
    later = replace(plan, now=plan.now + timedelta(minutes=1))
    one, other = (events(plan_as_ics(each))[0]["SEQUENCE"] for each in (plan, later))
    assert other == one + 1
    assert one < 2**31


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        (Verb.PUBLISH, "CONFIRMED"),
        (Verb.ASK, "TENTATIVE"),
        (Verb.HOLD, "TENTATIVE"),
        (Verb.SKIP, "CANCELLED"),
    ],
)
def test_the_status_tells_whether_it_will_come(verb: Verb, status: str) -> None:
    (event,) = events(plan_as_ics(with_verb(verb, because="somebody said so")))
    assert event["STATUS"] == status
    assert "somebody said so" in str(event["DESCRIPTION"])


def with_verb(verb: Verb, because: str) -> Plan:
    plan, _ = examples()
    return replace(plan, actions=(replace(plan.actions[0], verb=verb, because=because),))


@given(
    st.text(st.characters(), max_size=200) | st.sampled_from(["a\r\nEND:VCALENDAR", "\\n;,:\x00"])
)
def test_no_text_can_break_out_of_its_line(text: str) -> None:
    plan, _ = examples()
    made = plan_as_ics(saying(plan, lambda part: replace(part, text=text)))
    names = [line.split(":")[0] for line in made.replace("\r\n ", "").split("\r\n")]
    assert names.count("BEGIN") == 2
    assert names.count("DESCRIPTION") == 1
    assert len(names) == 6 + 10 + 2 + 1
    assert max(len(line.encode()) for line in made.split("\r\n")) <= LONGEST_LINE
    assert len(events(made)) == 1
