"""Bounds of time, with a wide margin: they fail where time grows with the square of the length.
`python scripts/bench_text.py` prints the figures."""

import time
import unicodedata
from collections.abc import Callable

import pytest

from runner.text import (
    SCAN_LIMIT,
    entities,
    invalid_characters,
    links,
    weigh,
    weigh_as_published,
    weigh_strictly,
)
from scripts.bench_text import HOSTILE, ORDINARY, hostile, microseconds, report

ASCII = "plain ASCII"


@pytest.mark.parametrize("text", [text for name, text in ORDINARY.items() if name != ASCII])
def test_weighs_a_post_in_microseconds(text: str) -> None:
    assert microseconds(weigh, text) < 300  # about 20 on a machine at rest
    assert microseconds(links, text) < 600


def test_weighs_plain_ascii_in_no_time() -> None:
    assert microseconds(weigh, ORDINARY[ASCII]) < 15  # 0.3
    assert microseconds(links, ORDINARY[ASCII]) < 15


@pytest.mark.parametrize("piece", HOSTILE)
def test_takes_time_in_proportion_to_a_hostile_text(piece: str) -> None:
    def read(length: int) -> float:
        return min(seconds(hostile(piece, length)) for _ in range(2))

    # of four times the length: four times as long, sixteen times were it quadratic
    assert read(10_000) < max(9 * read(2_500), 0.02)


def seconds(text: str) -> float:
    """Of this process, so that a busy machine does not count."""
    functions: tuple[Callable[[str], object], ...] = (weigh_strictly, entities, invalid_characters)
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
