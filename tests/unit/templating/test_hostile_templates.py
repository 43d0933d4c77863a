"""Templates come from strangers: what is dangerous is refused by name, and soon."""

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.models import Item
from runner.problems import Problem
from tests.unit.render.building import CONTEST, SERIES, campaign_file, posts, said, show, wrong

TEMPLATES = Path(__file__).parents[2] / "golden" / "templates"
BIG = "x" * 200_000
REFUSED = {
    "power": ("{{ 9 ** 9 ** 9 }}", "`**`"),
    "repetition": ("{{ 'a' * 1000000000 }}", "`*` repeats"),
    "repetition of a list": ("{{ ([1] * 1000000000) | length }}", "`*` repeats"),
    "formatting by percent": ("{{ '%1900000000s' % 'a' }}", "`%` formats"),
    "padding": ("{{ 'a' | center(1900000000) }}", "`center`"),
    "format": ("{{ '%s' | format('a') }}", "`format`"),
    "word wrap": ("{{ 'a' | wordwrap(1) }}", "`wordwrap`"),
    "indent": ("{{ 'a' | indent(1900000000) }}", "`indent`"),
    "attr": ("{{ '' | attr('__class__') }}", "`attr`"),
    "map": ("{{ [1] | map('string') | list }}", "`map`"),
    "classes": ("{{ ''.__class__.__mro__ }}", "`.__mro__`"),
    "classes by item": ("{{ ''['__class__'] }}", "`__class__`"),
    "globals": ("{{ account.look.__globals__ }}", "`.__globals__`"),
    "methods of bags": ("{{ account.look('handle') }}", "`.look()`"),
    "methods of texts": ("{{ 'a'.center(1900000000) }}", "`.center()`"),
    "methods without a call": ("{{ prize.format }}", "`format`"),
    "methods by item": ("{{ ('{0}'['format'])('a') }}", "called"),
    "the sandbox itself": ("{{ self._TemplateReference__context }}", "`self`"),
    "private names": ("{{ _scene.meter }}", "`_scene`"),
    "range": ("{% for i in range(100000) %}a{% endfor %}", "`range()`"),
    "lipsum": ("{{ lipsum(1000) }}", "`lipsum()`"),
    "cycler": ("{% set c = cycler(1) %}", "`cycler()`"),
    "joiner": ("{% set c = joiner(1) %}", "`joiner()`"),
    "dict": ("{% set c = dict(a=1) %}", "`dict()`"),
    "namespace": ("{% set c = namespace(a=1) %}", "`namespace()`"),
    "three loops": (
        "{% for a in 'ab' %}{% for b in 'ab' %}{% for c in 'a' %}" + "{% endfor %}" * 3,
        "loop in a loop in a loop",
    ),
    "a recursive loop": ("{% for a in 'a' recursive %}{{ loop('a') }}{% endfor %}", "`recursive`"),
    "a macro that calls itself": (
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "calls itself",
    ),
    "macros that call each other": (
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
        "calls itself",
    ),
    "a macro given itself": (
        "{% macro b(x) %}{% endmacro %}{% macro a(b) %}{{ b(b) }}{% endmacro %}{{ a(a) }}",
        "calls itself",
    ),
    "call blocks": ("{% macro m() %}{% endmacro %}{% call m() %}a{% endcall %}", "`{% call %}`"),
    "spread arguments": (
        "{% macro m(a) %}{% endmacro %}{{ m(*[1]) }}",
        "`*` and `**` before arguments",
    ),
    "long text by doubling": ("{% set x = 'aaaaaaaa' %}" + "{% set x = x ~ x %}" * 40, "30,000"),
    "long text by adding": ("{% set x = 'aaaaaaaa' %}" + "{% set x = x + x %}" * 40, "30,000"),
    "long text by replacing": (
        "{% set x = 'aaaaaaaa' %}" + "{% set x = x | replace('a', 'aaaaaaaa') %}" * 20,
        "30,000",
    ),
    "long text by joining": (
        "{% set x = 'aaaaaaaa' %}" + "{% set x = x | join(x) %}" * 20,
        "30,000",
    ),
    "long text by blocks": (
        "{% set x = 'aaaaaaaa' %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40,
        "30,000",
    ),
    "long text by loops": ("{% for a in big %}{{ big }}{% endfor %}", "30,000"),
    "long lists": ("{% set x = [1] %}" + "{% set x = x + x %}" * 40, "too much work"),
    "deep lists": ("{% set x = [1] %}" + "{% set x = [x, x] %}" * 40, "lists in lists"),
    "deep tuples": ("{% set x = (1, 2) %}" + "{% set x = (x, x) %}" * 40, "lists in lists"),
    "large numbers": ("{% set x = 99999 %}" + "{% set x = x * x %}" * 40 + "{{ x }}", "too large"),
    "huge numbers": ("{{ " + "9" * 5000 + " }}", "too large"),
    "infinite numbers": ("{{ 1e999 }}", "too large"),
    "nested loops over much": (
        "{% for a in big %}{% for b in big %}{% endfor %}{% endfor %}",
        "too much work",
    ),
    "loops that select": (
        "{% for a in big %}{% for b in big if b == 'y' %}{% endfor %}{% endfor %}",
        "too much work",
    ),
    "searching much": (
        "{% for a in big %}{% if (big ~ 'y') in big %}{% endif %}{% endfor %}",
        "30,000",
    ),
    "sorting much": ("{% for a in big %}{% set x = big | list | sort %}{% endfor %}", "too much"),
    "macros that call macros": (
        "{% macro m0() %}a{% endmacro %}"
        + "".join(
            f"{{% macro m{i} () %}}" + f"{{{{ m{i - 1}() }}}}" * 9 + "{% endmacro %}"
            for i in range(1, 20)
        )
        + "{{ m19() }}",
        "too much work",
    ),
    "a template that is too long": ("a" * 70_000, "65,536"),
    "deep brackets": ("{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}", "nested too deep"),
    "deep lists in brackets": ("{{ " + "[" * 2000 + "]" * 2000 + " }}", "nested too deep"),
    "deep conditions": ("{% if 1 %}" * 500 + "{% endif %}" * 500, "nested too deep"),
    "long chains": ("{{ a" + ".b" * 2000 + " }}", "nested too deep"),
    "long sums": ("{{ 1" + " + 1" * 1000 + " }}", "nested too deep"),
    "long negations": ("{{ " + "not " * 2000 + "1 }}", "nested too deep"),
    "steps": ("{{ prize[::-1] }}", "steps"),
    "computed keys": ("{% set x = {prize: 1} %}", "key"),
    "a template by a computed name": ("{% include prize %}", "written out"),
    "missing templates ignored": ("{% include 'a' ignore missing %}", "`ignore missing`"),
    "a file of the system": ("{% include '/etc/passwd' %}", "no template `/etc/passwd`"),
    "a file beside the templates": ("{% include '../runner.yaml' %}", "`../runner.yaml`"),
    "escaping": ("{% autoescape true %}a{% endautoescape %}", "`{% autoescape %}`"),
    "what went wrong inside": ("{% debug %}", "`debug`"),
    "Python in a statement": ("{% do account.clear() %}", "`do`"),
    "the environment": ("{{ environment }}", "no `environment`"),
    "settings of a web server": ("{{ config.SECRET_KEY }}", "no `config`"),
    "escaped underscores": ("{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}", "`__class__`"),
    "a name put together": ("{{ account['__cl' ~ 'ass__'] }}", "`__class__`"),
    "a name turned round": ("{{ account['__ssalc__' | reverse] }}", "`__class__`"),
    "wide underscores": ("{{ ''['＿＿class＿＿'] }}", "`＿＿class＿＿`"),
    "wide letters": ("{{ prize.ｆｏｒｍａｔ }}", "`ｆｏｒｍａｔ`"),
    "a letter that looks the same": ("{{ рrize }}", "no `рrize`"),
    "a mark of direction in a tag": ("{{ \u202eprize }}", "`\\u202e`"),
    "a space of no width in a tag": ("{{ pri\u200bze }}", "`\\u200b`"),
    "half a character": ("{{ '\\ud800' }}", "half a character"),
    "numbers in texts": ("{{ '1e999999999' | number }}", "too large"),
    "endless numbers in texts": ("{{ 'inf' | number }}", "too large"),
    "a method kept for later": ("{% set f = prize.upper %}{{ f() }}", "`f()`"),
    "methods of loops": ("{% for a in 'ab' %}{{ loop.cycle(1, 2) }}{% endfor %}", "`.cycle()`"),
    "globals of macros": (
        "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
        "`.__globals__`",
    ),
    "the caller of a macro": ("{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", "`caller()`"),
    "a field set anew": ("{% set account.handle = 'x' %}", "`{% set a.b = … %}`"),
    "batches": ("{{ 'a' | batch(1900000000) | list }}", "`batch`"),
    "columns": ("{{ 'a' | slice(1900000000) | list }}", "`slice`"),
    "insides printed": ("{{ account | pprint }}", "`pprint`"),
    "chance": ("{{ hashtags | random }}", "`random`"),
    "cutting much": (
        "{% for a in flags %}{% for b in flags[:2] %}{{ flags | first }}{% endfor %}{% endfor %}",
        "too much work",
    ),
    "picking much": ("{% for a in 'ab' %}" + "{{ flags[0] }}" * 50 + "{% endfor %}", "too much"),
    "accents without end": ("{{ accents | title }}{{ accents[1:] }}", "30,000"),
}
VARS = {"big": BIG, "flags": "🇱🇻" * 100_000, "accents": "a" + "\u0301" * 100_000}
KNOWN = {
    "unsafe-template",
    "unknown-variable",
    "unknown-template",
    "template-syntax",
    "hidden-character",
}
"""The rules by which an attempt is refused."""


