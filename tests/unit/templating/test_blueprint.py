"""A template's text is read once in a process, and whatever differs is read anew."""

from pathlib import Path

import pytest
from hypothesis import example, given
from jinja2 import BaseLoader, TemplateSyntaxError, meta

from runner.templating.engine import CompiledTemplate, TemplateEngine
from runner.templating.sandbox import FILTERS, TemplateSandbox
from runner.templating.template_tree import TemplateTree, foreign_to, set_by, tree_of
from tests.unit.templating.building import TEXTS

TEMPLATES = Path(__file__).parents[3] / "templates"

FILES = {"_lib.j2": "{% macro hi(name) %}Hi {{ name }}{% endmacro %}", "a.j2": "{{ one | upper }}"}


def code_of(engine: TemplateEngine, name: str) -> object:
    compiled = engine.read(engine.templates[name], name)
    assert isinstance(compiled, CompiledTemplate)
    assert compiled.template
    return compiled.template.root_render_func.__code__


def test_projects_that_have_the_same_file_share_its_code() -> None:
    one, other = TemplateEngine(FILES), TemplateEngine({**FILES, "b.j2": "x"})
    for name in FILES:
        assert code_of(one, name) is code_of(other, name)


OTHERS = {
    "another-text": TemplateEngine({"a.j2": "{{ one | lower }}"}),
    "filters-of-its-own": TemplateEngine(FILES, {**FILTERS, "upper": lambda value: f"<{value}>"}),
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_differs_has_code_of_its_own(other: str) -> None:
    assert code_of(OTHERS[other], "a.j2") is not code_of(TemplateEngine(FILES), "a.j2")


def test_a_mistake_in_a_file_is_told_each_time() -> None:
    broken = {"a.j2": "{{ ) }}"}
    first, second = (TemplateEngine(broken).read(broken["a.j2"], "a.j2") for _ in range(2))
    assert first == second
    assert not isinstance(first, CompiledTemplate)
    assert isinstance(TemplateEngine(broken).read("{{ one }}", "a.j2"), CompiledTemplate)


def test_what_another_template_lacks_is_no_part_of_what_is_remembered() -> None:
    page = '{% import "_lib.j2" as lib %}{{ lib.hi(one) }}'
    missing = TemplateEngine({"page.j2": page}).read(page, "page.j2")
    assert isinstance(missing, tuple)
    assert [each.message.rule for each in missing] == ["unknown-template"]
    assert isinstance(
        TemplateEngine({**FILES, "page.j2": page}).read(page, "page.j2"), CompiledTemplate
    )


def assert_jinja_finds_the_same_names(text: str) -> None:
    environment = TemplateSandbox(BaseLoader())
    environment.filters["import"] = str
    try:
        root = environment.parse(text)
        undeclared = meta.find_undeclared_variables(root)
    except TemplateSyntaxError:  # also of two blocks of one name, which `parse` takes
        return
    tree = tree_of(root)
    assert isinstance(tree, TemplateTree)
    own = set_by(tree)
    assert foreign_to(tree, own) == undeclared - own


@given(text=TEXTS)
@example("{% for x in loop %}{{ loop.index }}{% else %}{{ loop }}{% endfor %}")
@example("{% for x in y if loop %}{% for z in loop %}{{ x }}{% endfor %}{% endfor %}")
@example("{% macro m(a=b) %}{{ varargs }}{{ c }}{% endmacro %}{{ kwargs }}")
@example("{% if a %}{% set b = c %}{% endif %}{{ b }}")
@example("{% block b %}{{ super() }}{{ a }}{% endblock %}")
@example("{% block b %}{% endblock %}{% block b %}{% endblock %}")
def test_a_template_lacks_the_names_that_jinja_says(text: str) -> None:
    assert_jinja_finds_the_same_names(text)


@pytest.mark.thorough
def test_templates_of_the_package_lack_the_names_that_jinja_says() -> None:
    paths = list(TEMPLATES.rglob("*.j2"))
    assert len(paths) > 80
    for path in paths:
        assert_jinja_finds_the_same_names(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("use", ["{{ loop.index }}", "{% if loop.last %}x{% endif %}"])
def test_a_loop_outside_of_loops_is_told_of_where_it_stands(use: str) -> None:
    text = f"{{% for x in tags %}}{{{{ loop.index }}}}{{{{ x }}}}\n{{% endfor %}}\n{use}"
    read = TemplateEngine({}).read(text)
    assert isinstance(read, CompiledTemplate)
    assert {name: read.need(name) for name in read.needs} == {"tags": (None, 1), "loop": (None, 3)}
