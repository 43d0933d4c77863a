"""A value that a message repeats is readable there: no accent falls on the quote before it."""

from pathlib import Path

import pytest

from runner.views.problems import as_text
from runner.views.safe_text import visible
from tests.acceptance.mistakes import RUNNER
from tests.hardening.advice import shown_in

SERIES = "kind: series\naccount: shop\nposts:\n  a: {at: 2026-12-01 10:00, text: Hi}\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param(
            {"runner.yaml": RUNNER.replace("#ad", "\u0301")},
            "`⟨U+0301⟩` is no word that people can read",
            id="disclosure",
        ),
        pytest.param(
            {"campaigns/a.yaml": f'locale: "\u0308\u0316"\n{SERIES}'},
            "`⟨U+0308⟩⟨U+0316⟩` is not the code of a language",
            id="locale",
        ),
        pytest.param(
            {"campaigns/a.yaml": SERIES.replace("2026-12-01 10:00", '" \u0301"')},
            "`⟨U+0301⟩` is neither a date nor an anchor",
            id="moment",
        ),
    ],
)
def test_an_accent_without_a_letter_is_named_in_each_message(
    files: dict[str, str], said: str, tmp_path: Path
) -> None:
    shown = list(shown_in(tmp_path, files))
    sources = {each.source.path: each.source for each in shown}
    text = as_text([each.problem for each in shown], sources)
    assert said in text
    assert not {"\u0301", "\u0308", "\u0316"} & set(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("e\u0301 and ты\u0301", id="accents-on-letters"),
        pytest.param("1\ufe0f\u20e3 and क्षि", id="keycap-and-vowel-sign"),
        pytest.param("“ā” `ķ`", id="letters-in-quotes"),
    ],
)
def test_an_accent_on_a_letter_stays(text: str) -> None:
    assert visible(text) == text
