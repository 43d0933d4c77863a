"""X's two libraries of text, for JavaScript and for Java, where their counts differ.

The weights of both were measured in November 2026 (npm twitter-text 3.1.0; Java of
https://github.com/twitter/twitter-text, 2021-10-21). `weigh` is the greater one where they make
links of different pieces, and `weigh_strictly` where their lists of emoji are older than ours.
"""

import json
from pathlib import Path

import pytest

from runner.text import cashtags, links, mentions, weigh, weigh_strictly

CASES = {  # text: JavaScript, Java, ours, ours strictly
    "E8-tone-after-a-variation-selector": ("✌️🏻", 2, 2, 2, 2),
    "E8-other-tone-after-a-variation-selector": ("☝️🏽", 2, 2, 2, 2),
    "E8-detective-with-selector-and-tone": ("🕵️🏻‍♂️", 5, 5, 5, 5),
    "E8-selector-that-the-base-does-not-take": ("✊️🏻", 6, 6, 6, 6),
    "E8-eye-in-speech-bubble-short": ("👁‍🗨", 2, 2, 2, 2),
    "E8-eye-in-speech-bubble-half": ("👁‍🗨️", 4, 4, 4, 4),
    "E8-eye-in-speech-bubble-of-unicode": ("👁️‍🗨️", 5, 5, 2, 5),
    "E8-infinity": ("♾️", 4, 4, 2, 4),
    "E8-skier-with-a-tone": ("⛷🏻", 2, 2, 2, 2),
    "E8-emoji-that-java-alone-knows": ("👩🏻‍🤝‍👩🏿", 8, 2, 2, 8),
    "E8-pinch-that-java-alone-knows": ("🤏🏻", 4, 2, 2, 4),
    "E8-sign-that-java-alone-knows": ("🏳️‍⚧️", 7, 2, 2, 7),
    "E8-link-after-a-slash-and-an-emoji": ("/🎁x.lv", 7, 26, 26, 26),
    "E8-link-after-a-low-line-and-a-letter": ("_本x.lv", 7, 26, 26, 26),
    "E8-link-after-a-dot-and-a-quote": (".”b.com", 7, 25, 25, 25),
    "E8-emoji-in-a-path": ("a.com/🎁b.com", 48, 48, 48, 48),
    "E8-punycode-with-another-script": ("a.xn--a本.shop", 30, 30, 30, 30),
    "E8-punycode-with-another-script-and-scheme": ("https://a.xn--a本.shop", 23, 30, 30, 30),
    "E8-punycode-with-an-accent": ("a.xn--é.com", 23, 11, 23, 23),
    "E8-long-punycode-with-an-accent": ("xn--é.shop/path/long/path/long/path", 23, 35, 35, 35),
    "E8-punycode-of-another-script-alone": ("xn--本.com", 10, 10, 10, 10),
    "E8-latin-domain-before-another-script": ("b.comx.lv日本.jp/@", 30, 32, 32, 32),
    "E8-host-of-another-script": ("https://日本.jp", 23, 23, 23, 23),
    "E8-host-of-two-labels-of-another-script": ("https://shop.пример.рф/a", 23, 24, 24, 24),
    "E8-host-under-a-domain-of-latin-letters": ("https://日本.jp.com", 23, 27, 27, 27),
    "E8-host-that-begins-latin": ("https://x.com日本.jp/a", 23, 32, 32, 32),
    "E8-host-that-begins-with-a-quote": ("https://”x.lv", 23, 32, 32, 32),
    "E8-link-in-the-query-of-no-link": ("日本.jp?x=1.com", 15, 33, 33, 33),
    "E8-half-of-an-emoji-before-a-host": ("@🎁.11x.lv", 27, 10, 27, 27),
    "E8-half-of-an-emoji-after-a-number-sign": ("#🎁.shop.com", 27, 12, 27, 27),
    "E8-port-of-no-link": ("日本.jp:80.shop", 15, 31, 31, 31),
    "E8-port-of-no-link-after-a-host": ("b.com日本.jp:80.com", 37, 54, 54, 54),
    "E8-accent-between-two-scripts": ("https://日本.jpéx.lv", 23, 47, 47, 47),
    "E8-accents-after-an-accent": ("https://é日本.jpéx.lvx.lv", 23, 47, 47, 47),
    "E8-query-that-has-an-accent": ("本”.com?x=1é.shop", 17, 33, 33, 33),
    "E8-punycode-after-an-emoji": ("https://🎁xn--aa.xn--a", 23, 33, 33, 33),
    "E8-letter-whose-capital-has-an-accent": ("ʃ.한국", 23, 6, 23, 23),
    "E8-greek-iota": ("ι.com", 23, 5, 23, 23),
    "E8-letters-of-both-directions": ("http://ݔt.co/abchttps://t.co/abc123", 23, 35, 35, 35),
    "E8-direction-that-is-not-known": ("http://🫃\u083fKпример.рф:8080乒", 25, 27, 27, 27),
    "E8-scheme-within-a-word": ("日本.com/$İhttps://🎁x.lv_", 45, 35, 45, 45),
    "E8-path-of-another-domain-breaks-a-toned-emoji": ("b.com✌️🏻.рф/", 31, 29, 31, 31),
    "E8-path-of-another-domain-breaks-a-family": ("b.com👨‍👩‍👦.рф/ab", 34, 31, 34, 34),
    "E8-path-of-another-domain-ends-in-half-an-emoji": ("b.com👍🏽.рф/", 31, 29, 31, 31),
    "E8-path-of-another-domain-ends-in-half-a-flag": ("ʃ.shop🇱🇻.com/a", 31, 14, 31, 31),
    "E8-path-of-another-domain-ends-before-an-emoji": ("b.com本👍🏽.рф/ab", 31, 33, 33, 33),
    "E8-path-of-another-domain-over-letters": ("b.com日本.рф/abc", 28, 34, 34, 34),
    "E8-long-label-of-ascii": (f"é.lv日{63 * 'a'}b.com", 74, 93, 93, 93),
    "E8-long-label-behind-a-joined-one": (f"x.lv-é.lvا{63 * 'a'}b.com", 78, 92, 92, 92),
    "E8-long-label-with-an-ideographic-dot": (f"日。{63 * 'a'}.com", 71, 27, 71, 71),
    "E8-host-behind-an-ascii-quote": ("https://`b.com", 23, 32, 32, 32),
    "E8-link-behind-a-hyphen-and-a-quote": ('-"x.lv', 6, 25, 25, 25),
    "E8-link-behind-a-hyphen-and-a-control": ("-\x01x.lv", 6, 25, 25, 25),
    "E8-link-between-ascii-quotes": ('"x.lv" un "b.com"', 54, 54, 54, 54),
    "E8-host-that-begins-with-a-control": ("https://\x1cx.lv", 23, 23, 23, 23),
}


