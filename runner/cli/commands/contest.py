"""`runner contest`: what a contest needs whose draw anyone can check."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from runner.cli.commands.contest_key import give_key
from runner.cli.commands.contest_list import commit_entries, publish_copy
from runner.cli.commands.contest_supplement import add_supplement
from runner.cli.context import here
from runner.cli.local_clock import context_at
from runner.cli.options import Now
from runner.problems import BadUsage


class ContestAction(StrEnum):
    KEY = "key"
    COMMIT = "commit"
    SUPPLEMENT = "supplement"
    PUBLISH = "publish"


_DEEDS: Final = (
    "`key` makes a contest's key, keeps it in the file that --keys names, and writes the public "
    "half into the contest's file; `commit` publishes the list of entries of one that has closed; "
    "`supplement` adds whom it has left out; `publish` writes a copy of list and results into a "
    "folder, for everyone to read where the repository is private."
)


def command(
    deed: Annotated[ContestAction, typer.Argument(help=_DEEDS)],
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    keys: Annotated[
        Path | None, typer.Option("--keys", metavar="FILE", help="Your own copy of all keys.")
    ] = None,
    user_id: Annotated[
        str | None,
        typer.Option("--user-id", help="The account's on X; X is asked where it is left out."),
    ] = None,
    entry: Annotated[
        list[str] | None,
        typer.Option(
            "--entry", metavar="ADDRESS", help="Of a post that `supplement` reads; may be repeated."
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FOLDER", help="Where `publish` writes the copy.")
    ] = None,
    now: Now = None,
) -> None:
    """Give a contest a key, and publish its list of entries. Sends nothing."""
    context = context_at(here(), now)
    match deed:
        case ContestAction.KEY:
            code = give_key(context, contest, _named(keys, contest, "key", "--keys"), user_id)
        case ContestAction.COMMIT:
            code = commit_entries(context, contest)
        case ContestAction.SUPPLEMENT:
            code = add_supplement(context, contest, entry or ())
        case ContestAction.PUBLISH:
            code = publish_copy(context, contest, _named(to, contest, "publish", "--to"))
    raise typer.Exit(code)


def _named(path: Path | None, contest: str, deed: str, option: str) -> Path:
    """The path that this option gives. Raises BadUsage where the option was left out."""
    if path is None:
        raise BadUsage(
            f"`{deed}` needs {option}", help=f"runner contest {deed} {contest} {option} PATH"
        )
    return path
