"""`runner redraw`: a winner's place falls, and the next in order takes it."""

from enum import StrEnum
from typing import Annotated

import typer

from runner.cli.commands.draw_results import opened_places, write_results
from runner.cli.contests import OpenedContest, contest_of
from runner.cli.context import CommandContext, here
from runner.contest.results import DrawnResults
from runner.models import Draw, DrawProof
from runner.problems import BadUsage, joined, suggest


class Because(StrEnum):
    """Why a place falls."""

    GONE = "gone"
    UNCLAIMED = "unclaimed"
    WITHDRAWN = "withdrawn"


def command(
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    fallen: Annotated[str, typer.Option("--fallen", metavar="HANDLE", help="Who does not win.")],
    because: Annotated[
        Because,
        typer.Option(
            "--because",
            help="The account or the entry is gone; the prize was not claimed in time; or whoever "
            "won does not want it.",
        ),
    ],
) -> None:
    """Let the next in order win in the place of a winner, and write the results. Sends nothing.

    The order stays the one that was drawn. Who fell, and why, stays in the results.
    """
    raise typer.Exit(redraw(here(), contest, fallen, because))


def redraw(context: CommandContext, id: str, fallen: str, because: Because) -> int:
    """Writes the results in which the next in order has the place. Raises BadUsage for who is no
    winner, LedgerUnusable."""
    contest = contest_of(context, id)
    draw, proof = _proven(contest)
    user = _user(draw, proof, fallen.removeprefix("@"))
    reasons = {place.user: place.fallen for place in proof.places if place.fallen}
    signature = bytes.fromhex(proof.signature)
    places = opened_places(context, contest, draw.round or 0, signature, {**reasons, user: because})
    results = DrawnResults(
        drawn=str(draw.drawn),
        round=draw.round or 0,
        closing_post=proof.closing_post,
        signature=signature,
        places=places,
    )
    names = ", ".join(write_results(context, contest, draw, results))
    said = f"Who wins now: {names}" if names else "Nobody is left"
    context.say(f"{said}. It stands in {contest.file.results}: open a pull request with it.")
    return 0


def _proven(contest: OpenedContest) -> tuple[Draw, DrawProof]:
    draw = contest.file.draw
    if draw is None or draw.proof is None:
        raise BadUsage(
            f"`{contest.file.id}` was not drawn by `runner draw`",
            help="the results of a draw by hand are changed by hand",
        )
    return draw, draw.proof


def _user(draw: Draw, proof: DrawProof, handle: str) -> str:
    """The user id of a winner: the names stand in the order of the places that stand."""
    standing = [place.user for place in proof.places if place.fallen is None]
    users = dict(zip((name.casefold() for name in draw.winners), standing, strict=False))
    if handle.casefold() not in users:
        raise BadUsage(
            f"`{handle}` is no winner of this draw",
            help=suggest(handle, draw.winners) or f"these are: {joined(draw.winners)}",
        )
    return users[handle.casefold()]
