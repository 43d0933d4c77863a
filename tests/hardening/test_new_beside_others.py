"""`runner new` looks at what is there, and writes in the language of the account."""

import io
from datetime import UTC, datetime

import pytest

from runner.cli.commands.new import new
from runner.cli.commands.validate import ProblemFormat, validate
from runner.cli.context import CommandContext
from runner.models import KINDS

RUNNER = """\
timezone: Europe/Riga
slots: {{morning: 09:00, noon: 13:00}}
accounts: {{shop: {{handle: acme, locale: {locale}}}}}
partners: {{friend: {{handle: a_friend, name: Ziemeļi, relationship: paid}}}}
disclosure: {{paid: {{lv: "#reklāma", es: "#publi", ru: "#реклама", en: "#ad"}}}}
"""
WORDS = {
    "lv": ("džinsu", "Mazgā džinsus"),
    "es": ("vaqueros", "Lava los vaqueros"),
    "ru": ("джинсов", "Стирайте джинсы"),
    "en": ("jeans", "Wash jeans"),
    "es-MX": ("vaqueros", "Lava los vaqueros"),
    "de": ("jeans", "Wash jeans"),
}


class Clock:
    def now(self):
        return datetime(2026, 11, 29, 12, tzinfo=UTC)


def outside_of(root, locale):
    (root / "runner.yaml").write_text(RUNNER.format(locale=locale), "utf-8")
    return CommandContext(
        root=root, environ={}, out=io.StringIO(), talk=io.StringIO(), clock=Clock()
    )


CAMPAIGNS = list(KINDS)


@pytest.mark.parametrize("kind", CAMPAIGNS, ids=lambda kind: f"D9-{kind}-twice")
def test_two_new_campaigns_of_an_account_do_not_meet(tmp_path, kind):
    outside = outside_of(tmp_path, "en")
    for name in ("first", "second"):
        assert new(outside, kind=kind, name=name) == 0
    new(outside, kind="contest", name="raffle")
    assert validate(outside, format=ProblemFormat.TEXT) == 0
    assert "same-time" not in outside.out.getvalue()
    assert "min-gap" not in outside.out.getvalue()


@pytest.mark.parametrize("locale", WORDS, ids=lambda locale: f"D9-in-{locale}")
def test_a_new_campaign_speaks_the_language_of_its_account(tmp_path, locale):
    outside = outside_of(tmp_path, locale)
    for kind in ("contest", "series"):
        new(outside, kind=kind, name=f"a-{kind}")
    prize, tip = WORDS[locale]
    assert prize in (tmp_path / "campaigns/a-contest.yaml").read_text("utf-8")
    assert tip in (tmp_path / "campaigns/a-series.yaml").read_text("utf-8")
    if locale in ("lv", "es", "ru", "en"):  # those that have standard texts
        assert validate(outside, format=ProblemFormat.TEXT) == 0, outside.out.getvalue()
