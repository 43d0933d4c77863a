"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Accounts = Annotated[
    list[str] | None, typer.Option("--account", help="Only this account; may be repeated.")
]
Campaigns = Annotated[
    list[str] | None, typer.Option("--campaign", help="Only this campaign; may be repeated.")
]
Now = Annotated[
    str | None, typer.Option("--now", help="As if it were then: 2026-12-01T10:00+02:00.")
]
Everything = Annotated[bool, typer.Option("--all", help="Every occurrence of what recurs.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Write there, not to standard output."),
]
