"""Whatever a template does, it makes a text or a problem at its character; nothing escapes it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.templating.sandbox import FILTERS, TESTS
from tests.unit.render.building import CONTEST, campaign_file, posts, show

CAMPAIGN = {**CONTEST, "starts": "2026-12-01", "ends": "2026-12-24"}
WRONG: Mapping[str, tuple[str, str, str, str]] = {
    # the text; rule, message, and what stands at the place of the error
    "B1-hours-of-a-day": (
        "Until {{ ends | date('Hm') }}",
        "template-error",
        "`Hm` asks for a time of day, and this is a whole day",
        "date",
    ),
    "B1-minutes-of-a-day": (
        "{{ starts | date('EHm') }}",
        "template-error",
        "`EHm` asks for a time of day, and this is a whole day",
        "date",
    ),
    "E6-no-time-in-a-pattern": (
        "{{ at | time('yMMMM') }}",
        "template-error",
        "`yMMMM` asks for no time of day",
        "time",
    ),
    "E6-no-date-in-a-pattern": (
        "{{ at | date('Hm') }}",
        "template-error",
        "asks for no date",
        "date",
    ),
    "C8-no-currency": (
        "{{ 5 | currency('XXQ') }}",
        "template-error",
        "`XXQ` is not the code of a currency",
        "currency",
    ),
    "C8-a-currency-in-small-letters": (
        "{{ 5 | currency('eur') }}",
        "template-error",
        "`eur` is not the code of a currency",
        "currency",
    ),
    "B1-a-day-compared": ("{{ 'a' if ends < at }}", "template-error", "can't compare", "<"),
    "B1-a-text-is-odd": ("{{ 1 if 'a' is odd }}", "template-error", "`is odd` takes", "odd"),
    "B1-minus-a-text": ("{{ prize }} {{ -prize }}", "template-error", "`-` works on", "-prize"),
    "B1-taken-apart": ("{% set a, b = 5 %}", "template-error", "can't be used like this", "{%"),
    "B1-a-loop-takes-apart": (
        "{% for a, b in [1] %}{% endfor %}",
        "template-error",
        "can't be used like this",
        "{%",
    ),
    "B1-no-number-at-all": ("{{ 'NaN' | int }}", "template-error", "takes a number", "int"),
    "B1-an-unknown-argument": ("{{ prize | upper(a=1) }}", "template-error", "upper", "upper"),
    "B1-a-macro-with-too-much": (
        "{% macro m() %}{% endmacro %}{{ m(1) }}",
        "template-error",
        "can't be used like this",
        "{%",
    ),
    "B2-a-chain": (
        "{{ " + "<".join("12" * 250) + " }}",
        "unsafe-template",
        "this compares too many things in a row",
        "{{",
    ),
    "B2-a-chain-of-others": (
        "{% if 1 " + "!= 2 in [1] " * 300 + "%}{% endif %}",
        "unsafe-template",
        "this compares too many things in a row",
        "{%",
    ),
    "B2-a-chain-of-ors": (
        "{{ " + " or ".join("0" * 999) + " }}",
        "unsafe-template",
        "this is nested too deep",
        "{{",
    ),
    "B2-brackets": ("{{ " + "(" * 3000 + "1", "unsafe-template", "nested too deep", "{{"),
}


@pytest.mark.parametrize(("text", "rule", "message", "place"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_at_its_character(text: str, rule: str, message: str, place: str) -> None:
    post, [problem] = show(campaign_file(CAMPAIGN, posts=posts(text)))
    assert post is None
    assert problem.rule == rule
    assert message in problem.message
    assert problem.help
    assert problem.place.inside
    assert text[problem.place.inside[1] - 1 :].startswith(place)


VALUES = (
    *("''", "'a'", "'12'", "'NaN'", "'1e400'", "'\\ud800'", "'dative'", "'EUR'", "'Hm'", "'%'"),
    *("0", "-1", "1.5", "999999999999999", "true", "none", "[]", "['a', 'b']", "[1, 'a']"),
    *("[[1]]", "{}", "{'a': 1}", "at", "ends", "closes", "prize", "account", "partner", "missing"),
    *("draw.winners", "draw.round", "drawn", "posts", "posts.a.url", "entry", "vars", "hashtags"),
    *("closes.hour", "account.handle", "entry.account_age", "'🇱🇻'", "(1, 2)", "loop", "'ā' * 1"),
)
values = st.sampled_from(VALUES)
operators = st.sampled_from(
    ("+", "-", "*", "/", "//", "%", "~", "<", "==", ">=", "!=", " in ", " not in ", " and ", " or ")
)
arguments = st.lists(values, max_size=3).map(lambda found: f"({', '.join(found)})")
named = st.sampled_from(("case", "whole", "one", "other", "few", "empty", "how"))
keywords = st.tuples(named, values).map(lambda pair: f"({'='.join(pair)})")
filtered = st.tuples(values, st.sampled_from(sorted(FILTERS)), arguments | keywords | st.just(""))
calculated = st.tuples(values, operators, values)
asked = st.tuples(values, st.sampled_from(sorted(TESTS)))
expressions = st.one_of(
    filtered.map(lambda each: f"({each[0]} | {each[1]}{each[2]})"),
    calculated.map(lambda each: f"({each[0]}{each[1]}{each[2]})"),
    asked.map(lambda each: f"({each[0]} is {each[1]})"),
    st.tuples(values, values).map(lambda pair: f"{pair[0]}[{pair[1]}]"),
    st.tuples(values, values).map(lambda pair: f"({pair[0]})[{pair[1]}:]"),
    st.tuples(values, st.sampled_from(("day", "a", "handle", "days"))).map(".".join),
    values.map(lambda value: f"(-{value})"),
)
twice = st.tuples(expressions, st.sampled_from(sorted(FILTERS)), arguments).map(
    lambda each: f"({each[0]} | {each[1]}{each[2]})"
)
shapes = st.sampled_from(
    (
        "{{{{ {0} }}}}",
        "{{% if {0} %}}a{{% endif %}}",
        "{{% for a in {0} %}}{{{{ a }}}}{{% endfor %}}",
        "{{% set a, b = {0} %}}{{{{ a }}}}",
        "{{% macro m(x) %}}{{{{ x | upper }}}}{{% endmacro %}}{{{{ m({0}) }}}}",
        "{{% set x %}}{{{{ {0} }}}}{{% endset %}}{{{{ x | join('-') }}}}",
        "{{% filter title %}}{{{{ {0} }}}}{{% endfilter %}}",
    )
)


def tried(text: str) -> None:
    """A text or problems with help, and no `repr` of what is inside of us in them."""
    other = {"a": {"at": "2026-12-05 11:00", "text": "a"}}
    post, problems = show(campaign_file(CAMPAIGN, posts={**other, **posts(text)}))
    assert (post is None) is bool(problems)
    for problem in problems:
        assert problem.rule in RULES, problem
        assert problem.help
        assert " object at 0x" not in problem.message
        assert "runner." not in problem.message


RULES = frozenset(
    {
        *("template-error", "unsafe-template", "later-value", "unknown-variable", "empty-value"),
        "hidden-character",
        *("unknown-post", "template-syntax", "no-link"),
    }
)


@given(shapes, expressions | twice)
def test_a_template_makes_a_text_or_a_problem(shape: str, expression: str) -> None:
    tried(shape.format(expression))
