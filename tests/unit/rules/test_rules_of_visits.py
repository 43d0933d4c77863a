"""Where a project counts its visits, links that are not counted."""

import pytest

from runner.problems import Severity
from tests.unit.rules.building import a_file, a_post, a_project, an_occurrence, found

COUNTING = a_project(links={"utm": {"source": "x", "medium": "social"}})
FILE = a_file({"new": {"text": "x"}, "sale": {"text": "x"}})


def told(*texts: str, project: object = COUNTING) -> tuple[str, ...]:
    posts = (
        a_post(an_occurrence(FILE, name, due), text)
        for name, due, text in zip(
            ("new", "sale"), ("2026-12-01 10:00", "2026-12-02 10:00"), texts, strict=False
        )
    )
    problems = found(*posts, rule="untagged-link", project=project)  # type: ignore[arg-type]
    assert all(each.severity is Severity.WARNING for each in problems)
    return tuple(each.message for each in problems)


@pytest.mark.parametrize(
    "text",
    ["Look: https://acme.lv/sale", "(http://acme.lv)", "https://acme.lv/?utm_campaign=x now"],
    ids=lambda text: f"C4-utm-{text}",
)
def test_an_address_that_is_not_counted_is_told(text: str) -> None:
    [message] = told(text)
    assert "acme.lv" in message


def test_it_is_told_once_a_campaign() -> None:
    [message] = told("Look: https://acme.lv/a", "And: https://acme.lv/b")
    assert message.startswith("`new`")


@pytest.mark.parametrize(
    "text",
    [
        "Labrīt!",
        "Look: https://acme.lv/?a=1&utm_source=newsletter",
        "We said it: https://x.com/acme_lv/status/1",
        "Our shop is acme.lv",
    ],
)
def test_what_is_counted_or_leads_to_nowhere_of_ours_is_not_told(text: str) -> None:
    assert told(text) == ()


def test_the_address_of_the_offer_is_left_as_it_is() -> None:
    offer = {"url": "https://acme.lv/o", "until": "2026-12-24 10:00"}
    file = a_file({"new": {"text": "x"}}, offer=offer)
    post = a_post(an_occurrence(file, "new"), "Here: https://acme.lv/o")
    assert found(post, rule="untagged-link", project=COUNTING) == ()


def test_who_counts_nothing_is_told_nothing() -> None:
    assert told("Look: https://acme.lv/sale", project=a_project()) == ()


def test_it_passes_over_a_post_that_says_why() -> None:
    post = {"text": "x", "ignore": {"untagged-link": "it is the museum's page"}}
    file = a_file({"new": post, "sale": {"text": "x"}})
    first = a_post(an_occurrence(file, "new"), "https://museum.lv/x")
    assert found(first, rule="untagged-link", project=COUNTING) == ()
    second = a_post(an_occurrence(file, "sale", "2026-12-03 10:00"), "https://acme.lv/x")
    [problem] = found(first, second, rule="untagged-link", project=COUNTING)
    assert "acme.lv" in problem.message
