"""`runner verify`: whether a draw was steered, checked from nothing but what is public."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from runner.cli.contests import LIST_FILE, OpenedContest, contest_of, posts_as_anybody
from runner.cli.context import CommandContext, here
from runner.contest.looking import verify_on_x
from runner.contest.verifying import PublishedDraw, Verdict, verify
from runner.problems import BadUsage
from runner.schedule.grace import LATEST_DRAW
from runner.views.terminal.verification import verification_as_text

_LONGEST: Final = LATEST_DRAW + timedelta(days=7)
"""After `draws`: the latest round, and a week to merge what it has drawn."""
_UNFINISHED: Final = """\
unfinished: the list of entries was fixed, and should have been drawn from {} on; no result was
merged. Whoever has the key may know who was drawn, and has named nobody."""


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
    if _is_unfinished(contest, context.clock.now()):
        context.say(_UNFINISHED.format(_instant(contest.charter().draws)))
        return 1
    published = _published(contest, _list_of(context, contest, list))
    names, reader = published.draw.winners, posts_as_anybody(context)
    checked = (
        verify(published) if offline else verify_on_x(published, contest.handle, names, reader)
    )
    context.say(verification_as_text(checked, published, contest.handle, names=names))
    return 1 if checked.verdict is Verdict.FALSE else 0


def _is_unfinished(contest: OpenedContest, now: datetime) -> bool:
    """Whether a list was fixed, and its draw never merged: who did not like it may have let it
    lie."""
    draw = contest.file.draw
    if draw is None or draw.drawn:
        return False
    return now > datetime.fromtimestamp(contest.charter().draws, UTC) + _LONGEST


def _instant(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _published(contest: OpenedContest, list: bytes) -> PublishedDraw:
    """All that there is to check. Raises BadUsage where there is nothing that anyone could."""
    charter, file = contest.charter(), contest.file
    if file.draw is None:
        raise BadUsage(
            f"`{file.id}` has no results yet", help=f"they are looked for in {file.results}"
        )
    if file.draw.drawn is None:
        raise BadUsage(
            f"`{file.id}` is not drawn yet: its list of entries is fixed, and nothing more",
            help=f"it is drawn from {_instant(charter.draws)} on: runner status",
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
