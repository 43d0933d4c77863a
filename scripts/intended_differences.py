"""What a tree prints otherwise than c3c5153 on purpose: each difference undone in both outputs."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import groupby
from typing import Final

NOT_COMPARED: Final = (
    "Not compared: what style and script of a page do, which tests/browser holds; when an output "
    "was made; of summaries that are full, what only one of the two has room for."
)
UNITS: Final = {"d": 24 * 60, "day": 24 * 60, "h": 60, "hour": 60, "min": 1, "minute": 1}
UNIT: Final = "(?:day|hour|minute|min|d|h)s?"
LENGTH: Final = re.compile(rf"\b\d+ {UNIT}\b(?: \d+ {UNIT}\b)?")
FOLD: Final = re.compile(r"\r?\n[ \t]")
BATCH: Final = "batch"
LEFT_OUT: Final = "left out here:** "
VOID: Final = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
"""Tags that nothing ends."""
BY_HAND: Final = "Contest [a-z-]+ is drawn by hand, which nobody can verify"
NEW_KEYS: Final[dict[str, object]] = {"unplanned": None, "undated": []}
"""Of the JSON of a plan, with what they hold where there is nothing to tell."""


def lines_of(output: str) -> list[str]:
    """An output line by line: of a page its tags and texts, of a calendar its unfolded lines, of
    JSON its values by key."""
    if output.lower().startswith("<!doctype html>"):
        page = _Page()
        page.feed(output)
        return page.lines
    if output.startswith("BEGIN:VCALENDAR"):
        return FOLD.sub("", output).splitlines()
    if output.startswith("{"):
        return list(_values(json.loads(output), ""))
    return output.splitlines()


def both_as_before(old: list[str], new: list[str], command: str) -> tuple[list[str], list[str]]:
    """The lines of both without what was changed on purpose; of two summaries that are full as much
    as both have room for."""
    before, after = _as_before(old, command), _as_before(new, command)
    is_full = all(any(LEFT_OUT in line for line in lines) for lines in (old, new))
    most = min(len(before), len(after)) if is_full else None
    return before[:most], after[:most]


def _as_before(lines: list[str], command: str) -> list[str]:
    lines = [LENGTH.sub(_to_the_nearest_day, line) for line in lines]
    for words, changes in CHANGES.items():
        if words in command:
            for change in changes:
                lines = change(lines)
    return lines


def _to_the_nearest_day(length: re.Match[str]) -> str:
    """A length of time, which is written in words now; from a day on without hours."""
    words = length[0].split()
    pairs = zip(words[::2], words[1::2], strict=True)
    minutes = sum(int(number) * UNITS[unit.removesuffix("s")] for number, unit in pairs)
    return f"‹{(minutes + 720) // 1440} d›" if minutes >= 1440 else f"‹{minutes} min›"


def _replaced(pattern: str, by: str = "") -> Callable[[list[str]], list[str]]:
    return lambda lines: [re.sub(pattern, by, line) for line in lines]


def _left_out(pattern: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [line for line in lines if not re.fullmatch(pattern, line)]


def _without_aside(pattern: str) -> Callable[[list[str]], list[str]]:
    """Of a page a list that holds one notice alone."""
    aside = re.compile(
        rf"^<ul class=asides>\n<li>\n<strong>\nNotice\n</strong>\n{pattern}\n</li>\n</ul>\n", re.M
    )
    return lambda lines: aside.sub("", "\n".join(lines)).split("\n")


def _points_in_order(lines: list[str]) -> list[str]:
    """The points of each list by the alphabet."""
    groups = groupby(lines, lambda line: line.startswith("- "))
    return [line for is_list, some in groups for line in (sorted(some) if is_list else some)]


def _without_the_last_that_fits(lines: list[str]) -> list[str]:
    """Of a summary that is full the foot, then all but the last campaign: of shorter ones more fit,
    and one of them in part."""
    full = next((at for at, line in enumerate(lines) if LEFT_OUT in line), None)
    if full is None:
        return lines
    last = max(at for at, line in enumerate(lines[:full]) if line.startswith("### "))
    return [*lines[full + 1 :], *lines[:last]]


CHANGES: Final[dict[str, tuple[Callable[[list[str]], list[str]], ...]]] = {
    "": (  # what is drawn by hand is marked everywhere
        _without_aside(BY_HAND),
        _replaced(rf'^\.notices\[0\] = "{BY_HAND}"$', ".notices = []"),
        _left_out(rf"(?:- )?(?:Notice: )?{BY_HAND}"),
    ),
    "--format markdown": (
        _replaced(r"^\| post \| goes out \|", "| post | when |"),  # as the other tables call it
        _without_the_last_that_fits,
        _points_in_order,  # what is due comes first
        _left_out(""),  # one empty line less around a fence
    ),
    "--format html": (
        _replaced(r"class=sheet\b", "class=occurrence"),  # as the glossary calls it
        _replaced(r" id=day-[0-9-]+"),  # the calendar leads to a day
        _left_out("<meta .*Content-Security-Policy.*>"),  # the hash of style and script
    ),
    "post --dry-run": (_left_out("Looked for on X first.*"),),  # what a run does before it sends
    "--format ics": (_left_out("DTSTAMP:.*"),),
    "--format json": (_left_out(r"\.now = .*"),),  # the given moment goes on while files are read
}


class _Page(HTMLParser):
    """The tags, with their attributes by the alphabet, and the texts of a page. What gathers posts
    that are drawn once somebody looks is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = " ".join(f"{name}={value}" for name, value in sorted(attrs, key=lambda a: a[0]))
        is_batch = ("class", BATCH) in attrs
        if tag not in VOID:
            self._open.append(BATCH if is_batch else tag)
        if not is_batch:
            self.lines.append(f"<{tag} {named}>" if named else f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open.pop() != BATCH:
            self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self.lines += [line for each in data.splitlines() if (line := each.strip())]


def _values(value: object, at: str) -> Iterator[str]:
    if value and isinstance(value, dict):
        for key, each in value.items():
            if at or key not in NEW_KEYS or each != NEW_KEYS[key]:
                yield from _values(each, f"{at}.{key}")
    elif value and isinstance(value, list):
        for index, each in enumerate(value):
            yield from _values(each, f"{at}[{index}]")
    else:
        yield f"{at} = {json.dumps(value, ensure_ascii=False)}"
