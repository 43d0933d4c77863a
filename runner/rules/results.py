"""The rule of results: what a draw came to fits what the contest promised."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from runner.models import CampaignFile, Contest, Draw, DrawProof, Project
from runner.problems import Place
from runner.rules.context import RuleContext
from runner.rules.rule import Breach, rule
from runner.schedule import DRAW_NOTICE, LATEST_DRAW, Anchor

_PUT_BACK: Final = "put back what `runner draw` wrote"
_WHY: Final = "and at its announcement why: `ignore: {contest-frozen: the reason}`"


@rule("contest-results")
def contest_results(context: RuleContext) -> Iterator[Breach]:
    """The results of a contest name as many winners as it promised, and only people who may win.

    Nobody is named twice, as a winner and as an alternate neither. Our own accounts, those of
    partners and those that `exclude` names never win. What stands in `campaigns/results/` is
    announced to everyone, so that a slip of the pen there costs more than one in a text. Where the
    results hold a `proof`, they name as many as its places that stand, and no alternates. Each post
    that was seen is on the list, or was excluded for a reason: `coverage` adds up. A contest with a
    `key` has results with a `proof`, unless it is drawn by hand once nothing can be proven any
    more: later than two and a half days after `draws`.

    Mend the file of results; or, if fewer people entered, write the new number as `winners` of the
    contest, and say why at its announcement: `ignore: {contest-frozen: the reason}`.
    """
    for file in context.files:
        campaign = file.campaign
        if campaign.kind != "contest" or file.draw is None:
            continue
        yield from _coverage(file, file.draw)
        if file.draw.drawn is None:
            continue
        barred = barred_handles(context.project, campaign.entry.exclude)
        yield from _without_proof(file, file.draw, campaign, context.anchors_of(file))
        yield from _count(file, file.draw, campaign)
        yield from _named_twice(file, file.draw)
        for role, handles in _listed_handles(file.draw):
            for index, handle in enumerate(handles):
                if why := barred.get(handle.casefold()):
                    yield contest_results.breach(
                        text=f"`{handle}` can't win: {why}",
                        place=_place(file, role, index),
                        help="name the next person who was drawn",
                    )


def _winner_count(proof: DrawProof) -> int:
    """How many of the places of a draw that anyone can check win: fewer than the contest promised
    only where fewer entered, as `runner verify` sees."""
    return sum(place.fallen is None for place in proof.places)


def _listed_handles(draw: Draw) -> tuple[tuple[str, Sequence[str]], ...]:
    return ("winners", draw.winners), ("alternates", draw.alternates)


def _place(file: CampaignFile, *route: str | int) -> Place:
    return Place(path=file.results, route=route, on_key=len(route) == 1)


def barred_handles(project: Project, exclude: Sequence[str]) -> Mapping[str, str]:
    """Who can't win, casefolded, and why."""
    partners = {each.handle: f"the partner `{id}`" for id, each in project.partners.items()}
    own = {each.handle: f"the account `{id}` is ours" for id, each in project.accounts.items()}
    excluded = dict.fromkeys(exclude, "`exclude` of the contest names it")
    return {handle.casefold(): why for handle, why in {**excluded, **partners, **own}.items()}


def _without_proof(
    file: CampaignFile, draw: Draw, contest: Contest, anchors: Mapping[str, Anchor]
) -> Iterator[Breach]:
    """What was announced with a key is drawn by hand only once nothing can be proven any more."""
    draws, drawn = anchors.get("draws"), anchors.get("drawn")
    if contest.key is None or draw.proof:
        return
    if not (isinstance(draws, datetime) and isinstance(drawn, datetime)):
        return  # which is told elsewhere
    in_time = draws + LATEST_DRAW - DRAW_NOTICE
    if drawn <= in_time:
        yield contest_results.breach(
            text="the contest has a `key`, and its results have no `proof`",
            place=_place(file, "drawn"),
            help=f"{_PUT_BACK}; where no proof comes about, draw by hand, with `drawn` after "
            f"{in_time:%Y-%m-%d %H:%M}",
        )


def _count(file: CampaignFile, draw: Draw, contest: Contest) -> Iterator[Breach]:
    proof = draw.proof
    winners = _winner_count(proof) if proof else contest.winners
    alternates = 0 if proof else contest.alternates
    if len(draw.winners) != winners:
        named = f"{len(draw.winners)} named" if draw.winners else "nobody is named"
        yield contest_results.breach(
            text=f"the contest has {winners} winner{'s' * (winners != 1)}, and {named} here",
            place=_place(file, *(("winners",) if draw.winners else ())),
            help=_PUT_BACK
            if proof
            else f"name all of them, or write `winners: {len(draw.winners)}` in {file.path}, {_WHY}"
            if draw.winners
            else "name the winners: `winners: [anna, karlis]`",
        )
    if len(draw.alternates) > alternates:
        yield contest_results.breach(
            text=f"the contest has {alternates} alternates, and {len(draw.alternates)} are "
            "named here",
            place=_place(file, "alternates"),
            help=_PUT_BACK
            if proof
            else f"name fewer, or write `alternates: {len(draw.alternates)}` in {file.path}, "
            f"{_WHY}",
        )


def _coverage(file: CampaignFile, draw: Draw) -> Iterator[Breach]:
    coverage = draw.coverage
    if coverage is None or draw.entries is None:
        return
    accounted = draw.entries + sum(coverage.excluded.values())
    if coverage.seen != accounted:
        yield contest_results.breach(
            text=f"{coverage.seen:,} posts were seen, and {accounted:,} are on the list or "
            "excluded for a reason",
            place=_place(file, "coverage"),
            help="put back what `runner contest commit` wrote",
        )


def _named_twice(file: CampaignFile, draw: Draw) -> Iterator[Breach]:
    seen: dict[str, str] = {}
    for role, handles in _listed_handles(draw):
        for index, handle in enumerate(handles):
            first = seen.get(handle.casefold())
            seen.setdefault(handle.casefold(), role)
            if first:
                yield contest_results.breach(
                    text=f"`{handle}` is named twice, the first time among the {first}",
                    place=_place(file, role, index),
                    help="name somebody else here, or leave it out",
                )
