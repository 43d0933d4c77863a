"""Places are found in the text; words that were nearly right are known."""

import pytest

from runner.problems import (
    BadFiles,
    InvalidValue,
    Message,
    Place,
    Problem,
    Severity,
    Span,
    Stop,
    Suggestion,
    closest,
    suggest,
)
from runner.sources import Source, SourceMap, TextSegment


def span(line, column, end_line=None, end_column=None):
    end = end_column or column + 1
    return Span(line=line, column=column, end_line=end_line or line, end_column=end)


def source(text="posts:\n  one: {at: opens}\n", **spans):
    return Source(path="a.yaml", text=text, make_map=lambda: SourceMap(**spans))


def place(*route, **kwargs):
    return Place(path="a.yaml", route=route, **kwargs)


def test_a_value_is_found_by_its_route():
    assert source(values={("posts",): span(2, 3)}).locate(place("posts")) == span(2, 3)


def test_a_key_is_found_when_it_is_asked_for():
    found = source(keys={("posts",): span(1, 1)}, values={("posts",): span(2, 3)})
    assert found.locate(place("posts", on_key=True)) == span(1, 1)


def test_an_item_of_a_list_has_no_key_and_is_shown_itself():
    found = source(values={("posts", 0): span(2, 3)})
    assert found.locate(place("posts", 0, on_key=True)) == span(2, 3)


def test_what_is_not_written_is_shown_at_the_nearest_key_above():
    found = source(keys={("posts",): span(1, 1)}, values={("posts",): span(2, 3)})
    assert found.locate(place("posts", "one", "text")) == span(1, 1)


def test_what_is_nowhere_is_shown_at_the_beginning():
    assert source().locate(place("nothing")) == span(1, 1)


def test_a_span_goes_before_the_route():
    assert source().locate(place("posts", span=span(2, 8))) == span(2, 8)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ((1, 1), span(3, 5)),
        ((1, 4), span(3, 8)),
        ((2, 1), span(4, 3)),
        ((2, 6), span(4, 12)),
        ((9, 9), span(4, 10)),
        ((0, 0), span(3, 5, end_column=8)),
    ],
)
def test_a_place_inside_a_text_follows_its_segments(inside, expected):
    segments = (
        TextSegment(text_line=1, text_column=1, line=3, column=5),
        TextSegment(text_line=2, text_column=1, line=4, column=3),
        TextSegment(text_line=2, text_column=4, line=4, column=10),
    )
    found = source("\n\n    One\n  Two   three \n", texts={("text",): lambda: segments})
    assert found.locate(place("text", inside=inside)) == expected


def test_column_zero_marks_the_whole_line_of_a_text():
    segments = (TextSegment(text_line=1, text_column=1, line=1, column=7),)
    found = source("text: One two \n", texts={("text",): lambda: segments})
    assert found.locate(place("text", inside=(1, 0))) == span(1, 7, end_column=14)


def test_a_text_without_segments_is_shown_as_a_whole():
    found = source(values={("posts",): span(2, 3)})
    assert found.locate(place("posts", inside=(1, 2))) == span(2, 3)


def test_lines_end_where_editors_end_them():
    found = Source(path="a.j2", text="one\r\ntwo\u2028still two\x0band still\nthree")
    assert found.line(1) == "one"
    assert found.line(2) == "two\u2028still two\x0band still"
    assert found.line(3) == "three"
    assert found.line(0) == found.line(4) == ""


@pytest.mark.parametrize(
    ("name", "meant"),
    [("templat", "template"), ("TEXT", "text"), ("tweet", None), ("alt_text", None), ("", None)],
)
def test_a_word_is_known_when_it_is_nearly_right(name, meant):
    assert closest(name, {"text", "template", "timezone"}) == meant


def test_what_stops_a_run_says_why_and_what_to_do():
    stop = BadFiles("2 errors", help="mend them")
    assert isinstance(stop, Stop)
    assert (str(stop), stop.message, stop.help, stop.exit_code) == (
        "2 errors",
        "2 errors",
        "mend them",
        1,
    )


@pytest.mark.parametrize(
    ("suggestion", "shown"),
    [
        (Suggestion("text"), "did you mean `text`?"),
        (Suggestion("@loisjeans"), "did you mean @loisjeans?"),
        (Suggestion("at", ", for all of it"), "did you mean `at`, for all of it?"),
    ],
)
def test_a_suggestion_is_a_name_and_reads_as_the_thing_to_do(suggestion, shown):
    assert str(suggestion) == shown


def test_what_was_probably_meant_is_suggested():
    assert suggest("txet", {"text", "template"}) == Suggestion("text")
    assert suggest("zebra", {"text", "template"}) is None


@pytest.mark.parametrize(
    ("help", "shown"), [(Suggestion("text"), str(Suggestion("text"))), ("do", "do"), (None, None)]
)
def test_a_message_at_a_place_is_a_problem(help, shown):
    there = place("posts", on_key=True)
    problem = Message("bad-thing", "no", help).at(there, Severity.WARNING)
    assert problem == Problem(
        rule="bad-thing", message="no", place=there, help=shown, severity=Severity.WARNING
    )
    assert Message("bad-thing", "no").at(there).severity is Severity.ERROR


def test_a_value_that_can_not_be_taken_carries_its_message():
    invalid = InvalidValue("bad-when", "no hour 25", "write less", column=4)
    assert invalid.message == Message("bad-when", "no hour 25", "write less")
    assert (str(invalid), invalid.line, invalid.column) == ("no hour 25", 1, 4)
