"""How far the contests of a project have come, beside what their files say: by the ledger, the
branches that propose a next step, and what was read."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from runner.charter import is_kept
from runner.cli.context import CommandContext
from runner.cli.stores import is_on_branches
from runner.compile import DatedCampaign
from runner.contest import ContestProgress, Tally
from runner.git import Git, GitFailed
from runner.ledger import Facts, Key, Standing
from runner.models import Contest, Project
from runner.plan import PlanInputs
from runner.schedule import DeclaredContest, Occurrence
from runner.x_facts import instant

PROPOSALS: Final = "runner-results"
"""Below it the branches are that propose results."""


def proposal_branch(contest: str, step: str) -> str:
    """The branch that proposes a step of a contest: `list`, `draw`."""
    return f"{PROPOSALS}/{contest}-{step}"


def proposals(context: CommandContext, project: Project) -> frozenset[str]:
    """The branches of the remote that propose results; none where that can't be asked."""
    if not is_on_branches(context, project):
        return frozenset()
    git = Git(context.root, context.environ)
    try:
        listed = git("ls-remote", "origin", f"refs/heads/{PROPOSALS}/*").decode()
    except GitFailed:
        return frozenset()
    return frozenset(line.rpartition("\trefs/heads/")[2] for line in listed.splitlines())


def posts_that_tell(inputs: PlanInputs, now: datetime) -> tuple[Occurrence, ...]:
    """A post of each contest whose ledger tells how far it has come, however long ago that was."""
    return tuple(
        posts[0]
        for each, contest in with_a_key(inputs)
        if not (contest.draw and contest.draw.expired)
        and isinstance(opens := each.anchors.get("opens"), datetime)
        and opens <= now
        and (posts := each.timetable.all())
    )


def with_a_key(inputs: PlanInputs) -> Iterator[tuple[DatedCampaign, DeclaredContest]]:
    """The contests whose draw anyone can check."""
    for each in inputs.dated:
        contest = each.campaign.contest
        if contest and contest.has_key:
            yield each, contest


def progress_of(
    dated: DatedCampaign,
    facts: Facts,
    *,
    read: Tally | None = None,
    proposed: Collection[str] = (),
) -> ContestProgress:
    """What is known of a contest by these facts, its last reading, and these branches."""
    contest, account = dated.campaign.contest, dated.campaign.accounts[0]
    assert contest  # noqa: S101 - who asks has seen that it is one
    step = "draw" if contest.draw else "list"
    closing = facts.standings.get(Key(account, dated.id, contest.closing_post))
    announcement = facts.standings.get(Key(account, dated.id, contest.announcement))
    return ContestProgress(
        announced=_is_out(announcement),
        changed=announcement is not None and _is_changed(dated, announcement),
        closed_at=instant(closing.posted[0].id) if closing and _is_out(closing) else None,
        named=_is_named(dated, facts),
        read=read,
        proposed=proposal_branch(dated.id, step) in proposed,
    )


def _is_out(standing: Standing | None) -> bool:
    return standing is not None and bool(standing.posted)


def _is_changed(dated: DatedCampaign, announcement: Standing) -> bool:
    """Whether it is out, and the contest promises something else now."""
    file, opening = dated.source(), announcement.opening
    if not (file and opening and announcement.posted and isinstance(file.campaign, Contest)):
        return False
    return not is_kept(opening, file.id, file.campaign, dated.anchors)


def _is_named(dated: DatedCampaign, facts: Facts) -> bool:
    drawn = dated.anchors.get("drawn")
    return isinstance(drawn, datetime) and any(
        instant(standing.posted[0].id) >= drawn
        for key, standing in facts.standings.items()
        if key.campaign == dated.id and standing.posted
    )
