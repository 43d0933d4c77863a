"""Texts that share their tags share a compiled template, and nobody can tell."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from jinja2 import Environment, StrictUndefined, TemplateError

from runner.problems import Message
from runner.templating.engine import CompiledTemplate, TemplateEngine
from runner.templating.evaluation import Evaluation
from runner.templating.skeleton import skeleton
from runner.templating.values import tidy
from runner.value import replace
from tests.unit.templating.building import TEXTS, WORDS

SCOPE = {"name": "Anna", "number": 7, "tags": ["one", "two"], "empty": ""}


def said_by(engine: TemplateEngine, text: str, name: str | None = None) -> object:
    """What a text comes to, with the work that it takes; or what is wrong with it, and where."""
    read = engine.read(text, name)
    if not isinstance(read, CompiledTemplate):
        return [(each.message, each.line, each.column) for each in read]
    needs = {need: read.need(need)[1] for need in read.needs}
    evaluation = Evaluation(locale="lv", due=datetime(2027, 1, 1, tzinfo=UTC))
    found = engine.run(read, SCOPE, evaluation)
    meter = evaluation.meter
    words = found if isinstance(found, str) else (found.message, found.line, found.column)
    return words, needs, meter.fuel, meter.written


def said_alone(text: str) -> object:
    """The same by the text's own template: one with a name has no skeleton."""
    return said_by(TemplateEngine({"alone": text}), text, "alone")


@given(text=TEXTS)
@example("a {%- set x %} b\n{% endset -%} \n c {{ x | length }}")
@example("{% for x in tags %}\n  words that are longer than twenty letters\n{% endfor %}")
@example("{# two\nlines #}{{ name }}\n\nmore\nwords {{ missing }}")
@example("{% if name %}\n    \n  {% endif %}\n\n")
@example("Words\nand {{ missing }} more\n{% if gone %}words{% endif %}")
def test_a_skeleton_says_what_the_text_says(text: str) -> None:
    assert said_by(TemplateEngine({}), text) == said_alone(text)


@given(text=TEXTS)
@example("a \n{%- if name %} \n b \n{%+ endif -%}\n\n c")
@example("  {% if name %}\n  {# no #}\n  x\n  {% endif %}")
@example("{{ {1: 2} }}")
@example("{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}")
@example(
    "{% for x in tags %}{% for x in tags %}{% for x in tags %}{% endfor %}{% endfor %}{% endfor %}"
)
def test_the_text_is_jinja_s_and_so_are_errors_but_for_our_own_refusals(text: str) -> None:
    found, jinja_s = outcome(text), said_by_jinja(text)
    if isinstance(found, str):
        assert found == jinja_s
    elif jinja_s is not None:
        assert {message.rule for message in found} == {"unsafe-template"} or found == [NO_TEXT]


def test_enough_of_the_texts_that_are_tried_are_right_and_wrong() -> None:
    kinds: Counter[type] = Counter()

    @settings(derandomize=True, database=None, max_examples=100)
    @given(text=TEXTS)
    def look(text: str) -> None:
        kinds[type(outcome(text))] += 1

    look()
    assert kinds[str] > 10
    assert kinds[list] > 10


NO_TEXT = Message("template-error", "this is not a text")
"""What Jinja writes down as Python would."""


def outcome(text: str) -> str | list[Message]:
    """What a text comes to; or what is wrong with it."""
    found = said_by(TemplateEngine({}), text)
    if isinstance(found, list):
        return [message for message, _, _ in found]
    assert isinstance(found, tuple)
    words = found[0]
    return words if isinstance(words, str) else [replace(words[0], help=None)]


def said_by_jinja(text: str) -> str | None:
    """What Jinja makes of it; None where it raises, too."""
    jinja = Environment(trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    try:
        return tidy(jinja.from_string(text).render(SCOPE))
    except (TemplateError, ArithmeticError, TypeError, RecursionError):
        return None


@given(first=TEXTS, second=WORDS, third=WORDS)
def test_a_text_takes_nothing_from_those_that_were_read_before(
    first: str, second: str, third: str
) -> None:
    engine = TemplateEngine({})
    for text in (first, f"{second}{first}{third}", first):
        assert said_by(engine, text) == said_alone(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hi {{ name }}!", "Sveiks,\nlabdien, {{ name }}?"),
        ("{{ name }} {{ number }}", "{{ name }}\n\n– {{ number }}"),
        ("{% if name %}Yes{% else %}No{% endif %}", "{% if name %}Jā\njā{% else %}Nē{% endif %}"),
        ("{% for x in tags %}{{ x }}, {% endfor %}", "{% for x in tags %}{{ x }}; {% endfor %}"),
        ("{# why #}{{ name }} a", "{# for\nanother reason #}{{ name }} b"),
        ("a\n{%- if name -%}\n b{% endif %}", "c\n{%- if name -%}\n d{% endif %}"),
        (
            "{% set x %}one{% endset %}{{ x | length }}",
            "{% set x %}three{% endset %}{{ x | length }}",
        ),
    ],
)
def test_texts_that_differ_in_words_share_their_template(one: str, other: str) -> None:
    engine = TemplateEngine({})
    first, second = engine.read(one), engine.read(other)
    assert isinstance(first, CompiledTemplate)
    assert isinstance(second, CompiledTemplate)
    assert first.template is second.template
    assert said_by(engine, one) != said_by(engine, other)


@pytest.mark.parametrize(
    "text",
    [
        "{% raw %}{{ x }}{% endraw %}",
        "{%-raw%}{{ x }}{% endraw %}",
        "{{ 'it\\'s' }}",
        "{{ {'a': 1} }}",
        "{{ name",
        "{# name",
        "\0{{ name }}",
    ],
)
def test_what_a_quick_look_can_t_tell_is_left_to_jinja(text: str) -> None:
    assert skeleton(text) is None


def test_a_text_like_a_skeleton_is_no_skeleton() -> None:
    engine = TemplateEngine({})
    bones = skeleton("secret {{ name }}")
    assert bones is not None
    assert said_by(engine, "secret {{ name }}")[0] == "secret Anna"
    assert said_by(engine, bones.text)[0] == bones.text.replace("{{ name }}", "Anna").strip()


def test_what_is_wrong_with_a_text_is_told_of_the_text_as_it_is_written() -> None:
    (flaw,) = TemplateEngine({}).read("One line.\nAnother {{ ) }} line.")
    assert (flaw.line, flaw.column) == (2, 12)
