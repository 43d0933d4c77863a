"""Advice about mistakes of a kind with those of the goldens, followed in each of its ways."""

from collections.abc import Mapping

import pytest

from tests.hardening.advice import count, shown_anew
from tests.hardening.following_rules import edits

RUNNER = """\
timezone: Europe/Riga
slots: {noon: 13:00}
accounts:
  shop: {handle: acme_en, locale: en}
  tienda: {handle: acme_es, locale: en, timezone: Europe/Madrid}
links: {utm: {source: x, medium: social}}
"""
SERIES = "kind: series\naccount: shop\nposts:\n"
LAUNCH = "kind: launch\naccount: shop\nlaunches: 2026-12-01 10:00\n"
POST = "posts: {launch: {at: launches, text: It is here.}}\n"
HERE = "posts: {launch: {at: launches, text: 'Here, https://acme.lv/b#c'}}\n"
TWO = "kind: launch\naccounts: [shop, tienda]\nproduct: {name: Slim 27}\n" + POST
FIRST = "  first-day: {at: 2026-12-01 10:00, text: Hello}\n"
LATER = "  later:\n    at: 2026-12-02 10:00\n    text: "

ROWS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    # the rule, the file, and what it says after each way of following the help
    "price-of-three-decimals": (
        "unclear-offer",
        f"{LAUNCH}product: {{name: Slim 27, price: 1.2345, currency: KWD}}\n{POST}",
        ("price: 1.234,", "price: 1.235,"),
    ),
    "price-of-none": (
        "unclear-offer",
        f"{LAUNCH}product: {{name: Slim 27, price: 100.5, currency: JPY}}\n{POST}",
        ("price: 100,", "price: 101,"),
    ),
    "slot-on-two-clocks-after-a-day": (
        "ambiguous-slot",
        f"starts: 2026-11-24\nlaunches: starts + 7d noon\n{TWO}",
        ("starts + 7d 13:00",),
    ),
    "slot-on-two-clocks-of-the-west": (
        "ambiguous-slot",
        f"timezone: America/New_York\nlaunches: 2026-12-01 noon\n{TWO}",
        ("2026-12-01 06:00",),
    ),
    "hyphen-in-double-quotes": (
        "unknown-variable",
        f'{SERIES}{FIRST}{LATER}"As said: {{{{ posts.first-day.url }}}}"\n',
        ("posts['first-day'].url",),
    ),
    "hyphen-in-single-quotes": (
        "unknown-variable",
        f"{SERIES}{FIRST}{LATER}'As said: {{{{ posts.first-day.url }}}}'\n",
        ('posts["first-day"].url',),
    ),
    "hyphen-in-a-block": (
        "unknown-variable",
        f"{SERIES}{FIRST}{LATER}|\n      As said, {{{{ posts.first-day.url }}}}\n",
        ("posts['first-day'].url",),
    ),
    "link-beside-that-of-the-campaign": (
        "untagged-link",
        f"link: https://acme.lv/a\n{SERIES}{LATER}Look at {{{{ link }}}} or https://acme.lv/b?c=1\n",
        ("https://acme.lv/b?c=1&utm_source=x&utm_medium=social&utm_campaign=it&utm_content=later",),
    ),
    "link-beside-that-of-the-product": (
        "untagged-link",
        f"{LAUNCH}product: {{name: Slim 27, url: https://acme.lv/a}}\n{HERE}",
        ("/b?utm_source=x&utm_medium=social&utm_campaign=it&utm_content=launch#c",),
    ),
    "link-of-its-own": (
        "untagged-link",
        f"{SERIES}{LATER}Look at https://acme.lv/b\n",
        ('"link": "https://acme.lv/b"',),
    ),
    "brace-of-a-list": (
        "yaml-unclosed",
        f"{SERIES}  later: {{at: 2026-12-02 10:00, text: Hello\n",
        ("text: Hello}\n",),
    ),
    **{
        f"D1-{name}": ("yaml-quotes", f"{SERIES}{FIRST}  later: {written}\n", (f"{says}\n",))
        for name, written, says in (
            (
                "quotes-within-quotes",
                '{at: 2026-12-02 10:00, text: "He said "yes" to it", grace: 2h}',
                "text: 'He said \"yes\" to it', grace: 2h}",
            ),
            (
                "an-apostrophe",
                "{at: 2026-12-02 10:00, text: 'It's here', grace: 2h}",
                'text: "It\'s here", grace: 2h}',
            ),
            (
                "quotes-at-the-end",
                '{text: "Big "sale"", at: 2026-12-02 10:00}',
                "{text: 'Big \"sale\"', at: 2026-12-02 10:00}",
            ),
            (
                "words-behind-quotes",
                '{text: "Big" sale, now, at: 2026-12-02 10:00}',
                "{text: '\"Big\" sale, now', at: 2026-12-02 10:00}",
            ),
            (
                "a-comma-behind-quotes",
                '{at: 2026-12-02 10:00, text: "She said "yes, please", and left", grace: 2h}',
                "text: 'She said \"yes, please\", and left', grace: 2h}",
            ),
            (
                "a-list",
                '{at: 2026-12-02 10:00, thread: ["He said "yes", ok", "two"]}',
                'thread: [\'He said "yes", ok\', "two"]}',
            ),
            (
                "languages",
                '{at: 2026-12-02 10:00, text: {en: "He said "yes"", lv: "Jā"}, grace: 2h}',
                'text: {en: \'He said "yes"\', lv: "Jā"}, grace: 2h}',
            ),
            (
                "a-colon-behind-quotes",
                '{at: 2026-12-02 10:00, text: "Yes": no, grace: 2h}',
                "text: '\"Yes\": no', grace: 2h}",
            ),
        )
    },
    **{
        f"D4-{name}": ("yaml-look-alike", f"{SERIES}{FIRST}  later: {written}\n", (f"{says}\n",))
        for name, written, says in (
            (
                "full-width-comma",
                "{at: 2026-12-02 10:00，text: Later}",
                "{at: 2026-12-02 10:00, text: Later}",
            ),
            (
                "ideographic-comma",
                "{at: 2026-12-02 10:00、 text: Later}",
                "{at: 2026-12-02 10:00,  text: Later}",
            ),
            (
                "full-width-bracket",
                "{at: 2026-12-02 10:00, text: Later｝",
                "{at: 2026-12-02 10:00, text: Later}",
            ),
            (
                "full-width-bracket-before",
                "｛at: 2026-12-02 10:00, text: Later}",
                "{at: 2026-12-02 10:00, text: Later}",
            ),
        )
    },
    "bracket-of-one": (
        "yaml-unclosed",
        f"kind: series\naccounts: [shop\nposts:\n{LATER}Hello\n",
        ("accounts: [shop]\n",),
    ),
    "anchor-of-yaml-before-a-list": (
        "yaml-alias",
        f"kind: series\naccounts: &all [shop]\nposts:\n{LATER}Hello\n",
        ("accounts: [shop]\n",),
    ),
    "too-little-of-a-thread": (
        "yaml-indent",
        f"{SERIES}  later:\n  at: 2026-12-02 10:00\n  text: Hello\n",
        ("  later:\n    at: 2026-12-02 10:00\n    text: Hello\n",),
    ),
    "too-far-below-a-text": (
        "yaml-indent",
        f"{SERIES}  later:\n    text: Hello\n      at: 2026-12-02 10:00\n",
        ("    text: Hello\n    at: 2026-12-02 10:00\n",),
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_it_is_mended_in_each_way(name, tmp_path):
    rule, file, says = ROWS[name]
    files = {"runner.yaml": RUNNER, "campaigns/it.yaml": file}
    before = list(shown_anew(tmp_path, files))
    shown = next(each for each in before if each.problem.rule == rule)
    ways = [dict(edit.texts)["campaigns/it.yaml"] for edit in edits(shown, tmp_path)]
    for way, said in zip(ways[: len(says)], says, strict=True):
        assert said in way.replace('"launches": "', '"launches": ')
        later = list(shown_anew(tmp_path, {**files, "campaigns/it.yaml": way}))
        assert count(later, shown) < count(before, shown)
        assert not {each.problem.rule for each in later} - {each.problem.rule for each in before}


@pytest.mark.parametrize(
    ("written", "help"),
    [
        pytest.param(
            "2026-12-02 10:00; text: Hi", "write a comma in place of `;`", id="D1-semicolon"
        ),
        pytest.param("2026-12-02 10:00 text: Hi", "put a comma before the key", id="D1-none"),
    ],
)
def test_no_help_makes_one_text_of_a_moment_and_a_key(written, help, tmp_path):
    files = {"runner.yaml": RUNNER, "campaigns/it.yaml": f"{SERIES}  later: {{at: {written}}}\n"}
    (shown,) = shown_anew(tmp_path, files)
    assert shown.problem.help == help
