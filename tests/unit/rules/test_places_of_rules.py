"""Where the pieces of a rendered post are written, to the word."""

from runner.rules.places import word_place
from tests.unit.rules.building import a_file, a_post, an_occurrence


def test_a_word_is_found_where_it_stands_by_itself() -> None:
    text = "First line\nmailto:@ann_b and @ann\n"
    post = a_post(an_occurrence(a_file({"hello": {"text": text}}), "hello"), text)
    assert word_place(post, 0, "First").inside == (1, 1)
    assert word_place(post, 0, "@ann_b").inside == (2, 8)
    assert word_place(post, 0, "and").inside == (2, 15)


def test_a_word_is_found_in_its_language() -> None:
    words = {"lv": "Sveika, @ann", "es": "Hola, @bea"}
    file = a_file({"hello": {"text": words}})
    place = word_place(a_post(an_occurrence(file, "hello"), "Sveika, @ann"), 0, "@ann")
    assert place.route == ("posts", "hello", "text", "lv")
    assert place.inside == (1, 9)


def test_what_a_template_made_has_the_place_of_its_text() -> None:
    file = a_file({"hello": {"text": "{{ partner | mention }}"}, "other": {"template": "own/x"}})
    for name, route in (
        ("hello", ("posts", "hello", "text")),
        ("other", ("posts", "other", "template")),
    ):
        place = word_place(a_post(an_occurrence(file, name), "@ann"), 0, "@ann")
        assert (place.route, place.inside) == (route, None)
