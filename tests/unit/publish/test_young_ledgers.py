"""A ledger that was deleted doubles nothing that X still shows, however X shows it."""

from datetime import timedelta
from typing import Any

import pytest

from runner.media import inspect
from runner.plan import PlanInputs
from runner.value import replace
from tests.unit.plan.building import a_file, a_project, action_of, some_inputs
from tests.unit.publish.building import GIF, PATH, Machine, a_machine
from tests.unit.stores.building import at

SLOTS = {"morning": "10:05", "noon": "12:00", "evening": "14:00"}
PICTURE = {"file": "jeans.gif", "alt": "Jeans"}
QUOTED = "https://x.com/denim_club/status/12345"


def inputs_of(posts: dict[str, Any], **slots: str) -> PlanInputs:
    project = a_project(slots={**SLOTS, **slots}, accounts=ACCOUNTS)
    return some_inputs(a_file(posts), project=project, media={PATH: inspect(GIF)})


ACCOUNTS = {"shop": {"handle": "acme_lv", "locale": "lv", "tier": "enterprise"}}


def a_ring(each: dict[str, Any], **beside: Any) -> dict[str, Any]:
    """Three items that are said alike; `{}` stands for the name of each."""
    items = [
        {"id": name, **each, **({"text": each["text"].format(name)} if "text" in each else {})}
        for name in "abc"
    ]
    return {"tip": {"every": {"slots": ["morning", "noon", "evening"]}, "items": items, **beside}}


RINGS = {
    "text": a_ring({"text": "Item {}"}),
    "quote": a_ring({"text": "Item {}", "quote": QUOTED}),
    "picture": a_ring({"text": "Item {}", "media": [PICTURE]}),
    "poll": a_ring({"text": "Item {}"}, poll={"options": ["one", "two"]}),
    "answer": {
        "launch": {"at": "2026-12-01 09:30"},
        **a_ring({"text": "Item {}"}, **{"reply-to": "launch"}),
    },
}


@pytest.mark.parametrize("posts", RINGS.values(), ids=RINGS)
def test_an_item_does_not_go_out_again_at_the_slot_after_one_that_was_moved(posts):
    machine = a_machine(inputs_of(posts), now="2026-12-01 10:21", media={PATH: GIF})
    machine.shop.puts_handles = True
    machine.run_out()
    machine.clock.go(timedelta(hours=1, minutes=40))
    machine.run_out()
    shown = list(machine.shop.texts)
    machine.folder.files.clear()
    machine.inputs = inputs_of(posts, noon="12:40")
    machine.clock.go(timedelta(hours=2, minutes=52))
    machine.run_out()
    assert machine.shop.texts == shown
    assert machine.ran.plan.needs_a_person


def sent_and_forgotten(posts: dict[str, Any]) -> Machine:
    """A machine on which these went out at ten, and whose ledger is deleted at noon."""
    machine = a_machine(inputs_of(posts), now="2026-12-01 10:00", media={PATH: GIF})
    machine.run_out()
    assert "posted" in machine.states().values()
    machine.folder.files.clear()
    machine.clock.go(timedelta(hours=2))
    machine.shop.calls = 0
    return machine


CONTENTS: dict[str, dict[str, Any]] = {
    "text": {"text": "Look"},
    "quote": {"text": "Look", "quote": QUOTED},
    "picture": {"text": "Look", "media": [PICTURE]},
    "picture alone": {"text": "", "media": [PICTURE]},
    "poll": {"text": "Look", "poll": {"options": ["one", "two"]}},
    "repost": {"repost": QUOTED},
    "thread": {"thread": ["Look", {"text": "And look", "media": [PICTURE]}]},
    "thread that begins with a picture": {"thread": [{"text": "", "media": [PICTURE]}, "Look"]},
}


@pytest.mark.parametrize("post", CONTENTS.values(), ids=CONTENTS)
def test_what_is_put_off_after_it_went_out_does_not_go_out_again(post):
    machine = sent_and_forgotten({"launch": post})
    machine.inputs = inputs_of({"launch": {**post, "at": "2026-12-01 12:00"}})
    machine.run_out()
    assert machine.shop.calls == 0


def test_a_picture_without_words_does_not_go_out_again_as_the_next_of_its_ring():
    posts = a_ring({"text": "", "media": [PICTURE]})
    machine = a_machine(inputs_of(posts), now="2026-12-01 10:05", media={PATH: GIF})
    machine.run_out()
    machine.folder.files.clear()
    machine.clock.go(timedelta(hours=1, minutes=55))
    machine.run_out()
    assert len(machine.shop.texts) == 1
    assert (
        "the ledger is younger than it"
        in action_of(machine.ran.plan, "tip@2026-12-01.noon").because
    )


def test_nobody_is_asked_about_a_post_of_others_that_says_the_same_and_was_shared():
    machine = a_machine(
        inputs_of({"launch": {"text": "Look", "at": "2026-12-01 12:00"}}), now="2026-12-01 12:00"
    )
    machine.shop.say("Look", at("2026-12-01 11:00"))
    (one,) = machine.shop.out
    machine.shop.out = [replace(one, repost_of="12345")]
    machine.run_out()
    assert machine.shop.calls == 1
