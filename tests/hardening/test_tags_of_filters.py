"""What the filters `hashtag` and `mention` make is one on X, all of it."""

import pytest

from tests.unit.render.building import CONTEST, RIGA, campaign_file, show  # noqa: F401


def of(text: str) -> tuple[str | None, list[str]]:
    post, problems = show(
        campaign_file(CONTEST, posts={"hello": {"at": "2026-12-05 11:00", "text": text}})
    )
    return (post.parts[0].text if post else None), [each.rule for each in problems]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(r"{{ 'a\u00adb' | hashtag }}", id="C6-soft-hyphen"),
        pytest.param("{{ 'C++' | hashtag }}", id="C6-signs"),
        pytest.param('{{ "don\'t" | hashtag }}', id="C6-apostrophe"),
        pytest.param("{{ '2027' | hashtag }}", id="C6-digits"),
        pytest.param("{{ 'a.lv' | hashtag }}", id="C6-domain"),
        pytest.param("{{ 'user-name' | mention }}", id="C6-handle"),
        pytest.param("{{ '@@x' | mention }}", id="C6-two-signs"),
        pytest.param("{{ '' | mention }}", id="C6-nobody"),
        pytest.param("{{ 'abcdefghijklmnop' | mention }}", id="C6-too-long"),
    ],
)
def test_what_x_would_cut_or_not_link_is_an_error(text: str) -> None:
    said, rules = of(text)
    assert said is None
    assert rules


def test_what_x_links_whole_is_made() -> None:
    text = "{{ 'vilnas sega' | hashtag }} {{ ['a', 'Рига'] | hashtag }} {{ '@acme_lv' | mention }}"
    assert of(text) == ("#vilnassega #a #Рига @acme_lv", [])
