"""`runner verify`: whether a draw was steered, checked from nothing but what is public."""

from pathlib import Path
from typing import Annotated

import typer

from runner.cli.contests import LIST_FILE, OpenedContest, contest_of
from runner.cli.context import CommandContext, here
from runner.contest.looking import verify_on_x
from runner.contest.verifying import PublishedDraw, Verdict, verify
from runner.oembed import public_posts
from runner.problems import BadUsage
from runner.views.terminal.verification import verification_as_text


def command(
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    list: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="FILE", help="The list of entries; else the published one is fetched."
        ),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Do not look at X.")] = False,
) -> None:
    """Check from what is public whether the draw of a contest was steered. Needs no credentials.

    It takes the contest's file, its results, and the list of entries, and checks each step of the
    draw: rules, key, list, closing post, round of the beacon, places. Then it looks at what X shows
    to anybody of the announcement, the closing post and the winners' entries.
    """
    raise typer.Exit(check_draw(here(), contest, list, offline=offline))


def check_draw(
    context: CommandContext, id: str, list: Path | None = None, *, offline: bool = False
) -> int:
    """Exits with 1 when a step does not hold. Raises BadUsage for what can't be checked."""
    contest = contest_of(context, id)
    published = _published(contest, _list_of(context, contest, list))
    names, reader = published.draw.winners, public_posts(context.environ)
    checked = (
        verify(published) if offline else verify_on_x(published, contest.handle, names, reader)
    )
    context.say(verification_as_text(checked, published, contest.handle, names=names))
    return 1 if checked.verdict is Verdict.FALSE else 0


def _published(contest: OpenedContest, list: bytes) -> PublishedDraw:
    """All that there is to check. Raises BadUsage where there is nothing that anyone could."""
    charter, file = contest.charter(), contest.file
    if file.draw is None:
        raise BadUsage(
            f"`{file.id}` has no results yet", help=f"they are looked for in {file.results}"
        )
    if file.draw.proof is None:
        raise BadUsage(
            f"`{file.id}` was drawn by hand, which nobody can verify",
            help=f"{file.results} has no `proof`",
        )
    return PublishedDraw(promised=charter, draw=file.draw, proof=file.draw.proof, list=list)


def _list_of(context: CommandContext, contest: OpenedContest, list: Path | None) -> bytes:
    """Raises BadUsage where there is none, LedgerUnusable where it is out of reach."""
    contest.charter()  # of a draw by hand there is none
    if list is None:
        found = contest.list_files(context).read().get(LIST_FILE)
        if found is None:
            raise BadUsage(
                f"no list of entries of `{contest.file.id}` is published",
                help="name the file of one: --list FILE",
            )
        return found
    try:
        return list.read_bytes()
    except OSError as error:
        raise BadUsage(
            f"{list} can't be read: {(error.strerror or str(error)).lower()}",
            help="name the file of the list: --list FILE",
        ) from None
