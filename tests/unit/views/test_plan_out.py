"""What is already out, in the page, the calendar and the JSON: with its link, and what drifted."""

import json
from datetime import timedelta

from icalendar import Calendar

from runner.ledger import Standing
from runner.plan import Action, Drift, Plan, Verb
from runner.value import replace
from runner.views.html.preview import plan_as_html
from runner.views.ics import plan_as_ics
from runner.views.json.plan import plan_as_json
from tests.unit.stores.building import a_key, attempting, posted
from tests.unit.views.building import examples
from tests.unit.views.elements import elements


def an_out(action: Action) -> Action:
    entries = (attempting(action.key), posted(action.key))
    return replace(
        action,
        verb=Verb.SKIP,
        because="it is out",
        standing=Standing(key=action.key, entries=entries),
    )


def with_one_out() -> tuple[Plan, Action]:
    """Of a few posts the first is out and was moved since; another one is out, and in no file any
    more."""
    plan, _ = examples()
    out = an_out(plan.actions[0])
    assert out.standing
    zone = out.occurrence.zone
    later = out.occurrence.due + timedelta(hours=1)
    gone = Standing(key=a_key(), entries=(attempting(a_key()), posted(a_key())))
    drift = {
        out.key: Drift(standing=out.standing, zone=zone, moved_to=later),
        a_key(): Drift(standing=gone, zone=zone, removed="its file is gone"),
    }
    return replace(plan, actions=(out, *plan.actions[1:9]), drift=drift), out


def test_the_page_links_to_it_and_says_what_drifted() -> None:
    plan, out = with_one_out()
    assert out.standing
    page = elements(plan_as_html(plan, examples()[1]))
    anchor = str(out.key).replace("/", ".").replace("@", ".")
    (occurrence,) = page.all(id=anchor)
    assert "is out" in occurrence.text
    assert "moved since" in occurrence.text
    (link,) = occurrence.all("dl")[0].all("a")
    assert link.attrs["href"] == out.standing.posted[0].url
    assert "1 already out" in page.all(class_="tile")[0].text
    assert f"{a_key()}: removed since: its file is gone" in page.all(class_="asides")[0].text


def test_the_json_has_its_link_and_what_drifted() -> None:
    plan, out = with_one_out()
    assert out.standing
    _, material = examples()
    read = json.loads(plan_as_json(plan, material.problems, material.sources))
    first = read["posts"][0]
    assert (first["symbol"], first["state"], first["verb"]) == ("=", "posted", "skip")
    assert first["urls"] == [out.standing.posted[0].url]
    assert first["drift"][0].startswith("moved since: ")
    assert read["gone"] == {str(a_key()): ["removed since: its file is gone"]}


def test_the_calendar_keeps_it_at_the_time_at_which_it_went_out() -> None:
    plan, out = with_one_out()
    assert out.standing
    event = Calendar.from_ical(plan_as_ics(plan)).walk("VEVENT")[0]
    assert event["DTSTART"].dt == out.standing.posted[0].at
    assert event["STATUS"] == "CONFIRMED"
    assert event["URL"] == out.standing.posted[0].url


def test_no_address_but_one_of_the_web_becomes_a_link() -> None:
    plan, out = with_one_out()
    assert out.standing
    entry = out.standing.posted[0].model_copy(update={"url": "javascript:alert(1)"})
    entries = (*out.standing.entries[:-1], entry)
    evil = replace(out, standing=replace(out.standing, entries=entries))
    plan = replace(plan, actions=(evil,), drift={})
    assert "javascript:" not in plan_as_html(plan, examples()[1]).split("<main>")[1]
    assert "URL:" not in plan_as_ics(plan)
