"""Ordinary posts pass without a warning: the corpus of four languages, through files and rules."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.machine import ShiftedClock
from runner.cli.opened_project import open_project
from runner.problems import Problem
from tests.hardening.ordinary import PROJECT, posts_of

LANGUAGES = ("lv", "es", "ru", "en")
FIRST = datetime(2027, 1, 1, 10, tzinfo=UTC)


def problems_of(posts: Mapping[str, list[str]]) -> tuple[Problem, ...]:
    """What `validate` says of a project that posts these texts, by language, one a day."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "runner.yaml").write_text(PROJECT, encoding="utf-8")
        (root / "campaigns").mkdir()
        for language, texts in posts.items():
            campaign = {
                "kind": "series",
                "account": language,
                "grace": "2h",
                "posts": {
                    f"p{number}": {
                        "at": f"{FIRST + timedelta(days=number):%Y-%m-%d %H:%M}",
                        "text": text.replace("{{", "{{ '{{' }}").replace("{%", "{{ '{%' }}"),
                    }
                    for number, text in enumerate(texts, 1)
                },
            }
            written = yaml.safe_dump(campaign, allow_unicode=True, sort_keys=False)
            (root / "campaigns" / f"{language}.yaml").write_text(written, encoding="utf-8")
        outside = CommandContext(
            root=root,
            clock=ShiftedClock(datetime(2026, 11, 1, 12, tzinfo=UTC)),
            environ={},
            out=io.StringIO(),
            talk=io.StringIO(),
        )
        return tuple(all_problems(open_project(outside, checked=True)))


FALSE_ALARMS: Mapping[str, int] = {}
"""By rule: posts of the corpus for which it warns, and should not."""
RIGHTLY_TOLD = {
    "shouting": {"en/p77", "es/p77", "es/p82", "lv/p77"},
    "too-many-hashtags": {"en/p94", "es/p90", "lv/p89", "ru/p89"},
    "link-cost": {"en/p79", "en/p93"},
    "stale-greeting": {"ru/p34"},
}
"""By rule: posts of the corpus that are as it says: in capitals, with five hashtags, with a domain
that costs as a link, or a good night at 10 in the morning."""
SEEDED = {
    "text-leftovers": "Hi [NAME], our new jeans are here &amp; ready",
    "not-a-hashtag": "Everything of spring in one place: #2027",
    "not-a-mention": "A big thank-you to @denim-club for the buttons",
    "shouting": "LAST CHANCE TODAY ONLY, DON'T MISS IT",
    "too-many-hashtags": "Denim of #one, #two and #three kinds",
    "unknown-handle": "Look at what @somebody_else has sewn",
    "stale-greeting": "Good night, Riga, and sleep well",
    "too-long": "word " * 60,
}
"""By rule: a post that it is for."""


@cache
def corpus() -> Mapping[str, list[str]]:
    return {language: posts_of(language) for language in LANGUAGES}


def told(problems: tuple[Problem, ...]) -> dict[str, set[str]]:
    """By rule: the posts that it speaks of, as `language/post`."""
    found: dict[str, set[str]] = {}
    for each in problems:
        post = f"{Path(each.place.path).stem}/{'.'.join(map(str, each.place.route[1:2]))}"
        found.setdefault(each.rule, set()).add(post)
    return found


def test_the_corpus_is_large_and_each_post_its_own() -> None:
    assert sum(map(len, corpus().values())) >= 300
    for language, posts in corpus().items():
        assert len(set(posts)) == len(posts) >= 75, language
        assert all(posts)


def test_no_rule_warns_of_ordinary_posts() -> None:
    alarms = {rule: posts - RIGHTLY_TOLD.get(rule, set()) for rule, posts in all_told().items()}
    assert {rule: len(posts) for rule, posts in alarms.items() if posts} == FALSE_ALARMS, alarms


@cache
def all_told() -> Mapping[str, set[str]]:
    return told(problems_of(corpus()))


def test_what_is_rightly_told_of_them_is_told() -> None:
    assert {rule: posts for rule, posts in all_told().items() if rule in RIGHTLY_TOLD} == (
        RIGHTLY_TOLD
    )


def test_among_them_each_rule_finds_its_own() -> None:
    among = {"en": [*corpus()["en"][:20], *SEEDED.values()]}
    found = told(problems_of(among))
    assert found == {rule: {f"en/p{number}"} for number, rule in enumerate(SEEDED, 21)}
