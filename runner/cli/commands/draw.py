"""`runner draw`: draws the winners of a contest, by the beacon's round that its closing post leads
to."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from runner.cli.commands.contest_list import commit_entries
from runner.cli.commands.draw_proposal import ProposedStep, Proposer
from runner.cli.commands.draw_results import opened_places, signature_of, write_results
from runner.cli.contest_posts import closing_post_id, supplement_post_id
from runner.cli.contests import OpenedContest, contest_of
from runner.cli.context import CommandContext, here
from runner.cli.local_clock import context_at
from runner.cli.options import Accounts, Check, Now
from runner.contest.results import DrawnResults
from runner.contest.signatures import QUICKNET_CHAIN
from runner.models import Draw
from runner.problems import BadUsage, Refused, joined
from runner.schedule import DrawRound, latest_supplement, round_of_draw
from runner.x_facts import instant


def command(
    contest: Annotated[
        str | None,
        typer.Argument(metavar="CONTEST", help="Its id; with --propose else all that are due."),
    ] = None,
    propose: Annotated[
        bool,
        typer.Option(
            "--propose",
            help="For draw.yml: also publish the list of one that has closed, and open a pull "
            "request with what is written.",
        ),
    ] = False,
    account: Accounts = None,
    check: Check = "preview.yml",
    now: Now = None,
) -> None:
    """Draw the winners of a contest with a key, and write its results. Sends nothing.

    It draws once the closing post is out and the beacon's round has come, and not before. The
    results become true by merging them.
    """
    context = context_at(here(), now)
    if propose:
        proposer = Proposer(context=context, check=check)
        if contest:
            opened = contest_of(context, contest)
            raise typer.Exit(proposer.one(opened, next_step(opened)))
        raise typer.Exit(proposer.all_due(account or (), next_step))
    if contest is None:
        raise BadUsage(
            "`draw` needs the id of a contest", help="see which there are: runner status"
        )
    raise typer.Exit(draw(context, contest))


def next_step(contest: OpenedContest) -> ProposedStep:
    """What comes next of a contest: its list, then its draw."""
    id = contest.file.id
    if contest.file.draw is None:
        return ProposedStep(
            name="list", title=f"Fix the list of entries of {id}", take=commit_entries
        )
    return ProposedStep(name="draw", title=f"Draw the winners of {id}", take=draw)


def draw(context: CommandContext, id: str) -> int:
    """Exits with 0 where its round is still to come, with 4 where no host of the beacon gives its
    signature. Raises BadUsage, LedgerUnusable."""
    contest = contest_of(context, id)
    charter, listed = contest.charter(), contest.file.draw
    if listed is None:
        contest.expect_in_time(context)
        raise BadUsage(f"`{id}` has no list of entries", help=f"runner contest commit {id}")
    if listed.drawn:
        raise BadUsage(f"`{id}` is drawn already", help=f"look at {contest.file.results}")
    closing_post, decides = _round(context, contest)
    comes = QUICKNET_CHAIN.instant(decides.number)
    if context.clock.now() < comes:
        at = f"{comes:%Y-%m-%d %H:%M:%S} UTC"
        context.say(f"Nothing is drawn yet: round {decides.number} decides `{id}`, {at}.")
        return 0
    signature = signature_of(context, charter.beacon, decides.number)
    if signature is None:
        return Refused.exit_code
    listed, supplement_post = _with_its_supplement(context, contest, listed, comes)
    results = DrawnResults(
        drawn=contest.as_written(context.clock.now() + timedelta(minutes=1)),
        round=decides.number,
        days_late=decides.days_late or None,
        closing_post=closing_post,
        signature=signature,
        places=opened_places(context, contest, listed, decides.number, signature, {}),
        supplement_post=supplement_post,
    )
    names = joined(write_results(context, contest, listed, results))
    context.say(
        f"Round {decides.number} has drawn {names}. It stands in {contest.file.results}: open a "
        "pull request with it."
    )
    return 0


def _round(context: CommandContext, contest: OpenedContest) -> tuple[str, DrawRound]:
    """The closing post, and the round that it leads to. Raises BadUsage."""
    closing_post = closing_post_id(context, contest)
    found = round_of_draw(QUICKNET_CHAIN, contest.charter().draws, instant(closing_post))
    if found is None:
        raise BadUsage(
            f"the closing post of `{contest.file.id}` went out more than three days too late, so "
            "that no round decides",
            help="draw it by hand, and say so: nothing is proven any more",
        )
    return closing_post, found


def _with_its_supplement(
    context: CommandContext, contest: OpenedContest, listed: Draw, comes: datetime
) -> tuple[Draw, str | None]:
    """What is drawn from, and the post that closed its supplement: one that was never closed is
    none. Raises BadUsage where it was closed too late."""
    if listed.supplement is None:
        return listed, None
    post = supplement_post_id(context, contest)
    if post is None:
        context.tell("Its supplement was never closed, so that it is drawn without.")
        return listed.model_copy(update={"supplement": None}), None
    if instant(post) > latest_supplement(comes):
        raise BadUsage(
            f"the supplement of `{contest.file.id}` was closed less than six hours before the "
            "round, so that nothing would be proven",
            help="draw it by hand, and say so",
        )
    return listed, post