@cache
def attempt(text: str) -> tuple[tuple[Problem, ...], float]:
    """What whoever wrote it is told, and after how long."""
    file = campaign_file(CONTEST, posts=posts(text), vars=VARS)
    start = time.process_time()
    post, problems = show(file, templates={"big.j2": "x" * 60_000})
    seconds = time.process_time() - start
    assert post is None
    assert problems
    return problems, seconds


@pytest.mark.thorough
@pytest.mark.parametrize(("text", "named"), REFUSED.values(), ids=REFUSED)
def test_what_is_dangerous_is_refused_by_name_within_a_second(text: str, named: str) -> None:
    problems, seconds = attempt(text)
    assert seconds < 1
    assert {problem.rule for problem in problems} <= KNOWN, problems
    assert any(named in problem.message for problem in problems), problems
    assert all(problem.help for problem in problems)


LARGE = {
    "prints": "{{ prize }}" * 5_000,
    "calls": "{{ a() }}" * 7_000,
    "conditions": "{% if prize %}{% endif %}" * 2_500,
    "joins": "{{ 1" + " ~ 1" * 15_000 + " }}",
    "comparisons": "{{ 1" + " < 1" * 15_000 + " }}",
    "a list": "{{ [" + "1," * 30_000 + "] }}",
    "macros": "{% macro a() %}{% endmacro %}" * 2_200,
    "open tags": "{{" * 30_000,
    "open statements": "{%-" * 20_000,
    "open comments": "{#" * 30_000,
    "digits": "{{ " + "1_" * 30_000 + "1 }}",
    "quotes": "{{ '" + "\\'" * 30_000,
    "branches": "{% if 0 %}" + "{% elif 0 %}" * 5_000 + "{% endif %}",
    "includes": "{% include 'big.j2' %}" * 2_500,
    "included text": "{% include 'big.j2' %}" * 500,
}


