"""What is said again: word for word, nearly, or as it went out before."""

from datetime import datetime

import pytest

from runner.ledger import Facts, Key, Sent
from runner.problems import Problem, Severity
from runner.render.rendered import RenderedPart
from runner.rules import Proof, Today
from runner.value import replace
from tests.unit.rules.building import RIGA, a_file, a_part, a_post, a_project, an_occurrence, found

FILE = a_file({"first": {"text": "x"}, "again": {"text": "x"}})
BOTH = a_file({"hello": {"text": "x"}}, accounts=["shop", "tienda"])
PLAIN = "Slim 27 džinsi ir klāt, nāc pielaikot"


def said(post: str, due: str, text: str | RenderedPart, account: str = "shop") -> Proof:
    return a_post(an_occurrence(FILE, post, due, account=account), text)


# --- duplicate-text


def test_the_same_text_within_a_week_is_a_warning() -> None:
    first = said("first", "2026-12-01 10:00", "Labrīt!")
    again = said("again", "2026-12-08 09:59", "Labrīt!")
    (problem,) = found(first, again, rule="duplicate-text")
    assert problem.message == "`again` says what `first` said on `shop` at 2026-12-01 10:00"
    assert problem.place.route == ("posts", "again", "text")
    assert problem.help == "say it in other words, or let 7 days pass"
    assert problem.severity is Severity.WARNING
    later = said("again", "2026-12-08 10:00", "Labrīt!")
    assert found(first, later, rule="duplicate-text") == ()


def test_the_project_says_how_long_it_may_not_be_said_again() -> None:
    project = a_project(rules={"duplicate-text": {"within": "1d"}})
    first, again = said("first", "2026-12-01 10:00", "A"), said("again", "2026-12-02 10:00", "A")
    assert found(first, again, rule="duplicate-text", project=project) == ()


def test_sharing_the_same_post_again_counts() -> None:
    first = said("first", "2026-12-01 10:00", a_part("", repost="1"))
    again = said("again", "2026-12-02 10:00", a_part("", repost="1"))
    assert len(found(first, again, rule="duplicate-text")) == 1


def test_what_only_a_draw_will_tell_is_compared_with_nothing() -> None:
    """Two posts name each who won by then, or did, before all were forgotten."""
    days = {"first": "2026-12-01 10:00", "again": "2026-12-02 10:00"}
    text = "Congratulations to the winner, ⟦winner 1⟧, from all of us!"
    told = [said(post, due, text) for post, due in days.items()]
    lacking = [replace(each, post=replace(each.post, lacks=("winner 1",))) for each in told]
    for rule in ("duplicate-text", "near-duplicate-text"):
        assert found(*lacking, rule=rule) == ()
    assert len(found(*told, rule="duplicate-text")) == 1


def test_another_account_may_not_say_the_same_but_no_duplicate_is_it() -> None:
    both = [a_post(an_occurrence(BOTH, "hello", account=a), PLAIN) for a in ("shop", "tienda")]
    assert found(*both, rule="duplicate-text") == ()
    assert len(found(*both, rule="near-duplicate-text")) == 1


def test_a_rhythm_that_always_says_the_same_is_one_warning() -> None:
    file = a_file({"tip": {"text": "x", "every": {"slots": ["morning"]}}})
    days = [f"2026-12-0{n}" for n in range(1, 6)]
    proofs = [
        a_post(an_occurrence(file, "tip", f"{day} 09:00", nominal=f"{day}.morning"), PLAIN)
        for day in days
    ]
    (problem,) = found(*proofs, rule="duplicate-text")
    assert problem.message == "`tip` says what it said on `shop` at 2026-12-01 09:00"
    assert found(*proofs, rule="near-duplicate-text") == ()


# --- near-duplicate-text


