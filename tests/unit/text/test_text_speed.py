"""Bounds of time, with a wide margin: they fail where time grows with the square of the length.
`python scripts/bench_text.py` prints the figures."""

import time
import unicodedata
from collections.abc import Callable

import pytest

from runner.text import (
    SCAN_LIMIT,
    Phrase,
    entities,
    invalid_characters,
    links,
    weigh,
    weigh_as_published,
    weigh_strictly,
)
from scripts.bench_text import HOSTILE, ORDINARY, hostile, microseconds, report

pytestmark = pytest.mark.thorough

ASCII = "plain ASCII"


@pytest.mark.parametrize("text", [text for name, text in ORDINARY.items() if name != ASCII])
def test_weighs_a_post_in_microseconds(text: str) -> None:
    assert microseconds(weigh, text) < 300  # about 20 on a machine at rest
    assert microseconds(links, text) < 600


def test_weighs_plain_ascii_in_no_time() -> None:
    assert microseconds(weigh, ORDINARY[ASCII]) < 15  # 0.3
    assert microseconds(links, ORDINARY[ASCII]) < 15


@pytest.mark.sampled(10)
@pytest.mark.parametrize("piece", HOSTILE)
def test_takes_time_in_proportion_to_a_hostile_text(piece: str) -> None:
    def read(length: int) -> float:
        return seconds(hostile(piece, length))

    def is_linear() -> bool:  # of 8 times the length 8 times as long; 64 times were it quadratic
        return read(20_000) < max(16 * min(read(2_500), read(2_500)), 0.02)

    assert is_linear() or is_linear() or is_linear()  # unless the machine is busy each time


def test_encodes_each_label_of_a_host_once() -> None:
    def is_cheap() -> bool:  # three times as long as without, if each label is encoded anew
        return seconds(hostile("a.vermö", 10_000)) < 2 * seconds(hostile("é.", 10_000))

    assert is_cheap() or is_cheap() or is_cheap()


def seconds(text: str) -> float:
    """Of this process, so that a busy machine does not count."""
    functions: tuple[Callable[[str], object], ...] = (
        *(weigh_strictly, entities, invalid_characters),
        Phrase("#jeans").is_in,
    )
    start = time.process_time()
    for function in functions:
        function(text)
    return time.process_time() - start


@pytest.mark.slow
def test_the_figures_can_be_printed() -> None:
    assert len(list(report())) == 2 + len(ORDINARY) + len(HOSTILE)


def test_recognises_nothing_past_the_limit_of_scanning() -> None:
    text = "a " * (SCAN_LIMIT // 2) + "example.com 👨‍👩‍👧‍👦"
    assert links(text) == ()
    assert weigh(text) == SCAN_LIMIT + len("example.com ") + 4 * 2 + 3


def test_composes_a_long_text_as_a_whole() -> None:
    text = "āēģķ ế 한국어 " * 500
    assert weigh(unicodedata.normalize("NFD", text)) == weigh(text)


def test_counts_by_the_published_lists_alone() -> None:
    for text in ("❤️‍🔥", "🫱🏻‍🫲🏿", "acme.lv", "plain", ORDINARY["emoji"]):
        assert weigh_strictly(text) == max(weigh(text), weigh_as_published(text))
    assert weigh_as_published("❤️‍🔥") == 5
