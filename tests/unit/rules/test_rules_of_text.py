"""What a post has to say, and what it had better not."""

from runner.problems import Severity
from runner.render.rendered import RenderedPoll
from tests.unit.rules.building import (
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


def test_what_nobody_sees_is_refused_and_what_an_emoji_is_made_of_is_not() -> None:
    plain = a_post(HELLO, "❤️ 👩🏽‍🔧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ 10\u00a0% ā\u202f€")
    assert found(plain, rule="hidden-character") == ()
    (problem,) = found(a_post(HELLO, "x\u200b\u200by"), rule="hidden-character")
    assert problem.message == (
        "`hello` has 2 characters that nobody sees, from U+200B (zero width space) on"
    )
    assert problem.place.route == TEXT
    assert problem.help == "delete them"
    assert problem.severity is Severity.ERROR
