"""A preview as a file for others than a terminal: a page, a calendar, JSON."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runner.cli.context import Outside
    from runner.cli.opened_project import Opened
    from runner.plan import Plan
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
            from runner.views.json.plan import plan_as_json

            return plan_as_json(plan, problems, opened.sources, change)
        case Export.HTML:
            from runner.views.html.preview import Material, plan_as_html

            material = Material(
                project=opened.workspace.project,
                read=opened.workspace.media,
                problems=problems,
                sources=opened.sources,
                comparison=change,
            )
            return plan_as_html(plan, material, everything=everything)


def deliver(text: str, output: Path | None, outside: "Outside") -> None:
    """Writes to the file, or to standard output. Raises BadUsage where the file can't take it."""
    if output is None:
        outside.say(text)
        return
    with writing(str(output)):
        output.write_bytes(outside.confidential.struck(text).encode())
    outside.tell(f"wrote {output}")


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Raises BadUsage where the file of this name can't be written."""
    from runner.problems import BadUsage

    try:
        yield
    except OSError as error:
        full = error.errno in (ENOSPC, EDQUOT)
        raise BadUsage(
            f"`{name}` can't be written: {(error.strerror or str(error)).lower()}",
            help="make room on that disk" if full else "name a file in a folder that is there",
        ) from None
