"""The JSON of a plan: what `schemas/plan.schema.json` promises, with everything in it."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from runner.plan import Plan
from runner.problems import Place, Problem, Severity, Span
from runner.value import replace
from runner.views.html.preview import Material
from runner.views.json.plan import plan_as_json
from runner.views.json.plan_record import VERSION
from tests.unit.views.building import ROOT, examples, planned, project

SCHEMA = json.loads((ROOT / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
BAD = """\
kind: launch
title: Slim 27
account: shop
product: {name: Slim 27}
launches: 2027-02-08 10:00
ends: 2027-02-14
posts:
  launch: {at: launches, text: "%s"}
"""


def document(plan: Plan, material: Material) -> dict[str, Any]:
    text = plan_as_json(plan, material.problems, material.sources)
    read: dict[str, Any] = json.loads(text)
    jsonschema.Draft7Validator(SCHEMA).validate(read)
    assert text.isascii()
    return read


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    return document(*examples())


def test_it_follows_its_schema_and_names_its_version(read: dict[str, Any]) -> None:
    assert read["version"] == VERSION == 1
    assert read["now"] == "2027-01-31T10:00:00+00:00"
    cost = examples()[0].cost_of_all
    assert (read["cost-usd"], read["spent-usd"], read["budget-usd"]) == (str(cost), "0", "50")


def test_every_post_is_there_in_the_order_in_which_it_is_due(read: dict[str, Any]) -> None:
    plan, _ = examples()
    assert [post["key"] for post in read["posts"]] == [str(action.key) for action in plan.actions]
    assert read["next"] == "shop/denim-tips/tip@2027-02-01.morning"


def test_a_post_says_all_that_x_gets(read: dict[str, Any]) -> None:
    (post,) = (each for each in read["posts"] if each["key"] == "tienda/slim27/launch")
    assert post["due"] == "2027-02-08T10:00:00+02:00"
    assert post["until"] == "2027-02-08T14:00:00+02:00"
    assert (post["verb"], post["symbol"], post["locale"], post["limit"]) == ("wait", "+", "es", 280)
    (part,) = post["parts"]
    assert part["weight"] == 209
    assert part["cost-usd"] == post["cost-usd"] == "0.220"
    assert part["links"][0].startswith("https://acme.lv/slim27?utm_source=x")
    assert part["media"][0]["path"] == "campaigns/media/slim27.jpg"
    assert part["media"][0]["alt"].startswith("Ilustración")
    (ask,) = (each for each in read["posts"] if each["key"] == "shop/slim27/ask")
    assert ask["parts"][0]["poll"] == {
        "options": ["Melna", "Smilšu", "Gaiši zila"],
        "minutes": 2880,
    }


def test_a_problem_has_its_position(tmp_path: Path) -> None:
    plan, material = planned(project(tmp_path, slim27=BAD % ("x" * 300)))
    read = document(plan, material)
    (problem,) = (each for each in read["problems"] if each["rule"] == "too-long")
    assert problem["path"] == "campaigns/slim27.yaml"
    assert (problem["line"], problem["severity"]) == (8, "error")
    assert read["posts"][0]["problems"]
    assert read["posts"][0]["symbol"] == "!"


def test_a_problem_of_no_line_has_none(tmp_path: Path) -> None:
    plan, material = planned(project(tmp_path, slim27=BAD % "Hello"))
    here = Problem(rule="r", message="m", place=Place(path="a.j2"), severity=Severity.WARNING)
    there = replace(
        here, place=Place(path="a.j2", span=Span(line=2, column=3, end_line=2, end_column=4))
    )
    read = document(plan, replace(material, problems=(here, there)))
    found = [(each["line"], each["end-column"]) for each in read["problems"] if each["rule"] == "r"]
    assert found == [(None, None), (2, 4)]


def test_money_is_written_in_digits_and_the_same_each_time(tmp_path: Path) -> None:
    plan, material = planned(project(tmp_path, slim27=BAD % "Hello"))
    plan = replace(plan, spent=Decimal("1E-7"), budget=None)
    assert document(plan, material)["spent-usd"] == "0.0000001"
    assert document(plan, material) == document(plan, material)
    assert document(plan, material)["budget-usd"] is None
