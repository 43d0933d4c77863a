"""Templates and variables that nothing uses."""

from collections.abc import Iterable

import pytest

from runner.models import CampaignFile
from runner.models.project import Project
from runner.problems import Problem, Severity, Suggestion
from runner.rules import RuleContext, TemplateLibrary
from tests.unit.rules.building import a_file, a_project, checked

STANDARD = {
    "macros.j2": "{% macro benefit() %}{{ vars.benefit }}{% endmacro %}",
    "launch/launch.lv.j2": '{% import "macros.j2" as m with context %}{{ m.benefit() }}',
    "launch/launch.es.j2": '{% import "macros.j2" as m with context %}{{ m.benefit() }}',
}
LAUNCH = {"kind": "launch", "launches": "2026-12-01 10:00", "product": {"name": "Slim 27"}}


def left_over(
    file: CampaignFile,
    *,
    rule: str,
    own: Iterable[str] = (),
    project: Project | None = None,
    **templates: str,
) -> tuple[Problem, ...]:
    named = {
        name.replace("__", "/").replace("_dot_", ".") + ".j2": t for name, t in templates.items()
    }
    context = RuleContext(
        project=project or a_project(),
        files=(file,),
        proofs=(),
        library=TemplateLibrary({**STANDARD, **named}),
        own_templates=frozenset({*named, *own}),
    )
    return tuple(problem for problem in checked(context) if problem.rule == rule)


def unused(file: CampaignFile, **templates: str) -> tuple[Problem, ...]:
    return left_over(file, rule="unused-template", **templates)


def variables(file: CampaignFile, **templates: str) -> tuple[Problem, ...]:
    return left_over(file, rule="unused-variable", **templates)


# --- unused-template


def test_a_template_that_no_campaign_uses_is_a_warning_at_the_file() -> None:
    (problem,) = unused(a_file({"hello": {"text": "x"}}), own__story="x")
    assert problem.message == "no campaign uses the template `own/story.j2`"
    assert problem.place.path == "templates/own/story.j2"
    assert problem.help == "name it in a post (`template: own/story`), or remove it"
    assert problem.severity is Severity.WARNING


def test_a_template_with_a_typo_in_its_name_is_told_what_it_was_meant_to_be() -> None:
    file = a_file({"launch": {}}, **LAUNCH)
    (problem,) = unused(file, launch__lanch_dot_lv="x")
    assert problem.help == str(Suggestion("launch/launch.lv.j2"))


@pytest.mark.parametrize("name", ["launch/story.lv.j2", "launch/sale.j2", "other/launch.lv.j2"])
def test_a_template_of_another_name_is_not_taken_for_a_typo(name: str) -> None:
    file = a_file({"launch": {}}, **LAUNCH)
    (problem,) = left_over(file, rule="unused-template", own=[name])
    assert problem.help == f"name it in a post (`template: {name[:-3]}`), or remove it"


@pytest.mark.parametrize("template", ["own/story", "own/story.j2"])
def test_what_a_post_or_a_part_names_is_used(template: str) -> None:
    for post in ({"template": template}, {"thread": [{"template": template}, "x"]}):
        assert unused(a_file({"hello": post}), own__story="x") == ()


def test_a_ready_answer_is_used_where_there_is_an_inbox_and_so_is_what_it_takes_in() -> None:
    said = {"answers__late_dot_lv": '{% include "own/sorry.j2" %}', "own__sorry": "x"}
    file = a_file({"hello": {"text": "x"}})
    for each, count in ((a_project(inbox={}), 0), (a_project(), 2)):
        assert len(left_over(file, rule="unused-template", project=each, **said)) == count


def test_what_another_template_takes_in_is_used() -> None:
    file = a_file({"hello": {"template": "own/story"}})
    taking = '{# {% include "own/old.j2" %} #}{% include "own/part.j2" %}'
    (problem,) = unused(file, own__story=taking, own__part="x", own__old="x")
    assert problem.place.path == "templates/own/old.j2"


def test_the_projects_own_standard_template_is_used_by_the_post_without_a_text() -> None:
    own = {"launch__launch_dot_lv": "x"}
    assert unused(a_file({"launch": {}}, **LAUNCH), **own) == ()
    (problem,) = unused(a_file({"launch": {"text": "x"}}, **LAUNCH), **own)
    assert problem.message == "no campaign uses the template `launch/launch.lv.j2`"


def test_translations_into_languages_of_the_project_are_used_together() -> None:
    file = a_file({"hello": {"template": "own/story"}})
    own = {"own__story_dot_lv": "x", "own__story_dot_es": "x", "own__story_dot_fr": "x"}
    (problem,) = unused(file, **own)
    assert problem.message == "no campaign uses the template `own/story.fr.j2`"


def test_templates_of_the_package_are_not_spoken_of() -> None:
    assert unused(a_file({"hello": {"text": "x"}})) == ()


# --- unused-variable


def test_a_variable_that_nothing_uses_is_a_warning_on_its_key() -> None:
    (problem,) = variables(a_file({"hello": {"text": "Hi"}}, vars={"fit-guide": "x"}))
    assert problem.message == "nothing uses the variable `fit-guide`"
    assert problem.place.route == ("vars", "fit-guide")
    assert problem.place.on_key
    assert problem.help == "use it in a text, `{{ vars.fit_guide }}`, or remove it"
    assert problem.severity is Severity.WARNING


def test_a_typo_is_told_which_name_the_templates_look_for() -> None:
    (problem,) = variables(a_file({"launch": {}}, vars={"benefits": "x"}, **LAUNCH))
    assert problem.message == "nothing uses the variable `benefits`"
    assert problem.help == str(Suggestion("benefit"))


@pytest.mark.parametrize(
    "text",
    [
        "{{ vars.fit_guide }}",
        "{{ vars['fit-guide'] }}",
        "{{ fit_guide }}",
        "{% if fit_guide is defined %}x{% endif %}",
        "{{ vars[name] }}",
    ],
)
def test_every_way_to_use_a_variable_is_seen(text: str) -> None:
    for post in ({"text": text}, {"text": {"lv": text}}, {"thread": [text, "x"]}):
        assert variables(a_file({"hello": post}, vars={"fit-guide": "x"})) == ()


def test_what_only_stands_in_a_text_or_in_a_comment_is_not_used() -> None:
    text = "Our benefit: {# {{ vars.benefit }} #} none"
    assert len(variables(a_file({"hello": {"text": text}}, vars={"benefit": "x"}))) == 1


def test_a_variable_of_an_item_is_used_by_its_posts_templates() -> None:
    items = [{"text": "A", "vars": {"author": "Ann", "autor": "Ann"}}]
    file = a_file(
        {"quote": {"every": {"slots": ["morning"]}, "template": "own/quote"}},
        items={"quote": ("campaigns/data/quotes.yaml", items)},
    )
    (problem,) = variables(file, own__quote="{{ item.text }} {{ item.vars.author }}")
    assert problem.message == "nothing uses the variable `autor`"
    assert problem.place.path == "campaigns/data/quotes.yaml"
    assert problem.place.route == (0, "vars", "autor")


def test_a_campaign_whose_templates_are_not_known_is_left_alone() -> None:
    file = a_file({"hello": {"template": "own/missing"}}, vars={"benefit": "x"})
    assert variables(file) == ()