@pytest.mark.thorough
@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_what_is_merely_large_is_refused_within_a_second(text: str) -> None:
    _, seconds = attempt(text)
    assert seconds < 1


def test_templates_that_take_each_other_in_are_refused() -> None:
    templates = {"a.j2": "{% include 'b.j2' %}", "b.j2": "a\n{% include 'a.j2' %}"}
    [problem] = wrong("{% include 'a.j2' %}", templates=templates)
    assert problem.rule == "unsafe-template"
    assert problem.message == "`a.j2` takes itself in"
    assert problem.help == "break the circle: a.j2 → b.j2 → a.j2"
    assert problem.place.path == "templates/b.j2"
    assert problem.place.span
    assert problem.place.span.line == 2


@pytest.mark.parametrize("name", ["../runner.yaml", "/etc/passwd", "macros.j3", ""])
def test_only_templates_can_be_taken_in(name: str) -> None:
    [problem] = wrong(f"{{% include '{name}' %}}", templates={"macros.j2": ""})
    assert problem.rule == "unknown-template"


def test_what_an_imported_template_does_is_checked_as_well() -> None:
    text = "{% import 'm.j2' as m %}{{ m.a() }}"
    [problem] = wrong(
        text, templates={"m.j2": "\n{% macro a() %}{{ 'a' | center(9) }}{% endmacro %}"}
    )
    assert problem.rule == "unsafe-template"
    assert problem.place.path == "templates/m.j2"
    assert problem.place.span
    assert (problem.place.span.line, problem.place.span.column) == (2, 25)


