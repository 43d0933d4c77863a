"""`runner contest`: what a contest needs whose draw anyone can check."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from runner.cli.commands.contest_commit import commit_entries
from runner.cli.commands.contest_key import give_key
from runner.cli.commands.contest_publish import publish_copy
from runner.cli.context import here
from runner.problems import BadUsage


class ContestAction(StrEnum):
    KEY = "key"
    COMMIT = "commit"
    PUBLISH = "publish"


def command(
    deed: Annotated[
        ContestAction,
        typer.Argument(
            help="`key` makes a contest's key, keeps it in the file that --keys names, and writes "
            "the public half into the contest's file; `commit` publishes the list of entries of "
            "one that has closed; `publish` writes a copy of list and results into a folder, for "
            "everyone to read where the repository is private."
        ),
    ],
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    keys: Annotated[
        Path | None, typer.Option("--keys", metavar="FILE", help="Your own copy of all keys.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Where `publish` writes the copy.")
    ] = None,
    user_id: Annotated[
        str | None,
        typer.Option("--user-id", help="The account's on X; X is asked where it is left out."),
    ] = None,
) -> None:
    """Give a contest a key, and publish its list of entries. Sends nothing."""
    match deed:
        case ContestAction.KEY:
            if keys is None:
                raise BadUsage(
                    "`key` needs a file to keep the key in",
                    help=f"runner contest key {contest} --keys ~/contest-keys",
                )
            raise typer.Exit(give_key(here(), contest, keys, user_id))
        case ContestAction.COMMIT:
            raise typer.Exit(commit_entries(here(), contest))
        case ContestAction.PUBLISH:
            if to is None:
                raise BadUsage(
                    "`publish` needs a folder for the copy",
                    help=f"runner contest publish {contest} --to ../pages/contests/{contest}",
                )
            raise typer.Exit(publish_copy(here(), contest, to))
