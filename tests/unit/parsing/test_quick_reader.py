"""The quick reader reads what the reader reads, and nothing of which that one has a word to say."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from runner.parsing import decode, parse
from runner.parsing.diagnosis import read_with_places
from runner.parsing.parser import read_quickly
from tests.unit.parsing.building import HOSTILE, VALID, trees

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted([*(ROOT / "campaigns").rglob("*.yaml"), ROOT / "runner.yaml"])
GOLDEN = sorted((ROOT / "tests/golden").rglob("*.yaml"))
FILES = [VALID, *(path.read_text("utf-8", "replace") for path in (*EXAMPLES, *GOLDEN))]
# what YAML gives a meaning to, what we do, and a character that nobody sees
PIECES = [*" \n\t-?:,[]{}#&*!|>'\"%@`\\.~<=19a🎉", "\u200b", "\n  ", ": ", "- ", "#a", " #a", " # "]
PIECES += [
    "{{ a }}",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "<<: ",
    "&a ",
    "*a",
    "!a ",
    "\\x23",
    "\\u200b",
]
pieces = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def spans_of(places):
    return places.keys, places.values, {route: text() for route, text in places.texts.items()}


def agree(text):
    """Whether it was read quickly; then the reader has read the same, and says nothing."""
    text, refused = decode("a.yaml", text.encode())
    quick = None if refused else read_quickly(text)
    if quick is None or not isinstance(quick.data, dict | list):
        return False
    top = "list" if isinstance(quick.data, list) else "mapping"
    slow = read_with_places("a.yaml", text, top)
    assert slow.problems == ()
    assert (repr(quick.data), quick.written) == (repr(slow.data), slow.written)  # 1 is not True
    assert slow.cuts == {}
    parsed = parse("a.yaml", text.encode(), top=top)
    assert parsed.data == slow.data
    assert spans_of(parsed.source.map) == spans_of(slow.source.map)
    return True


def test_files_without_a_mistake_are_read_quickly():
    assert len(EXAMPLES) > 5
    for path in EXAMPLES:
        assert agree(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a: &x b\n",
            "a: &x {b: c}\n",
            "a: &x [b]\n",
            "a: !t b\n",
            "a: !t {b: c}\n",
            "a: !t [b]\n",
        ),
        *("a: b\n...\n...\n", "a: b\n--- c\n", "%YAML 1.2\n---\na: b\n", "a: b\na: c\n", "<<: b\n"),
        *(
            "a: b #c\n",
            "a: 'b' #c\n",
            "- a\n- #b\n",
            "a: b\u200b\n",
            'a: "\\u200b"\n',
        ),
        *("1: a\n", "null: a\n", "{a: b}: c\n", "a: {{ b }}\n", "a: {b: c, d}\n", "a: *b\n"),
        *("a: " + "[" * 32 + "]" * 32, "- []\n" * 15_000, "a: [\n", "\n"),
    ],
)
def test_what_the_reader_has_a_word_for_is_left_to_it(text):
    slow = read_with_places("a.yaml", text, "list" if text[0] == "-" else "mapping")
    assert slow.problems or slow.cuts
    assert read_quickly(text) is None


@pytest.mark.thorough
def test_golden_files_are_read_alike():
    assert sum(map(agree, FILES)) > 100


@given(pieces)
def test_any_punctuation_is_read_alike(text):
    agree(text)


@given(st.data())
def test_any_change_to_a_file_is_read_alike(data):
    text = data.draw(st.sampled_from(FILES))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(pieces) + text[end:]
    agree(text)


@given(
    trees, st.booleans(), st.sampled_from([None, True, False]), st.sampled_from([None, *"'\"|>"])
)
def test_what_is_dumped_is_read_alike(tree, plain_unicode, flow, style):
    agree(
        yaml.safe_dump(
            {"a": tree}, allow_unicode=plain_unicode, default_flow_style=flow, default_style=style
        )
    )


@pytest.mark.thorough
@pytest.mark.sampled(10)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_read_alike(text):
    agree(text)
