"""`runner contest`: what a contest needs whose draw anyone can check."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from runner.cli.commands.contest_key import give_key
from runner.cli.context import here


class ContestAction(StrEnum):
    KEY = "key"


def command(
    deed: Annotated[
        ContestAction,
        typer.Argument(
            help="`key` makes a contest's key, keeps it in the file that --keys names, and writes "
            "the public half into the contest's file."
        ),
    ],
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    keys: Annotated[
        Path, typer.Option("--keys", metavar="FILE", help="Your own copy of all keys.")
    ],
    user_id: Annotated[
        str | None,
        typer.Option("--user-id", help="The account's on X; X is asked where it is left out."),
    ] = None,
) -> None:
    """Give a contest a key, so that anyone can check its draw. Sends nothing."""
    match deed:
        case ContestAction.KEY:
            raise typer.Exit(give_key(here(), contest, keys, user_id))
