"""A change as Markdown, for a job summary or a comment."""

from runner.plan import Plan
from runner.plan.change import Comparison
from runner.views.change_listing import LEGEND, ChangeGroup, ChangeRow, change_groups
from runner.views.foreword import foreword
from runner.views.markdown.bounded import Entry, Limit, Section, headed, name_cell, sheet, time_cell
from runner.views.markdown.escaping import code, fenced, plain
from runner.views.markdown.foreword import foreword_as_markdown
from runner.views.markdown.problems import NOTHING_WRONG, Wrong
from runner.views.terminal.change import change_closing
from runner.views.unpublished import next_of

_SIGNS = {"@": "@@ {} @@", " ": " {}", "-": "-{}", "+": "+{}"}


def change_as_markdown(
    comparison: Comparison,
    plan: Plan,
    limit: Limit,
    wrong: Wrong = NOTHING_WRONG,
    *,
    everything: bool = False,
) -> str:
    """What changes beside posts, the sums, what is wrong, and each campaign with its changes, as
    Markdown; cut to fit from the end."""
    groups = change_groups(comparison, plan, everything=everything)
    first, *rest = change_closing(comparison, plan)
    return sheet(
        foreword_as_markdown(foreword(comparison), limit)
        + headed(first, [next_of(plan), *rest], limit)
        + wrong.text,
        (_section(group, wrong) for group in groups),
        f"<sub>{code(LEGEND)}</sub>\n" if groups else "",
        limit,
    )


def _section(group: ChangeGroup, wrong: Wrong) -> Section:
    was = f" (was {code(group.was)})" if group.was else ""
    posts = (row.post for row in group.rows)
    table = ["", "| post | when | |", "|---|---|---|"]
    return Section(
        head="\n".join(
            [f"### {code(group.path)}{was}", plain(group.heading), *(table * bool(group.rows))]
        ),
        entries=tuple(
            Entry(row=_row(row, marks), body=_body(row))
            for row, marks in zip(group.rows, wrong.beside(group.path, posts), strict=True)
        ),
        foot="\n".join(f"- {plain(note)}" for note in group.notes),
        title="What changes",
        open=True,
    )


def _row(row: ChangeRow, wrong: tuple[str, ...]) -> str:
    about = " · ".join([f"**{plain(row.what)}**", *map(plain, (*row.facts, *row.notes, *wrong))])
    name = name_cell(row.symbol, row.name, row.url)
    return f"| {name} | {time_cell(row.at, row.was)} | {about} |"


def _body(row: ChangeRow) -> str:
    lines = [_SIGNS[line.sign].format(line.text) for line in row.lines]
    if not lines:
        return ""
    fence = fenced("\n".join(lines), "diff")
    return f"**{plain(row.name)}** {plain(row.what)}\n\n{fence}\n"
