"""The last look at what a contest published: at its list before that is closed, where a copy of it
is read; at its draw before winners are named, its proof, and who they are on X by now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from runner.cli.contests import OpenedContest, posts_as_anybody
from runner.cli.context import CommandContext
from runner.contest.looking import verify_on_x
from runner.contest.published import Verdict, Verification
from runner.ledger import Key
from runner.plan import Action, Verb
from runner.problems import LedgerUnusable
from runner.public_web import why_not_there
from runner.schedule import is_of_results
from runner.value import replace

_AGAIN: Final = timedelta(minutes=5)


@dataclass(kw_only=True)
class DrawReview:
    """A `Review` that has a post ask a person where the list or the draw that it tells of can't be
    believed."""

    context: CommandContext
    contests: Mapping[str, OpenedContest]
    """By id."""
    _fine: set[Key] = field(default_factory=set, init=False)
    """What was looked at, and is as it should be."""

    def __call__(self, action: Action) -> Action:
        contest = self.contests.get(action.key.campaign)
        if contest is None or action.key in self._fine:
            return action
        if action.key.post == contest.contest.closing_post:
            return self._once_copied(action, contest)
        return self._once_checked(action, contest) if _names_winners(action, contest) else action

    def _once_copied(self, action: Action, contest: OpenedContest) -> Action:
        """The post that fixes a list, once everyone can read the list."""
        address = contest.contest.copy_at
        if address is None:
            return action
        try:
            why = why_not_there(address, contest.list_files(self.context).read())
        except LedgerUnusable as unusable:
            why = unusable.message
        if why:
            return self._put_off(action, f"waits until everyone can read its list: {why}")
        self._fine.add(action.key)
        return action

    def _once_checked(self, action: Action, contest: OpenedContest) -> Action:
        """The post that names winners, once their draw was checked."""
        try:
            checked = self._verification_of(contest)
        except LedgerUnusable as unusable:
            return self._put_off(action, unusable.message)
        match checked.verdict:
            case Verdict.VERIFIED | Verdict.EXPIRED:
                self._fine.add(action.key)
                return action
            case Verdict.FALSE:
                return action.asking(f"its draw is not to be believed: {checked.wrong}")
            case Verdict.ASSERTED:
                id = contest.file.id
                return action.asking(
                    f"{checked.held[-1]} If it stays so: `runner redraw {id} --because gone`"
                )
            case Verdict.CONSISTENT:
                return self._put_off(action, checked.held[-1])

    def _verification_of(self, contest: OpenedContest) -> Verification:
        published = contest.published_draw(self.context, contest.list_files(self.context).read())
        assert published, "its results hold a proof"  # noqa: S101
        winners, reader = published.draw.winners, posts_as_anybody(self.context)
        return verify_on_x(published, contest.handle, winners, reader)

    def _put_off(self, action: Action, why: str) -> Action:
        """The action, put off until more may be known."""
        again = self.context.clock.now() + _AGAIN
        return replace(action, verb=Verb.WAIT, because=why, again_at=again)


def _names_winners(action: Action, contest: OpenedContest) -> bool:
    """Whether it tells, or may tell, what a draw came to that anyone can check."""
    draw, at = contest.file.draw, contest.contest.posts[action.key.post].at
    if contest.contest.key is None or draw is None or not draw.proof:
        return False  # drawn by hand
    texts = [part.text.casefold() for part in action.post.parts] if action.post else []
    named = any(name.casefold() in text for name in draw.winners for text in texts)
    return named or (at is not None and is_of_results(at.anchor))
