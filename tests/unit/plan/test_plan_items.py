"""Items form a ring: each occurrence carries the one after the last that had its turn."""

from runner.ledger import State
from runner.plan import Verb
from tests.unit.plan.building import a_file, action_of, facts_of, plan_of
from tests.unit.stores.building import a_key, attempting, closed, posted, sent

ABC = [{"id": name, "text": f"Item {name}"} for name in "abc"]


def ring(*items: dict, **post: object):
    tip = {"every": {"slots": ["morning"]}, "items": list(items) or ABC, **post}
    return a_file({"tip": tip})


def day(number: int):
    return a_key("tip", f"2026-12-0{number}.morning")


def turns(file, now: str, *entries, journal=()) -> list[str | None]:
    plan = plan_of(file, now=now, facts=facts_of(entries, journal))
    shown = [each for each in plan.actions if each.verb in (Verb.PUBLISH, Verb.WAIT)]
    return [each.post.item for each in shown[:4]]


def out(number: int, item: str):
    moment = f"2026-12-0{number} 09:00"
    return [attempting(day(number), moment, item=item), posted(day(number), moment)]


def test_a_ring_begins_with_its_first_item_and_goes_round():
    assert turns(ring(), "2026-11-30 12:00") == ["a", "b", "c", "a"]


def test_it_goes_on_after_the_last_that_went_out():
    assert turns(ring(), "2026-12-02 09:05", *out(1, "b")) == ["c", "a", "b", "c"]


def test_a_missed_slot_loses_nothing():
    entries = [*out(1, "a"), closed(day(2), State.MISSED)]
    assert turns(ring(), "2026-12-03 09:05", *entries)[0] == "b"


def test_what_was_let_go_keeps_its_place():
    """Nothing went out, so the next to go out is the same, and none comes twice."""
    entries = [
        *out(1, "a"),
        attempting(day(2), "2026-12-02 09:00", item="b"),
        closed(day(2), State.RELEASED),
    ]
    assert turns(ring(), "2026-12-02 09:05", *entries) == ["b", "c", "a", "b"]
    assert turns(ring(), "2026-12-03 09:05", *entries, closed(day(2), State.MISSED))[0] == "b"


def test_what_may_be_out_has_had_its_turn():
    entries = [
        *out(1, "a"),
        attempting(day(2), "2026-12-02 09:00", item="b", texts=["Item b"]),
        closed(day(2), State.UNKNOWN),
    ]
    assert turns(ring(), "2026-12-03 09:05", *entries)[:2] == ["b", "c"]


def test_an_item_that_x_refused_does_not_stop_the_ring():
    entries = [
        attempting(day(1), "2026-12-01 09:00", item="a"),
        closed(day(1), State.REJECTED),
        closed(day(1), State.MISSED, "2026-12-01 14:00"),
    ]
    assert turns(ring(), "2026-12-02 09:05", *entries)[0] == "b"


def refused(file):
    post = action_of(
        plan_of(file, now="2026-12-02 09:05", facts=facts_of(out(1, "a"))), "tip@2026-12-02.morning"
    ).post
    return [
        *out(1, "a"),
        attempting(day(2), "2026-12-02 09:00", item=post.item, digest=post.digest),
        closed(day(2), State.REJECTED, digest=post.digest),
    ]


def test_a_refused_item_is_due_again_once_it_is_corrected():
    entries = refused(ring())
    corrected = ring(ABC[0], {"id": "b", "text": "Better"}, ABC[2])
    for file, verb in ((ring(), Verb.ASK), (corrected, Verb.PUBLISH)):
        plan = plan_of(file, now="2026-12-02 09:10", facts=facts_of(entries))
        action = action_of(plan, "tip@2026-12-02.morning")
        assert (action.verb, action.post.item) == (verb, "b")


def test_a_refused_item_without_an_id_is_found_in_its_place():
    entries = refused(ring(ABC[0], {"text": "Item b"}, ABC[2]))
    corrected = ring(ABC[0], {"text": "Better"}, ABC[2])
    plan = plan_of(corrected, now="2026-12-02 09:10", facts=facts_of(entries))
    action = action_of(plan, "tip@2026-12-02.morning")
    assert (action.verb, action.post.parts[0].text) == (Verb.PUBLISH, "Better")


def test_the_journal_knows_the_last_one_when_its_shelf_is_not_read():
    journal = [sent(day(1), "2026-12-01 09:00", item="c", text="Item c")]
    assert turns(ring(), "2026-12-02 09:05", journal=journal)[0] == "a"


def test_each_account_has_a_ring_of_its_own():
    tip = {"every": {"slots": ["morning"]}, "items": ABC}
    file = a_file({"tip": tip}, accounts=["shop", "tienda"])
    plan = plan_of(file, now="2026-12-02 09:05", facts=facts_of(out(1, "a")))
    assert action_of(plan, "tip@2026-12-02.morning", "shop").post.item == "b"
    assert action_of(plan, "tip@2026-12-02.morning", "tienda").post.item == "a"


def test_an_item_that_is_gone_leaves_the_ring_where_it_was():
    assert turns(ring(*ABC[1:]), "2026-12-02 09:05", *out(1, "a"))[0] == "b"
    shuffled = ring(order="shuffle")
    order = turns(shuffled, "2026-11-30 12:00")[:3]
    assert sorted(order) == ["a", "b", "c"]
    rest = [item for item in ABC if item["id"] != order[1]]
    assert turns(ring(*rest, order="shuffle"), "2026-12-02 09:05", *out(1, order[1]))[0] == order[2]


def test_an_item_that_is_gone_while_its_post_may_be_out_disturbs_nobody():
    moment = "2026-12-02 09:00"
    entries = [*out(1, "a"), attempting(day(2), moment, item="b", texts=["Item b"])]
    file = ring(ABC[0], ABC[2])
    plan = plan_of(file, now="2026-12-03 09:05", facts=facts_of(entries))
    assert action_of(plan, "tip@2026-12-02.morning").verb is Verb.WAIT
    assert action_of(plan, "tip@2026-12-03.morning").post.item == "c"
