"""Sending one post: attempt on disk, one request, result on disk; part by part."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from runner.bugs import TO_DO, Bug, contained
from runner.ledger import Posted, Record, State
from runner.plan import Action
from runner.publish.account_entry import EnteredAccount
from runner.publish.before_request import (
    ALL_REFUSED,
    CLOCK_SET,
    NO_REASON,
    OUT_OF_TIME,
    OUTDATED,
    STALE,
    TOO_LATE,
    UploadFailed,
    Uploads,
    upload_media,
)
from runner.publish.claiming import Claims
from runner.publish.ledger_writer import end_of, sent
from runner.publish.outcome import Result
from runner.publish.ports import (
    AnswerOfX,
    Doubt,
    Receipt,
    Rejection,
    Release,
    Uploaded,
)
from runner.publish.progress import Progress, Step
from runner.publish.run_ports import RunPorts
from runner.render import RenderedPart, RenderedPost
from runner.value import replace

ENOUGH = timedelta(minutes=2)
"""What has to be left of the job for a claim."""
PLAN_HOLDS = timedelta(minutes=30)
"""How long a plan and the looks at X behind it are acted upon. Of a run that slept for longer,
while a ledger was deleted or rolled back, nobody could tell that others have sent the same."""
LOOKED_FOR = "nothing to do: a run in three minutes or later looks for it on X, by itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends posts of one account. Nothing is sent before its attempt is on stable storage."""

    entered: EnteredAccount
    claims: Claims
    ports: RunPorts
    holds: timedelta = PLAN_HOLDS
    """For how long after it has entered the account it may begin a post."""
    alone: bool = True
    """No other post of the account is due, by which to tell whether X refuses it or the account."""
    unsaid: list[Release] = field(default_factory=list, init=False)
    """The posts that X has refused without a reason."""

    def has_time(self) -> bool:
        """Whether a claim may still be made."""
        deadline = self.ports.deadline
        in_time = deadline is None or self.ports.clock.now() + ENOUGH <= deadline
        return in_time and not self.ports.stopped()

    def send(self, action: Action) -> Result:
        """Sends what is not out of a post, part by part, and says what came of it. Never raises for
        what the network does, or for a bug. Raises LedgerUnusable."""
        progress = Progress()
        result = contained("sending", action.key, lambda: self._send_whole(action, progress))
        return self.broken_off(action, result, progress) if isinstance(result, Bug) else result

    def _send_whole(self, action: Action, progress: Progress) -> Result:
        post = action.post
        assert post is not None, "only what is rendered is published"  # noqa: S101
        try:
            publisher, read_media = self.entered.publisher, self.ports.read_media
            uploads = upload_media(post, action.resumes_at, publisher, read_media)
        except UploadFailed as failed:
            return self._record_unattempted(action, post, failed)
        return self._send_parts(action, post, uploads, progress)

    def broken_off(self, action: Action, bug: Bug, progress: Progress) -> Result:
        """What came of a post that a bug has broken off; what is certain of it is recorded."""
        key, urls = action.key, tuple(posted.url for posted in progress.done)

        def record() -> None:
            if left := progress.record_after(bug, self.ports.writer):
                self.claims.record(left)

        recorded = contained("recording", key, record)
        now = contained("timing", key, self.ports.clock.now)
        because = bug.summary
        if urls and (progress.step is Step.RECORDING or isinstance(recorded, Bug)):
            because += f"; the ledger may not know that this is out: {urls[-1]}"
        in_doubt = progress.state in (State.UNKNOWN, State.ATTEMPTING)
        return Result(
            action=action,
            at=action.occurrence.due if isinstance(now, Bug) else now,
            state=progress.state,
            because=because,
            help=LOOKED_FOR if in_doubt else TO_DO,
            urls=urls,
            cost=sum((posted.cost for posted in progress.done), Decimal(0)),
            bug=bug,
        )

    def _record_unattempted(
        self, action: Action, post: RenderedPost, failed: UploadFailed
    ) -> Result:
        """What X refuses is recorded, so that the same file isn't brought again."""
        if isinstance(failed.answer, Release):
            return self._result(action, None, answer=failed.answer)
        refused = self.ports.writer.refused(post, failed.part, failed.answer)
        self.claims.record(Record(entries=(refused,)))
        return self._result(action, State.REJECTED, answer=failed.answer)

    def _send_parts(
        self, action: Action, post: RenderedPost, uploads: Uploads, progress: Progress
    ) -> Result:
        writer = self.ports.writer
        out = action.standing.posted if action.standing else ()
        answered = out[-1].id if out else post.reply_to_id
        opening = action.standing.opening if action.standing else None
        given_up = writer.absent(action.standing) if action.standing else ()
        done, news = progress.done, Record(entries=given_up, origin=self.entered.origin)
        for number in range(action.resumes_at, len(post.parts) + 1):
            if bar := self._bar(action, number):
                return self._not_now(action, news, done, bar)
            attempt = writer.attempting(post, number, uploads[number], reply_to=answered)
            opening = attempt if number == 1 else opening
            boot = self.ports.clock.boot()
            progress.step, progress.attempt = Step.CLAIMING, attempt
            # part n's result and part n+1's attempt are one record: no record, no next part
            claimed = replace(news, entries=(*news.entries, attempt))
            if lost := self.claims.claim(claimed, out=bool(done)):
                return self._not_now(action, news, done, lost)
            progress.step = Step.CLAIMED
            hindrance = self.claims.hindrance(attempt, action, boot)
            progress.step = Step.CLAIMED if hindrance else Step.ASKED
            part = post.parts[number - 1]
            answer = hindrance or self._request(part, uploads[number], answered)
            if not isinstance(answer, Receipt):
                end = end_of(answer, action.standing, number)
                progress.step = Step.RECORDING
                ended = writer.ended(attempt, end, answer.because)
                self.claims.record(Record(entries=(ended,)))
                return self._result(action, end, answer=answer, done=done)
            posted = writer.posted(attempt, answer, part)
            assert opening is not None, "a later part has an opening"  # noqa: S101
            news = Record(entries=(posted,), sent=(sent(opening, posted),))
            done.append(posted)
            progress.step, progress.news = Step.BEFORE, news
            answered = answer.id
        progress.step = Step.RECORDING
        self.claims.record(news)
        return self._result(action, State.POSTED, done=done)

    def _bar(self, action: Action, number: int) -> Release | None:
        """Why no claim is made now."""
        if not self.has_time():
            return OUT_OF_TIME
        if not self.entered.agreed.holds(self.ports.clock):
            return CLOCK_SET
        now = self.ports.clock.now()
        if number == action.resumes_at and now - self.entered.agreed.wall > self.holds:
            return OUTDATED
        return TOO_LATE if number == 1 and now > action.occurrence.until else None

    def _not_now(
        self, action: Action, news: Record, done: Sequence[Posted], answer: Release
    ) -> Result:
        """The part that comes next is not claimed; what is out is recorded."""
        if not done:
            return self._result(action, None, answer=answer)
        self.claims.record(news)
        return self._result(action, State.ATTEMPTING, answer=answer, done=done)

    def _request(
        self, part: RenderedPart, media: tuple[Uploaded, ...], reply_to: str | None
    ) -> AnswerOfX:
        if part.repost:
            return self.entered.publisher.repost(part.repost)
        answer = self.entered.publisher.create(part, media=media, reply_to=reply_to)
        if self.alone or not isinstance(answer, Rejection) or not answer.unsaid:
            return answer
        again = bool(self.unsaid)
        self.unsaid.append(ALL_REFUSED if again else replace(NO_REASON, because=answer.because))
        return self.unsaid[-1]

    def _result(
        self,
        action: Action,
        state: State | None,
        *,
        answer: Release | Rejection | Doubt | None = None,
        done: Sequence[Posted] = (),
    ) -> Result:
        return Result(
            action=action,
            at=done[0].at if done else self.ports.clock.now(),
            state=state,
            because=answer.because if answer else "",
            help=LOOKED_FOR if isinstance(answer, Doubt) else answer.help if answer else None,
            urls=tuple(posted.url for posted in done),
            cost=sum((posted.cost for posted in done), Decimal(0)),
            stops=isinstance(answer, Release) and answer.stop,
            retry_at=answer.retry_at if isinstance(answer, Release) else None,
            raced=isinstance(answer, Release) and answer.anew,
            stale=answer is STALE,
        )
