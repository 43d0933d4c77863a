"""Keys that a campaign declares and no post uses."""

from typing import Any

import pytest

from runner.models import CampaignFile
from runner.problems import Problem, Severity
from runner.rules import RuleContext, TemplateLibrary, check
from tests.unit.rules.building import a_file, a_post, a_project, an_occurrence, anchors_of, found

LINK = "https://acme.lv/jeans"
EVERY = {"days": ["mon"], "slots": ["morning"]}


def unused(file: CampaignFile, templates: dict[str, str] | None = None) -> tuple[Problem, ...]:
    context = RuleContext(
        project=a_project(),
        files=(file,),
        proofs=(),
        anchors={file.path: anchors_of(file, a_project())},
        library=TemplateLibrary(templates or {}),
    )
    problems = check(context)
    return tuple(each for each in problems if each.rule == "unused-key")


IDLE: dict[str, dict[str, Any]] = {
    "C4-hashtags": {"hashtags": ["denim"]},
    "C4-link": {"link": LINK},
}


@pytest.mark.parametrize("name", IDLE)
def test_what_no_text_uses_is_told_at_its_key(name: str) -> None:
    [problem] = unused(a_file({"new": {"text": "Labrīt!"}}, **IDLE[name]))
    [key] = IDLE[name]
    assert problem.place.route == (key,)
    assert problem.severity is Severity.WARNING
    assert f"`{key}`" in problem.message


USED = {
    "in-a-text": "{{ link }} {{ hashtags | hashtag }}",
    "in-a-condition": "{% if link %}…{% endif %}{% for t in hashtags %}{{ t }}{% endfor %}",
    "written-out": f"Look: {LINK} #Denim",
}


@pytest.mark.parametrize("name", USED)
def test_what_a_text_uses_or_writes_out_is_not_told(name: str) -> None:
    file = a_file({"new": {"text": USED[name]}}, link=LINK, hashtags=["denim"])
    assert unused(file) == ()


def test_a_template_uses_it_too_and_one_that_is_not_there_is_told_elsewhere() -> None:
    file = a_file({"new": {"template": "own/new"}}, link=LINK)
    assert unused(file, {"own/new.j2": "{{ link }}"}) == ()
    assert unused(file) == ()
    assert len(unused(file, {"own/new.j2": "Hello"})) == 1


def test_the_link_of_an_item_is_used_by_its_text() -> None:
    items = [
        {"text": "Wash cold.", "link": LINK},
        {"text": f"Wash warm: {LINK}", "link": LINK},
        {"text": "Dry."},
    ]
    file = a_file(
        {"care": {"every": EVERY, "items": items}},
        items={"care": ("campaigns/care.yaml", items)},
        starts="2026-12-01",
    )
    [problem] = unused(file, {"macros.j2": ""})
    assert problem.place.path == "campaigns/care.yaml"
    assert problem.place.route == (0, "link")


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-11-30", 1), ("2026-12-01", 0), ("2026-12-31", 0), ("2027-01-01", 1)],
    ids=lambda value: f"C4-except-{value}",
)
def test_a_day_outside_of_the_campaign_stops_nothing(day: str, told: int) -> None:
    file = a_file({"tip": {"every": {**EVERY, "except": [day]}, "text": "x"}}, starts="2026-12-01")
    problems = unused(file)
    assert len(problems) == told
    assert all(day in each.message for each in problems)


def test_who_keeps_it_for_later_says_so() -> None:
    post = {"text": "Labrīt!", "ignore": {"unused-key": "the shop opens in March"}}
    file = a_file({"new": post}, link=LINK)
    assert found(a_post(an_occurrence(file, "new")), rule="unused-key") == ()
