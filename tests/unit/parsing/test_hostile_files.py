"""Whatever the bytes, parsing ends soon and never raises."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from runner.models import CAMPAIGN
from runner.parsing import parse, validate
from runner.views.problems import as_github, as_json, as_text

SIZE = 256 * 1024
VALID = """\
# yaml-language-server: $schema=../schemas/campaign.schema.json
kind: launch
title: {lv: Slim 27 ir klāt, es: "Llega \\u0053lim 27"}
accounts: [shop, 'tienda']
launches: 2027-02-01 09:00   # a comment
posts:
  launch:
    at: launches
    text: |
      Hello {{ name }} 🎉

      {{ link }}
  long:
    text: >-
      folded
      text
    thread:
    - One
    - {text: Two, media: [{file: a.jpg}]}
"""
ANYTHING = TypeAdapter(dict[str, int])


def look(data):
    """All that is done with a file before it counts as good."""
    parsed = parse("a.yaml", data)
    _, problems = validate(parsed, ANYTHING)
    both = [*parsed.problems, *problems]
    sources = {"a.yaml": parsed.source}
    assert bool(both) == bool(as_text(both, sources))
    as_json(both, sources)
    as_github(both, sources)
    for problem in both:
        span = parsed.source.locate(problem.place)
        lines = parsed.source.text.count("\n") + 1
        assert 1 <= span.line <= span.end_line <= lines + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert span.column <= len(parsed.source.line(span.line)) + 1
    return parsed


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data):
    look(data)


@given(st.text(st.sampled_from("ab1 \n\t-?:,[]{}#&*!|>'\"%@`\\.~<=\r\ufeff🎉"), max_size=80))
def test_any_punctuation_is_survived(text):
    look(text.encode())


@given(st.data())
def test_any_change_to_a_good_file_is_survived(data):
    text = VALID
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        new = data.draw(st.text(st.sampled_from(" \n\t-:[]{}#&*!|>'\"%@\\x🎉"), max_size=6))
        text = text[:start] + new + text[end:]
    look(text.encode())


def test_the_good_file_is_good():
    assert parse("a.yaml", VALID.encode()).problems == ()


@pytest.mark.parametrize("length", range(0, len(VALID), 7))
def test_a_file_that_breaks_off_is_survived(length):
    look(VALID[:length].encode())


def bomb():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(["l0: &l0 [x]", *levels])


HOSTILE = {
    "ten megabytes": "a: b\n" * 2_000_000,
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "closed brackets": "a: " + "[" * 100_000 + "]" * 100_000,
    "templates": "a: " + "{{" * 100_000,
    "templates in a list": "a: [" + "{{ b }}, " * 28_000,
    "template tags in a list": "a: [" + "{% b " * 50_000,
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "alias bomb": bomb(),
    "aliases": "a: [" + "*b, " * 60_000 + "]",
    "alias lines": "a:\n" + "- *b\n" * 50_000,
    "anchors": "a:\n" + "- &b c\n" * 37_000,
    "tags": "a:\n" + "- !b c\n" * 37_000,
    "directives": "".join(f"%TAG !a{n}! x\n" for n in range(15_000)) + "---\na: b",
    "late directives": "a: b\n...\n" + "".join(f"%TAG !a{n}! x\n" for n in range(15_000)),
    "documents": "---\n" * 60_000,
    "same key": "a: b\n" * 52_000,
    "cut hashtags": "a:\n" + "- #b\n" * 50_000,
    "comments": "a: [\n" + "b, #c\n" * 40_000 + "]",
    "number keys": "".join(f"{n}: a\n" for n in range(26_000)),
    "digits": "a: " + "1" * 250_000,
    "fraction": "a: 0." + "1" * 250_000,
    "one long line": "a: [" + "b, " * 80_000 + "]",
    "one long text": "a: " + "b " * 125_000 + ": c",
    "long key": "a" * 250_000 + ": b",
    "spaces": "a: b" + " " * 250_000 + "c: d",
    "quoted spaces": 'a: "' + " " * 250_000 + '"',
    "key of spaces": "a: 1\nb" + " " * 250_000 + "\nc: d",
    "escapes": 'a: "' + r"\n" * 125_000 + '"',
    "folds": 'a: "' + "b\n" * 125_000 + '"',
    "folded": "a: >\n" + " b\n" * 80_000,
    "folded blanks": "a: >\n" + " \n" * 100_000 + " b\n",
    "folded deeper": "a: >\n" + " b\n  c\n" * 35_000,
    "literal": "a: |\n" + " b\n" * 80_000,
    "empty lines": "\n" * 250_000,
    "unclosed quote": 'a: "' + "b\n" * 120_000,
    "unclosed bracket": "a: [" + "b,\n" * 80_000,
    "unclosed hashtags": "a: [" + "#b\n" * 80_000,
    "tabs": "\t" * 250_000 + "a",
    "colons": "a: " + "b: " * 80_000,
    "wide": "a: @" + "日" * 80_000,
    "decimal commas": "a: {b: " + "1,5," * 60_000 + "}",
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_takes_less_than_a_second(name):
    data = HOSTILE[name].encode()
    start = time.process_time()
    look(data)
    assert time.process_time() - start < 2  # half of it is room for a busy machine


@pytest.mark.thorough
def test_a_file_full_of_mistakes_for_a_model_is_judged_in_time():
    data = "".join(f"k{n}: x\n" for n in range(22_000)).encode()
    start = time.process_time()
    look(data)
    assert time.process_time() - start < 2


@pytest.mark.thorough
@pytest.mark.parametrize("entry", ["k{}:", "k{}: {{a b, c, d}}"])
@pytest.mark.parametrize("top", ["kind: series\n", "kind: series\nposts:\n"])
def test_a_campaign_full_of_mistakes_is_judged_in_time(entry, top):
    indent = "  " if top.endswith("posts:\n") else ""
    data = top + "".join(f"{indent}{entry.format(n)}\n" for n in range(9_000))
    start = time.process_time()
    parsed = parse("a.yaml", data.encode())
    validate(parsed, CAMPAIGN)
    assert time.process_time() - start < 3
