"""Advice that no machine can follow to the letter, by what a person has to say."""

import re
from collections.abc import Mapping
from typing import Final

PROSE: Final[Mapping[str, tuple[str, ...]]] = {
    "which of several things was meant": (
        r"(.*, or )?keep one of (the two|them)",
        r"a repost has no words of its own: keep one of them",
        r"keep `\w+` for .*",
        r"keep `repost`, or say it .*",
        r"use `repost`, or mend the tier .*",
        r"use codes such as .*",
        r"the keys here are .*",
        r"only campaigns of kind .* have it",
        r"delete them, or choose .*",
        r"`.*` is a post; stand on .*",
        r"answer a post that goes out .*",
        r"write its id under `posts`; .*",
    ),
    "when": (
        r"move one of .*",
        r"move it after `.*`",
        r"give one of them a date",
        r"use `every` in place .*",
        r"use m \(minutes\), .*",
        r"look at .*",
        r"write a year from .*",
        r"end it sooner, .*",
    ),
    "which file": (
        r"rename one of the two files, .*",
        r"write the first: .*",
        r"(copy|save|keep) it beside .*",
        r"one file is one campaign: .*",
        r"name a template, which .*",
        r"no file holds a secret: .*",
    ),
    "what it is to say": (
        r"write it, or remove it",
        r"remove this line; .*",
        r"check that each .*",
        r"`[\w-]+`: .*",
        r"write `key: value`( lines)?(,| in its place).*",
        r"write the keys out where .*",
        r"begin each entry with .*",
        r"begin it with a letter; .*",
        r"nest it less deeply",
        r"give it another id",
    ),
}
"""Whole help lines, by what only a person knows."""


def is_prose(help: str) -> str | None:
    """The reason that fits a help line."""
    reasons = (each for patterns in PROSE.values() for each in patterns)
    return next((each for each in reasons if re.fullmatch(each, help)), None)
