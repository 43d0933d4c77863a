"""`runner redraw`: a winner loses the place, and the next in the order of the draw takes it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Final

import typer

from runner.cli.commands.draw_proposal import ProposedStep, Proposer
from runner.cli.commands.draw_results import opened_places, write_results
from runner.cli.commands.redraw_naming import named_at, naming_post, told_redraws
from runner.cli.contests import OpenedContest, contest_of, posts_as_anybody
from runner.cli.context import CommandContext, here
from runner.cli.local_clock import context_at
from runner.cli.options import Check, Now
from runner.cli.troubles import stop_summarised
from runner.contest import ShownPost
from runner.contest.results import DrawnResults
from runner.models import Draw, DrawnPlace, DrawProof
from runner.problems import BadUsage, Refused, joined, suggest
from runner.reading import NotRead
from runner.views.phrases import moment

_BETWEEN_LOOKS: Final = timedelta(hours=1)
"""X may show in an hour what it does not show now."""


class Because(StrEnum):
    """Why a winner loses the place."""

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
    propose: Annotated[
        bool,
        typer.Option("--propose", help="Also open a pull request with what is written."),
    ] = False,
    check: Check = "preview.yml",
    now: Now = None,
) -> None:
    """Let the next in order win in the place of a winner, and write the results. Sends nothing.

    The order stays the one that was drawn. Who fell, and why, stays in the results. Whether an
    entry is gone X is asked twice, an hour apart; nobody is late who was not named in a post, nor
    before `claim-by`. Who wins now has as long to claim, from now on.
    """
    context = context_at(here(), now)
    # as somebody has typed it into a form, perhaps on several lines
    contest, fallen = (" ".join(each.split()) for each in (contest, fallen))
    if not propose:
        raise typer.Exit(redraw(context, contest, fallen, because))
    with stop_summarised(context):
        opened = contest_of(context, contest)
        step = redraw_step(opened, fallen, because)
        code = Proposer(context=context, check=check).one(opened, step)
    raise typer.Exit(code)


def redraw_step(contest: OpenedContest, fallen: str, because: Because) -> ProposedStep:
    """The redraw as a step to propose; each place that falls has a pull request of its own."""
    proof = contest.file.draw.proof if contest.file.draw else None
    number = 1 + sum(place.fallen is not None for place in (proof.places if proof else ()))
    return ProposedStep(
        name=f"redraw-{number}",
        title=f"Let the next in order win {contest.file.id}",
        take=lambda context, id: redraw(context, id, fallen, because),
    )


def redraw(context: CommandContext, id: str, fallen: str, because: Because) -> int:
    """Writes the results in which the next in order has the place; the exit code. Raises BadUsage
    where the handle is no winner's, LedgerUnusable."""
    contest = contest_of(context, id)
    draw, proof = _draw_with_proof(contest)
    place = _place(draw, proof, fallen.removeprefix("@"))
    _expect_fallen(context, contest, place, fallen.removeprefix("@"), because)
    reasons: dict[str, str] = {place.user: place.fallen for place in proof.places if place.fallen}
    signature = bytes.fromhex(proof.signature)
    places = opened_places(
        context, contest, draw, draw.round or 0, signature, {**reasons, place.user: because}
    )
    told = told_redraws(context, contest, draw, places, fallen.removeprefix("@"))
    results = DrawnResults(
        drawn=str(draw.drawn),
        redrawn=told.moments,
        round=draw.round or 0,
        days_late=draw.days_late,
        closing_post=proof.closing_post,
        signature=signature,
        places=told.places,
        supplement_post=proof.supplement,
        claim_by=_claim_by(context, contest, draw, is_anew=told.added),
    )
    names = ", ".join(write_results(context, contest, draw, results))
    said = f"Who wins now: {names}" if names else "Nobody is left"
    context.say(f"{said}. It stands in {contest.file.results}: open a pull request with it.")
    if told.added and told.moments:
        context.say(naming_post(context, contest, len(told.moments)))
    return 0


