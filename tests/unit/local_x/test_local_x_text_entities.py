"""How the local X gives a text back."""

import html
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from runner.local_x.text_entities import canonical, normal, short_link, shown_text


def said(text: str, **more: Any) -> tuple[str, dict[str, Any]]:
    answer = shown_text("1", text, **more)
    return answer.text, answer.entities


def test_markup_is_escaped_and_quotes_are_not() -> None:
    assert said("Tom & \"Jerry\" <3 'n' 4>2")[0] == "Tom &amp; \"Jerry\" &lt;3 'n' 4&gt;2"


def test_a_link_becomes_a_t_co_with_its_target_beside_it() -> None:
    text, entities = said("see https://www.acme.lv/slim27?a=1&b=2 now")
    (url,) = entities["urls"]
    assert text == f"see {short_link('1', 0)} now"
    assert text[url["start"] : url["end"]] == url["url"]
    assert url["expanded_url"] == "https://www.acme.lv/slim27?a=1&b=2"
    assert url["display_url"] == "acme.lv/slim27?a=1&b=2"


def test_a_bare_domain_is_a_link_too() -> None:
    _, entities = said("read acme.lv")
    assert entities["urls"][0]["expanded_url"] == "http://acme.lv"


def test_places_are_those_of_the_text_as_it_is_given_back() -> None:
    text, entities = said("<&> https://acme.lv/x #Džinsi @lois $ACME")
    places = [
        (text[place["start"] : place["end"]], name)
        for name, listed in entities.items()
        for place in listed
    ]
    assert places == [
        (short_link("1", 0), "urls"),
        ("#Džinsi", "hashtags"),
        ("@lois", "mentions"),
        ("$ACME", "cashtags"),
    ]


def test_media_add_one_link_for_all_of_them() -> None:
    pictures = (("3_1", "https://x.com/a/status/1/photo/1"), ("3_2", "https://x.com/a/status/1"))
    text, entities = said("look", pictures=pictures)
    assert text == f"look {short_link('1', -1)}"
    assert [url["media_key"] for url in entities["urls"]] == ["3_1", "3_2"]
    assert said("", pictures=pictures)[0] == short_link("1", -1)


def test_a_text_is_kept_composed_and_trimmed() -> None:
    assert normal("  z\u0327\u2009a\n") == normal("z\u0327\u2009a")
    assert canonical("e\u0301  x\n") == "\u00e9 x"


@given(st.text(max_size=200))
def test_what_was_said_can_be_had_back(text: str) -> None:
    text = normal(text)
    written, entities = said(text)
    for url in reversed(entities.get("urls", [])):
        target = url["expanded_url"]
        if target.removeprefix("http://") in text and target not in text:
            target = target.removeprefix("http://")
        written = written[: url["start"]] + html.escape(target, quote=False) + written[url["end"] :]
    assert html.unescape(written) == html.unescape(html.escape(text, quote=False))
