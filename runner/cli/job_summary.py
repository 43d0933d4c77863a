"""The summary of a job on GitHub Actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from runner.bugs import TO_DO
from runner.problems import Stop

if TYPE_CHECKING:
    from runner.cli.context import Outside
    from runner.publish import Ran

LONGEST = 1024 * 1024
"""Bytes of a step's summary; a longer one GitHub drops whole (Workflow commands, 2026-11-21)."""


def summarise(outside: "Outside", markdown: str) -> None:
    """Adds Markdown to the job's summary, where a job runs; does nothing elsewhere."""
    path = outside.environ.get("GITHUB_STEP_SUMMARY")
    if not path or not outside.on_actions:
        return
    data = outside.confidential.struck(markdown).encode(errors="backslashreplace")
    try:
        with Path(path).open("ab") as file:
            fits = file.tell() + len(data) <= LONGEST
            if fits:
                file.write(data)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        outside.tell(f"This job's summary can't be written ({why}); it would say what stands here.")
        return
    if not fits:
        outside.tell("This job's summary is full; what it would say stands above.")


def summarise_run(outside: "Outside", ran: "Ran", *, dry_run: bool) -> None:
    """What a run did, or what it would do."""
    from runner.publish.run import NEAR
    from runner.views.containment import outcome_shown, plan_shown
    from runner.views.markdown.bounded import summary
    from runner.views.markdown.outcome import outcome_as_markdown
    from runner.views.markdown.plan import plan_as_markdown

    if dry_run:
        limit = summary("See the log of this run.")
        said = plan_shown(ran.plan, lambda plan, _: plan_as_markdown(plan, limit, ahead=NEAR))
    else:
        said = outcome_shown(ran.outcome, ran.plan, outcome_as_markdown)
    summarise(outside, said)


@contextmanager
def stop_summarised(outside: "Outside") -> Iterator[None]:
    """What stops a run stands in the summary, too."""
    from runner.views.markdown.outcome import stop_as_markdown

    try:
        yield
    except Stop as stop:
        summarise(outside, stop_as_markdown(stop))
        raise
    except Exception:
        summarise(outside, stop_as_markdown(Stop("a bug in runner", help=TO_DO)))
        raise
