"""Texts that share their tags share a compiled template, and nobody can tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.templating.engine import CompiledTemplate, TemplateEngine
from runner.templating.skeleton import fleshed_out, skeleton

WORDS = st.text(alphabet=st.sampled_from("ab Č\n{}0\t.💙"), max_size=12).filter(
    lambda words: "{{" not in words and "}}" not in words
)


def test_texts_with_the_same_tags_share_their_skeleton() -> None:
    one, two = skeleton("Hi {{ name }}!"), skeleton("Sveiks, {{ name }}?")
    assert one is not None
    assert two is not None
    assert (one[0], one[1]) == (two[0], ("Hi ", "!"))
    assert two[1] == ("Sveiks, ", "?")


@given(first=WORDS, second=WORDS)
def test_the_words_come_back_as_they_were(first: str, second: str) -> None:
    text = f"{first}{{{{ x }}}}{second}"
    cut = skeleton(text)
    if cut is not None:
        bones, words = cut
        assert fleshed_out(bones, words) == text
        assert bones.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text",
    ["plain", "{% if x %}{{ x }}{% endif %}", "{# no #}{{ x }}", "{{- x }}", "{{ x -}}", "{{ x"],
)
def test_other_texts_have_none(text: str) -> None:
    assert skeleton(text) is None


def test_the_compiled_template_is_made_once() -> None:
    engine = TemplateEngine({})
    one, two = engine.read("Hi {{ title }}!"), engine.read("Sveiks, {{ title }}?")
    assert isinstance(one, CompiledTemplate)
    assert isinstance(two, CompiledTemplate)
    assert one.template is two.template
    assert (one.source, two.words) == ("Hi {{ title }}!", ("Sveiks, ", "?"))


@pytest.mark.parametrize("text", ["{{ '}}' }} a", "{{ {'a': {'b': 1}} }} b"])
def test_a_text_that_can_t_be_cut_so_is_read_whole(text: str) -> None:
    read = TemplateEngine({}).read(text)
    assert isinstance(read, CompiledTemplate)
    assert read.words == ()


def test_what_is_wrong_with_a_text_is_told_of_the_text_as_it_is_written() -> None:
    (flaw,) = TemplateEngine({}).read("One line.\nAnother {{ ) }} line.")
    assert (flaw.line, flaw.column) == (2, 12)
