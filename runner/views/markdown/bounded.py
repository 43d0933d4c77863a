"""Markdown of bounded size: a job summary or a comment, cut at whole posts; and what a run left,
as a comment that can do nothing."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from runner.value import Value
from runner.views.markdown.escaping import code, defused, fenced, plain
from runner.views.phrases import clock, count, day

MOST_NOTES: Final = 20
"""How many lines stand below the heading."""

_AROUND: Final = 1_000
"""Characters for what stands around what a run left."""
_FROM_A_FORK: Final = (
    "**From a fork.** This is what its own run of Preview printed. [The run]({run}) has a page "
    "with each post as X will show it. A branch that changes `.github`, `action.yml` or `runner` "
    "may have changed what is printed.\n"
)
_MARGIN: Final = 1_000
"""Room for what a workflow adds: the hidden mark by which it finds its comment."""


class BoundedEntry(Value, kw_only=True):
    """A post: its row of the section's table, and what stands below the table."""

    row: str
    body: str = ""


class Section(Value, kw_only=True):
    """A campaign. `head` ends in the table's head."""

    head: str
    entries: tuple[BoundedEntry, ...] = ()
    foot: str = ""
    title: str = "Texts"
    open: bool = False
    """Whether what stands below the table is unfolded at first."""

    @property
    def bare_text(self) -> str:
        """All of it but its entries: what they stand in included, where one has a body."""
        bare = BoundedEntry(row="", body="\n")
        return self.text((bare,) if any(entry.body for entry in self.entries) else ())

    def text(self, entries: Iterable[BoundedEntry]) -> str:
        """The section with these of its entries."""
        shown = tuple(entries)
        bodies = [entry.body for entry in shown if entry.body]
        lines = [self.head, *(entry.row for entry in shown)]
        if bodies:
            opened = " open" if self.open else ""
            summary = f"<summary>{self.title} ({len(bodies)})</summary>"
            lines += ["", f"<details{opened}>{summary}", "", *bodies, "", "</details>"]
        return "\n".join([*lines, *(["", self.foot] if self.foot else []), ""])


class Limit(Value, kw_only=True):
    """How much fits. `rest` says where what is left out can be read."""

    size: int
    measure: Callable[[str], int]
    rest: str
    problems: int | None = None
    """How many problems are shown; None for all that fit."""


def comment(rest: str) -> Limit:
    """GitHub takes 65,536 characters. It does not say of which kind; the most that it can mean are
    UTF-16's."""
    return Limit(
        size=65_536 - _MARGIN,
        measure=lambda text: len(text.encode("utf-16-le")) // 2,
        rest=rest,
        problems=9,
    )


def summary(rest: str) -> Limit:
    """GitHub takes 1 MiB for a step, and drops a summary that is larger as a whole."""
    return Limit(size=2**20 - _MARGIN, measure=lambda text: len(text.encode()), rest=rest)


@dataclass
class _Room:
    """What a limit still allows, as it measures. Once something does not fit, nothing after it
    does."""

    limit: Limit
    left: int
    full: bool = False

    def takes(self, text: str) -> bool:
        needed = self.limit.measure(text) + 16
        self.full = self.full or needed > self.left
        self.left -= 0 if self.full else needed
        return not self.full


def bounded_markdown(head: str, sections: Iterable[Section], foot: str, limit: Limit) -> str:
    """The sections, up to the post that no longer fits, and how many are left out. `head` and
    `foot` have to fit."""
    room = _Room(limit, limit.size - limit.measure(head + foot + limit.rest) - 200)
    parts, posts, campaigns = [head], 0, 0
    for section in sections:
        shown: list[BoundedEntry] = []
        fits = room.takes(section.bare_text)
        if fits:
            entries = [_short_enough(entry, limit) for entry in section.entries]
            shown = [entry for entry in entries if room.takes(entry.row + entry.body)]
        posts += len(section.entries) - len(shown)
        if shown or (fits and not section.entries):
            parts.append(section.text(shown))
        campaigns += not (fits or section.entries)
    out = ((posts, "more post"), (campaigns, "more campaign"))
    if said := [count(number, what) for number, what in out if number]:
        is_or_are = "is" if posts + campaigns == 1 else "are"
        parts.append(f"**{' and '.join(said)} {is_or_are} left out here:** {limit.rest}\n")
    return "\n".join([*parts, foot])


def _short_enough(entry: BoundedEntry, limit: Limit) -> BoundedEntry:
    """The entry, or a note in its place where it is so long that it would crowd out all others."""
    if limit.measure(entry.body) <= limit.size // 4:
        return entry
    return BoundedEntry(row=entry.row, body=f"_A text that is too long for here:_ {limit.rest}\n")


def head_with_notes(first: str, rest: Iterable[str], limit: Limit) -> str:
    """The heading, and a list of what else there is to say at once; a quarter of what fits, at
    most."""
    lines, left = list(rest), limit.size // 4
    items: list[str] = []
    for line in lines[:MOST_NOTES]:
        item = f"- {plain(line[:1_000])}"
        left -= limit.measure(item) + 1
        if left < 0:
            break
        items.append(item)
    if len(lines) > len(items):
        items.append(f"- and {len(lines) - len(items)} more")
    return "\n".join([f"## {plain(first)}", "", *items, "", ""])


def time_cell(at: datetime | None, was: datetime | None = None) -> str:
    """A moment in its own zone with weekday and offset, and below it in UTC, with the day where
    that is another; what it `was` is struck out."""
    if at is None:
        return ""
    utc = at.astimezone(UTC)
    elsewhere = "" if utc.date() == at.date() else f"{day(utc)} "
    old = f"~~{_unbroken(was)}~~<br>" if was else ""
    return f"{old}{_unbroken(at)}<br>{elsewhere}{utc:%H:%M} UTC"


def _unbroken(at: datetime) -> str:
    """A line may end after the day, and nowhere else."""
    return " ".join("\u00a0".join(part.split()) for part in (day(at), clock(at)))


def name_cell(symbol: str, name: str, url: str | None) -> str:
    """What happens to a post, as a sign, and its name; where it is out, with its link."""
    is_safe = url is not None and re.fullmatch(r"https://[\w./?=&%-]+", url)
    return f"{code(symbol)}\u00a0" + (
        f"[{plain(name)}]({url})" if is_safe else f"**{plain(name)}**"
    )


def fork_as_markdown(text: str, run: str) -> str:
    """A stranger's text in one fence, cut after a whole line. `run` is the address of the run that
    printed it."""
    limit = _comment_of(run)
    first, *lines, last = fenced(text.rstrip("\n")).split("\n")
    shown, rest = _fitting_lines(lines, limit)
    return "\n".join([_FROM_A_FORK.format(run=run), first, *shown, last, "", *rest])


def own_as_markdown(text: str, run: str) -> str:
    """The Markdown that a branch of the repository has made of its preview, without what Markdown
    does to others; cut after a whole line."""
    shown, rest = _fitting_lines(defused(text.rstrip("\n")).split("\n"), _comment_of(run))
    return "\n".join([*shown, "", *rest])


def _comment_of(run: str) -> Limit:
    return comment(f"see [the summary of the run]({run}).")


def _fitting_lines(lines: list[str], limit: Limit) -> tuple[list[str], list[str]]:
    """The lines that fit, and what is said of the others."""
    left, shown = limit.size - _AROUND, []
    for line in lines:
        left -= limit.measure(line) + 1
        if left < 0:
            break
        shown.append(line)
    out = len(lines) - len(shown)
    return shown, [f"**{count(out, 'more line')} left out here:** {limit.rest}", ""] if out else []
