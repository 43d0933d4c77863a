"""Polls that X takes."""

import pytest

from runner.problems import Problem, Severity
from runner.render.rendered import RenderedPoll
from tests.unit.rules.building import a_file, a_part, a_post, an_occurrence, found

DECLARED = {"options": [{"lv": "zils", "es": "azul"}, "melns"], "open": "24h"}
FILE = a_file({"ask": {"text": "Kurš?", "poll": DECLARED}})


def asked(*options: str, minutes: int = 60) -> tuple[Problem, ...]:
    part = a_part("Kurš?", poll=RenderedPoll(options=options, minutes=minutes))
    return found(a_post(an_occurrence(FILE, "ask"), part), rule="poll-limits")


def test_a_poll_within_the_limits_is_fine() -> None:
    assert asked("x" * 25, "melns", "balts", "zaļš", minutes=5) == ()
    assert asked("zils", "melns", minutes=10_080) == ()


def test_an_answer_has_25_characters_and_an_emoji_counts_as_two() -> None:
    (problem,) = asked("x" * 24 + "🎉", "melns")
    assert problem.message == (f"`{'x' * 24}🎉` is too long for an answer: 26 of 25, remove 1")
    assert problem.place.route == ("posts", "ask", "poll", "options", 0, "lv")
    assert problem.help == "shorten it"
    assert problem.severity is Severity.ERROR


def test_an_answer_says_something() -> None:
    (problem,) = asked("zils", " ")
    assert problem.message == "answer 2 of the poll is empty"
    assert problem.place.route == ("posts", "ask", "poll", "options", 1)
    assert problem.help == "write it, or remove it"


def test_answers_differ_by_more_than_capitals() -> None:
    (problem,) = asked("zils", "Zils ")
    assert problem.message == "`zils` is an answer of this poll already"
    assert problem.place.route == ("posts", "ask", "poll", "options", 1)
    assert problem.help == "write another answer"
    assert len(asked("zils", "zils")) == 1


@pytest.mark.parametrize(
    ("minutes", "said", "help"),
    [(4, "4m", "5m"), (10_140, "169h", "7d"), (8 * 24 * 60, "8d", "7d")],
)
def test_a_poll_is_open_for_5_minutes_to_7_days(minutes: int, said: str, help: str) -> None:
    (problem,) = asked("zils", "melns", minutes=minutes)
    assert problem.message == f"the poll is open for {said}, and X takes 5m to 7d"
    assert problem.place.route == ("posts", "ask", "poll", "open")
    assert problem.help == f"write `open: {help}`"


def test_a_poll_has_two_to_four_answers() -> None:
    (problem,) = asked("zils")
    assert problem.message == "the poll has 1 answer, and X takes 2 to 4"
    assert problem.place.route == ("posts", "ask", "poll", "options")
    assert problem.help == "write 2 to 4"


def test_a_poll_of_a_thread_is_in_its_part() -> None:
    file = a_file({"ask": {"thread": ["one", {"text": "two", "poll": DECLARED}]}})
    part = a_part("two", poll=RenderedPoll(options=("zils", "zils"), minutes=60))
    (problem,) = found(a_post(an_occurrence(file, "ask"), "one", part), rule="poll-limits")
    assert problem.place.route == ("posts", "ask", "thread", 1, "poll", "options", 1)
