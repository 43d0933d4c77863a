"""What fits into a post, and where it says that it doesn't."""

from runner.problems import Severity
from tests.unit.rules.factory import a_file, a_post, an_occurrence, found


def test_a_text_of_the_limit_fits() -> None:
    once = an_occurrence(a_file({"hello": {"text": "x"}}), "hello")
    assert found(a_post(once, "x" * 280), rule="too-long") == ()


def test_a_text_past_the_limit_says_how_much_to_remove() -> None:
    once = an_occurrence(a_file({"hello": {"text": "x"}}), "hello")
    (problem,) = found(a_post(once, "x" * 292), rule="too-long")
    assert problem.message == "`hello` is too long: 292 of 280, remove 12"
    assert problem.place.route == ("posts", "hello", "text")
    assert problem.help == (
        "shorten it, or make it a `thread`; an account with X Premium may write long posts: "
        "`premium: true` in runner.yaml"
    )
    assert problem.severity is Severity.ERROR
