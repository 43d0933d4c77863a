"""Who is paid is disclosed, and nobody longer than agreed."""

import pytest

from runner.problems import Problem, Severity, Suggestion
from tests.unit.rules.building import (
    DISCLOSURE,
    PARTNERS,
    PATH,
    a_file,
    a_part,
    a_post,
    a_project,
    an_occurrence,
    found,
)

PAID = a_file(
    {"hello": {"text": "x"}, "story": {"thread": ["one", "two", "three"]}}, partner="lois"
)
OTHER = a_file({"hello": {"text": "x"}}, path="campaigns/tips.yaml")
TEXT = ("posts", "hello", "text")


def said(text: str, *, due: str = "2026-12-01 10:00") -> tuple[Problem, ...]:
    """In the partner's campaign."""
    return found(a_post(an_occurrence(PAID, "hello", due), text), rule="undisclosed-partner")


@pytest.mark.parametrize(
    "text",
    ["#reklāma Jauni džinsi", "Jauni džinsi! #Reklāma", "Džinsi (#REKLA\u0304MA).", "#reklāma"],
)
def test_words_of_their_own_disclose_a_partner_wherever_they_stand(text: str) -> None:
    assert said(text) == ()


@pytest.mark.parametrize("text", ["Jauni džinsi", "#reklāmas", "a#reklāma", "acme.lv/#reklāma"])
def test_a_partner_who_pays_is_disclosed(text: str) -> None:
    (problem,) = said(text)
    assert problem.message == "`hello` does not disclose `lois`, whose relationship is `paid`"
    assert (problem.place.path, problem.place.route) == (PATH, TEXT)
    assert problem.help == 'begin the text with it, in quotes: `text: "#reklāma …"`'
    assert problem.severity is Severity.ERROR


def test_a_mention_of_a_partner_who_pays_is_disclosed_in_every_campaign() -> None:
    silent = a_post(an_occurrence(OTHER, "hello"), "with @LoisJeans")
    (problem,) = found(silent, rule="undisclosed-partner")
    assert (problem.place.path, problem.place.route) == ("campaigns/tips.yaml", TEXT)
    for text in ("with @loisjeans #reklāma", "with Lois", "with @denim_club"):
        post = a_post(an_occurrence(OTHER, "hello"), text)
        assert found(post, rule="undisclosed-partner") == ()


def test_once_the_agreement_is_over_a_mention_is_free_again() -> None:
    later = a_post(an_occurrence(OTHER, "hello", "2027-03-02 10:00"), "with @loisjeans")
    assert found(later, rule="undisclosed-partner") == ()


def test_of_a_thread_the_first_part_discloses_and_each_that_mentions_the_partner() -> None:
    story = an_occurrence(PAID, "story")
    assert found(a_post(story, "#reklāma", "two", "three"), rule="undisclosed-partner") == ()
    problems = found(a_post(story, "one", "@loisjeans", "three"), rule="undisclosed-partner")
    assert [problem.place.route for problem in problems] == [
        ("posts", "story", "thread", 0, "text"),
        ("posts", "story", "thread", 1, "text"),
    ]
    assert problems[1].message.startswith("part 2 of `story` does not disclose `lois`")


def test_a_repost_is_exempt() -> None:
    repost = a_post(an_occurrence(PAID, "hello"), a_part("", repost="1"))
    assert found(repost, rule="undisclosed-partner") == ()


def test_words_that_nobody_wrote_are_missed_in_the_project() -> None:
    file = a_file({"hello": {"text": "x"}}, partner="lois", locale="ru")
    post = a_post(an_occurrence(file, "hello"), "Джинсы", locale="ru")
    (problem,) = found(post, rule="undisclosed-partner")
    assert problem.message == "there are no words that disclose `paid` in `ru`"
    assert (problem.place.path, problem.place.route) == ("runner.yaml", ("disclosure", "paid"))
    assert problem.help == 'add them: `disclosure: {paid: {ru: "#…"}}`'
    (problem,) = found(post, rule="undisclosed-partner", project=a_project(disclosure={}))
    assert problem.place.path == "runner.yaml"


