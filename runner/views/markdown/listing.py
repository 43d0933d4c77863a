"""What a preview lists as Markdown, for a job summary or a comment. Texts stand in fences and ping
nobody."""

from runner.views.difference import Line
from runner.views.listing import Group, Listing, Row
from runner.views.markdown.bounded import (
    BoundedEntry,
    Limit,
    Section,
    bounded_markdown,
    head_with_notes,
    name_cell,
    time_cell,
)
from runner.views.markdown.escaping import code, fenced, plain
from runner.views.markdown.problems import NOTHING_WRONG, Wrong

_SIGNS = {"@": "@@ {} @@", " ": " {}", "-": "-{}", "+": "+{}"}


def listing_as_markdown(
    listing: Listing, limit: Limit, wrong: Wrong = NOTHING_WRONG, *, above: str = ""
) -> str:
    """What stands `above` all, the sums, what is wrong, and each campaign with a table of its posts
    and their texts; cut to fit from the end."""
    first, *rest = listing.sums
    return bounded_markdown(
        above + head_with_notes(first, [listing.next, *rest], limit) + wrong.text,
        (_section(group, wrong, compares=listing.compares) for group in listing.groups),
        f"<sub>{code(listing.legend)}</sub>\n" if listing.groups else "",
        limit,
    )


def _section(group: Group, wrong: Wrong, *, compares: bool) -> Section:
    was = f" (was {code(group.was)})" if group.was else ""
    table = ["", "| post | when | |", "|---|---|---|"] if group.rows else []
    marks = wrong.notes_beside(group.path, (row.post for row in group.rows))
    return Section(
        head="\n".join([f"### {code(group.path)}{was}", plain(group.heading), *table]),
        entries=tuple(
            BoundedEntry(row=_row(row, mark), body=_body(row))
            for row, mark in zip(group.rows, marks, strict=True)
        ),
        foot="\n".join(f"- {plain(note)}" for note in group.notes),
        title="What changes" if compares else "Texts",
        open=compares,
    )


def _row(row: Row, wrong: tuple[str, ...]) -> str:
    what = [f"**{plain(row.what)}**"] if row.what else []
    rest = map(plain, (*row.facts, *row.notes, *row.ignored, *row.drift, *wrong))
    name = name_cell(row.symbol, row.name, row.url)
    time = plain(row.when) if row.waits else time_cell(row.at, row.was)
    return f"| {name} | {time} | {' · '.join((*what, *rest))} |"


def _body(row: Row) -> str:
    if not row.blocks:
        return ""
    head = f"**{plain(row.name)}**, {plain(row.what or row.when)}"
    return "\n\n".join([head, *map(_fence, row.blocks)]) + "\n"


def _fence(block: tuple[Line, ...]) -> str:
    if all(line.sign == " " for line in block):
        return fenced("\n".join(line.text for line in block))
    return fenced("\n".join(_SIGNS[line.sign].format(line.text) for line in block), "diff")
