import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from runner.text import URL_WEIGHT, entities, invalid_characters, links, weigh, weigh_strictly

# fmt: off
PIECES = (
    "http://", "https://", "example", "x", ".", ".com", ".lv", "t.co/a", "/", "?a=1", "(", ")",
    "#", "＃", "@", "＠", "$", ":", "-", "_", "!", " ", "\n", "é", "ā", "ж", "日", "。", "みんな",
    "😀", "👩", "🏻", "🏿", "❤", "\ufe0f", "\u200d", "\u20e3", "1", "🇱", "🇻", "\u0304", "\u202a",
    "\ufeff", "xn--", "…",
)
# fmt: on
any_text = st.text(st.characters()) | st.lists(st.sampled_from(PIECES)).map("".join)


@given(any_text)
@example("\ud800.com")
@example("https://\ud800é.com")
def test_any_text_has_a_length_and_entities(text):
    assert 0 <= weigh(text) <= weigh_strictly(text)
    composed = unicodedata.normalize("NFC", text)
    assert all(composed[at] in "\ufeff\ufffe\uffff" for at in invalid_characters(text))


@given(any_text)
def test_entities_are_slices_of_the_composed_text_in_order_and_apart(text):
    composed, end = unicodedata.normalize("NFC", text), 0
    for entity in entities(text):
        assert end <= entity.start < entity.end
        assert composed[entity.start : entity.end] == entity.text
        end = entity.end


@given(any_text)
def test_the_way_of_composing_accents_does_not_matter(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert weigh(composed) == weigh(decomposed) == weigh(text)
    assert entities(composed) == entities(decomposed)


@given(any_text, any_text)
def test_a_blank_line_keeps_two_texts_apart(first, second):
    assert weigh(f"{first}\n\n{second}") == weigh(first) + weigh(f"\n\n{second}")


@given(any_text)
def test_a_text_weighs_at_least_its_links(text):
    assert weigh(text) >= len(links(text)) * URL_WEIGHT


@given(any_text)
def test_a_text_without_a_dot_weighs_at_most_two_for_each_character(text):
    composed = unicodedata.normalize("NFC", text.replace(".", ""))
    assert weigh(composed) <= 2 * len(composed)
