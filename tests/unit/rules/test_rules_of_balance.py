"""Promotion stays the smaller part of what an account says."""

from collections.abc import Iterable

from runner.problems import Severity
from runner.rules import Proof
from tests.unit.rules.building import a_file, a_post, a_project, an_occurrence, found

PROJECT = a_project(rules={"promotional-share": {"at-most": "50%", "of-last": 4}})


def a_week(promotes: Iterable[bool], *, kind: bool = False) -> list[Proof]:
    """A post a day, `p1`, `p2`, …, some of which promote."""
    chosen = list(enumerate(promotes, 1))
    file = a_file({f"p{n}": {"text": "x", "promotional": yes} for n, yes in chosen})
    return [
        a_post(an_occurrence(file, f"p{n}", f"2026-12-{n:02} 10:00"), f"{n}") for n, _ in chosen
    ]


def test_as_much_promotion_as_the_project_says_is_fine() -> None:
    proofs = a_week([True, True, False, False, True, True, False])
    assert found(*proofs, rule="promotional-share", project=PROJECT) == ()


def test_the_post_with_which_it_becomes_too_much_is_named_once() -> None:
    proofs = a_week([False, True, False, True, True, True, True])
    (problem,) = found(*proofs, rule="promotional-share", project=PROJECT)
    assert problem.message == "with `p5`, 3 of the last 4 posts on `shop` are promotion; 50% may be"
    assert (problem.place.route, problem.place.on_key) == (("posts", "p5"), True)
    assert problem.help == "put other posts between them, or move it"
    assert problem.severity is Severity.WARNING


def test_few_posts_have_no_share_yet() -> None:
    assert found(*a_week([True] * 3), rule="promotional-share", project=PROJECT) == ()


def test_a_post_counts_as_its_campaign_unless_it_says_otherwise() -> None:
    posts = {f"p{n}": {"text": "x"} for n in range(1, 5)}
    for promotional, count in ((True, 1), (False, 0)):
        file = a_file(posts, promotional=promotional)
        proofs = [
            a_post(an_occurrence(file, f"p{n}", f"2026-12-0{n} 10:00"), f"{n}") for n in range(1, 5)
        ]
        assert len(found(*proofs, rule="promotional-share", project=PROJECT)) == count
