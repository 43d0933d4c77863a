"""Each key, each value and each character of a text is found where it stands."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from runner.parsing import parse
from runner.problems import Place
from tests.unit.parsing.building import names, trees


def read(text):
    parsed = parse("a.yaml", text.encode())
    assert well_but_for_hidden_characters(parsed)
    return parsed


def well_but_for_hidden_characters(parsed):
    return {problem.rule for problem in parsed.problems} <= {"hidden-character"}


def sliced(source, span):
    lines = source.text.split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first, last = lines[span.line - 1][span.column - 1 :], lines[span.end_line - 1]
    return "\n".join([first, *lines[span.line : span.end_line - 1], last[: span.end_column - 1]])


EXAMPLE = """\
# 🎉
"🎉 日本": [one, 'tw''o', "thr\\ee", 27, {a: b}]
posts:
  launch: {at: 12:30}
  late:
    text: |
      Hello
        {{ winer }}

    thread:
    - One 🎉
    - text: Two
      long: and
        on
empty:
"""
FOUND = {
    (): EXAMPLE[4:].rstrip("\n"),
    ("🎉 日本",): """[one, 'tw''o', "thr\\ee", 27, {a: b}]""",
    ("🎉 日本", 0): "one",
    ("🎉 日本", 1): "'tw''o'",
    ("🎉 日本", 2): '"thr\\ee"',
    ("🎉 日本", 3): "27",
    ("🎉 日本", 4): "{a: b}",
    ("🎉 日本", 4, "a"): "b",
    ("posts", "launch"): "{at: 12:30}",
    ("posts", "launch", "at"): "12:30",
    ("posts", "late", "text"): "|\n      Hello\n        {{ winer }}",
    ("posts", "late", "thread", 0): "One 🎉",
    ("posts", "late", "thread", 1): "text: Two\n      long: and\n        on",
    ("posts", "late", "thread", 1, "long"): "and\n        on",
    ("empty",): "",
}


@pytest.mark.parametrize(("route", "text"), FOUND.items())
def test_a_value_is_where_its_span_says(route, text):
    source = read(EXAMPLE).source
    assert sliced(source, source.map.values[route]) == text


def test_a_key_is_where_its_span_says():
    source = read(EXAMPLE).source
    assert {sliced(source, span) for route, span in source.map.keys.items()} == {
        *('"🎉 日本"', "a", "posts", "launch", "at", "late", "text", "thread", "long", "empty")
    }


def inside(text, line, column):
    source = read(text).source
    span = source.locate(Place(path="a.yaml", route=("a",), inside=(line, column)))
    return span.line, span.column


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("a: 🎉 {{ x }}", 1, 6, (1, 9)),
        ('a: "🎉 {{ x }}"', 1, 6, (1, 10)),
        ("a: 'it''s x'", 1, 6, (1, 11)),
        (r'a: "\U0001F389\n\x41 x"', 2, 3, (1, 22)),
        ("a: |\n  One\n\n    Two x\n", 3, 7, (4, 9)),
        ("a: |2\n    One\n   Two\n", 2, 2, (3, 4)),
        ("a: |-  # comment\n\n\n  One\n", 3, 2, (4, 4)),
        ("a: >\n  One\n  two\n\n  three x\n", 1, 5, (3, 3)),
        ("a: >\n  One\n  two\n\n  three x\n", 2, 7, (5, 9)),
        ("a: One\n   two\n\n   three\n", 1, 5, (2, 4)),
        ("a: One\n   two\n\n   three\n", 2, 1, (4, 4)),
        ('a: "One \\\n  two"\n', 1, 5, (2, 3)),
        ("a: 'One\n\n\n  two'\n", 3, 1, (4, 3)),
    ],
)
def test_a_place_inside_a_text_is_exact(text, line, column, expected):
    assert inside(text, line, column) == expected


texts = st.text(st.sampled_from("ab \n\t#:'\"\\-é🎉日\u00a0x{}%"), max_size=40)
styles = st.sampled_from([None, '"', "'", "|", ">"])


@given(texts, styles, st.integers(8, 40), st.booleans())
def test_every_letter_of_any_text_is_found(text, style, width, plain_unicode):
    file = yaml.dump(
        {"k": {"a": text}}, default_style=style, width=width, allow_unicode=plain_unicode
    )
    parsed = read(re.sub(r"!!(null|int|float|bool|timestamp) ", "", file))
    if parsed.data != {"k": {"a": text}}:  # dumped as a number with a tag
        return
    source = parsed.source
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line, 1):
            place = Place(path="a.yaml", route=("k", "a"), inside=(number, column))
            span = source.locate(place)
            stood = source.line(span.line)[span.column - 1 : span.column]
            assert stood == char or stood == "\\" or char == " ", (file, number, column)


@given(
    st.dictionaries(names, trees, min_size=1, max_size=5),
    st.booleans(),
    st.sampled_from([None, True, False]),
)
def test_what_is_dumped_is_read_back(tree, plain_unicode, flow):
    file = yaml.safe_dump(tree, allow_unicode=plain_unicode, default_flow_style=flow)
    parsed = parse("a.yaml", file.encode())
    assert well_but_for_hidden_characters(parsed)
    assert parsed.data == tree


@given(st.dictionaries(st.sampled_from("abc"), trees, min_size=1), st.sampled_from([None, False]))
def test_every_value_on_one_line_reads_back_from_its_span(tree, flow):
    parsed = read(yaml.safe_dump(tree, default_flow_style=flow))
    for route, span in parsed.source.map.values.items():
        value = parsed.data
        for step in route:
            value = value[step]
        written = sliced(parsed.source, span)
        if span.line == span.end_line and not isinstance(value, dict | list) and written:
            assert parse("b.yaml", f"- {written}".encode(), top="list").data == [value]
