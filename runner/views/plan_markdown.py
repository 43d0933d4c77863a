"""A plan as Markdown, for a job summary or a comment. Texts stand in fences and ping nobody."""

import re
from collections.abc import Iterator

from runner.plan import Plan
from runner.views.listing import LEGEND, Group, Row, groups, lines_of
from runner.views.plan_text import closing


def plan_as_markdown(plan: Plan, *, everything: bool = False) -> str:
    """A heading, the sums, and each campaign with a table of its posts and their texts."""
    first, *rest = closing(plan)
    lines = [f"## {_plain(first)}", "", *(f"- {_plain(line)}" for line in rest), ""]
    for group in groups(plan, everything=everything):
        lines += [*_group(group), ""]
    lines.append(f"<sub>{LEGEND}</sub>")
    return "\n".join(lines) + "\n"


def _group(group: Group) -> Iterator[str]:
    yield f"### `{group.path}`"
    yield group.heading
    yield ""
    yield "| | post | goes out | |"
    yield "|---|---|---|---|"
    for row in group.rows:
        name = f"[{row.name}]({row.url})" if row.url else f"`{row.name}`"
        about = " · ".join(_plain(text) for text in (*row.facts, *row.notes))
        yield f"| {row.symbol} | {name} | {row.when} | {about} |"
    for note in (*group.folded, *group.waiting):
        yield f"\n_{_plain(note)}_"
    texts = [row for row in group.rows if row.post and row.symbol in "+!"]
    if texts:
        yield ""
        yield f"<details><summary>Texts ({len(texts)})</summary>"
        yield ""
        for row in texts:
            yield from _text(row)
        yield "</details>"


def _text(row: Row) -> Iterator[str]:
    yield f"**{row.name}**, {row.when}"
    yield ""
    for part in row.post.parts if row.post else ():
        yield fenced("\n".join(lines_of(part)))
        yield ""


def fenced(text: str) -> str:
    """The text in a fence that is longer than any run of backticks inside it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _plain(text: str) -> str:
    """Text that Markdown and GitHub leave alone: no mentions, no markup, no table borders."""
    return re.sub(r"([\\`*_{}\[\]<>|@#])", r"\\\1", text).replace("\\@", "&#64;")
