"""Items form a ring: nothing is lost, and a new item disturbs nothing."""

import re
from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from runner.models import ITEMS, CampaignFile, ItemList, item_id
from runner.problems import Place
from runner.schedule import Order, following, ring
from runner.schedule.checks import most_within
from tests.unit.schedule.building import PATH, campaign, items, problem_of, problems_of

IDS = st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True), unique=True, max_size=12)
ORDERS = st.sampled_from(get_args(Order))


# --- Ids


def test_an_item_goes_by_its_id() -> None:
    (item,) = ITEMS.validate_python([{"id": "wash-cold", "text": "Wash cold."}])
    assert item_id(item) == "wash-cold"


def test_without_an_id_it_goes_by_a_digest_that_no_id_can_be() -> None:
    (item,) = items("Wash cold.")
    assert item_id(item) == "sha256:b45180a989805503"
    assert not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", item_id(item))


def test_the_digest_is_of_what_an_item_says_however_it_is_written() -> None:
    one, same, other = ITEMS.validate_python(
        [
            {"text": {"lv": "a", "es": "b"}, "link": "https://acme.lv/"},
            {"link": "https://acme.lv/", "media": [], "text": {"es": "b", "lv": "a"}, "vars": {}},
            {"text": {"lv": "b", "es": "a"}, "link": "https://acme.lv/"},
        ]
    )
    assert item_id(one) == item_id(same)
    assert item_id(one) != item_id(other)


def test_the_digest_knows_every_field() -> None:
    said = [
        {"text": "a"},
        {"text": "a", "because": "a"},
        {"vars": {"text": "a"}},
        {"link": "https://a.lv"},
        {"repost": "https://x.com/acme/status/1"},
        {"repost": "https://x.com/acme/status/2"},
        {"media": [{"file": "a.jpg", "alt": "a"}]},
        {"media": [{"file": "a.jpg", "alt": {"lv": "a"}}]},
    ]
    assert len({item_id(item) for item in ITEMS.validate_python(said)}) == len(said)


# --- The ring


def test_the_ring_of_a_file_is_as_it_was_written() -> None:
    assert list(ring(("c", "a", "b"), "file")) == ["c", "a", "b"]


def test_a_shuffled_ring_does_not_depend_on_the_file() -> None:
    assert ring(("a", "b", "c", "d"), "shuffle") == ring(("d", "b", "a", "c"), "shuffle")
    assert list(ring(("a", "b", "c", "d"), "shuffle")) == ["d", "c", "b", "a"]


def test_next_is_the_one_after_the_last_round_and_round() -> None:
    turns = ring(("a", "b", "c"), "file")
    assert list(following(turns, None, 2, "file")) == ["a", "b"]
    assert list(following(turns, "b", 5, "file")) == ["c", "a", "b", "c", "a"]
    assert following(turns, "b", 0, "file") == ()


def test_after_a_removed_item_a_file_goes_on_after_one_that_went_out_before() -> None:
    turns = ring(("a", "b", "d"), "file")
    assert list(following(turns, "c", 1, "file", earlier=["b", "a"])) == ["d"]
    assert list(following(turns, "c", 1, "file", earlier=["x", "a"])) == ["b"]
    assert list(following(turns, "c", 1, "file")) == ["a"]


@given(IDS, ORDERS, st.data())
def test_every_item_comes_once_in_every_round(names: list[str], order: Order, data) -> None:
    assume(names)
    turns = ring(names, order)
    last = data.draw(st.none() | st.sampled_from(names))
    coming = list(following(turns, last, 2 * len(names), order))
    assert sorted(coming[: len(names)]) == sorted(names)
    assert coming[: len(names)] == coming[len(names) :]
    assert last is None or coming[len(names) - 1] == last


@given(IDS, ORDERS, st.data())
def test_a_new_item_leaves_all_others_in_their_turn(
    names: list[str], order: Order, data: st.DataObject
) -> None:
    assume(len(names) > 1)
    new, *old = names
    place = data.draw(st.integers(0, len(old)))
    last = data.draw(st.sampled_from(old))
    before = following(ring(old, order), last, len(old), order)
    with_new = ring((*old[:place], new, *old[place:]), order)
    after = following(with_new, last, len(names), order)
    assert [name for name in list(after) if name != new] == list(before)


@given(IDS, st.data())
def test_a_shuffled_ring_goes_on_where_a_removed_item_stood(
    names: list[str], data: st.DataObject
) -> None:
    assume(len(names) > 1)
    gone = data.draw(st.sampled_from(names))
    left = [name for name in names if name != gone]
    with_it = following(ring(names, "shuffle"), gone, len(left), "shuffle")
    without = following(ring(left, "shuffle"), gone, len(left), "shuffle")
    assert list(without) == list(with_it)


@given(IDS, st.data())
def test_a_file_goes_on_where_a_removed_item_stood_when_the_past_is_known(
    names: list[str], data: st.DataObject
) -> None:
    assume(len(names) > 1)
    turns = ring(names, "file")
    sent = list(following(turns, None, data.draw(st.integers(1, 3 * len(names))), "file"))
    *earlier, gone = sent
    left = ring((name for name in names if name != gone), "file")
    (coming,) = list(following(turns, gone, 1, "file"))
    assert list(following(left, gone, 1, "file", earlier=reversed(earlier))) == [coming]


