"""What a mention is follows from declared words alone, however people type them."""

import pytest

from runner.inbox import Label, LabelWords

OURS = LabelWords(more={})


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Bikses saplīsa pēc nedēļas", (Label.COMPLAINT,)),
        ("bikses saplisa!!", (Label.COMPLAINT,)),
        ("MANS SŪTĪJUMS KAVĒJAS", (Label.COMPLAINT,)),
        ("Ha llegado roto", (Label.COMPLAINT,)),
        ("Посылка задерживается", (Label.COMPLAINT,)),
        ("Заказ не пришёл", (Label.COMPLAINT,)),
        ("It arrived broken.", (Label.COMPLAINT,)),
        ("it doesn’t work", (Label.COMPLAINT,)),
        ("Cik maksā?", (Label.QUESTION,)),
        ("¿Cuanto cuesta", (Label.QUESTION,)),
        ("сколько стоит", (Label.QUESTION,)),
        ("Paldies!", (Label.PRAISE,)),
        ("Why is it late? Thanks", (Label.COMPLAINT, Label.QUESTION, Label.PRAISE)),
        ("We are open today", ()),
        ("", ()),
    ],
)
def test_words_of_four_languages_label_a_mention(text, labels):
    assert OURS.labels_of(text, "anna") == labels


@pytest.mark.parametrize(
    "text",
    [
        "A plate, chocolate, related",
        "https://acme.lv/late?broken=1",
        "@broken @late hello",
        "umbrella_rota1",
    ],
)
def test_no_part_of_a_word_an_address_or_a_name_is_a_word(text):
    assert OURS.labels_of(text, "anna") == ()


def test_declared_words_stand_beside_ours():
    words = LabelWords(more={Label.COMPLAINT: ("izbal*", "too small")})
    assert words.labels_of("Bikses izbalēja", "anna") == (Label.COMPLAINT,)
    assert words.labels_of("it is too  small", "anna") == (Label.COMPLAINT,)
    assert words.labels_of("bojāta", "anna") == (Label.COMPLAINT,)


def test_a_declared_word_is_no_pattern():
    words = LabelWords(more={Label.COMPLAINT: ("a.c", "(", "x+y*")})
    assert words.labels_of("abc", "anna") == ()
    assert words.labels_of("a.c", "anna") == (Label.COMPLAINT,)
    assert words.labels_of("x+yes", "anna") == (Label.COMPLAINT,)


def test_who_is_not_fed_gets_no_other_label():
    words = LabelWords(more={}, do_not_feed=("Troll_Handle",))
    assert words.labels_of("Broken?", "troll_handle") == (Label.DO_NOT_FEED,)
    assert words.labels_of("Broken?", "troll") == (Label.COMPLAINT, Label.QUESTION)
    assert words.labels_of("Broken?", "") == (Label.COMPLAINT, Label.QUESTION)
