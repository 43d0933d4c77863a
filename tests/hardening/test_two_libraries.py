"""X's two libraries of text, for JavaScript and for Java, where their counts differ.

The weights of both were measured in November 2026 (npm twitter-text 3.1.0; Java of
https://github.com/twitter/twitter-text, 2021-10-21). `weigh_strictly` is never less than either.
"""

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
    "E8-link-after-a-slash-and-an-emoji": ("/🎁x.lv", 7, 26, 7, 26),
    "E8-link-after-a-low-line-and-a-letter": ("_本x.lv", 7, 26, 7, 26),
    "E8-link-after-a-dot-and-a-quote": (".”b.com", 7, 25, 7, 25),
    "E8-emoji-in-a-path": ("a.com/🎁b.com", 48, 48, 48, 48),
    "E8-punycode-with-another-script": ("a.xn--a本.shop", 30, 30, 30, 30),
    "E8-punycode-with-another-script-and-scheme": ("https://a.xn--a本.shop", 23, 30, 23, 30),
    "E8-punycode-with-an-accent": ("a.xn--é.com", 23, 11, 23, 23),
    "E8-long-punycode-with-an-accent": ("xn--é.shop/path/long/path/long/path", 23, 35, 23, 35),
    "E8-punycode-of-another-script-alone": ("xn--本.com", 10, 10, 10, 10),
    "E8-latin-domain-before-another-script": ("b.comx.lv日本.jp/@", 30, 32, 32, 32),
    "E8-host-of-another-script": ("https://日本.jp", 23, 23, 23, 23),
    "E8-host-of-two-labels-of-another-script": ("https://shop.пример.рф/a", 23, 24, 23, 24),
    "E8-host-under-a-domain-of-latin-letters": ("https://日本.jp.com", 23, 27, 23, 27),
    "E8-host-that-begins-latin": ("https://x.com日本.jp/a", 23, 32, 23, 32),
    "E8-host-that-begins-with-a-quote": ("https://”x.lv", 23, 32, 23, 32),
    "E8-link-in-the-query-of-no-link": ("日本.jp?x=1.com", 15, 33, 15, 33),
}


@pytest.mark.parametrize(
    ("text", "javascript", "java", "usual", "strict"), CASES.values(), ids=CASES
)
def test_counts_no_less_than_either_library(text, javascript, java, usual, strict):
    assert (weigh(text), weigh_strictly(text)) == (usual, strict)
    assert strict >= max(javascript, java)


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
