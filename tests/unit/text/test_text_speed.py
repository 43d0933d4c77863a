"""Bounds of time, with a wide margin: they fail where time grows with the square of the length."""

import time
import unicodedata
from timeit import repeat

import pytest

from runner.text import SCAN_LIMIT, entities, invalid_characters, links, weigh, weigh_strictly

POST = (
    "Ziemas akcija sākas rīt plkst. 9:00! Piesakies līdz 24. decembrim un laimē balvas 🎁❤️ "
    "Vairāk: https://example.lv/akcija?utm_source=x #Ziemassvētki @uznemums"
)
ASCII = "The winter sale starts at 9:00, and all of it is in the newsletter: sign up today! " * 3
# fmt: off
HOSTILE = (
    "a.", "@", "#", "(", "-", "_", ".", "$A\\t", "http://", "a-", "a_b.co.", "a.co/(",
    "a.co/(b.co/x)!", "a.co/!", "a.co?(", "a.co:", ".co日", "日", "日.", "日a.", "é.", "a.日.",
    "a.xn--", "http://a.co/x)", "http://t.co/", "#a", "rt@", "@a/b-", "👩\u200d", "👩🏻", "🇦",
    "1\ufe0f", "\u0316\u0301", "a.vermö",
)
# fmt: on


def microseconds(function, text):
    return min(repeat(lambda: function(text), number=100, repeat=20)) * 10_000


def test_weighs_a_post_in_microseconds():
    assert microseconds(weigh, POST) < 500
    assert microseconds(weigh, ASCII) < 50


@pytest.mark.parametrize("piece", HOSTILE)
def test_takes_time_in_proportion_to_a_hostile_text(piece):
    text = (piece * 20_000)[:20_000] + ".com"
    start = time.process_time()
    for function in (weigh_strictly, entities, invalid_characters):
        function(text)
    assert time.process_time() - start < 5  # a tenth of a second; minutes, were it quadratic


def test_recognises_nothing_past_the_limit_of_scanning():
    text = "a " * (SCAN_LIMIT // 2) + "example.com 👨‍👩‍👧‍👦"
    assert links(text) == ()
    assert weigh(text) == SCAN_LIMIT + len("example.com ") + 4 * 2 + 3


def test_composes_a_long_text_as_a_whole():
    text = "āēģķ ế 한국어 " * 500
    assert weigh(unicodedata.normalize("NFD", text)) == weigh(text)
