"""What is due together, too soon, or at night."""

from zoneinfo import ZoneInfo

import pytest

from runner.models import CampaignFile
from runner.problems import Severity
from runner.rules import Proof
from runner.value import replace
from tests.unit.rules.building import PATH, a_file, a_post, a_project, an_occurrence, found

RHYTHM = {"text": "x", "every": {"slots": ["morning", "evening"]}}
FILE = a_file({"a": {"text": "x"}, "b": {"text": "x"}, "tip": RHYTHM, "idea": {"draft": True}})
OTHER = a_file({"news": {"text": "x"}}, path="campaigns/other.yaml")


def due(post: str, moment: str, file: CampaignFile = FILE, **more: object) -> Proof:
    return a_post(an_occurrence(file, post, moment, **more), post)  # type: ignore[arg-type]


def tip(day: str, clock: str = "09:00", slot: str = "morning") -> Proof:
    return due("tip", f"{day} {clock}", nominal=f"{day}.{slot}")


# --- same-time


def test_two_posts_of_an_account_at_one_moment_are_an_error() -> None:
    proofs = due("b", "2026-12-01 10:00"), due("a", "2026-12-01 10:00")
    (problem,) = found(*proofs, rule="same-time")
    assert problem.message == "`a` and `b` are due at the same time on `shop`: 2026-12-01 10:00"
    assert problem.place.route == ("posts", "b", "at")
    assert problem.help == "move one of them by 45 minutes or more"
    assert problem.severity is Severity.ERROR


def test_other_moments_other_accounts_and_drafts_are_no_collision() -> None:
    at_ten = due("a", "2026-12-01 10:00")
    for other in (
        due("b", "2026-12-01 10:01"),
        due("b", "2026-12-01 10:00", account="tienda"),
        due("idea", "2026-12-01 10:00"),
    ):
        assert found(at_ten, other, rule="same-time") == ()


def test_posts_of_two_campaigns_collide_by_name() -> None:
    proofs = due("a", "2026-12-01 10:00"), due("news", "2026-12-01 10:00", OTHER)
    (problem,) = found(*proofs, rule="same-time")
    assert problem.message == (
        "`news` of `other` and `a` of `slim27` are due at the same time on `shop`: 2026-12-01 10:00"
    )
    assert problem.place.path == PATH


def test_moments_are_compared_as_instants() -> None:
    autumn = due("a", "2026-10-25 03:30"), due("b", "2026-10-25 03:30")
    later = autumn[1].occurrence.due.replace(fold=1)

    second = replace(autumn[1], occurrence=replace(autumn[1].occurrence, due=later))
    assert found(autumn[0], second, rule="same-time") == ()
    madrid = due("b", "2026-12-01 09:00", zone=ZoneInfo("Europe/Madrid"))
    assert len(found(due("a", "2026-12-01 10:00"), madrid, rule="same-time")) == 1


def test_a_rhythm_collides_once_not_every_day() -> None:
    days = [f"2026-12-0{day}" for day in range(1, 6)]
    weekly = {"text": "x", "every": {"slots": ["morning"]}}
    file = a_file({"tip": RHYTHM, "quote": weekly})
    proofs = [
        due(post, f"{day} 09:00", file, nominal=f"{day}.morning")
        for day in days
        for post in ("tip", "quote")
    ]
    (problem,) = found(*proofs, rule="same-time")
    assert problem.place.route == ("posts", "tip", "every", "slots", 0)
    assert problem.message.endswith("2026-12-01 09:00")


# --- min-gap


def test_posts_that_follow_too_soon_are_a_warning() -> None:
    proofs = due("a", "2026-12-01 10:00"), due("b", "2026-12-01 10:44")
    (problem,) = found(*proofs, rule="min-gap")
    assert problem.message == (
        "`a` and `b` are due 44 minutes apart on `shop`, the later at 2026-12-01 10:44; the gap is "
        "45 minutes"
    )
    assert problem.place.route == ("posts", "b", "at")
    assert problem.help == "move one of them; else the later one waits until the gap is over"
    assert problem.severity is Severity.WARNING


def test_the_gap_is_enough_and_the_project_may_set_it() -> None:
    proofs = due("a", "2026-12-01 10:00"), due("b", "2026-12-01 10:45")
    assert found(*proofs, rule="min-gap") == ()
    (problem,) = found(*proofs, rule="min-gap", project=a_project(rules={"min-gap": "1h"}))
    assert problem.message.endswith("the gap is 1 hour")
    both = due("a", "2026-12-01 10:00"), due("b", "2026-12-01 10:00")
    assert found(*both, rule="min-gap") == ()


# --- quiet-hours

NIGHT = a_project(rules={"quiet-hours": ["22:00", "07:00"]})


@pytest.mark.parametrize(
    ("clock", "count"), [("21:59", 0), ("22:00", 1), ("06:59", 1), ("07:00", 0)]
)
def test_quiet_hours_may_span_midnight(clock: str, count: int) -> None:
    problems = found(due("a", f"2026-12-01 {clock}"), rule="quiet-hours", project=NIGHT)
    assert len(problems) == count


def test_a_post_in_quiet_hours_is_a_warning() -> None:
    (problem,) = found(due("a", "2026-12-01 23:15"), rule="quiet-hours", project=NIGHT)
    assert problem.message == (
        "`a` is due at 23:15 in Europe/Riga, and quiet hours are 22:00 to 07:00"
    )
    assert problem.place.route == ("posts", "a", "at")
    assert problem.help == "move it before 22:00, or to 07:00 or later"
    assert problem.severity is Severity.WARNING


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = a_project(rules={"quiet-hours": ["12:00", "13:00"]})
    for clock, count in (("11:59", 0), ("12:00", 1), ("13:00", 0)):
        at = due("a", f"2026-12-01 {clock}")
        assert len(found(at, rule="quiet-hours", project=noon)) == count
    assert found(due("a", "2026-12-01 03:00"), rule="quiet-hours") == ()


def test_quiet_hours_are_those_of_the_accounts_zone() -> None:
    assert found(due("a", "2026-12-01 22:30"), rule="quiet-hours", project=NIGHT)
    madrid = due("a", "2026-12-01 22:30", account="tienda")
    assert found(madrid, rule="quiet-hours", project=NIGHT) == ()


def test_a_slot_in_quiet_hours_is_one_problem() -> None:
    proofs = [tip(f"2026-12-0{day}", "22:30", "evening") for day in (1, 2, 3)]
    (problem,) = found(*proofs, rule="quiet-hours", project=NIGHT)
    assert problem.place.route == ("posts", "tip", "every", "slots", 1)
