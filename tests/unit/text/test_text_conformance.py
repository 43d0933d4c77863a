"""X's own cases: the conformance suite of https://github.com/twitter/twitter-text."""

from pathlib import Path

import pytest
import yaml

from runner.text import LIMIT, hashtags, invalid_characters, links, mentions, weigh

SUITE = Path(__file__).parents[3].parent / "shared" / "twitter-text"

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason=f"shared folder absent: {SUITE}")


def cases(file: str, section: str) -> list[dict]:
    return yaml.load((SUITE / file).read_bytes(), yaml.CSafeLoader)["tests"][section]


@pytest.mark.parametrize(
    ("section", "count"),
    [
        ("WeightedTweetsWithDiscountedEmojiCounterTest", 22),
        ("UnicodeDirectionalMarkerCounterTest", 2),
    ],
)
def test_weighs_and_accepts_as_x_does(section, count):
    looked_at = cases("validate.yml", section)
    assert len(looked_at) == count
    for case in looked_at:
        text, expected = case["text"], case["expected"]
        fits = 0 < weigh(text) <= LIMIT and not invalid_characters(text)
        assert (weigh(text), fits) == (expected["weightedLength"], expected["valid"]), text


def test_weighs_as_the_configuration_before_emoji_where_none_is_joined():
    looked_at = cases("validate.yml", "WeightedTweetsCounterTest")
    assert len(looked_at) == 20
    others = [c for c in looked_at if weigh(c["text"]) != c["expected"]["weightedLength"]]
    assert [case["text"] for case in others] == ["H🐱☺👨‍👩‍👧‍👦", "🙋🏽👨‍🎤"]


@pytest.mark.thorough
@pytest.mark.parametrize(("section", "count"), [("country", 315), ("generic", 1259)])
def test_knows_every_top_level_domain_of_x(section, count):
    looked_at = cases("tlds.yml", section)
    assert len(looked_at) == count
    for case in looked_at:
        assert [link.text for link in links(case["text"])] == case["expected"]


@pytest.mark.parametrize(
    ("section", "find", "count"),
    [("urls_without_protocol", links, 5), ("usernames", mentions, 4), ("hashtags", hashtags, 7)],
)
def test_takes_a_whole_text_for_what_x_takes_it(section, find, count):
    looked_at = cases("validate.yml", section)
    assert len(looked_at) == count
    for case in looked_at:
        is_whole = [found.text for found in find(case["text"])] == [case["text"]]
        assert is_whole == case["expected"], case["description"]