@pytest.mark.parametrize("relationship", ["gifted", "affiliate"])
def test_gifts_and_shares_of_the_sales_are_disclosed_too(relationship: str) -> None:
    project = a_project(
        partners={"lois": {**PARTNERS["lois"], "relationship": relationship}},
        disclosure={**DISCLOSURE, relationship: "Dāvana no Lois"},
    )
    once = an_occurrence(PAID, "hello")
    silent, open_ = (a_post(once, text) for text in ("Džinsi", "Džinsi, dāvana no Lois!"))
    (problem,) = found(silent, rule="undisclosed-partner", project=project)
    assert problem.help == 'begin the text with it, in quotes: `text: "Dāvana no Lois …"`'
    assert found(open_, rule="undisclosed-partner", project=project) == ()


def test_xs_own_label_stays_on() -> None:
    file = a_file({"hello": {"text": "x", "paid-partnership": False}}, partner="lois")
    (problem,) = found(a_post(an_occurrence(file, "hello"), "#reklāma"), rule="undisclosed-partner")
    assert problem.message == (
        "`hello` switches X's label for paid partnerships off, and the relationship of `lois` is "
        "`paid`"
    )
    assert problem.place.route == ("posts", "hello", "paid-partnership")
    assert problem.help == "remove `paid-partnership: false`"


def test_the_label_may_be_off_where_nobody_pays() -> None:
    file = a_file({"hello": {"text": "x", "paid-partnership": False}}, partner="friend")
    assert found(a_post(an_occurrence(file, "hello"), "Hi"), rule="undisclosed-partner") == ()


def test_a_campaign_ends_with_the_agreement() -> None:
    for due, count in (("2027-03-01 23:59", 0), ("2027-03-02 00:00", 1)):
        problems = found(a_post(an_occurrence(PAID, "hello", due)), rule="expired-partner")
        assert len(problems) == count
    assert problems[0].message == (
        "`hello` is due on 2027-03-02, and the agreement with `lois` ends on 2027-03-01"
    )
    assert problems[0].place.route == ("posts", "hello", "at")
    assert problems[0].help == "move it, or renew `until` of `lois` in runner.yaml"
    assert problems[0].severity is Severity.ERROR


def test_a_rhythm_past_the_agreement_is_one_problem_per_slot() -> None:
    file = a_file({"tip": {"text": "x", "every": {"slots": ["morning"]}}}, partner="lois")
    days = ("2027-03-02", "2027-03-03")
    proofs = [
        a_post(an_occurrence(file, "tip", f"{day} 09:00", nominal=f"{day}.morning")) for day in days
    ]
    (problem,) = found(*proofs, rule="expired-partner")
    assert problem.place.route == ("posts", "tip", "every", "slots", 0)
    assert "2027-03-02" in problem.message


def test_a_partner_is_one_of_the_project() -> None:
    assert found(rule="unknown-partner", files=(PAID, OTHER)) == ()
    (problem,) = found(rule="unknown-partner", files=(a_file({"a": {}}, partner="loiss"),))
    assert problem.message == "there is no partner `loiss` in runner.yaml"
    assert (problem.place.path, problem.place.route) == (PATH, ("partner",))
    assert problem.help == str(Suggestion("lois"))
    (problem,) = found(rule="unknown-partner", files=(a_file({"a": {}}, partner="zara"),))
    assert problem.help == ("add it: `partners: {zara: {handle: …, name: …, relationship: paid}}`")


def test_an_unknown_partner_is_no_problem_of_the_other_rules() -> None:
    post = a_post(an_occurrence(a_file({"hello": {}}, partner="zara"), "hello"))
    assert found(post, rule="undisclosed-partner") == ()
    assert found(post, rule="expired-partner") == ()