# --- Problems


def tips(count: int, *, rest: str, **fields: object) -> CampaignFile:
    every = {"days": ["mon", "wed", "fri"], "slots": ["morning", "evening"]}
    texts = [{"text": f"Tip {number}"} for number in range(count)]
    given = {"starts": "2026-09-01", "ends": "2027-08-31", **fields}
    return campaign({"tip": {"every": every, "items": texts, "rest": rest}}, **given)


def test_an_id_that_stands_twice_is_a_problem_where_it_stands_again() -> None:
    every = {"slots": ["noon"]}
    texts = [{"id": "a", "text": "x"}, {"text": "y"}, {"id": "a", "text": "z"}]
    days = {"starts": "2026-12-01", "ends": "2026-12-03"}
    problem = problem_of(campaign({"tip": {"every": every, "items": texts}}, **days))
    assert problem.rule == "duplicate-item"
    assert problem.place == Place(path=PATH, route=("posts", "tip", "items", 2, "id"))
    assert problem.message == "item 3 has the id of item 1"
    assert problem.help == "give it another id"


def test_an_item_that_stands_twice_in_its_own_file_is_a_problem_there() -> None:
    days = {"starts": "2026-12-01", "ends": "2026-12-03"}
    posts = {"tip": {"every": {"slots": ["noon"]}, "items": "data/tips.yaml"}}
    file = campaign(posts, **days)
    texts = ItemList(items=items("a", "b", "b", "b"), path="campaigns/data/tips.yaml")
    file = CampaignFile(id=file.id, path=PATH, campaign=file.campaign, items={"tip": texts})
    first, second = problems_of(file)
    assert first.place == Place(path="campaigns/data/tips.yaml", route=(2,))
    assert first.message == "item 3 says the same as item 2"
    assert first.help == "remove it, or give it an `id` of its own"
    assert second.place.route == (3,)


def test_enough_items_rest_long_enough() -> None:
    assert problems_of(tips(26, rest="30d")) == ()


def test_too_few_items_say_how_many_are_missing() -> None:
    problem = problem_of(tips(20, rest="30d"))
    assert problem.rule == "too-few-items"
    assert problem.place == Place(path=PATH, route=("posts", "tip", "rest"))
    assert problem.message == "20 items are too few to rest 30d each: 6 are missing"
    assert problem.help == "add 6 items, or write `rest: 23d`"


def test_one_item_missing_is_said_as_one() -> None:
    problem = problem_of(tips(25, rest="30d"))
    assert problem.message == "25 items are too few to rest 30d each: 1 is missing"
    assert (problem.help or "").startswith("add 1 item, or write")
    assert problem_of(tips(1, rest="2d")).message.startswith("1 item is too few to rest 2d")


@pytest.mark.parametrize("rest", ["50h", "36h"])
def test_the_rest_is_told_as_it_is_written(rest: str) -> None:
    assert problem_of(tips(1, rest=rest)).message.startswith(f"1 item is too few to rest {rest} ")


def test_following_the_help_solves_it() -> None:
    assert problems_of(tips(20, rest="23d")) == ()
    assert problem_of(tips(5, rest="10d")).help == "add 5 items, or write `rest: 4d`"
    assert problems_of(tips(5, rest="4d")) == ()
    assert problem_of(tips(1, rest="10d")).help == "add 9 items, or write `rest: 9h`"
    assert problems_of(tips(1, rest="9h")) == ()


def test_four_weeks_are_four_weeks_when_the_clocks_change() -> None:
    every = {"days": ["mon"], "slots": ["morning"]}
    texts = [{"text": f"Tip {number}"} for number in range(4)]
    post = {"every": every, "items": texts, "rest": "4w"}
    assert problems_of(campaign({"tip": post}, starts="2026-09-01", ends="2027-08-31")) == ()


def test_a_short_rhythm_needs_no_more_items_than_it_has_posts() -> None:
    assert problems_of(tips(8, rest="60d", starts="2026-12-01", ends="2026-12-10")) == ()


def test_two_slots_of_one_time_can_not_be_helped_by_less_rest() -> None:
    every = {"slots": ["noon", "lunch"]}
    post = {"every": every, "items": [{"text": "a"}], "rest": "1h"}
    days = {"starts": "2026-12-01", "ends": "2026-12-03", "slots": {"lunch": "13:00"}}
    assert problem_of(campaign({"tip": post}, **days)).help == "add 1 item"


@pytest.mark.parametrize(
    ("hours", "length", "most"),
    [([], 5, 0), ([0], 5, 1), ([0, 5], 5, 1), ([0, 4], 5, 2), ([0, 3, 4, 8, 9, 12], 5, 3)],
)
def test_the_most_within_a_stretch_counts_one_of_its_ends(
    hours: list[int], length: int, most: int
) -> None:
    moments = [datetime(2026, 12, 1, hour) for hour in hours]  # noqa: DTZ001
    assert most_within(moments, timedelta(hours=length)) == most
