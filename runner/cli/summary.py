"""The summary of a job on GitHub Actions."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runner.cli.outside import Outside

LONGEST = 1024 * 1024
"""Bytes of a step's summary; a longer one GitHub drops whole (Workflow commands, 2026-11-21)."""


def summarise(outside: "Outside", markdown: str) -> None:
    """Adds Markdown to the job's summary, where a job runs; does nothing elsewhere."""
    path = outside.environ.get("GITHUB_STEP_SUMMARY")
    if not path or not outside.on_actions:
        return
    with Path(path).open("ab") as file:
        data = markdown.encode()
        if file.tell() + len(data) <= LONGEST:
            file.write(data)
        else:
            outside.tell("This job's summary is full; what it would say stands above.")
