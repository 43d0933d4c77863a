"""What golden files hold of a problem is all of it, and reads back as it was."""

import pytest

from runner.problems import Place, Problem, Severity, Span
from runner.sources import Source
from runner.views.problems import as_json
from tests import diagnostics
from tests.diagnostics import did_you_mean

SOURCE = Source(path="a b.yaml", text="one\ntwo words\n")
SPAN = Span(line=2, column=5, end_line=2, end_column=10)
WRITTEN = """\
error unknown-key
  place: a b.yaml 2:5-2:10 posts.tip."no. 1"[0]
  message: unknown\\u{a0}key `txet`
  suggestion: `text`
  help: It is there, too
"""


def problem(**other: object) -> Problem:
    place = Place(path="a b.yaml", route=("posts", "tip", "no. 1", 0), span=SPAN)
    help = did_you_mean("`text`", "It is there, too")
    message = "unknown\u00a0key `txet`"
    given = {"rule": "unknown-key", "message": message, "place": place, "help": help}
    return Problem(**{**given, **other})


def written(one: Problem) -> str:
    return diagnostics.values(as_json([one], {SOURCE.path: SOURCE}))


def test_a_problem_is_written_as_values() -> None:
    assert written(problem()) == WRITTEN


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"severity": Severity.WARNING},
        {"help": None},
        {"help": did_you_mean("@acme")},
        {"help": did_you_mean("`at: opens`, for all of it")},
        {"help": "write one line\nand another"},
        {"message": "`\\u{0}` and \u202e and \x1b[2J"},
        {"place": Place(path="a 2:3.yaml")},
        {"place": Place(path="a b.yaml", span=SPAN)},
        {"place": Place(path="a b.yaml", route=('say "hi"', "[0]", "\\"), span=SPAN)},
    ],
    ids=[
        *("all", "severity", "no-help", "handle", "words-behind", "lines", "escapes"),
        *("no-span", "no-route", "quotes"),
    ],
)
def test_what_is_written_reads_back_as_it_was(other: dict[str, object]) -> None:
    (found,) = diagnostics.read(written(problem(**other)))
    assert found == problem(**other)


@pytest.mark.parametrize(
    "other",
    [
        {"rule": "unknown-word"},
        {"severity": Severity.WARNING},
        {"message": "unknown key"},
        {"help": did_you_mean("`test`", "It is there, too")},
        {"help": did_you_mean("`text`", "It is there")},
        {"place": Place(path="b.yaml", route=("posts", "tip", "no. 1", 0), span=SPAN)},
        {"place": Place(path="a b.yaml", route=("posts", "tip", "no. 1", 1), span=SPAN)},
        {"place": Place(path="a b.yaml", route=("posts", "tip", "no. 1", 0))},
    ],
    ids=["rule", "severity", "message", "suggestion", "help", "path", "route", "span"],
)
def test_a_value_that_changes_shows(other: dict[str, object]) -> None:
    assert written(problem(**other)) != WRITTEN


def test_what_is_no_problem_is_refused() -> None:
    with pytest.raises(ValueError, match="this is no problem: anything"):
        diagnostics.read(f"{WRITTEN}\nanything\n")