@pytest.mark.parametrize(
    ("text", "javascript", "java", "usual", "strict"), CASES.values(), ids=CASES
)
def test_counts_no_less_than_either_library(text, javascript, java, usual, strict):
    assert (weigh(text), weigh_strictly(text)) == (usual, strict)
    assert strict >= max(javascript, java)


RANDOM = json.loads(Path(__file__).with_name("two_libraries.json").read_text("utf-8"))
"""Random texts, each with what JavaScript and Java count; two of three where these differ."""


def test_counts_random_texts_no_less_than_either_library():
    below = [text for text, *counts in RANDOM if weigh(text) < max(counts)]
    above = [text for text, *counts in RANDOM if weigh(text) > max(counts)]
    assert below == []
    assert len(above) < len(RANDOM) / 100


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("$a\x1f", [], id="E8-cashtag-before-U+001F"),
        pytest.param("$a\x1c", [], id="E8-cashtag-before-U+001C"),
        pytest.param("$a\x1d b", [], id="E8-cashtag-before-U+001D-and-a-space"),
        pytest.param("$a\u2003b", ["$a"], id="E8-cashtag-before-a-wide-space"),
        pytest.param("$a\tb", ["$a"], id="E8-cashtag-before-a-tab"),
    ],
)
def test_a_cashtag_ends_where_x_ends_it(text, found):
    assert [tag.text for tag in cashtags(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("x@rt@a", ["@a"], id="E8-retweet-after-a-letter-and-a-sign"),
        pytest.param("x@RT@a", ["@a"], id="E8-retweet-in-capitals"),
        pytest.param("@@rt@a", ["@a"], id="E8-retweet-after-two-signs"),
        pytest.param("@rt@a", [], id="E8-name-before-a-sign"),
        pytest.param("rt@rt@a", [], id="E8-retweet-of-a-name-before-a-sign"),
        pytest.param("x @rt @a", ["@rt", "@a"], id="E8-two-names"),
    ],
)
def test_a_mention_begins_where_x_begins_it(text, found):
    assert [mention.text for mention in mentions(text)] == found


def test_a_link_ends_before_another_script_without_a_scheme():
    assert [link.text for link in links("a.xn--a本.shop and x.com日本.jp")] == ["a.xn--a", "x.com"]
