"""`runner verify`: checks whether a draw was steered, from nothing but what is public."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from runner.charter import Charter
from runner.cli.commands.verify_copy import (
    list_beside,
    list_in_copy,
    results_in_copy,
    supplement_in_copy,
)
from runner.cli.contests import OpenedContest, contest_of, posts_as_anybody
from runner.cli.context import CommandContext, here
from runner.cli.local_clock import context_at, is_local
from runner.cli.options import Now
from runner.contest.list_head import LIST_FILE
from runner.contest.looking import verify_on_x
from runner.contest.published import PublishedDraw, Verdict
from runner.contest.verifying import verify
from runner.models import Draw, DrawProof
from runner.problems import BadUsage
from runner.schedule import LATEST_DRAW, TIME_TO_MERGE
from runner.views.terminal.verification import verification_as_text

_ITS_LIST: Final = (
    "The list of entries, with all files that it names beside it; else the published one is "
    "fetched."
)
_LONGEST: Final = LATEST_DRAW + TIME_TO_MERGE
"""After `draws`: the latest round, and a week to merge what it has drawn."""
_UNFINISHED: Final = """\
unfinished: the list of entries was fixed, and should have been drawn from {} on; no result was
merged. Whoever has the key may know who was drawn, and has named nobody."""


def command(
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    list: Annotated[Path | None, typer.Option("--list", metavar="FILE", help=_ITS_LIST)] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Do not look at X.")] = False,
    place: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PLACE",
            help="Without a checkout: a folder or an address with entries.txt, all files that it "
            "names, and the results, CONTEST.yaml.",
        ),
    ] = None,
    handle: Annotated[
        str | None,
        typer.Option("--handle", help="With --from: the account that announced the contest."),
    ] = None,
    now: Now = None,
) -> None:
    """Check from what is public whether the draw of a contest was steered. Needs no credentials.

    It takes the contest's file, its results, and the list of entries, and checks each step of the
    draw: rules, key, list, closing post, round of the beacon, places. Then it looks at what X shows
    to anybody of the announcement, the closing post and the winners' entries.
    """
    context = context_at(here(), now)
    if place is None:
        raise typer.Exit(check_draw(context, contest, list, offline=offline))
    if handle is None:
        raise BadUsage(
            "a copy does not say whose contest it is",
            help=f"runner verify {contest} --from {place} --handle NAME",
        )
    raise typer.Exit(check_copy(context, contest, place, handle, offline=offline))


def check_draw(
    context: CommandContext, id: str, list: Path | None = None, *, offline: bool = False
) -> int:
    """Exits with 1 when a step does not hold. Raises BadUsage for what can't be checked."""
    contest = contest_of(context, id)
    file, charter = contest.file, contest.charter()
    if file.draw is None:
        raise BadUsage(
            f"`{file.id}` has no results yet", help=f"they are looked for in {file.results}"
        )
    return _verify_files(
        context,
        charter,
        file.draw,
        lambda: _list_of(context, contest, list),
        contest.handle,
        offline=offline,
    )


def check_copy(
    context: CommandContext, id: str, place: str, handle: str, *, offline: bool = False
) -> int:
    """Verifies a copy: its list says what was announced, and X whether it was that."""
    charter, list = list_in_copy(place, id)
    draw = results_in_copy(place, id)
    files = {**list, **supplement_in_copy(place, draw)}
    handle = handle.removeprefix("@")
    return _verify_files(context, charter, draw, lambda: files, handle, offline=offline)


def _verify_files(
    context: CommandContext,
    charter: Charter,
    draw: Draw,
    list: Callable[[], Mapping[str, bytes]],
    handle: str,
    *,
    offline: bool,
) -> int:
    if _is_unfinished(draw, charter, context.clock.now()):
        context.say(_UNFINISHED.format(f"{charter.draws_at:%Y-%m-%d %H:%M} UTC"))
        return 1
    proof = _proof_of(draw, charter)
    published = PublishedDraw(
        promised=charter,
        draw=draw,
        proof=proof,
        list=list(),
        today=context.today(),
        may_be_rehearsed=is_local(context),
    )
    names, reader = draw.winners, posts_as_anybody(context)
    checked = verify(published) if offline else verify_on_x(published, handle, names, reader)
    context.say(verification_as_text(checked, published, handle, names=names))
    return 1 if checked.verdict is Verdict.FALSE else 0


def _is_unfinished(draw: Draw, charter: Charter, now: datetime) -> bool:
    """Whether a list was fixed, and its draw never merged: who did not like it may have let it
    lie."""
    return draw.drawn is None and now > charter.draws_at + _LONGEST


def _proof_of(draw: Draw, charter: Charter) -> DrawProof:
    """The proof of a draw. Raises BadUsage where there is nothing that anyone could check."""
    if draw.drawn is None:
        raise BadUsage(
            f"`{charter.contest}` is not drawn yet: its list of entries is fixed, and nothing more",
            help=f"it is drawn from {charter.draws_at:%Y-%m-%d %H:%M} UTC on: runner status",
        )
    if draw.proof is None:
        raise BadUsage(
            f"`{charter.contest}` was drawn by hand, which nobody can verify",
            help="its results have no `proof`",
        )
    return draw.proof


def _list_of(
    context: CommandContext, contest: OpenedContest, list: Path | None
) -> Mapping[str, bytes]:
    """The files of the copy. Raises BadUsage where there is none, LedgerUnusable where it is out of
    reach."""
    contest.charter()  # of a draw by hand there is none
    if list:
        return list_beside(list)
    found = contest.list_files(context).read()
    if LIST_FILE not in found:
        raise BadUsage(
            f"no list of entries of `{contest.file.id}` is published",
            help="name the file of one: --list FILE",
        )
    return found