def _claim_by(
    context: CommandContext, contest: OpenedContest, draw: Draw, *, is_anew: bool
) -> str | None:
    """The moment until which the new winner can claim the prize: as long from now on as the contest
    has announced from its draw on. Where nobody new has to be named, it stays as it was."""
    if is_anew and (length := _time_to_claim(contest)):
        return contest.as_written(context.clock.now() + length)
    return str(draw.claim_by) if draw.claim_by else None


def _time_to_claim(contest: OpenedContest) -> timedelta | None:
    """How long after the draw the prize can be claimed, as announced; None where that is open."""
    anchors = contest.announced_anchors()
    drawn, claim_by = anchors.get("drawn"), anchors.get("claim-by")
    if not (isinstance(drawn, datetime) and isinstance(claim_by, datetime)):
        return None
    return claim_by - drawn


def _draw_with_proof(contest: OpenedContest) -> tuple[Draw, DrawProof]:
    """The draw of a contest, and what proves it. Raises BadUsage where it was drawn by hand."""
    draw = contest.file.draw
    if draw is None or draw.proof is None:
        raise BadUsage(
            f"`{contest.file.id}` was not drawn by `runner draw`",
            help="the results of a draw by hand are changed by hand",
        )
    return draw, draw.proof


def _place(draw: Draw, proof: DrawProof, handle: str) -> DrawnPlace:
    """The place of a winner: `winners` has the names in the order of the places that have not
    fallen. Raises BadUsage for a handle that is not among them."""
    standing = [place for place in proof.places if place.fallen is None]
    places = dict(zip((name.casefold() for name in draw.winners), standing, strict=False))
    if handle.casefold() not in places:
        raise BadUsage(
            f"`{handle}` is no winner of this draw",
            help=suggest(handle, draw.winners) or f"these are: {joined(draw.winners)}",
        )
    return places[handle.casefold()]


def _expect_fallen(
    context: CommandContext,
    contest: OpenedContest,
    place: DrawnPlace,
    handle: str,
    because: Because,
) -> None:
    """Checks that the reason given is true, as far as X and the clock tell. Raises BadUsage where
    it is not, Refused where X does not say."""
    match because:
        case Because.GONE:
            _expect_hidden(context, place)
            context.tell("X does not show that entry. It is asked once more in an hour.")
            context.clock.sleep(_BETWEEN_LOOKS.total_seconds())
            _expect_hidden(context, place)
        case Because.UNCLAIMED:
            _expect_unclaimed(context, contest, handle)
        case Because.WITHDRAWN:
            pass


def _expect_unclaimed(context: CommandContext, contest: OpenedContest, handle: str) -> None:
    """Raises BadUsage while the prize can still be claimed, and for a winner whom no post names."""
    until, named = contest.anchors.get("claim-by"), named_at(context, contest, handle)
    if named and isinstance(until, datetime) and (length := _time_to_claim(contest)):
        until = min(until, named + length)  # a redraw puts it off for who wins by it
    if isinstance(until, datetime) and context.clock.now() < until:
        raise BadUsage(
            f"the prize can be claimed until {moment(until)}",
            help="a place falls when that is over, or `--because withdrawn`",
        )
    if named is None:
        raise BadUsage(
            f"no post of `{contest.file.id}` that is known to be out names @{handle}",
            help="who was never named can't be late: name them in a post, then wait as long as was "
            "announced; or `--because withdrawn`",
        )


def _expect_hidden(context: CommandContext, place: DrawnPlace) -> None:
    """Raises BadUsage where X shows the winner's entry, Refused where it can't be asked."""
    shown = posts_as_anybody(context).show(place.post)
    if isinstance(shown, NotRead):
        raise Refused(f"X does not say whether it is gone: {shown.because}", help=shown.help)
    if isinstance(shown, ShownPost):
        raise BadUsage(
            f"X shows the entry {place.post}, of @{shown.author}, so that it is not gone",
            help="whoever does not want the prize has `--because withdrawn`",
        )
