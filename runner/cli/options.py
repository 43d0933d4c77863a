"""Options and arguments that several commands take, how their values are read, and writing into the
file that one names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Annotated

import typer

from runner.cli.context import CommandContext
from runner.problems import BadUsage, InvalidValue
from runner.when import parse_duration
from runner.x_facts import post_at

Accounts = Annotated[
    list[str] | None, typer.Option("--account", help="Only this account; may be repeated.")
]
Campaigns = Annotated[
    list[str] | None, typer.Option("--campaign", help="Only this campaign; may be repeated.")
]
IfSetUp = Annotated[
    bool,
    typer.Option(
        "--if-set-up", help="Leave an account out that has no credential, and was never read."
    ),
]
Now = Annotated[
    str | None, typer.Option("--now", help="As if it were then: 2026-12-01T10:00+02:00.")
]
Everything = Annotated[bool, typer.Option("--all", help="Every occurrence of what recurs.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Write there, not to standard output."),
]
Because = Annotated[
    str | None, typer.Option("--because", help="Why; the ledger keeps it, with your name.")
]
Check = Annotated[str, typer.Option("--check", help="The workflow that checks that pull request.")]
Patience = Annotated[
    str | None,
    typer.Option("--wait", help="How long to wait for X where it takes no requests: 16m."),
]


def duration(text: str) -> timedelta:
    """`10m`, `5h30m`. Raises BadUsage."""
    parts = re.findall(r"\d+[a-z]+", text)
    try:
        if parts and "".join(parts) == text:
            return sum((parse_duration(part) for part in parts), timedelta(0))
    except InvalidValue:
        pass
    raise BadUsage(f"`{text}` is not a length of time", help="write 10m, or 5h30m")


def waiting_time(wait: str | None) -> timedelta:
    """How long to wait; not at all where nothing is said. Raises BadUsage."""
    return duration(wait) if wait else timedelta(0)


def required_reason(because: str | None) -> str:
    """The reason on one line. Raises BadUsage without one."""
    said = " ".join((because or "").split())
    if not said:
        raise BadUsage("the ledger has to know why", help='add --because "…"')
    return said


def id_in(address: str) -> str:
    """The id of the post that lies at an address. Raises BadUsage for what is none."""
    found = post_at(address)
    if found is None:
        raise BadUsage(
            f"`{address}` is no address of a post",
            help="copy its link: https://x.com/name/status/1234567890",
        )
    return found[1]


def deliver(text: str | Iterator[str], output: Path | None, context: CommandContext) -> None:
    """Writes to the file, or to standard output; of a long text one or many lines at a time. Raises
    BadUsage where the file can't take it."""
    lines = (text,) if isinstance(text, str) else text
    if output is None:
        for each in lines:
            context.say(each)
        return
    with writing(str(output)), output.open("wb") as file:
        for each in lines:
            file.write(context.confidential.without_secrets(each).encode())
    context.tell(f"wrote {output}")


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Guards the writing of a file. Raises BadUsage where the file of this name can't be
    written."""
    try:
        yield
    except OSError as error:
        full = error.errno in (ENOSPC, EDQUOT)
        raise BadUsage(
            f"`{name}` can't be written: {(error.strerror or str(error)).lower()}",
            help="make room on that disk" if full else "name a file in a folder that is there",
        ) from None
