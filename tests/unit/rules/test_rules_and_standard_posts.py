"""What comes with the package breaks no rule, in any of its languages."""

import io
from pathlib import Path

import pytest

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.opened_project import open_project
from runner.rules.contest_words import TERMS

PROJECT = """\
timezone: Europe/Riga
slots: {{morning: 09:00}}
accounts: {{shop: {{handle: acme_shop, locale: {locale}}}}}
ledger: {{store: files}}
rules: {{promotional-share: {{at-most: 100%}}}}
"""
CONTEST = """\
kind: contest
account: shop
prize: Slim 27
opens: 2026-12-01 10:00
closes: 2026-12-20 20:00
entry: {{how: {how}, phrase: "#WinterLois", account-age: 30d}}
winners: 3
posts:
  announce: {{at: opens}}
  reminder: {{at: opens + 2d 11:00}}
  halfway: {{at: opens + 9d 11:00}}
  last-call: {{at: closes - 1d 09:00}}
  closed: {{at: closes}}
  winners: {{at: drawn + 1h}}
  thanks: {{at: drawn + 3d}}
"""
LAUNCH = """\
kind: launch
account: shop
product: {name: Slim 27, price: 59.90, currency: EUR, url: "https://acme.lv/slim27"}
launches: 2027-02-08 10:00
offer: {code: SLIM20, percent: 20, until: 2027-02-13 20:00}
posts:
  teaser: {at: launches - 5d 11:00}
  launch: {at: launches}
  story: {at: launches + 2d 15:30}
  reminder: {at: offer-ends - 1d 15:30}
  last-day: {at: offer-ends 11:00}
  thanks: {at: offer-ends + 1d 15:30}
"""


@pytest.mark.thorough
@pytest.mark.parametrize("locale", TERMS)
@pytest.mark.parametrize("how", ["reply", "mention", "hashtag", "repost"])
def test_standard_posts_break_no_rule(tmp_path: Path, locale: str, how: str) -> None:
    for path, text in {
        "runner.yaml": PROJECT.format(locale=locale),
        "campaigns/contest.yaml": CONTEST.format(how=how),
        "campaigns/launch.yaml": LAUNCH,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    outside = CommandContext(root=tmp_path, environ={}, out=io.StringIO(), talk=io.StringIO())
    found = {problem.rule for problem in all_problems(open_project(outside, checked=True))}
    assert found == ({"engagement-bait"} if how == "repost" else set())
