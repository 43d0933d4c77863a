"""A preview as a file for others than a terminal: a page, a calendar, JSON."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runner.cli.opening import Opened
    from runner.cli.outside import Outside
    from runner.plan import Desk, Plan
    from runner.plan.change import Comparison
    from runner.problems import Problem


class Export(StrEnum):
    """The formats. Their values are those of `--format`."""

    HTML = "html"
    ICS = "ics"
    JSON = "json"


def exported(
    format: Export,
    plan: "Plan",
    *,
    opened: "Opened",
    desk: "Desk",
    problems: "tuple[Problem, ...]",
    change: "Comparison | None",
    everything: bool,
) -> str:
    """The plan in one of them. `everything` goes for the page: the others leave nothing out."""
    match format:
        case Export.ICS:
            from runner.views.ics import plan_as_ics

            return plan_as_ics(plan)
        case Export.JSON:
            from runner.views.plan_json import plan_as_json

            return plan_as_json(plan, problems, opened.sources, change)
        case Export.HTML:
            from runner.views.page.preview import Material, plan_as_html

            material = Material(
                project=desk.project,
                read=opened.workspace.media,
                problems=problems,
                sources=opened.sources,
                comparison=change,
            )
            return plan_as_html(plan, material, everything=everything)


def deliver(text: str, output: Path | None, outside: "Outside") -> None:
    """Writes to the file, or to standard output. Raises BadUsage where it can't be written."""
    from runner.problems import BadUsage

    if output is None:
        outside.say(text)
        return
    try:
        output.write_bytes(outside.confidential.struck(text).encode())
    except OSError as error:
        raise BadUsage(
            f"`{output}` can't be written: {(error.strerror or str(error)).lower()}",
            help="name a file in a folder that is there",
        ) from None
    outside.tell(f"wrote {output}")
