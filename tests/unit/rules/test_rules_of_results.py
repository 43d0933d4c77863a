"""Whom the results of a contest may name, and how many."""

import pytest

from runner.models import CampaignFile, Draw
from runner.models.contest import EntriesKey
from runner.problems import Problem
from runner.rules import RuleContext, breaches
from runner.value import replace
from tests.unit.rules.building import a_file, a_post, a_project, an_occurrence, found

PROMISED = a_file(
    {"announce": {"text": "x", "at": "opens"}},
    kind="contest",
    prize="džinsi",
    opens="2026-12-01 10:00",
    closes="2026-12-08 20:00",
    entry={"how": "reply", "exclude": ["Anna_Own"]},
    winners=2,
    alternates=1,
)


def results(winners: list[str], alternates: list[str] | None = None) -> tuple[Problem, ...]:
    drawn = {"drawn": "2026-12-09 12:00", "winners": winners, "alternates": alternates or []}
    file: CampaignFile = replace(PROMISED, draw=Draw.model_validate(drawn))
    return found(a_post(an_occurrence(file, "announce"), "x"), rule="contest-results")


def test_as_many_as_were_promised_are_well() -> None:
    assert results(["karlis", "ilze"], ["peteris"]) == ()
    assert results(["karlis", "ilze"]) == ()


@pytest.mark.parametrize(
    ("winners", "alternates", "message", "route"),
    [
        pytest.param(
            ["karlis"], [], "the contest has 2 winners, and 1 named here", ("winners",), id="C1-one"
        ),
        pytest.param(
            [], [], "the contest has 2 winners, and nobody is named here", (), id="C1-none"
        ),
        pytest.param(
            ["a1", "b1", "c1"],
            [],
            "the contest has 2 winners, and 3 named here",
            ("winners",),
            id="C1-three",
        ),
        pytest.param(
            ["karlis", "KARLIS"],
            [],
            "`KARLIS` is named twice, the first time among the winners",
            ("winners", 1),
            id="C1-twice",
        ),
        pytest.param(
            ["karlis", "ilze"],
            ["Ilze"],
            "`Ilze` is named twice, the first time among the winners",
            ("alternates", 0),
            id="C1-overlap",
        ),
        pytest.param(
            ["karlis", "ilze"],
            ["a1", "b1"],
            "the contest has 1 alternates, and 2 are named here",
            ("alternates",),
            id="C1-alternates",
        ),
        pytest.param(
            ["anna_own", "ilze"],
            [],
            "`anna_own` can't win: `exclude` of the contest names it",
            ("winners", 0),
            id="C1-excluded",
        ),
        pytest.param(
            ["ACME_LV", "ilze"],
            [],
            "`ACME_LV` can't win: the account `shop` is ours",
            ("winners", 0),
            id="C1-ours",
        ),
        pytest.param(
            ["karlis", "ilze"],
            ["loisjeans"],
            "`loisjeans` can't win: the partner `lois`",
            ("alternates", 0),
            id="C1-partner",
        ),
    ],
)
def test_a_slip_in_the_results_is_told_where_it_stands(
    winners: list[str], alternates: list[str], message: str, route: tuple[str | int, ...]
) -> None:
    problems = results(winners, alternates)
    assert [(each.message, each.place.route) for each in problems] == [(message, route)]
    assert problems[0].place.path == "campaigns/results/slim27.yaml"


def test_results_of_a_draw_that_anyone_can_check_are_put_back_as_they_were() -> None:
    """A new number in the contest's file would change what was announced."""
    place = {"user": "1", "post": "2", "ticket": "0" * 96}
    proof = {"closing-post": "3", "signature": "0" * 96, "places": [place, place]}
    drawn = {"drawn": "2026-12-11 12:00", "winners": ["karlis"], "alternates": ["ilze"]}
    file = replace(PROMISED, draw=Draw.model_validate({**drawn, "proof": proof}))
    problems = found(a_post(an_occurrence(file, "announce"), "x"), rule="contest-results")
    assert [each.place.route for each in problems] == [("alternates",), ("winners",)]
    assert {each.help for each in problems} == {"put back what `runner draw` wrote"}


@pytest.mark.parametrize(
    ("drawn", "is_told"),
    [
        pytest.param("2026-12-11 12:00", True, id="C2-in-time-for-a-proof"),
        pytest.param("2026-12-13 08:00", True, id="C2-at-the-end"),
        pytest.param("2026-12-13 08:01", False, id="C2-by-hand"),
    ],
)
def test_a_proof_is_missed_as_long_as_there_could_be_one(drawn: str, is_told: bool) -> None:
    key = EntriesKey.model_validate({"fingerprint": "a" * 26, "user-id": "1"})
    contest = PROMISED.campaign.model_copy(update={"key": key})
    draw = Draw.model_validate({"drawn": drawn, "winners": ["karlis", "ilze"]})
    file = replace(PROMISED, campaign=contest, draw=draw)
    problems = found(a_post(an_occurrence(file, "announce"), "x"), rule="contest-results")
    assert [each.place.route for each in problems] == [("drawn",)] * is_told
    assert all("with `drawn` after 2026-12-13 08:00" in each.help for each in problems)


def test_wrong_results_stand_in_the_way_of_the_contests_posts() -> None:
    drawn = Draw.model_validate({"drawn": "2026-12-09 12:00", "winners": ["karlis"]})
    proof = a_post(an_occurrence(replace(PROMISED, draw=drawn), "announce"), "x")
    context = RuleContext(project=a_project(), files=(proof.file,), proofs=(proof,))
    assert list(breaches(context)) == [proof.post.key]
