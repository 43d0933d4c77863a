"""Which post on the timeline is the one in doubt."""

import random

from hypothesis import given
from hypothesis import strategies as st

from runner.ledger import Key, Standing, State
from runner.reconcile import Match, TimelinePost, says, search
from tests.unit.reconcile.building import (
    attempting,
    closed,
    edited,
    key,
    part,
    picture,
    posted,
    shown,
    standing,
)


def found(
    one: Standing, *timeline: TimelinePost, known: frozenset[str] = frozenset()
) -> list[TimelinePost]:
    return [match.shown for match in search([one], timeline, known=known).get(one.key, ())]


def test_a_text_is_found_and_says_by_which_attempt() -> None:
    attempt, one = attempting(part("hello")), shown("hello")
    assert search([standing(attempt)], [shown("other"), one], known=()) == {
        key(): (Match(part=1, shown=one, attempt=attempt),)
    }
    assert search([standing(attempt)], [], known=()) == {}


def test_what_the_ledger_knows_is_never_found_edited_or_not() -> None:
    once, one = standing(attempting(part("hello"))), shown("hello")
    assert found(once, one, known=frozenset({one.id})) == []
    again = edited(one, "hello", at=60)
    assert found(once, again, known=frozenset({one.id})) == []
    assert found(once, again) == [again]


def test_nothing_from_long_before_the_attempt_is_found() -> None:
    once = standing(attempting(part("hello")))
    assert found(once, shown("hello", at=-601)) == []
    assert found(once, shown("hello", at=-600)) != []
    old = shown("hello", at=-601)
    assert found(once, edited(old, "hello", at=60)) == []


def test_pictures_are_found_by_their_keys_whatever_the_text_says() -> None:
    once = standing(attempting(part("hello", media=(picture(),)), media=("3_1",)))
    same_words, same_file = shown("hello", at=1), shown("edited", at=2, media=("3_1",))
    assert found(once, same_words, same_file) == [same_file]
    assert found(once, same_words) == [same_words]


def test_pictures_without_a_word_are_found_by_nothing_else() -> None:
    once = standing(attempting(part(media=(picture(),)), media=("3_1",)))
    assert found(once, shown(""), shown("", at=2, media=("3_2",))) == []


def test_a_post_without_a_word_is_like_one_that_shows_as_many_files_itself() -> None:
    wordless = part(media=(picture(),))
    assert says(wordless, shown("", media=("3_9",)))
    assert not says(wordless, shown("", media=("3_8", "3_9")))
    assert not says(wordless, shown("Jeans", media=("3_9",)))
    assert not says(wordless, shown("", media=("3_9",), repost_of="7"))
    assert not says(part(repost="7"), shown(""))


def test_a_repost_is_found_by_what_it_shares() -> None:
    once = standing(attempting(part(repost="7")))
    one = shown("RT @denim: hi", repost_of="7")
    assert found(once, shown("7"), shown("RT", at=2, repost_of="8"), one) == [one]
    assert found(standing(attempting(part("hi"))), shown("hi", repost_of="7")) == []


def test_an_answer_to_the_same_post_comes_before_the_same_text_elsewhere() -> None:
    once = standing(attempting(part("hello"), reply_to="7"))
    elsewhere, here = shown("hello", at=1), shown("hello", at=2, reply_to="7")
    assert found(once, elsewhere, here) == [here]
    assert found(once, elsewhere) == [elsewhere]


def test_the_handles_that_x_puts_before_an_answer_hide_nothing() -> None:
    once = standing(attempting(part("hello"), reply_to="7"))
    assert found(once, shown("@ann @bob hello", reply_to="7")) != []
    assert found(once, shown("@ann @bob hello")) == []
    assert found(once, shown("ann hello", reply_to="7")) == []


def test_the_link_of_a_quoted_post_hides_nothing() -> None:
    once = standing(attempting(part("look", quote="7")))
    assert found(once, shown("look https://x.com/denim/status/7")) != []
    assert found(once, shown("look https://x.com/denim/status/77")) == []


def test_an_exact_text_comes_before_a_looser_one_and_then_the_earliest() -> None:
    once = standing(attempting(part("see acme.lv")))
    loose, exact, later = (
        shown("see http://acme.lv/"),
        *(shown("see acme.lv", at=n) for n in (2, 3)),
    )
    assert found(once, later, exact, loose) == [exact]
    assert found(once, loose) == [loose]


