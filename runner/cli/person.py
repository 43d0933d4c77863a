"""The person at the command line: who says something, and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from runner.problems import BadUsage

if TYPE_CHECKING:
    from runner.cli.context import Outside

Because = Annotated[
    str | None, typer.Option("--because", help="Why; the ledger keeps it, with your name.")
]


def name_of(outside: "Outside") -> str:
    """Who it is, as far as this machine knows. Raises BadUsage when nothing tells."""
    from runner.git import Git

    environ = outside.environ
    signed = Git(outside.root, environ).answer("config", "user.name")
    users = (environ.get(name) for name in ("USER", "LOGNAME", "USERNAME"))
    names = (environ.get("GITHUB_ACTOR"), signed, *users)
    for name in names:
        if name and name.strip():
            return " ".join(name.split())
    raise BadUsage(
        "the ledger has to know who says so", help='git config user.name "Your Name", then again'
    )


def reason(because: str | None) -> str:
    """Raises BadUsage without one."""
    said = " ".join((because or "").split())
    if not said:
        raise BadUsage("the ledger has to know why", help='add --because "…"')
    return said
