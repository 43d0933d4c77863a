"""Problems are shown where they are, and what a file holds stays text."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.problems import Place, Problem, Severity, Span
from runner.sources import Source, SourceMap
from runner.views.problems import as_github, as_json, as_text, problem_count
from runner.views.safe_text import visible, width


def span(line, column, end_column=None, end_line=None):
    end = end_column or column + 1
    return Span(line=line, column=column, end_line=end_line or line, end_column=end)


def problem(at=None, rule="bad-thing", message="it is bad", path="a.yaml", **kwargs):
    return Problem(rule=rule, message=message, place=Place(path=path, span=at), **kwargs)


def shown(at, text, **kwargs):
    return as_text([problem(at, **kwargs)], {"a.yaml": Source(path="a.yaml", text=text)})


def caret(text):
    """The last source line that is shown, and what stands above the carets."""
    *_, line, carets, _, _ = text.split("\n")
    line, carets = line.partition("| ")[2], carets.partition("| ")[2]
    cells = [char for char in line for _ in range(width(char))]
    return "".join(cell for cell, mark in zip(cells, carets, strict=False) if mark == "^")


def test_a_problem_looks_like_a_compilers():
    text = "posts:\n  - at: opens\n    templat: open.txt\n"
    found = Problem(
        rule="unknown-key",
        message="unknown key `templat`",
        place=Place(path="campaigns/spring.yaml", route=("posts", 0, "templat"), on_key=True),
        help="did you mean `template`?",
    )
    keys = {("posts", 0, "templat"): span(3, 5, 12)}
    spring = SourceMap(keys=keys)
    source = Source(path="campaigns/spring.yaml", text=text, make_map=lambda: spring)
    assert as_text([found], {source.path: source}) == (
        "error[unknown-key]: unknown key `templat`\n"
        "  --> campaigns/spring.yaml:3:5  (posts[0].templat)\n"
        "  |\n"
        "2 |   - at: opens\n"
        "3 |     templat: open.txt\n"
        "  |     ^^^^^^^\n"
        "  = help: did you mean `template`?\n"
        "\n"
        "1 error"
    )


def test_line_numbers_of_any_length_keep_the_bars_in_line():
    text = "\n".join(f"line {n}" for n in range(1, 1200))
    lines = shown(span(1000, 1), text).split("\n")[1:6]
    assert lines[2:5] == [" 999 | line 999", "1000 | line 1000", "     | ^"]
    assert lines[0].startswith("     --> ")


def test_no_problems_are_no_text():
    assert as_text([], {}) == ""
    assert as_github([], {}) == ""


def test_problems_come_by_path_line_column_and_rule():
    places = [("b", 1, 1, "a"), ("a", 2, 1, "a"), ("a", 1, 9, "a"), ("a", 1, 2, "b")]
    found = [problem(span(n, c), rule=r, path=p) for p, n, c, r in [*places, ("a", 1, 2, "a")]]
    lines = re.findall(r"\[(\w)\].*\n *--> (\w):(\d):(\d)", as_text(found, {}))
    assert lines == sorted(lines, key=lambda one: (one[1], one[2], one[3], one[0]))
    assert len(lines) == 5


def test_the_count_names_errors_and_warnings():
    warning = problem(severity=Severity.WARNING)
    assert problem_count([problem(), problem(), warning]) == "2 errors, 1 warning"
    assert problem_count([warning, warning]) == "2 warnings"
    assert problem_count([]) == "no problems"
    assert as_text([problem(), warning], {}).endswith("\n\n1 error, 1 warning")


def test_a_warning_says_so():
    assert shown(span(1, 1), "a", severity=Severity.WARNING).startswith("warning[bad-thing]: ")


def test_a_file_that_was_not_read_has_only_its_path():
    assert as_text([problem()], {}) == "error[bad-thing]: it is bad\n  --> a.yaml\n\n1 error"


def test_a_help_of_several_lines_stays_below_its_problem():
    text = shown(span(1, 1), "a", help="write\n::error::x")
    assert text.count("\n  |       ::error::x\n") == 1
    assert "\n::" not in text


@pytest.mark.parametrize(
    ("line", "at", "marked"),
    [
        ("text: go: now", (7, 14), "go: now"),
        ("🎉🎉: 日本語", (5, 8), "日日本本語語"),
        ("e\u0301e\u0301: x", (7, 8), "x"),
        ("a\tb\tc", (5, 6), "c"),
        ("a: \u202eb", (5, 6), "b"),
        ("a: ", (4, 4), ""),
        ("x" * 500 + "HERE" + "y" * 500, (501, 505), "HERE"),
        ("日" * 500 + "HERE" + "本" * 500, (501, 505), "HERE"),
        ("x" * 99 + "HERE", (100, 104), "HERE"),
        ("HERE" + "x" * 400, (1, 5), "HERE"),
        ("x" * 400 + "HERE", (401, 405), "HERE"),
        ("a: HERE on", (4, 8), "HERE"),
    ],
)
def test_carets_stand_below_what_they_mean(line, at, marked):
    text = shown(span(1, *at), line)
    assert caret(text) == marked
    assert text.count("^") == max(width(visible(marked)) if len(marked) < 6 else len(marked), 1)


def test_a_span_of_several_lines_is_marked_on_its_first():
    text = shown(span(1, 4, 5, end_line=3), "a: b c  \nd\nefgh\n")
    assert caret(text) == "b c"


def test_a_mark_past_the_end_of_a_line_or_file_is_shown_at_the_end():
    assert shown(span(1, 9), "abc").split("\n")[4] == "  |    ^"
    assert shown(span(7, 1), "abc").count("^") == 1


@given(st.text(st.characters(exclude_characters="\n")), st.data())
def test_no_line_is_too_wide_and_none_hides_anything(line, data):
    start = data.draw(st.integers(1, len(line) + 1))
    end = data.draw(st.integers(start, len(line) + 1))
    text = shown(span(1, start, end), line)
    for part in text.split("\n"):
        assert width(part) <= 110
        assert part == visible(part)


def test_colour_only_colours():
    coloured = as_text(
        [problem(span(1, 1), help="do")],
        {"a.yaml": Source(path="a.yaml", text="a: b")},
        color=True,
    )
    plain = shown(span(1, 1), "a: b", help="do")
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_hidden_characters_of_a_file_are_shown():
    text = shown(span(1, 1), "a\x1b[2J\u202e\u200b\x7f", message="x\ny\r", path="a.yaml")
    assert "1 | a␛[2J⟨U+202E⟩⟨U+200B⟩⟨U+007F⟩" in text
    assert "error[bad-thing]: x␊y␍" in text


def test_joined_emoji_stay_whole():
    assert visible("👩‍🚀❤️🏴󠁧󠁢󠁳󠁣󠁴󠁿") == "👩‍🚀❤️🏴󠁧󠁢󠁳󠁣󠁴󠁿"


COMMANDS = ["::error::x", "a\n::stop-commands::x", "##[add-mask]x", "%0A::error::x", "\r::debug::x"]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_becomes_a_command_of_the_workflow(command):
    source = Source(path=command, text=f"a\n{command}\n")
    found = [problem(span(2, 1), message=command, path=command, help=command, rule="x")]
    for text in (as_text(found, {command: source}), as_json(found, {command: source})):
        assert not [line for line in re.split(r"[\r\n]", text) if line.lstrip().startswith("::")]
    assert "##[" not in as_text(found, {command: source}) + as_github(found, {})
    annotations = as_github(found, {command: source})
    assert len(re.split(r"[\r\n]", annotations)) == 1


def test_an_annotation_names_file_line_and_columns():
    at = [problem(span(3, 5, 12), help="do: this, 100%")]
    assert as_github(at, {}) == (
        "::error file=a.yaml,line=3,col=5,endColumn=12,title=bad-thing"
        "::it is bad%0Ahelp: do: this, 100%25"
    )


def test_an_annotation_escapes_what_its_properties_can_not_hold():
    assert "file=a%3A%2C%25b.yaml," in as_github([problem(path="a:,%b.yaml")], {})


def test_an_annotation_of_several_lines_has_no_columns_at_its_end():
    assert "endColumn" not in as_github([problem(span(3, 5, 12, end_line=4))], {})


def test_the_nine_worst_are_annotated_and_the_rest_is_counted():
    warnings = [problem(span(n, 1), severity=Severity.WARNING) for n in range(1, 9)]
    errors = [problem(span(n, 1), path="b.yaml") for n in range(1, 5)]
    lines = as_github([*warnings, *errors], {}).split("\n")
    assert len(lines) == 10
    assert all(line.startswith("::error file=b.yaml") for line in lines[:4])
    assert all(line.startswith("::warning file=a.yaml") for line in lines[4:9])
    assert lines[9] == "::warning::3 more in the summary"


def test_nine_are_all_annotated():
    assert as_github([problem(span(n, 1)) for n in range(9)], {}).count("::error") == 9


def test_json_holds_all_there_is_to_know():
    found = Problem(
        rule="unknown-key",
        message="unknown key `ä`",
        place=Place(path="a.yaml", route=("posts", 0), span=span(3, 5, 12)),
    )
    document = json.loads(as_json([found, problem(severity=Severity.WARNING)], {}))
    assert document == {
        "version": 1,
        "errors": 1,
        "warnings": 1,
        "problems": [
            {
                "rule": "bad-thing",
                "severity": "warning",
                "message": "it is bad",
                "help": None,
                "path": "a.yaml",
                **dict.fromkeys(("line", "column", "end-line", "end-column")),
                "route": [],
            },
            {
                "rule": "unknown-key",
                "severity": "error",
                "message": "unknown key `ä`",
                "help": None,
                "path": "a.yaml",
                "line": 3,
                "column": 5,
                "end-line": 3,
                "end-column": 12,
                "route": ["posts", 0],
            },
        ],
    }
