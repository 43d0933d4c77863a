"""The summary of a job on GitHub Actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from runner.problems import Stop

if TYPE_CHECKING:
    from runner.apply import Ran
    from runner.cli.outside import Outside

LONGEST = 1024 * 1024
"""Bytes of a step's summary; a longer one GitHub drops whole (Workflow commands, 2026-11-21)."""


def summarise(outside: "Outside", markdown: str) -> None:
    """Adds Markdown to the job's summary, where a job runs; does nothing elsewhere."""
    path = outside.environ.get("GITHUB_STEP_SUMMARY")
    if not path or not outside.on_actions:
        return
    with Path(path).open("ab") as file:
        data = outside.confidential.struck(markdown).encode()
        if file.tell() + len(data) <= LONGEST:
            file.write(data)
        else:
            outside.tell("This job's summary is full; what it would say stands above.")


def summarise_run(outside: "Outside", ran: "Ran", *, dry_run: bool) -> None:
    """What a run did, or what it would do."""
    from runner.apply.running import NEAR
    from runner.views.outcome_markdown import outcome_as_markdown
    from runner.views.plan_markdown import plan_as_markdown
    from runner.views.sheet import summary

    if dry_run:
        limit = summary("See the log of this run.")
        summarise(outside, plan_as_markdown(ran.plan, limit, ahead=NEAR))
    else:
        summarise(outside, outcome_as_markdown(ran.outcome, ran.plan))


@contextmanager
def stop_summarised(outside: "Outside") -> Iterator[None]:
    """What stops a run stands in the summary, too."""
    from runner.views.outcome_markdown import stop_as_markdown

    try:
        yield
    except Stop as stop:
        summarise(outside, stop_as_markdown(stop))
        raise
