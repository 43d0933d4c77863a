"""What fits into a post, and where it says that it doesn't."""

import pytest

from runner.problems import Severity
from runner.text import weigh, weigh_strictly
from tests.unit.rules.building import a_file, a_part, a_post, an_occurrence, found

HELLO = an_occurrence(a_file({"hello": {"text": "x"}}), "hello")
PREMIUM = "; an account with X Premium may write long posts: `premium: true` in runner.yaml"
NEW_EMOJI = "👨🏻‍🫯‍👨🏼"


def test_a_text_of_the_limit_fits() -> None:
    assert found(a_post(HELLO, "x" * 280), rule="too-long") == ()


def test_a_text_past_the_limit_says_how_much_to_remove() -> None:
    (problem,) = found(a_post(HELLO, "x" * 292), rule="too-long")
    assert problem.message == "`hello` is too long: 292 of 280, remove 12"
    assert problem.place.route == ("posts", "hello", "text")
    assert problem.help == "shorten it, or make it a `thread`" + PREMIUM
    assert problem.severity is Severity.ERROR


def test_nobody_is_told_of_premium_who_has_it_or_whom_it_would_not_help() -> None:
    (problem,) = found(a_post(HELLO, "x" * 25_001, limit=25_000), rule="too-long")
    assert problem.message == "`hello` is too long: 25,001 of 25,000, remove 1"
    assert problem.help == "shorten it, or make it a `thread`"
    (problem,) = found(a_post(HELLO, "x" * 25_001), rule="too-long")
    assert problem.help == "shorten it, or make it a `thread`"


def test_a_thread_names_the_part() -> None:
    once = an_occurrence(a_file({"story": {"thread": [{"text": "a"}, {"text": "b"}]}}), "story")
    (problem,) = found(a_post(once, "fits", "x" * 281), rule="too-long")
    assert problem.message == "part 2 of `story` is too long: 281 of 280, remove 1"
    assert problem.place.route == ("posts", "story", "thread", 1, "text")
    assert problem.help == "shorten it" + PREMIUM


def test_each_language_has_its_own_problem_and_each_day_the_same() -> None:
    words = {"lv": "x", "es": "x"}
    every = {"slots": ["morning"]}
    file = a_file({"tip": {"every": every, "text": words}}, accounts=["shop", "tienda"])
    days = [f"2026-12-0{day}" for day in (1, 2, 3)]
    proofs = [
        a_post(
            an_occurrence(file, "tip", f"{day} 09:00", account=account, nominal=f"{day}.morning"),
            "x" * (281 + number),
            locale=locale,
        )
        for number, day in enumerate(days)
        for account, locale in (("shop", "lv"), ("tienda", "es"))
    ]
    problems = found(*proofs, rule="too-long")
    assert [problem.message for problem in problems] == [
        "`tip` in `es` is too long: 281 of 280, remove 1",
        "`tip` in `lv` is too long: 281 of 280, remove 1",
    ]
    assert [problem.place.route[-2:] for problem in problems] == [("text", "es"), ("text", "lv")]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        pytest.param({"template": "launch/teaser.lv.j2"}, ("template",), id="template"),
        pytest.param({}, (), id="standard template"),
    ],
)
def test_a_text_of_a_template_is_where_the_template_is_named(
    said: dict[str, str], at: tuple[str, ...]
) -> None:
    once = an_occurrence(a_file({"hello": said}), "hello")
    (problem,) = found(a_post(once, "x" * 281), rule="too-long")
    assert problem.place.route == ("posts", "hello", *at)
    assert problem.place.on_key is (at == ())


def test_a_text_of_an_item_is_where_the_item_is_written() -> None:
    listed = [{"text": "short"}, {"text": {"lv": "long"}}, {"vars": {"tip": "long"}, "id": "bare"}]
    file = a_file(
        {"tip": {"every": {"slots": ["morning"]}, "items": "data/tips.yaml"}},
        items={"tip": ("campaigns/data/tips.yaml", listed)},
    )
    one = an_occurrence(file, "tip", nominal="2026-12-01.morning")
    from runner.models import item_id

    second = item_id(file.items["tip"].items[1])
    proofs = [a_post(one, "x" * 281, item=item) for item in (second, "bare")]
    problems = found(*proofs, rule="too-long")
    assert [(problem.place.path, problem.place.route) for problem in problems] == [
        ("campaigns/data/tips.yaml", (1, "text", "lv")),
        ("campaigns/data/tips.yaml", (2,)),
    ]


def test_an_item_that_is_gone_is_where_the_post_is() -> None:
    file = a_file(
        {"tip": {"every": {"slots": ["morning"]}, "items": "data/tips.yaml"}},
        items={"tip": ("campaigns/data/tips.yaml", [{"text": "short"}])},
    )
    one = an_occurrence(file, "tip", nominal="2026-12-01.morning")
    (problem,) = found(a_post(one, "x" * 281, item="gone"), rule="too-long")
    assert problem.place.route == ("posts", "tip")


def test_a_text_that_fits_by_one_count_only_is_a_warning() -> None:
    text = NEW_EMOJI + "x" * 276
    assert (weigh(text), weigh_strictly(text)) == (278, 284)
    (problem,) = found(a_post(HELLO, text), rule="long-by-other-count")
    assert problem.message == (
        "`hello` fits by one of the two ways in which X may count: 278 or 284 of 280"
    )
    assert problem.place.route == ("posts", "hello", "text")
    assert problem.help == "remove 4, or replace a new emoji or an unusual domain"
    assert problem.severity is Severity.WARNING
    assert found(a_post(HELLO, NEW_EMOJI + "x" * 260), rule="long-by-other-count") == ()


def test_a_text_that_is_too_long_by_both_counts_is_one_problem() -> None:
    post = a_post(HELLO, NEW_EMOJI + "x" * 280)
    assert found(post, rule="long-by-other-count") == ()
    assert len(found(post, rule="too-long")) == 1


def test_a_link_that_is_not_known_yet_counts_as_one_by_both_counts() -> None:
    text = "⟦link to announce⟧" + NEW_EMOJI + "x" * 250
    (problem,) = found(a_post(HELLO, a_part(text, weight=23 + 2 + 250)), rule="long-by-other-count")
    assert "275 or 281 of 280" in problem.message
