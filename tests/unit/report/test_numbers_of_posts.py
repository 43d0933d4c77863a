"""What was measured, as the numbers of posts: threads summed, own replies left out."""

from datetime import timedelta

import pytest

from runner.ledger import Key
from runner.measure import Counts, MeasuredAccount, Measurement, Window
from runner.report import AccountNumbers
from tests.unit.measure.building import POSTED, measurement, record

HOUR = timedelta(hours=1)
OURS = Key("shop", "tips", "hello")


def numbers(*measurements: Measurement) -> AccountNumbers:
    return AccountNumbers(MeasuredAccount([record(*measurements)]))


def counts(**given: int) -> Counts:
    return Counts(**{"impressions": 100, **given})


def test_the_parts_of_a_thread_are_summed_and_what_continues_it_is_no_reply() -> None:
    first = measurement(public=counts(replies=4, likes=2), key=OURS)
    second = measurement(
        POSTED + HOUR,
        public=counts(replies=1, likes=1),
        key=OURS,
        part=2,
        root=first.post,
        answers=first.post,
    )
    found = numbers(first, second).of([first.post, second.post]).at[Window.TWO_DAYS]
    assert (found.impressions, found.replies, found.likes) == (200, 4, 3)


def test_a_thread_of_which_a_part_was_not_measured_has_no_numbers() -> None:
    first = measurement()
    found = numbers(first).of([first.post, "123"])
    assert (found.at, found.newest) == ({}, None)


def test_our_own_reply_by_hand_counts_nowhere() -> None:
    sent = measurement(public=counts(replies=3), key=OURS)
    by_hand = measurement(POSTED + HOUR, root=sent.post, answers=sent.post)
    known = numbers(sent, by_hand)
    assert known.of([sent.post]).at[Window.TWO_DAYS].replies == 2
    assert known.others == ()


def test_a_thread_by_hand_is_one_post_of_another_way() -> None:
    first = measurement()
    second = measurement(POSTED + HOUR, root=first.post, answers=first.post)
    (found,) = numbers(first, second).others
    assert (found.ids, found.at) == ((first.post, second.post), POSTED)


def test_what_was_measured_late_is_new_but_not_of_its_age() -> None:
    late = measurement(after=timedelta(days=5))
    found = numbers(late).of([late.post])
    assert found.at == {}
    assert found.newest is not None


def test_the_newest_numbers_are_those_of_the_greatest_age() -> None:
    young = measurement(public=counts(likes=1))
    old = measurement(window=Window.WEEK, public=counts(likes=9))
    found = numbers(young, old).of([young.post])
    assert found.at[Window.TWO_DAYS].likes == 1
    assert found.newest is not None
    assert found.newest.likes == 9


def test_of_a_boosted_post_what_was_not_paid_for_is_told() -> None:
    boosted = measurement(
        public=counts(impressions=2_082, likes=40), organic=counts(impressions=98, likes=3)
    )
    found = numbers(boosted).of([boosted.post])
    assert found.is_boosted
    assert (found.at[Window.TWO_DAYS].impressions, found.at[Window.TWO_DAYS].likes) == (98, 3)


def test_a_deleted_post_is_told_and_has_no_numbers_of_that_age() -> None:
    gone = measurement(public=None, deleted=True)
    found = numbers(gone).of([gone.post])
    assert found.is_deleted
    assert found.at == {}


@pytest.mark.parametrize("clicks", [None, 0, 7])
def test_clicks_that_x_does_not_tell_are_not_known(clicks: int | None) -> None:
    one = measurement(public=Counts(impressions=10, link_clicks=clicks))
    assert numbers(one).of([one.post]).at[Window.TWO_DAYS].clicks == clicks
