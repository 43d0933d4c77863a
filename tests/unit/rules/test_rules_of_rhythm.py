"""How often an account speaks, and how long it is silent."""

from datetime import datetime

from runner.ledger import Facts, Key, Sent
from runner.models.project import Project
from runner.problems import Problem, Severity
from runner.rules import Proof, Today
from tests.unit.rules.building import RIGA, a_file, a_post, a_project, an_occurrence, found

NAMES = [f"p{number}" for number in range(9)]
FILE = a_file({name: {"text": "x"} for name in NAMES})
NOW = datetime(2026, 11, 30, 12, tzinfo=RIGA)


def due(*moments: str, account: str = "shop") -> list[Proof]:
    named = zip(NAMES, moments, strict=False)
    return [a_post(an_occurrence(FILE, n, due, account=account), n) for n, due in named]


def rhythm(
    *proofs: Proof, project: Project | None = None, facts: Facts | None = None
) -> tuple[Problem, ...]:
    today = Today(now=NOW, facts=facts or Facts())
    return found(*proofs, rule="daily-rhythm", project=project, today=today)


def test_more_than_five_posts_on_a_day_are_a_warning() -> None:
    hours = [f"2026-12-01 {hour}:00" for hour in (9, 11, 13, 15, 17, 19, 21)]
    hours = [moment.replace(" 9:", " 09:") for moment in hours]
    assert rhythm(*due(*hours[:5])) == ()
    (problem,) = rhythm(*due(*hours))
    assert problem.message == "on 2026-12-01, `shop` posts 7 times; 5 is the most for a day"
    assert problem.place.route == ("posts", "p5", "at")
    assert problem.help == "move what can wait to another day"
    assert problem.severity is Severity.WARNING


def test_what_went_out_that_day_counts_and_the_project_says_how_many() -> None:
    two = a_project(rules={"daily-rhythm": {"at-most": 2}})
    sent = Sent(
        at=datetime(2026, 12, 1, 8, tzinfo=RIGA),
        key=Key("shop", "old", "hello"),
        id="1",
        digest="0",
        text="0",
        cost="0.015",
    )
    proofs = due("2026-12-01 09:00", "2026-12-01 11:00")
    assert rhythm(*proofs, project=two) == ()
    (problem,) = rhythm(*proofs, project=two, facts=Facts(journal=(sent,)))
    assert problem.message.startswith("on 2026-12-01, `shop` posts 3 times")


def test_a_day_is_one_of_the_accounts_calendar() -> None:
    one = a_project(rules={"daily-rhythm": {"at-most": 1}})
    moments = "2026-12-01 23:30", "2026-12-02 00:30"
    assert rhythm(*due(*moments), project=one) == ()
    assert len(rhythm(*due(*moments, account="tienda"), project=one)) == 1


def test_two_weeks_of_silence_are_a_warning() -> None:
    assert rhythm(*due("2026-12-01 10:00", "2026-12-15 10:00")) == ()
    (problem,) = rhythm(*due("2026-12-01 10:00", "2026-12-15 10:01"))
    assert problem.message == (
        "nothing is due on `shop` between 2026-12-01 10:00 and 2026-12-15 10:01, for longer than "
        "14 days"
    )
    assert problem.place.route == ("posts", "p1", "at")
    assert problem.help == "plan something for the days between, or move it"
    quiet = a_project(rules={"daily-rhythm": {"silent": "30d"}})
    assert rhythm(*due("2026-12-01 10:00", "2026-12-31 10:00"), project=quiet) == ()
