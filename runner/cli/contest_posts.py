"""Where the posts of a contest stand on X, by the ledger: which are out, and under which ids."""

from collections.abc import Mapping

from runner.cli.contests import NotYet, OpenedContest
from runner.cli.context import CommandContext
from runner.cli.stores import ledger_of
from runner.contest import is_too_late_to_close
from runner.contest.sources import NEEDS_ANNOUNCEMENT, WayOfEntering
from runner.ledger import ONCE, Key, Need, Posted, Standing, State
from runner.problems import BadUsage


def announcement_id(context: CommandContext, contest: OpenedContest) -> str:
    """The announcement's id on X, of a thread that of its first post. Raises BadUsage before it
    is out, while nobody knows whether it is, and where it promised something else than the file
    does now."""
    return _id_of(
        context,
        contest,
        contest.contest.announcement,
        contest.charter().code,
        "put back what was announced, in rules, times, prize and key; or draw it by hand, and "
        "say so",
    )


def way_of_entering(context: CommandContext, contest: OpenedContest) -> WayOfEntering:
    """How people enter. Raises BadUsage where they have to answer, or share, an announcement
    that is not out."""
    charter = contest.charter()
    if charter.how not in NEEDS_ANNOUNCEMENT:
        return WayOfEntering(charter=charter, handle=contest.handle)
    announcement_id(context, contest)
    standings = post_standings(context, contest)
    standing = standings.get(Key(contest.account, contest.file.id, contest.contest.announcement))
    out = [entry for entry in standing.entries if isinstance(entry, Posted)] if standing else []
    announced = tuple(dict.fromkeys(entry.id for entry in out))
    answers = (
        each.posted and each.opening and each.opening.reply_to in announced
        for each in standings.values()
    )
    return WayOfEntering(
        charter=charter,
        handle=contest.handle,
        announced=announced,
        own_answers=sum(entry.part > 1 for entry in out) + sum(map(bool, answers)),
    )


def closing_post_id(context: CommandContext, contest: OpenedContest) -> str:
    """The closing post's id on X. Raises BadUsage as long as it is not out, and where it
    carries the digest of another list."""
    digest = contest.file.draw.digest if contest.file.draw else None
    return _id_of(
        context,
        contest,
        contest.contest.closing_post,
        digest or "",
        f"put back the results that were merged first, in {contest.file.results}",
    )


def supplement_post_id(context: CommandContext, contest: OpenedContest) -> str | None:
    """The id on X of the post that closed the supplement; None where that never went out, so
    that there is none. Raises BadUsage while nobody knows whether it is out."""
    draw, post = contest.file.draw, contest.contest.supplement_post
    standing = _standing(context, contest, post)
    if standing is None or standing.state in (State.MISSED, State.SKIPPED):
        return None
    digest = draw.supplement.digest if draw and draw.supplement else ""
    help = f"put back the supplement that was merged first, in {contest.file.results}"
    return _id_of(context, contest, post, digest, help)


def _id_of(
    context: CommandContext, contest: OpenedContest, post: str, carried: str, help: str
) -> str:
    standing = _standing(context, contest, post)
    if standing is None or not standing.posted:
        if _is_lost(context, contest, post, standing):
            raise BadUsage(
                f"`{post}` of `{contest.file.id}` never went out, so that nothing can be proven",
                help="draw it by hand, and say so: leave `key` out of its file"
                if post == contest.contest.announcement
                else "draw it by hand, and say so",
            )
        raise NotYet(
            f"`{post}` of `{contest.file.id}` is not known to be out",
            help="run it again once `runner post` has sent it: runner status",
        )
    if standing.opening and not standing.opening.says(carried):
        raise BadUsage(
            f"`{post}` of `{contest.file.id}` went out without {carried}, so that nothing would "
            "be proven",
            help=help,
        )
    return standing.posted[0].id


def _is_lost(
    context: CommandContext, contest: OpenedContest, post: str, standing: Standing | None
) -> bool:
    """Whether a post goes out no more, by the ledger; or by the clock, where that has nothing
    of it."""
    if standing is not None:
        return standing.state in (State.MISSED, State.SKIPPED)
    now = context.clock.now()
    if post == contest.contest.announcement:
        return now.timestamp() >= contest.charter().closes
    return is_too_late_to_close(contest.anchors, now)


def is_out(context: CommandContext, contest: OpenedContest, post: str) -> bool:
    """Whether a post of it is known to be out."""
    standing = _standing(context, contest, post)
    return standing is not None and bool(standing.posted)


def _standing(context: CommandContext, contest: OpenedContest, post: str) -> Standing | None:
    return post_standings(context, contest).get(Key(contest.account, contest.file.id, post))


def post_standings(context: CommandContext, contest: OpenedContest) -> Mapping[Key, Standing]:
    """The standings of the contest's posts that go out once, by key."""
    ledger = ledger_of(context, contest.project, accounts=[contest.account])
    found = ledger.read(Need(periods=frozenset({(contest.file.id, ONCE)}))).standings
    return {key: each for key, each in found.items() if key.campaign == contest.file.id}