@pytest.mark.parametrize(
    "text",
    [
        "SLIM 28 džinsi ir klāt: nāc pielaikot!",
        f"{PLAIN} 🎉 #džinsi",
        f"{PLAIN} https://acme.lv/a",
        "Slim 27, džinsi ir klāt – nāc pielaikot! acme.lv/slim27",
    ],
)
def test_links_digits_emoji_hashtags_marks_and_capitals_make_no_other_text(text: str) -> None:
    first, again = said("first", "2026-12-01 10:00", PLAIN), said("again", "2026-12-02 10:00", text)
    (problem,) = found(first, again, rule="near-duplicate-text")
    assert problem.message == "`again` says nearly what `first` said on `shop` at 2026-12-01 10:00"
    assert problem.place.route == ("posts", "again", "text")
    assert problem.help == "say it in other words, not only with other digits, tags or marks"
    assert found(first, again, rule="duplicate-text") == ()


def test_another_word_makes_another_text() -> None:
    first = said("first", "2026-12-01 10:00", PLAIN)
    other = said("again", "2026-12-02 10:00", PLAIN.replace("klāt", "mājās"))
    assert found(first, other, rule="near-duplicate-text") == ()


def test_what_is_the_same_word_for_word_is_one_warning_not_two() -> None:
    first, again = (
        said("first", "2026-12-01 10:00", PLAIN),
        said("again", "2026-12-02 10:00", PLAIN),
    )
    assert found(first, again, rule="near-duplicate-text") == ()
    assert len(found(first, again, rule="duplicate-text")) == 1


def test_two_accounts_may_not_say_the_same_in_one_language() -> None:
    both = [a_post(an_occurrence(BOTH, "hello", account=a), PLAIN) for a in ("shop", "tienda")]
    (problem,) = found(*both, rule="near-duplicate-text")
    assert problem.message == (
        "`hello` in `lv` says on `tienda` nearly what it said on `shop` at 2026-12-01 10:00"
        if len(BOTH.campaign.on) > 1
        else ""
    )
    assert problem.help == "say it in other words, or on one of the two accounts only"


def test_translations_greetings_and_what_is_long_ago_are_fine() -> None:
    shop = a_post(an_occurrence(BOTH, "hello"), PLAIN)
    spanish = "Ya está aquí el Slim 27, ven a probártelo"
    assert (
        found(
            shop, said("first", "2026-12-01 10:00", spanish, "tienda"), rule="near-duplicate-text"
        )
        == ()
    )
    hello = (
        said("first", "2026-12-01 10:00", "Labrīt!"),
        said("again", "2026-12-02 10:00", "Labrīt 🎉"),
    )
    assert found(*hello, rule="near-duplicate-text") == ()
    old = said("first", "2026-12-01 10:00", PLAIN), said("again", "2026-12-08 10:00", f"{PLAIN}!")
    assert found(*old, rule="near-duplicate-text") == ()


# --- repeated-text


def over(
    sent_at: str, *, key: str = "shop/old/hello", declared: bool = False
) -> tuple[Problem, ...]:
    proof = said("first", "2026-12-08 09:00", PLAIN)
    sent = Sent(
        at=datetime.fromisoformat(sent_at).replace(tzinfo=RIGA),
        key=Key.parse(key),
        id="1",
        digest="0",
        text=proof.post.parts[0].text_digest,
        cost="0.015",
    )
    today = Today(
        now=datetime(2026, 12, 7, tzinfo=RIGA),
        facts=Facts(journal=(sent,)),
        occurrences=(an_occurrence(FILE, "again"),) if declared else (),
    )
    return found(proof, rule="repeated-text", today=today)


def test_what_went_out_under_a_name_that_is_gone_is_not_said_again() -> None:
    (problem,) = over("2026-12-02 10:00")
    assert problem.message == "`first` says what went out on `shop` at 2026-12-02 10:00"
    assert problem.place.route == ("posts", "first", "text")
    assert problem.help == "say it in other words, or let 7 days pass"
    assert problem.severity is Severity.WARNING


def test_what_is_long_ago_of_another_account_or_still_in_the_files_is_no_repetition() -> None:
    assert over("2026-12-01 09:00") == ()
    assert over("2026-12-02 10:00", key="tienda/old/hello") == ()
    assert over("2026-12-02 10:00", key="shop/slim27/again", declared=True) == ()