def test_a_post_of_the_attempts_own_time_comes_before_one_by_hand_just_before() -> None:
    once = standing(attempting(part("hello")))
    by_hand, ours = shown("hello", at=-300), shown("hello", at=2)
    assert found(once, by_hand, ours) == [ours]


def test_two_with_the_same_words_get_a_post_each() -> None:
    first = standing(attempting(part("hello"), post="a"))
    second = standing(attempting(part("hello"), post="b", at=3600))
    one, two = shown("hello", at=2), shown("hello", at=3602)
    matches = search([second, first], [one, two], known=())
    assert {str(k.post): m.shown for k, (m,) in matches.items()} == {"a": one, "b": two}
    alone = search([first, second], [two], known=())
    assert [k.post for k in alone] == ["b"]


def test_a_post_that_recurs_now_is_told_from_the_one_it_was() -> None:
    once = standing(attempting(part("hello")))
    recurring = Key("shop", "slim27", "launch", "2026-12-01.morning")
    again = standing(attempting(part("hello")).model_copy(update={"key": recurring}))
    assert list(search([again, once], [shown("hello")], known=())) == [once.key]
    assert len(search([again, once], [shown("hello"), shown("hello", at=2)], known=())) == 2


def test_a_post_that_was_given_up_as_absent_is_found_all_the_same() -> None:
    first, again = attempting(part("hello")), attempting(part("hello"), at=3600)
    twice = standing(first, closed(first, State.RELEASED, look="absent"), again)
    for at, attempt in ((5, first), (3605, again)):
        one = shown("hello", at=at)
        assert search([twice], [one], known=())[key()] == (
            Match(part=1, shown=one, attempt=attempt),
        )


# --- threads


THREAD = (part("one"), part("two"), part(media=(picture(), picture(2))), part("four"))


def test_the_parts_after_it_are_found_along_with_it() -> None:
    opening = attempting(*THREAD)
    one = shown("one")
    two = shown("two", at=2, reply_to=one.id)
    three = shown("", at=3, reply_to=two.id, media=("3_8", "3_9"))
    four = shown("four", at=4, reply_to=three.id)
    matches = search([standing(opening)], [four, three, two, one], known=())[key()]
    assert [(match.part, match.shown) for match in matches] == [
        (number, each) for number, each in enumerate((one, two, three, four), start=1)
    ]
    assert all(match.attempt is opening for match in matches)


def test_a_part_is_found_only_as_an_answer_to_the_one_before() -> None:
    one = shown("one")
    once = standing(attempting(*THREAD))
    assert found(once, one, shown("two", at=2)) == [one]
    assert found(once, one, shown("three", at=2, reply_to=one.id)) == [one]
    two = shown("two", at=2, reply_to=one.id)
    wrong_number = shown("", at=3, reply_to=two.id, media=("3_8",))
    assert found(once, one, two, wrong_number) == [one, two]
    after_an_edit = edited(one, "one", at=30)
    assert found(once, after_an_edit, two) == [after_an_edit, two]


def test_a_later_part_in_doubt_is_found_by_what_the_first_attempt_froze() -> None:
    opening = attempting(*THREAD)
    half = standing(opening, posted("5"), attempting(number=2, at=5))
    two = shown("two", at=6, reply_to="5")
    assert found(half, shown("one", at=5), shown("two", at=5), two) == [two]


# --- all at once


TEXTS = st.sampled_from(["hello", "Hello", "good day", "see acme.lv"])


@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(TEXTS, max_size=8), st.randoms())
def test_each_post_is_used_once_and_as_many_are_found_as_there_are(
    sent: list[str], out: list[str], shuffled: random.Random
) -> None:
    standings = [
        standing(attempting(part(text), post=f"p{n}", at=n)) for n, text in enumerate(sent)
    ]
    timeline = [shown(text, at=10, number=n) for n, text in enumerate(out)]
    shuffled.shuffle(standings)
    shuffled.shuffle(timeline)
    matches = search(standings, timeline, known=())
    used = [match.shown for each in matches.values() for match in each]
    assert len({one.id for one in used}) == len(used)
    for text in set(sent):
        expected = min(sent.count(text), out.count(text))
        assert [one.text for one in used].count(text) == expected
    wanted = {str(each.key): text for each in standings if (text := _text(each))}
    assert all(wanted[str(k)] == m.shown.text for k, (m,) in matches.items())


def _text(one: Standing) -> str:
    assert one.opening is not None
    return str(one.opening.parts[0]["text"])
