"""What lies in the past, or too far ahead."""

from datetime import datetime

import pytest

from runner.ledger import Closed, Facts, Key, State, standings_of
from runner.models import CampaignFile
from runner.problems import Problem, Severity
from runner.rules import Today
from runner.schedule import Occurrence
from tests.unit.rules.building import PATH, RIGA, a_file, an_occurrence, found
from tests.unit.stores.building import at, attempting, closed, posted

RHYTHM = {"text": "x", "every": {"slots": ["morning", "evening"]}}
FILE = a_file({"a": {"text": "x"}, "b": {"text": "x"}, "tip": RHYTHM, "idea": {"draft": True}})


# --- past-post


def over(
    *occurrences: Occurrence,
    now: str,
    gone: tuple[Key, ...] = (),
    behind: tuple[Occurrence, ...] = (),
) -> tuple[Problem, ...]:
    moment = datetime.fromisoformat(now).replace(tzinfo=RIGA)
    entries = [
        Closed(key=key, at=moment, run="1", state=State.MISSED, because="late") for key in gone
    ]
    facts = Facts(standings=standings_of(entries))
    today = Today(now=moment, facts=facts, occurrences=occurrences, behind=behind)
    return found(rule="past-post", today=today)


A = an_occurrence(FILE, "a", "2026-12-01 10:00")
B = an_occurrence(FILE, "b", "2026-12-09 10:00")
C = an_occurrence(FILE, "b", "2027-12-09 10:00")


def test_a_post_that_was_over_before_it_was_known_is_a_warning() -> None:
    (problem,) = over(A, B, now="2026-12-01 14:01")
    assert problem.message == (
        "`a` was due at 2026-12-01 10:00 and may no longer go out since 2026-12-01 14:00"
    )
    assert (problem.place.path, problem.place.route) == (PATH, ("posts", "a", "at"))
    assert problem.help == "give it a later moment, or remove it"
    assert problem.severity is Severity.WARNING


def test_within_its_grace_or_with_an_entry_it_is_not_past() -> None:
    assert over(A, B, now="2026-12-01 14:00") == ()
    assert over(A, B, now="2026-12-01 14:01", gone=(A.key,)) == ()


def test_a_rhythm_and_a_draft_are_never_past() -> None:
    recurring = an_occurrence(FILE, "tip", "2026-11-01 09:00", nominal="2026-11-01.morning")
    idea = an_occurrence(FILE, "idea", "2026-11-01 09:00")
    assert over(recurring, idea, B, now="2026-12-01 14:01") == ()


def test_a_campaign_that_is_wholly_past_is_one_problem() -> None:
    file = a_file({"a": {"text": "x"}, "b": {"text": "x"}, "idea": {"draft": True}})
    both = [
        an_occurrence(file, name, f"2026-12-0{day} 10:00") for name, day in (("a", 1), ("b", 2))
    ]
    (problem,) = over(*both, now="2027-01-01 00:00")
    assert problem.message == "all posts of `slim27` lie in the past, and none of them went out"
    assert (problem.place.route, problem.place.on_key) == (("posts",), True)
    assert problem.help == "move its dates (is the year right?), or remove the file"
    (problem,) = over(*both, now="2027-01-01 00:00", gone=(both[0].key,))
    assert problem.place.route == ("posts", "b", "at")


def test_what_lies_far_back_asks_for_its_year() -> None:
    (problem,) = over(C, now="2027-11-10 10:00", behind=(A,))
    assert problem.message == "`a` lies 11 months back, at 2026-12-01 10:00, and never went out"
    assert problem.place.route == ("posts", "a", "at")
    assert problem.help == "is the year right? give it a later moment, or remove it"
    assert over(C, now="2027-11-10 10:00", behind=(A,), gone=(A.key,)) == ()


def test_a_rhythm_that_ended_far_back_is_told_by_its_last() -> None:
    last = an_occurrence(FILE, "tip", "2026-11-01 09:00", nominal="2026-11-01.morning")
    (problem,) = over(C, now="2027-02-10 10:00", behind=(last,))
    assert problem.message.startswith("`tip` lies 3 months back")
    assert over(C, now="2027-02-10 10:00", behind=(last,), gone=(last.key,)) == ()


# --- distant-post


def ahead(*occurrences: Occurrence, now: str) -> tuple[Problem, ...]:
    moment = datetime.fromisoformat(now).replace(tzinfo=RIGA)
    today = Today(now=moment, facts=Facts(), occurrences=occurrences)
    return found(rule="distant-post", today=today)


def test_more_than_eighteen_months_ahead_asks_for_the_year() -> None:
    (problem,) = ahead(A, now="2024-12-01 10:00")
    assert problem.message == "`a` is due in 23 months, at 2026-12-01 10:00"
    assert (problem.place.path, problem.place.route) == (PATH, ("posts", "a", "at"))
    assert problem.help == "is the year right?"
    assert problem.severity is Severity.WARNING


def test_within_eighteen_months_a_draft_and_what_says_why_are_not_distant() -> None:
    fair: CampaignFile = a_file({"fair": {"text": "x", "ignore": {"distant-post": "it is far"}}})
    assert ahead(A, now="2025-06-02 10:00") == ()
    assert ahead(an_occurrence(FILE, "idea", "2026-12-01 10:00"), now="2020-01-01 10:00") == ()
    assert ahead(an_occurrence(fair, "fair", "2026-12-01 10:00"), now="2020-01-01 10:00") == ()


def test_a_rhythm_is_distant_once() -> None:
    days = [
        an_occurrence(FILE, "tip", f"2026-11-0{day} 09:00", nominal=f"2026-11-0{day}.morning")
        for day in (1, 2)
    ]
    assert len(ahead(*days, now="2020-01-01 10:00")) == 1


# --- moved-in-vain

TIP = an_occurrence(FILE, "tip", "2026-12-01 18:00", nominal="2026-12-01.evening")
OPENED = attempting(A.key, due=at("2026-11-01 10:00"))
SAME = attempting(A.key, due=at("2026-12-01 10:00"))
OUT = posted(A.key, "2026-11-01 10:00")
GONE = closed(A.key, State.MISSED)
IN_VAIN = {
    "A7-missed": ([GONE], A, "`a` was missed, and stays so, and does not go out at 2026-12-01"),
    "A7-out": ([OPENED, OUT], A, "`a` is out already, and does not go out at 2026-12-01 10:00"),
    "A7-deleted": ([OPENED, OUT, closed(A.key, State.DELETED)], A, "`a` was out, and was deleted,"),
    "out-before-its-time": ([OUT], A, None),
    "out-at-its-time": ([SAME, OUT], A, None),
    "skipped-ahead": ([OPENED, closed(A.key, State.SKIPPED)], A, None),
    "of-a-rhythm": (
        [closed(TIP.key, State.MISSED)],
        TIP,
        None,
    ),
}


@pytest.mark.parametrize("name", IN_VAIN)
def test_what_is_over_is_moved_in_vain(name: str) -> None:
    entries, occurrence, message = IN_VAIN[name]
    moment = datetime.fromisoformat("2026-11-15 10:00").replace(tzinfo=RIGA)
    today = Today(
        now=moment, facts=Facts(standings=standings_of(entries)), occurrences=(occurrence,)
    )
    problems = found(rule="moved-in-vain", today=today)
    if message is None:
        assert problems == ()
    else:
        (problem,) = problems
        assert problem.message.startswith(message)
        assert (problem.place.route, problem.severity) == (("posts", "a", "at"), Severity.ERROR)
