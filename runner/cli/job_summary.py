"""What a job's summary on GitHub Actions says of a run, or of what has stopped it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from runner.bugs import TO_DO
from runner.cli.context import CommandContext
from runner.cli.github_job import decision_form, summarise
from runner.problems import Stop
from runner.publish import RunReport
from runner.publish.run import NEAR
from runner.views.containment import outcome_shown, plan_shown
from runner.views.markdown.bounded import summary
from runner.views.markdown.escaping import plain
from runner.views.markdown.listing import listing_as_markdown
from runner.views.markdown.outcome import outcome_as_markdown, stop_as_markdown
from runner.views.plan_listing import plan_listing
from runner.views.terminal.status import looks_as_text


@contextmanager
def stop_summarised(context: CommandContext) -> Iterator[None]:
    """What stops a run stands in the summary, too."""
    try:
        yield
    except Stop as stop:
        summarise(context, stop_as_markdown(stop))
        raise
    except Exception:
        summarise(context, stop_as_markdown(Stop("a bug in runner", help=TO_DO)))
        raise


def summarise_run(context: CommandContext, ran: RunReport, *, dry_run: bool) -> None:
    """What a run did, or what it would do."""
    if dry_run:
        limit = summary("See the log of this run.")
        said = plan_shown(
            ran.plan, lambda plan, _: listing_as_markdown(plan_listing(plan, ahead=NEAR), limit)
        )
        said += "".join(f"\n{plain(line)}\n" for line in looks_as_text(ran.sought))
    else:
        view = partial(outcome_as_markdown, form=decision_form(context))
        said = outcome_shown(ran.outcome, ran.plan, view)
    summarise(context, said)
