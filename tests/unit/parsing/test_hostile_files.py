"""Whatever the bytes, parsing ends soon and never raises."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from runner.models import CAMPAIGN
from runner.parsing import parse, validate
from runner.views.problems import as_github, as_json, as_text
from tests.unit.parsing.building import HOSTILE, VALID

SIZE = 256 * 1024
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


@pytest.mark.thorough
@pytest.mark.sampled(10)
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
@pytest.mark.sampled(1)
@pytest.mark.parametrize("entry", ["k{}:", "k{}: {{a b, c, d}}"])
@pytest.mark.parametrize("top", ["kind: series\n", "kind: series\nposts:\n"])
def test_a_campaign_full_of_mistakes_is_judged_in_time(entry, top):
    indent = "  " if top.endswith("posts:\n") else ""
    data = top + "".join(f"{indent}{entry.format(n)}\n" for n in range(9_000))
    start = time.process_time()
    parsed = parse("a.yaml", data.encode())
    validate(parsed, CAMPAIGN)
    assert time.process_time() - start < 3
