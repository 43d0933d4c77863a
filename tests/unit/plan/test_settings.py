"""Settings: every key is about something, and each of runner.yaml is compared."""

from decimal import Decimal

import pytest

from runner.models.campaign import BaseCampaign
from runner.models.project import Project
from runner.plan.fields import flat
from runner.plan.settings import OF_CAMPAIGN, OF_PROJECT, Concern, concern_of, settings
from runner.plan.surroundings import Surroundings
from tests.unit.plan.building import a_file, a_project


@pytest.mark.parametrize("name", sorted(Project.model_fields))
def test_every_key_of_the_project_is_about_something(name: str) -> None:
    key = Project.model_fields[name].alias or name
    about = {concern_of(form, OF_PROJECT) for form in (key, f"{key}.x", f"{key}.x.y")}
    assert about != {Concern.OTHER} or key in ("links", "goals")


def test_every_key_of_a_campaign_is_about_something_or_is_what_its_texts_show() -> None:
    shown = {key.rstrip(".*") for key, about in OF_CAMPAIGN if about is Concern.CONTENT}
    keys = {field.alias or name for name, field in BaseCampaign.model_fields.items()}
    others = {key for key in keys if concern_of(key, OF_CAMPAIGN) is Concern.OTHER}
    assert others - shown - {"account", "posts", "slots"} == {"kind", "locale"}


def test_values_that_mean_the_same_are_written_the_same() -> None:
    one, other = (
        a_project(budget={"usd-per-month": Decimal(amount)}, grace={"launch": grace})
        for amount, grace in (("20", "4h"), ("20.00", "240m"))
    )
    assert dict(flat(one)) == dict(flat(other))
    assert settings((one, {}), (other, {})) == ()


def test_the_gravest_come_first_and_what_was_there_before_what_is_new() -> None:
    old = a_project(budget={"usd-per-month": Decimal(20)}, hold=True)
    new = a_project(timezone="Europe/Madrid", partners={})
    file = a_file({"a": {"ignore": {"min-gap": "why", "link-cost": "so"}}})
    found = settings((old, {}), (new, {file.id: file}))
    assert [each.concern.value for each in found] == ["money", "money", "rules", "time", "holds"]
    assert found[0].key == "budget.usd-per-month"


def test_what_other_campaigns_own_is_left_out_where_some_are_asked_for() -> None:
    one, other = a_file({"a": {}}, id="one", budget=Decimal(5)), a_file({"b": {}}, id="other")
    found = settings((a_project(), {}), (a_project(hold=True), {"one": one, "other": other}))
    whole = Surroundings(
        settings=found,
        edited={"one": one.path, "other": other.path},
        timeless={one.path: ("a",), other.path: ("b",)},
    )
    some = whole.of_campaigns({"other"})
    assert [each.path for each in some.settings] == ["runner.yaml"]
    assert some.timeless == {other.path: ("b",)}