ORDINARY = {
    "plain text": ("Sveiki!", "Sveiki!"),
    "braces": ("a {b} c", "a {b} c"),
    "raw": ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
    "a comment": ("a{# not this #}b", "ab"),
    "a field": ("{{ prize }}", "trīs pāri džinsu"),
    "a nested field": ("{{ entry.phrase }}", "#WinterLois"),
    "a field by item": ("{{ entry['phrase'] }}", "#WinterLois"),
    "a condition": ("{% if winners > 1 %}a{% else %}b{% endif %}", "a"),
    "an inline condition": ("{{ 'a' if winners == 3 else 'b' }}", "a"),
    "an inline condition without else": ("a{{ 'b' if winners == 1 }}", "a"),
    "what is not given": ("{% if partner %}{{ partner.name }}{% endif %}-", "-"),
    "a default": ("{{ offer | default('nothing') }}", "nothing"),
    "is defined": ("{{ 'a' if nothing is defined else 'b' }}", "b"),
    "a loop": ("{% for tag in hashtags %}{{ loop.index }}{{ tag }} {% endfor %}", "1one 2two"),
    "a loop with a choice": ("{% for t in hashtags if t != 'one' %}{{ t }}{% endfor %}", "two"),
    "two loops": (
        "{% for a in hashtags %}{% for b in hashtags %}{{ b[0] }}{% endfor %}{% endfor %}",
        "otot",
    ),
    "a macro": (
        "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(3, b=4) }}",
        "1234",
    ),
    "set": ("{% set a = winners + 1 %}{{ a * 2 }}", "8"),
    "a set block": ("{% set a %}x{{ winners }}{% endset %}{{ a }}{{ a }}", "x3x3"),
    "a filter block": ("{% filter upper %}a{{ winners }}{% endfilter %}", "A3"),
    "with": ("{% with a = 1 %}{{ a }}{% endwith %}", "1"),
    "joining": ("{{ 'a' ~ winners ~ 'b' }}", "a3b"),
    "arithmetic": ("{{ (winners + 1) // 2 }}, {{ 7 % 4 }}, {{ -winners }}", "2, 3, -3"),
    "filters": ("{{ ' aB ' | trim | upper }}{{ 'ab cd' | title }}", "ABAb Cd"),
    "lists": ("{{ hashtags | join(', ') }}/{{ hashtags | length }}", "one, two/2"),
    "list ends": ("{{ hashtags | first }}{{ hashtags | last }}{{ hashtags[1] }}", "onetwotwo"),
    "sorting": ("{{ ['b', 'A', 'b'] | unique | sort | join }}", "Ab"),
    "numbers": ("{{ '20' | int + 1 }} {{ 2.345 | round(2) }}", "21 2.35"),
    "a table of texts": ("{{ {'lv': 'Sveiki', 'es': 'Hola'}[locale] }}", "Sveiki"),
    "membership": ("{{ 'a' if 'announce' in posts else 'b' }}", "b"),
    "part of a text": ("{{ 'a' if 'Lois' in entry.phrase else 'b' }}", "a"),
    "a chain of comparisons": ("{{ 'a' if 1 < winners <= 3 else 'b' }}", "a"),
    "a slice": ("{{ prize[:4] }}", "trīs"),
    "tests": ("{{ 'a' if winners is odd and prize is string else 'b' }}", "a"),
}


@pytest.mark.parametrize(("text", "expected"), ORDINARY.values(), ids=ORDINARY)
def test_what_people_write_works(text: str, expected: str) -> None:
    assert said(text, hashtags=["one", "two"]) == expected


def shortened(text: str) -> str:
    """A template for a table: what can't be seen in it named, and no longer than a line."""
    hidden = {"\n": "⏎", "\u202e": "⟨U+202E⟩", "\u200b": "⟨U+200B⟩"}
    shown = "".join(hidden.get(sign, sign) for sign in text[:90])
    return f"{shown} … {len(text):,} characters" if len(text) > 90 else shown


@pytest.mark.thorough
def test_the_table_of_what_is_refused_is_kept(golden: Callable[[Path, str], None]) -> None:
    """Each attempt, and what whoever wrote it is told."""
    table = []
    for name, text in [*((name, text) for name, (text, _) in REFUSED.items()), *LARGE.items()]:
        problems, _ = attempt(text)
        said = dict.fromkeys(f"{problem.rule}: {problem.message}" for problem in problems)
        table.append("\n    ".join([name, shortened(text), *said]) + "\n")
    assert len(table) >= 100
    golden(TEMPLATES / "hostile.txt", "\n".join(table))


