"""The output of `runner preview` in each of its formats."""

from enum import StrEnum

from runner.bugs import contained
from runner.cli.context import CommandContext
from runner.cli.opened_project import OpenedProject
from runner.plan import Comparison, Plan
from runner.problems import Problem, Severity
from runner.value import Value
from runner.views.change_listing import change_listing
from runner.views.foreword import foreword
from runner.views.listing import Listing
from runner.views.markdown.bounded import comment, summary
from runner.views.markdown.foreword import foreword_as_markdown
from runner.views.markdown.listing import listing_as_markdown
from runner.views.markdown.problems import wrong_of
from runner.views.plan_listing import plan_listing
from runner.views.terminal.listing import foreword_as_text, listing_as_text


class PreviewFormat(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    ICS = "ics"
    JSON = "json"


class MarkdownLimit(StrEnum):
    """What GitHub takes of Markdown in one piece."""

    COMMENT = "comment"
    SUMMARY = "summary"


class PreviewContent(Value, kw_only=True):
    """What there is to show: the plan, what changes in it, and what is wrong."""

    opened: OpenedProject
    plan: Plan
    change: Comparison | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def foreword_of(seen: PreviewContent, *, color: bool) -> str:
    """What stands above everything: the program and the settings that a change touches."""
    change = seen.change
    if change is None:
        return ""
    made = contained(
        "showing", "the settings", lambda: foreword_as_text(foreword(change), color=color)
    )
    return made if isinstance(made, str) else f"What stands above all else {made.summary}.\n"


def shown_as(
    format: PreviewFormat,
    seen: PreviewContent,
    context: CommandContext,
    room: MarkdownLimit,
    *,
    everything: bool,
    color: bool,
) -> str:
    """The text of a format. `everything`: each occurrence of what recurs, where a format leaves
    any out; `room` is for Markdown, `color` for a terminal."""
    # what writes a page, a calendar or JSON is imported for that alone: a terminal starts sooner
    match format:
        case PreviewFormat.TEXT:
            return _as_text(seen, everything=everything, color=color)
        case PreviewFormat.MARKDOWN:
            return _as_markdown(seen, context, room, everything=everything)
        case PreviewFormat.HTML:
            return _as_html(seen, everything=everything)
        case PreviewFormat.ICS:
            from runner.views.ics import plan_as_ics

            return plan_as_ics(seen.plan)
        case PreviewFormat.JSON:
            from runner.views.json.plan import plan_as_json

            return plan_as_json(seen.plan, seen.problems, seen.opened.sources, seen.change)


def _as_text(seen: PreviewContent, *, everything: bool, color: bool) -> str:
    return listing_as_text(_listing(seen, everything=everything), color=color)


def _listing(seen: PreviewContent, *, everything: bool) -> Listing:
    if seen.change:
        return change_listing(seen.change, seen.plan, everything=everything)
    return plan_listing(seen.plan, everything=everything)


def _as_markdown(
    seen: PreviewContent, context: CommandContext, room: MarkdownLimit, *, everything: bool
) -> str:
    limit = (comment if room is MarkdownLimit.COMMENT else summary)(
        _where_the_rest_is(context, room)
    )
    wrong = wrong_of(seen.problems, seen.opened.sources, limit)
    above = foreword_as_markdown(foreword(seen.change), limit)
    return listing_as_markdown(_listing(seen, everything=everything), limit, wrong, above=above)


def _where_the_rest_is(context: CommandContext, room: MarkdownLimit) -> str:
    """A sentence in Markdown that says where to read what does not fit."""
    server, repository, run = (
        context.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")
    )
    if room is MarkdownLimit.COMMENT and server and repository and run:
        return f"see [the summary of the run]({server}/{repository}/actions/runs/{run})."
    return "`runner preview` on a machine shows everything."


def _as_html(seen: PreviewContent, *, everything: bool) -> str:
    from runner.views.html.preview import Material, plan_as_html

    material = Material(
        project=seen.opened.project,
        read=seen.opened.media,
        problems=seen.problems,
        sources=seen.opened.sources,
        comparison=seen.change,
    )
    return plan_as_html(seen.plan, material, everything=everything)
