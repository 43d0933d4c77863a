"""How the breach of each rule is mended: words of its file, and what to write in their place.

A mended file stays as near to the breach as it can, so that the rule has something to look at.
"""

from collections.abc import Mapping
from typing import Final

_SEAMS = "          Dark blue jeans from behind, with orange seams and two pockets.\n"

MENDED: Final[Mapping[str, Mapping[str, str]]] = {
    "alt-too-long": {3 * _SEAMS: ""},
    "campaign-budget": {"budget: 0.02": "budget: 0.03"},
    "contest-results": {
        "[anna, karlis, Karlis, acme_shop]": "[zane, karlis, ilze]",
        "[karlis, loisjeans]": "[janis]",
    },
    "contest-terms": {
        "Repost this": "Multiple accounts don’t count. Repost this",
        "our giveaway the most wins": "our giveaway wins",
    },
    "daily-rhythm": {"2026-12-01 18:00": "2026-12-03 18:00"},
    "dead-offer": {"grace: 2d": "grace: 33h", "offer-ends + 1d 11:00": "offer-ends - 2d 11:00"},
    "distant-post": {"2028-12-31": "2026-12-31"},
    "duplicate-text": {"2026-12-04": "2026-12-07"},
    "empty-text": {"season: winter": "season: summer"},
    "expired-partner": {"2027-03-02": "2027-03-01"},
    "hidden-character": {"replace('❤', 'with love')": "replace('wool', 'with love')"},
    "link-cost": {
        "end.Next": "end. Next",
        "sizes.md": "sizes",
        "acme.example.shop": "Acme",
        "daily: {": "daily: {ignore: {link-cost: each is a page of its own}, ",
    },
    "long-by-other-count": {"with our help": "with help"},
    "media-dimensions": {"#= gif": "#= still-gif"},
    "media-duration": {"#= long-film": "#= film"},
    "media-format": {"#= hevc-film": "#= film"},
    "media-mix": {"{file: media/label.gif": "{file: media/seam.png"},
    "media-size": {"#= large-picture": "#= picture"},
    "mention-may-be-refused": {"@riga_textile:": "Riga:"},
    "min-gap": {"10:20": "10:45"},
    "missing-alt": {"back.png}": "back.png, alt: Its pockets}"},
    "monthly-budget": {"usd-per-month: 0.20": "usd-per-month: 0.215"},
    "moved-in-vain": {"hello: {": "welcome: {"},
    "near-duplicate-text": {
        "Wash them INSIDE OUT, and they stay dark!": "Raw denim fades as you live in it.",
        "2026-12-02 10:00, text: Wash them inside out": "2026-12-02 10:00, text: Iron nothing",
    },
    "needs-enterprise": {"acme_shop, locale: en": "acme_shop, locale: en, tier: enterprise"},
    "not-a-hashtag": {"#2027": "#year2027", "#C++": "#Cpp"},
    "not-a-mention": {"@riga-repairs": "@acme_shop", "@a_handle_that_is_too_long": "@acme_outlet"},
    "one-language": {"Indigo, Black": "{en: Indigo, es: Índigo}, {en: Black, es: Negro}"},
    "past-post": {"2026-11-30 10:00": "2026-12-03 13:00"},
    "poll-limits": {
        "After every single time I wore them": "After each time",
        "once a month": "Once a year",
        "10d": "7d",
    },
    "promotional-share": {"again: {": "again: {promotional: false, "},
    "quiet-hours": {"23:15": "21:59"},
    "renamed-account": {"+02:00 acme_outlet": "+02:00 acme_store"},
    "renamed-post": {"2026-12-04T10:01": "2026-12-02T10:01"},
    "repeated-text": {"2026-12-01T10:00": "2026-11-27T10:00"},
    "same-time": {"2026-12-01 morning": "2026-12-01 09:45"},
    "shouting": {"SALE ends soon!!!": "sale ends soon!"},
    "stale-greeting": {
        "2026-12-01 evening": "2026-12-01 morning, grace: 4h",
        "grace: 1d": "grace: 14h",
        "2026-12-03": "2026-12-04",
    },
    "standard-moment": {"closes - 2h": "closes - 4d 20:00", "closes - 1d 20:00": "closes"},
    "text-leftovers": {
        r"'Wash it cold.\nDry it in the shade.'": r'"Wash it cold.\nDry it in the shade."',
        "[NAME]": "all",
        "caf&eacute;": "café",
        "{name}": "all",
        "&amp;": "&",
        "**only today**": "only here",
    },
    "too-long": {"when you come by and learn how to mend your own pair": "at home"},
    "too-many-cashtags": {"$VFC": "VFC"},
    "too-many-hashtags": {" #slim #style": ""},
    "unclear-offer": {
        "59.995": "59.95",
        r'"SLI\u041C 20"': "SLIM20",
        "amount: 70, currency: EUR, ": "",
    },
    "undisclosed-partner": {"Lois made": "Made with Lois (#ad)", ", paid-partnership: false": ""},
    "unjudged-media": {"#= film-in-fragments": "#= film"},
    "unknown-handle": {"@loisjean at": "@acme_outlet at", "@some_weaver": "some weaver"},
    "unknown-partner": {
        "louis": "lois",
        "text: Something is coming that we made together.": 'text: "#ad Something is coming."',
    },
    "unreachable-post": {
        "launches - 1d 10:00, text: 'Tomorrow at ten": "launches + 1d 10:00, text: 'Once more",
        "draft: true, ": "",
    },
    "untagged-link": {
        "acme.lv/sale": "acme.lv/sale?utm_source=x&utm_medium=social",
        "acme.lv/last": "acme.lv/last?utm_source=x&utm_medium=social",
        "acme.lv/coats": "acme.lv/coats?utm_source=x&utm_medium=social",
    },
    "unused-key": {
        "link: https://acme.lv/jeans\n": "",
        "never in the sun.": "never in the sun. {{ hashtags[0] | hashtag }}",
        "2026-12-25": "2026-12-15",
        ', link: "https://acme.lv/wash"': "",
    },
    "unused-template": {
        "posts:": "posts:\n  sale: {at: 2026-12-03 10:00, template: old/sale}",
        "qestion": "question",
    },
    "unused-variable": {"benifit": "benefit", ", season: winter": ""},
}
