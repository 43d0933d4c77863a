"""What happened, folded: where an occurrence stands, what it may still cost, what stays open."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from runner.ledger import (
    ENTRY,
    Key,
    Purse,
    State,
    is_id,
    is_only_out,
    once_each,
    standings_of,
    still_open,
)
from tests.unit.stores.building import a_key, attempting, closed, posted

KEY = a_key()
THREAD = {"texts": ("One", "Two", "Three"), "cost": "0.045"}


def folded(*entries):
    (standing,) = standings_of(entries).values()
    return standing


def test_a_key_is_read_as_it_is_written():
    for text in ("shop/slim/launch", "shop/slim/tip@2026-12-01.morning"):
        assert str(Key.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "slim/launch",
        "shop/slim/launch@",
        "shop/slim/launch@2026-12-01",
        "shop/slim/launch@٢٠٢٦-12-01.morning",
        "../slim/launch",
        "Shop/slim/launch",
        "shop/slim/launch\n",
    ],
)
def test_no_part_of_a_key_is_optional_or_strange(text):
    with pytest.raises(ValueError, match="not the key"):
        Key.parse(text)


def test_a_key_is_kept_on_the_shelf_of_its_nominal_month():
    assert a_key().period == "once"
    assert a_key("tip", "2026-12-01.morning").period == "2026-12"


def test_a_post_stands_before_its_dates_that_recur_whichever_it_was_first():
    once, dated, other = a_key("tip"), a_key("tip", "2026-12-01.morning"), a_key("a")
    assert sorted([dated, once, other]) == [other, once, dated]


def test_an_id_has_at_most_64_signs():
    assert is_id("a" * 64)
    assert not is_id("a" * 65)
    assert not is_id("-a")


def test_an_attempt_without_an_end_is_attempting():
    standing = folded(attempting(KEY))
    assert standing.state is State.ATTEMPTING
    assert standing.unsettled
    assert standing.may_be_out
    assert not standing.half


@pytest.mark.parametrize(
    ("state", "unsettled", "may_be_out"),
    [
        (State.RELEASED, False, False),
        (State.REJECTED, True, False),
        (State.UNKNOWN, True, True),
    ],
)
def test_an_attempt_ends_as_its_answer_says(state, unsettled, may_be_out):
    standing = folded(attempting(KEY), closed(KEY, state))
    assert standing.state is state
    assert standing.unsettled is unsettled
    assert standing.may_be_out is may_be_out


def test_a_post_is_posted_when_its_only_part_is_out():
    standing = folded(attempting(KEY), posted(KEY))
    assert standing.state is State.POSTED
    assert not standing.unsettled


def test_a_thread_is_posted_when_its_last_part_is_out():
    entries = [attempting(KEY, **THREAD)]
    for part in (1, 2, 3):
        entries += [attempting(KEY, part=part)] if part > 1 else []
        assert folded(*entries).state is State.ATTEMPTING
        entries.append(posted(KEY, part=part))
    assert folded(*entries).state is State.POSTED
    assert [entry.part for entry in folded(*entries).posted] == [1, 2, 3]


def test_a_thread_is_half_out_while_its_next_part_is_certainly_not():
    begun = [attempting(KEY, **THREAD), posted(KEY)]
    assert folded(*begun).half
    assert not folded(*begun, attempting(KEY, part=2)).half
    released = [*begun, attempting(KEY, part=2), closed(KEY, State.RELEASED, part=2)]
    assert folded(*released).half
    assert folded(*released).state is State.ATTEMPTING
    unknown = [*begun, attempting(KEY, part=2), closed(KEY, State.UNKNOWN, part=2)]
    assert not folded(*unknown).half
    assert folded(*unknown).state is State.UNKNOWN


def test_a_part_found_late_does_not_hide_that_the_next_one_is_in_doubt():
    standing = folded(
        attempting(KEY, **THREAD),
        posted(KEY),
        attempting(KEY, part=2),
        posted(KEY, "2026-12-01 11:00"),
    )
    assert not standing.half
    assert standing.state is State.ATTEMPTING


def test_a_release_settles_nothing_while_an_earlier_attempt_is_in_doubt():
    for end in (State.RELEASED, State.REJECTED):
        standing = folded(
            attempting(KEY, attempt="first"),
            closed(KEY, State.UNKNOWN, attempt="first"),
            attempting(KEY, attempt="second"),
            closed(KEY, end, attempt="second"),
        )
        assert standing.open(1)
        assert standing.state is State.UNKNOWN


def test_money_is_reserved_until_it_is_known_that_nothing_will_be_spent():
    opened = [attempting(KEY, **THREAD)]
    assert folded(*opened).reserved == Decimal("0.045")
    assert folded(*opened, closed(KEY, State.UNKNOWN)).reserved == Decimal("0.045")
    assert folded(*opened, closed(KEY, State.RELEASED)).reserved == 0
    assert folded(*opened, closed(KEY, State.REJECTED)).reserved == 0
    half = [*opened, posted(KEY)]
    assert folded(*half).reserved == Decimal("0.030")
    tried = [*half, attempting(KEY, part=2)]
    assert folded(*tried).reserved == Decimal("0.030")
    assert folded(*tried, closed(KEY, State.RELEASED, part=2)).reserved == Decimal("0.030")
    assert folded(*tried, closed(KEY, State.REJECTED, part=2)).reserved == 0


def test_what_is_open_of_a_post_that_recurs_by_now_is_reserved_beside_what_was_due_once():
    tries = (attempting(a_key("tip")), attempting(a_key("tip", "2026-12-01.morning"), attempt="b"))
    purse = Purse().after((), tries)
    assert purse.reserved("2026-12") == Decimal("0.030")
    assert [claim.attempt for claim in purse.claims] == ["attempt-1", "b"]


def test_a_part_that_is_found_twice_is_paid_once():
    standing = folded(attempting(KEY, **THREAD), posted(KEY), posted(KEY, "2026-12-01 11:00"))
    assert len(standing.posted) == 1
    assert standing.reserved == Decimal("0.030")


def test_entries_that_stand_in_two_files_count_once():
    entries = [attempting(KEY), closed(KEY, State.RELEASED)]
    assert len(folded(*entries, *entries).entries) == 2


def test_entries_of_one_moment_that_say_something_else_both_count():
    first = closed(KEY, State.RELEASED)
    other = first.model_copy(update={"because": "another word"})
    opened = attempting(KEY)
    assert once_each([first, opened, other, first]) == (first, opened, other)


def test_what_is_settled_leaves_the_open_file():
    opened = still_open((), [attempting(KEY)])
    assert len(opened) == 1
    refused = still_open(opened, [closed(KEY, State.REJECTED)])
    assert [entry.state for entry in refused] == [State.ATTEMPTING, State.REJECTED]
    assert still_open(refused, [closed(KEY, State.MISSED)]) == ()


def test_what_went_out_leaves_its_last_line_in_the_open_file_for_a_day():
    out, other = posted(KEY, "2026-12-01 10:00"), a_key("other")
    waiting = attempting(other)
    opened = still_open([attempting(KEY), waiting], [out])
    assert opened == (out, waiting)
    assert still_open(opened, [posted(other, "2026-12-02 09:59")])[0] == out
    assert [e.key for e in still_open(opened, [posted(other, "2026-12-02 10:00")])] == [other]
    assert is_only_out(folded(out))
    assert not is_only_out(folded(attempting(KEY), out))


def test_of_a_thread_that_is_out_the_last_part_tells_it():
    story = [attempting(KEY, **THREAD), *(posted(KEY, part=part) for part in (1, 2, 3))]
    opened = still_open((), story)
    assert opened == (story[-1],)
    assert folded(*opened).state is State.POSTED
    assert still_open(opened, [closed(KEY, State.DELETED)]) == ()


def test_a_line_has_nothing_that_its_schema_does_not_know():
    good = attempting(KEY).model_dump_json()
    assert ENTRY.validate_json(good) == attempting(KEY)
    for bad in ('{"state":"posted"}', good.replace('"v":1', '"v":2'), good.replace("}", ',"x":1}')):
        with pytest.raises(ValidationError):
            ENTRY.validate_json(bad)


STEPS = st.lists(
    st.sampled_from(["posted", State.RELEASED, State.REJECTED, State.UNKNOWN]), max_size=6
)


@given(STEPS)
def test_nothing_is_open_too_little(steps):
    """However the attempts of a thread end, the open file alone says as much as the whole story."""
    story, opened, part = [], (), 1
    for number, step in enumerate(steps):
        name = f"attempt-{number}"
        new = [attempting(KEY, part=part, attempt=name, **(THREAD if part == 1 else {}))]
        if step == "posted":
            new.append(posted(KEY, part=part, attempt=name))
            part += 1
        else:
            new.append(closed(KEY, step, part=part, attempt=name))
        story += new
        opened = still_open(opened, new)
        whole = folded(*story)
        if whole.unsettled:
            assert folded(*opened).state is whole.state
        if part > 3 or step in (State.REJECTED, State.UNKNOWN):
            break
