"""What a post has to say, and what it had better not."""

from runner.campaign import Draw
from runner.problems import Severity
from runner.render.rendered import RenderedPoll
from tests.unit.rules.factory import (
    a_file,
    a_medium,
    a_part,
    a_post,
    a_project,
    an_occurrence,
    found,
)

HELLO = an_occurrence(a_file({"hello": {"text": "x"}}), "hello")
TEXT = ("posts", "hello", "text")


def test_a_post_without_text_and_media_is_an_error() -> None:
    (problem,) = found(a_post(HELLO, " \n"), rule="empty-text")
    assert problem.message == "`hello` has nothing to say"
    assert problem.place.route == TEXT
    assert problem.help == "write a text"
    assert problem.severity is Severity.ERROR


def test_a_poll_needs_its_question() -> None:
    poll = RenderedPoll(options=("yes", "no"), minutes=60)
    (problem,) = found(a_post(HELLO, a_part("", poll=poll)), rule="empty-text")
    assert problem.help == "write the question of the poll"


def test_a_picture_and_a_repost_need_no_text() -> None:
    assert found(a_post(HELLO, a_part("", media=(a_medium(),))), rule="empty-text") == ()
    assert found(a_post(HELLO, a_part("", repost="1")), rule="empty-text") == ()


def test_as_many_hashtags_as_the_project_says_are_fine() -> None:
    three = a_post(HELLO, "#viens #divi ＃trīs")
    assert found(a_post(HELLO, "#viens #divi # #1"), rule="too-many-hashtags") == ()
    (problem,) = found(three, rule="too-many-hashtags")
    assert problem.message == "`hello` has 3 hashtags of 2: #viens #divi ＃trīs"
    assert problem.place.route == TEXT
    assert problem.help == "remove 1"
    assert problem.severity is Severity.WARNING
    generous = a_project(rules={"too-many-hashtags": {"at-most": 3}})
    assert found(three, rule="too-many-hashtags", project=generous) == ()


def test_one_cashtag_is_fine_and_two_are_refused() -> None:
    assert found(a_post(HELLO, "$ACME for $5"), rule="too-many-cashtags") == ()
    (problem,) = found(a_post(HELLO, "$ACME, $LOIS and $X"), rule="too-many-cashtags")
    assert problem.message == "`hello` has 3 cashtags, and X takes one: $ACME $LOIS $X"
    assert problem.place.route == TEXT
    assert problem.help == "write LOIS and X without the `$`"
    assert problem.severity is Severity.ERROR


def test_only_those_who_agreed_are_mentioned() -> None:
    text = "@Denim_Club, @acme_ES and @loisjeans"
    assert found(a_post(HELLO, text), rule="unasked-mention") == ()
    (problem,) = found(a_post(HELLO, "with @stranger/friends"), rule="unasked-mention")
    assert problem.message == (
        "`hello` mentions @stranger, neither an account of the project nor a partner"
    )
    assert problem.place.route == TEXT
    assert problem.help == (
        "write the name without the `@`; if they agreed to it, add them under `partners` in "
        "runner.yaml"
    )
    assert problem.severity is Severity.WARNING


def test_winners_took_part_so_they_are_mentioned() -> None:
    from dataclasses import replace

    draw = Draw.model_validate({"drawn": "2026-12-09 12:00", "winners": ["Ann"], "alternates": []})
    file = replace(a_file({"winners": {"text": "x"}}), draw=draw)
    post = a_post(an_occurrence(file, "winners"), "@ann won")
    assert found(post, rule="unasked-mention") == ()


def test_the_same_text_within_a_week_is_a_warning() -> None:
    file = a_file({"first": {"text": "x"}, "again": {"text": "x"}})
    first = a_post(an_occurrence(file, "first", "2026-12-01 10:00"), "Labrīt!")
    again = a_post(an_occurrence(file, "again", "2026-12-08 09:59"), "Labrīt!")
    (problem,) = found(first, again, rule="same-text")
    assert problem.message == "`again` says what `first` said on `shop` at 2026-12-01 10:00"
    assert problem.place.route == ("posts", "again", "text")
    assert problem.help == "say it in other words, or let a week pass"
    assert problem.severity is Severity.WARNING
    later = a_post(an_occurrence(file, "again", "2026-12-08 10:00"), "Labrīt!")
    assert found(first, later, rule="same-text") == ()


def test_another_account_may_say_the_same() -> None:
    file = a_file({"hello": {"text": "x"}}, accounts=["shop", "tienda"])
    both = [a_post(an_occurrence(file, "hello", account=a), "Hi!") for a in ("shop", "tienda")]
    assert found(*both, rule="same-text") == ()


def test_a_rhythm_that_always_says_the_same_is_one_warning() -> None:
    file = a_file({"tip": {"text": "x", "every": {"slots": ["morning"]}}})
    days = [f"2026-12-0{n}" for n in range(1, 6)]
    proofs = [
        a_post(an_occurrence(file, "tip", f"{day} 09:00", nominal=f"{day}.morning"), "Hi!")
        for day in days
    ]
    (problem,) = found(*proofs, rule="same-text")
    assert problem.message == "`tip` says what it said on `shop` at 2026-12-01 09:00"
