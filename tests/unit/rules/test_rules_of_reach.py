"""What a post waits for, and whether that can come."""

from typing import Any

import pytest

from runner.ledger import Key
from runner.problems import Problem, Severity
from runner.value import replace
from tests.unit.rules.building import a_file, a_post, an_occurrence, found

CONTEST = {"kind": "contest", "prize": "x", "opens": "2026-12-01 10:00"}


def waiting(
    other: dict[str, Any], *, own: dict[str, Any] | None = None, due: str = "2026-12-01 09:00"
) -> tuple[Problem, ...]:
    """`reply`, due at ten, waits for `launch`, which is due at nine unless said otherwise."""
    posts = {"launch": {"text": "x", **other}, "reply": {"text": "x", **(own or {})}}
    file = a_file(posts)
    proof = a_post(an_occurrence(file, "reply"), "Skat: ⟦link to launch⟧")
    post = replace(proof.post, awaits=(Key("shop", file.id, "launch"),))
    launch = a_post(an_occurrence(file, "launch", due), "Klāt!")
    return found(replace(proof, post=post), launch, rule="unreachable-post")


@pytest.mark.parametrize(
    ("other", "due", "why", "help"),
    [
        (
            {"draft": True},
            "2026-12-01 09:00",
            "which is a draft",
            "make it a draft, too, or publish `launch`",
        ),
        ({"hold": True}, "2026-12-01 09:00", "which is held", "hold it, too: `hold: true`"),
        (
            {},
            "2026-12-01 11:00",
            "which is due later, at 2026-12-01 11:00",
            "move it after `launch`",
        ),
    ],
)
def test_what_can_not_come_before_it_is_an_error(
    other: dict[str, Any], due: str, why: str, help: str
) -> None:
    (problem,) = waiting(other, due=due)
    assert problem.message == f"`reply` needs `launch`, {why}"
    assert problem.place.route == ("posts", "reply", "text")
    assert problem.help == help
    assert problem.severity is Severity.ERROR


def test_an_answer_is_marked_where_it_says_what_it_answers() -> None:
    (problem,) = waiting({"draft": True}, own={"reply-to": "launch"})
    assert problem.place.route == ("posts", "reply", "reply-to")


def test_what_comes_before_it_and_what_is_never_sent_itself_are_fine() -> None:
    assert waiting({}) == ()
    assert waiting({}, due="2026-12-01 10:00") == ()
    assert waiting({"draft": True}, own={"draft": True}) == ()
    assert waiting({"hold": True}, own={"hold": True}) == ()


def drawn(how: str, **posts: dict[str, Any]) -> tuple[Problem, ...]:
    entry = {"how": how, "phrase": "#x"}
    given = {"winners": {"at": "drawn + 1h"}, **posts}
    file = a_file(given, closes="2026-12-08 20:00", entry=entry, **CONTEST)
    return found(rule="unreachable-post", files=(file,))


def test_nobody_can_answer_what_is_not_there_so_nothing_can_be_drawn() -> None:
    (problem,) = drawn("reply")
    assert problem.message == "`winners` waits for a draw, and before it there is no post to answer"
    assert problem.place.route == ("posts", "winners", "at")
    assert problem.help == "announce the contest: `announce: {at: opens}`"
    assert len(drawn("repost", announce={"at": "opens", "draft": True})) == 1


def test_a_draw_with_an_announcement_or_with_entries_from_elsewhere_is_fine() -> None:
    assert drawn("reply", announce={"at": "opens"}) == ()
    assert drawn("hashtag") == ()
    ignored = {"at": "drawn", "ignore": {"unreachable-post": "announced by hand"}}
    assert drawn("reply", winners=ignored) == ()
