"""A plan as Markdown, for a job summary or a comment. Texts stand in fences and ping nobody."""

from datetime import timedelta

from runner.plan import Plan
from runner.views.markdown.bounded import Entry, Limit, Section, headed, name_cell, sheet, time_cell
from runner.views.markdown.escaping import code, fenced, plain
from runner.views.markdown.problems import NOTHING_WRONG, Wrong
from runner.views.plan_listing import LEGEND, Group, Row, groups, lines_of
from runner.views.terminal.plan import closing


def plan_as_markdown(
    plan: Plan,
    limit: Limit,
    wrong: Wrong = NOTHING_WRONG,
    *,
    everything: bool = False,
    ahead: timedelta | None = None,
) -> str:
    """The sums, each campaign with a table of its posts and their texts, and what is wrong; cut to
    fit. `ahead` as in closing."""
    first, *rest = closing(plan, ahead=ahead)
    return sheet(
        headed(first, rest, limit) + wrong.text,
        (_section(group, wrong) for group in groups(plan, everything=everything)),
        f"<sub>{code(LEGEND)}</sub>\n",
        limit,
    )


def _section(group: Group, wrong: Wrong) -> Section:
    posts = (row.post.key.post if row.post else "" for row in group.rows)
    table = ["| post | goes out | |", "|---|---|---|"]
    return Section(
        head="\n".join([f"### {code(group.path)}", plain(group.heading), "", *table]),
        entries=tuple(
            Entry(row=_row(row, marks), body=_body(row))
            for row, marks in zip(group.rows, wrong.beside(group.path, posts), strict=True)
        ),
        foot="\n".join(f"- {plain(note)}" for note in (*group.folded, *group.waiting)),
    )


def _row(row: Row, wrong: tuple[str, ...]) -> str:
    about = " · ".join(map(plain, (*row.facts, *row.notes, *row.ignored, *row.drift, *wrong)))
    return f"| {name_cell(row.symbol, row.name, row.url)} | {time_cell(row.at)} | {about} |"


def _body(row: Row) -> str:
    if row.post is None or row.symbol not in "+!":
        return ""
    fences = [fenced("\n".join(lines_of(part))) for part in row.post.parts]
    return "\n\n".join([f"**{plain(row.name)}**, {row.when}", *fences, ""])
