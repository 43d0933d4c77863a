"""How rules are run: what people ignore, what repeats, what is a draft, and in which order."""

from typing import Any

import pytest

from runner.problems import Problem, Severity, Suggestion
from runner.rules import RuleContext
from tests.unit.rules.building import PATH, a_file, a_post, a_project, an_occurrence, checked, found

LONG = "x" * 281
REASON = {"too-long": "a test of X's patience"}


def ignoring(ignore: dict[str, str], rule: str) -> tuple[Problem, ...]:
    return found(rule=rule, files=(a_file({"hello": {"text": "x", "ignore": ignore}}),))


def test_a_rule_that_is_ignored_with_a_reason_is_silent_for_that_post_only() -> None:
    file = a_file({"hello": {"text": "x", "ignore": REASON}, "other": {"text": "x"}})
    proofs = [a_post(an_occurrence(file, name), LONG) for name in ("hello", "other")]
    (problem,) = found(*proofs, rule="too-long")
    assert problem.place.route == ("posts", "other", "text")


def test_of_two_posts_either_may_ignore_what_is_between_them() -> None:
    for one in ("a", "b"):
        posts: dict[str, dict[str, Any]] = {"a": {"text": "x"}, "b": {"text": "x"}}
        posts[one]["ignore"] = {"same-time": "they belong together"}
        file = a_file(posts)
        assert found(*(a_post(an_occurrence(file, n), n) for n in posts), rule="same-time") == ()


def test_ignoring_an_unknown_rule_is_an_error() -> None:
    (problem,) = ignoring({"to-long": "why not"}, "unknown-rule")
    assert problem.message == "there is no rule `to-long`"
    assert problem.place.path == PATH
    assert problem.place.route == ("posts", "hello", "ignore", "to-long")
    assert problem.place.on_key
    assert problem.help == str(Suggestion("too-long"))
    (problem,) = ignoring({"zzz": "why not"}, "unknown-rule")
    assert problem.help == "copy the id from the problem"
    (problem,) = ignoring({"media-limits": "why not"}, "unknown-rule")
    assert problem.help == (
        "name the one that the problem shows: `media-size`, `media-dimensions`, `media-duration`, "
        "`media-format` or `media-mix`"
    )
    assert ignoring(REASON, "unknown-rule") == ()


@pytest.mark.parametrize("reason", ["", "  "])
def test_ignoring_without_a_reason_is_an_error(reason: str) -> None:
    (problem,) = ignoring({"too-long": reason}, "ignore-without-reason")
    assert problem.message == "`too-long` is ignored without a reason"
    assert problem.place.route == ("posts", "hello", "ignore", "too-long")
    assert problem.help == "say why, for the reviewer: `too-long: the reason`"
    assert ignoring(REASON, "ignore-without-reason") == ()


def test_what_is_wrong_with_a_draft_is_a_warning() -> None:
    for more, post in (({"draft": True}, {"text": "x"}), ({}, {"text": "x", "draft": True})):
        file = a_file({"hello": post}, **more)
        (problem,) = found(a_post(an_occurrence(file, "hello"), LONG), rule="too-long")
        assert problem.severity is Severity.WARNING


def test_problems_stand_in_the_order_of_files_and_routes() -> None:
    thread = [{"text": f"{n}"} for n in range(11)]
    last = a_file({"story": {"thread": thread}}, path="campaigns/b.yaml")
    first = a_file({"z": {"text": "x"}, "a": {"text": "x"}}, path="campaigns/a.yaml")
    proofs = (
        a_post(an_occurrence(last, "story"), *[LONG] * 11),
        a_post(an_occurrence(first, "z"), LONG),
        a_post(an_occurrence(first, "a"), "#1a #2a #3a" + LONG),
    )
    context = RuleContext(project=a_project(), files=(last, first), proofs=proofs)
    problems = [p for p in checked(context) if p.rule.startswith("too-")]
    assert [(p.place.path, p.place.route[1], p.rule) for p in problems[:3]] == [
        ("campaigns/a.yaml", "a", "too-long"),
        ("campaigns/a.yaml", "a", "too-many-hashtags"),
        ("campaigns/a.yaml", "z", "too-long"),
    ]
    assert [p.place.route[3] for p in problems[3:]] == list(range(11))


def test_the_stage_of_files_looks_at_nothing_that_changes() -> None:
    file = a_file({"hello": {"text": "x"}})
    context = RuleContext(
        project=a_project(), files=(file,), proofs=(a_post(an_occurrence(file, "hello")),)
    )
    assert checked(context) == ()
