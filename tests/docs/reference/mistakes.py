"""What people write by mistake, and what the runner says: a selection, by what they meant."""

from collections.abc import Mapping

from tests.docs.reference.goldens import ELSEWHERE, Pair, said, yaml

MEANT: Mapping[str, Mapping[str, str]] = {
    "Times": {
        "when-am": "Ten in the morning",
        "when-dots": "A date with dots",
        "when-slash-european": "A date with slashes",
        "when-no-time": "A day without a time",
        "when-tomorrow": "Tomorrow",
        "when-asap": "At once",
        "when-words": "Seven days before the launch",
        "when-half": "An hour and a half later",
        "when-anchor-misspelt": "The moment of the launch",
        "when-skipped": "A time that the clocks jump over",
        "when-repeated": "A time that comes twice",
        "closes-missing": "A contest without an end",
    },
    "Texts and quotes": {
        "comma-cut": "A comma in the text",
        "hash-cut": "A hashtag in the text",
        "unquoted-colon": "A colon in the text",
        "unquoted-at": "A text that begins with a mention",
        "apostrophe": "An apostrophe between single quotes",
        "text-after-quotes": "Quotes around one word",
        "missing-quote": "A quote that is not closed",
        "tab": "A tab at the beginning of a line",
        "key-indented-too-little": "Keys of a post, too far to the left",
        "text-too-long": "A long text",
        "hidden-escape": "Characters that nobody sees",
    },
    "Keys from elsewhere": {
        "key-schedule": "`schedule`",
        "key-tweet": "`tweet`",
        "key-image": "`image`",
        "key-date-and-time": "`date` and `time`",
        "key-underscore": "`reply_to`",
        "key-of-another-kind": "A key of another kind of campaign",
        "kind-unknown": "A giveaway",
        "poll-question": "The question of a poll",
    },
    "Media": {
        "media-missing": "A picture that is not there yet",
        "media-address": "A picture from the web",
        "media-absolute": "A picture on one's own machine",
        "media-list-of-texts": "Only the name of the picture",
        "media-five": "Five pictures",
    },
    "Money": {
        "price-comma": "A price with a comma",
        "price-euro-sign": "A price with a sign",
        "price-without-currency": "A price without a currency",
        "offer-percent-sign": "A discount of 20 percent",
        "budget-dollars": "A budget in dollars",
        "offer-without-until": "An offer without an end",
    },
    "Accounts and partners": {
        "account-handle": "The account, by its name on X",
        "account-list": "Two accounts",
        "partner-unknown": "A partner, misspelt",
        "partner-undisclosed": "Thanks to a partner who pays",
        "locale-missing": "Words in one of two languages",
        "repost-profile": "A post of somebody else",
    },
    "Rhythms and items": {
        "every-weekday-name": "Days of the week, written out",
        "every-days-range": "From Monday to Friday",
        "every-time": "A rhythm at a time of day",
        "ends-missing": "A rhythm without an end",
        "items-too-few": "Items that need a rest",
        "items-of-texts": "Items that are only texts",
        "items-file-twice": "Two items of one name",
    },
    "Templates": {
        "variable-unknown": "A name, misspelt",
        "filter-unknown": "A filter, misspelt",
        "unquoted-template": "A text that begins with a tag",
        "template-not-closed": "A tag that is not closed",
        "posts-unknown": "The link of another post",
        "template-with-folder": "A template, by its path",
    },
    "Files": {
        "two-campaigns-in-a-file": "Two campaigns in one file",
        "list-of-campaigns": "A list of campaigns",
        "runner-timezone-city": "A time zone, by its city",
        "runner-handle-at": "A name on X, with its @",
        "runner-account-token": "A secret in a file",
        "results-too-early": "Winners before the end",
    },
}
"""By group, and by the name of the mistake: what was meant."""


def mistakes(pairs: Mapping[str, Pair]) -> str:
    """Each of the selection: what is written, and what the runner says."""
    groups = (
        "\n\n".join(
            (f"## {group}", *(_section(title, pairs[name]) for name, title in each.items()))
        )
        for group, each in MEANT.items()
    )
    found = (f"[{group}](#{group.lower().replace(' ', '-')})" for group in MEANT)
    return "\n\n".join((" · ".join(found), *groups))


def _section(title: str, pair: Pair) -> str:
    written, elsewhere = pair.written, ELSEWHERE.match(pair.written)
    blocks = [f"### {title}", yaml(pair.path, written), said(pair)]
    if elsewhere:
        blocks[1:2] = [f"In `{elsewhere[1]}`:", yaml(pair.path, written[elsewhere.end() :])]
    return "\n\n".join(blocks)