def test_the_table_of_what_works_is_kept(golden: Callable[[Path, str], None]) -> None:
    table = [
        f"{name}\n    {shortened(text)}\n    {expected}\n"
        for name, (text, expected) in ORDINARY.items()
    ]
    assert len(table) >= 30
    golden(TEMPLATES / "ordinary.txt", "\n".join(table))


def test_macros_and_bases_are_shared() -> None:
    templates = {
        "m.j2": "{% macro hi(who) %}Hi {{ who }}, {{ prize }}!{% endmacro %}",
        "part.j2": "[{{ winners }}]",
        "base.j2": "<{% block body %}{% endblock %}>",
    }
    assert said("{% import 'm.j2' as m %}{{ m.hi('A') }}", templates=templates).startswith(
        "Hi A, t"
    )
    assert said("{% from 'm.j2' import hi %}{{ hi('B') }}", templates=templates).startswith(
        "Hi B, t"
    )
    assert said("{% include 'part.j2' %}", templates=templates) == "[3]"
    extended = "{% extends 'base.j2' %}{% block body %}{{ winners }}{% endblock %}"
    assert said(extended, templates=templates) == "<3>"


PIECES = st.sampled_from(
    [
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "-",
            "~",
            "|",
            "(",
            ")",
            "[",
            "]",
            ".",
            ",",
            "=",
            "==",
        ),
        *(
            " if ",
            " endif ",
            " for ",
            " in ",
            " endfor ",
            " macro ",
            " endmacro ",
            " set ",
            " else ",
        ),
        *(
            " prize ",
            " winners ",
            " closes ",
            " posts ",
            " draw ",
            " loop ",
            " at ",
            " m ",
            " item ",
        ),
        *(
            "'a'",
            "1",
            "0",
            "9" * 20,
            "1e9",
            " date ",
            " time ",
            " countdown ",
            " plural ",
            " hashtag ",
        ),
        *(
            " join ",
            " replace ",
            " currency ",
            " not ",
            " is ",
            " defined ",
            "+",
            "*",
            "/",
            "%",
            "\n",
        ),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_renders_or_says_why_not(text: str) -> None:
    start = time.process_time()
    post, problems = show(campaign_file(CONTEST, posts=posts(text)))
    assert time.process_time() - start < 2
    assert (post is None) == bool(problems)
    if post:
        assert len(post.parts[0].text) <= 30_000


OPERANDS = st.sampled_from(
    [
        "prize",
        "winners",
        "closes",
        "entry",
        "hashtags",
        "draw",
        "posts",
        "none",
        "1.5",
        "'a'",
        "[1]",
    ]
)
OPERATORS = st.sampled_from(["+", "-", "*", "/", "//", "%", "~", "==", "<", "in", "and", "or"])
FILTERS = st.sampled_from(
    [
        *(
            "upper",
            "join",
            "length",
            "first",
            "sort",
            "unique",
            "int",
            "round",
            "number",
            "percent",
        ),
        *("date", "time", "countdown", "currency('EUR')", "hashtag", "mention", "reverse", "list"),
        *("plural(other='x')", "replace('a', 'b')", "default('x')", "title", "date('short')"),
    ]
)


@given(OPERANDS, OPERATORS, OPERANDS, FILTERS, FILTERS)
def test_any_expression_renders_or_says_why_not(
    left: str, sign: str, right: str, one: str, two: str
) -> None:
    text = f"{{{{ ({left} {sign} {right}) | {one} | {two} }}}}"
    post, problems = show(campaign_file(CONTEST, posts=posts(text)))
    assert (post is None) == bool(problems)
    assert all("_" not in problem.message for problem in problems), problems  # nothing of Python's


def test_what_an_item_says_is_work_of_the_template_that_frames_it() -> None:
    one = Item.model_validate({"text": "{% for a in big[:8000] %}{{ a }}{% endfor %}"})
    file = campaign_file(SERIES, vars={"big": BIG}, posts=posts(None))
    templates = {"series/hello.j2": "{% for a in big[:9000] %}{{ item.text[:1] }}{% endfor %}"}
    _, problems = show(file, item=("i", one), templates=templates)
    assert any("too much work" in problem.message for problem in problems), problems
