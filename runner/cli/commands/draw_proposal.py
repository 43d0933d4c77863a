"""`runner draw --propose`: takes a contest's next step, and opens a pull request with the
result."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from runner.cli.contest_progress import proposal_branch
from runner.cli.contests import NotYet, OpenedContest, contest_of, contests_in
from runner.cli.context import CommandContext
from runner.cli.github_job import api_of, summarise
from runner.contest import is_step_due
from runner.git import Checkout, GitFailed, propose
from runner.github import Api, default_branch, open_pull, pull_of, start
from runner.models import Draw, anchor_of_redraw
from runner.problems import Refused, Stop
from runner.schedule import DRAW_NOTICE, LATEST_DRAW
from runner.value import Value
from runner.views.markdown.escaping import plain
from runner.views.phrases import count

_LIST: Final = """\
`{id}` has closed, with {entries:,} entries. Merging this fixes their list: then `{post}` goes out
with the digest `{digest}`, and nobody can change the list any more.

Merge it before {early:%Y-%m-%d %H:%M} UTC, so that the draw is not late. After
{latest:%Y-%m-%d %H:%M} UTC the draw could not be proven any more.
"""
_DRAW: Final = """\
Round {round} of the public beacon has drawn the winners of `{id}`: {winners}.{late}

Merging this approves the draw, and the post with the winners goes out as its file says. Whoever
lost can check it: `runner verify {id}`. Where nothing is merged in time, that says *unfinished*.
"""
_LATE: Final = (
    " The draw is {} late: earlier draws may have been seen, and `runner verify` says so."
)
_REDRAW: Final = """\
Of the draw of `{id}` fell by your word: {fallen}. Who wins now: {winners}, until `{claim_by}`.

Merging this makes it so; the order stays the one that was drawn, and each place that fell stays in
the results. {naming}
"""
_NAMED_LATER: Final = "Nobody was named yet: the post with the winners names who wins now."
_NAMED_ANEW: Final = (
    "The post at `{anchor}` names who wins now; where {file} has none, add one there: "
    "`{anchor}: {{at: {anchor}, template: contest/redrawn}}`."
)


class ProposedStep(Value, kw_only=True):
    """A step of a contest: `name` is part of its branch's name, `title` that of its pull request,
    and `take` takes the step and writes the contest's results."""

    name: str
    title: str
    take: Callable[[CommandContext, str], int]


class Proposer(Value, kw_only=True):
    """Takes steps of contests and proposes their results; `check` is the file of the workflow that
    checks such a pull request."""

    context: CommandContext
    check: str

    def all_due(
        self, accounts: Collection[str], step_of: Callable[[OpenedContest], ProposedStep]
    ) -> int:
        """Proposes the step of each contest that has one due, of these accounts or of all; the
        highest exit code. No contest stops another."""
        now = self.context.clock.now()
        chosen = [
            each
            for each in contests_in(self.context)
            if is_step_due(each.declared, each.anchors, now)
            and (not accounts or each.account in accounts)
        ]
        if not chosen:
            self.context.say("No contest is to be closed or drawn now.")
        return max((self._exit_code_of(each, step_of(each)) for each in chosen), default=0)

    def _exit_code_of(self, contest: OpenedContest, step: ProposedStep) -> int:
        """Proposes the step of one contest, and says why where it can't; the exit code."""
        try:
            return self.one(contest, step)
        except NotYet as not_yet:
            self._say(f"{contest.file.id}: {not_yet.message}.")
            return 0
        except Stop as stop:
            self._say(f"{contest.file.id}: {stop.message}.")
            if stop.help:
                self.context.tell(f"  = help: {stop.help}")
            return stop.exit_code

    def one(self, contest: OpenedContest, step: ProposedStep) -> int:
        """Takes the step and opens its pull request, if none waits; the exit code is 3 where a
        person has closed it. Raises what the step raises, and Refused where GitHub says no."""
        id, before = contest.file.id, contest.file.draw
        branch = proposal_branch(id, step.name)
        api = api_of(self.context)
        known = pull_of(api, branch)
        if known and known.is_open:
            self._say(f"{id}: pull request {known.number} waits to be merged.")
            return 0
        code = step.take(self.context, id)
        after = contest_of(self.context, id).file.draw
        if after is None or after == before:
            return code
        if not self._push(branch, contest, step) and known:
            self._say(
                f"{id}: pull request {known.number} was closed. Reopen it; or delete the branch "
                f"{branch}, so that it is proposed anew."
            )
            return 3
        number = self._open(api, branch, contest, step, after)
        start(api, self.check, branch=branch, inputs={"pull": str(number)})
        self._say(f"{id}: pull request {number} is open; merge it to go on.")
        return code

    def _push(self, branch: str, contest: OpenedContest, step: ProposedStep) -> bool:
        """Pushes the results as a branch; whether that is new. Raises Refused."""
        context, path = self.context, contest.file.results
        data = (context.root / path).read_bytes()
        try:
            checkout = Checkout(context.root, context.environ)
            return propose(checkout, context.environ, branch, path, data, f"{step.title}\n")
        except GitFailed as failed:
            raise Refused(
                f"the branch {branch} can't be pushed: {failed.message}", help=failed.help
            ) from None

    def _open(
        self, api: Api, branch: str, contest: OpenedContest, step: ProposedStep, draw: Draw
    ) -> int:
        into, server = default_branch(api), self.context.environ.get("GITHUB_SERVER_URL")
        try:
            text = proposal_text(contest, draw)
            return open_pull(api, branch=branch, into=into, title=step.title, text=text)
        except Refused as refused:
            raise Refused(
                refused.message,
                help="in Settings, Actions, General tick “Allow GitHub Actions to create and "
                "approve pull requests”; or open it yourself: "
                f"{server or 'https://github.com'}/{api.repository}/compare/{into}...{branch}",
            ) from None

    def _say(self, said: str) -> None:
        self.context.say(said)
        summarise(self.context, f"{plain(said)}\n")


def proposal_text(contest: OpenedContest, draw: Draw) -> str:
    """The text of the pull request. Handles stand in code spans, so that they notify nobody."""
    draws = contest.charter().draws_at
    values: Mapping[str, object] = {
        "id": contest.file.id,
        "entries": draw.entries,
        "post": contest.contest.closing_post,
        "digest": draw.digest,
        "early": draws - DRAW_NOTICE,
        "latest": draws + LATEST_DRAW - DRAW_NOTICE,
        "round": draw.round,
        "winners": ", ".join(f"`{each}`" for each in draw.winners) or "nobody",
        "late": _LATE.format(count(draw.days_late, "day")) if draw.days_late else "",
        "fallen": ", ".join(_fallen_places(draw)),
        "claim_by": draw.claim_by,
        "naming": _where_it_is_named(contest, draw),
    }
    text = _LIST if draw.drawn is None else _REDRAW if values["fallen"] else _DRAW
    return text.format(**values)


def _where_it_is_named(contest: OpenedContest, draw: Draw) -> str:
    if not draw.redrawn:
        return _NAMED_LATER
    return _NAMED_ANEW.format(file=contest.path, anchor=anchor_of_redraw(len(draw.redrawn)))


def _fallen_places(draw: Draw) -> list[str]:
    """Each place that fell, and why."""
    places = enumerate(draw.proof.places if draw.proof else (), start=1)
    return [f"place {number} ({place.fallen})" for number, place in places if place.fallen]
