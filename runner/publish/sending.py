"""Sending one post: attempt on disk, one request, result on disk; part by part."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

from runner.bugs import TO_DO, Bug, contained
from runner.ledger import Attempting, Origin, Posted, Record, State
from runner.plan import Action
from runner.problems import LedgerUnusable
from runner.publish.account_entry import AgreedTime
from runner.publish.before_request import (
    ALL_REFUSED,
    CLOCK_SET,
    NO_REASON,
    OUT_OF_TIME,
    OUTDATED,
    RACED,
    STALE,
    TOO_LATE,
    TOO_OLD,
    UNWRITTEN,
    Confirmation,
    UploadFailed,
    Uploads,
    upload_media,
)
from runner.publish.ledger_writer import SEND_WITHIN, Writer, end_of, sent
from runner.publish.outcome import Result
from runner.publish.ports import (
    AnswerOfX,
    Clock,
    Doubt,
    Ledger,
    Publisher,
    Raced,
    ReadMedia,
    Receipt,
    Rejection,
    Release,
    Uploaded,
)
from runner.publish.progress import Progress, SideRecord, Step
from runner.render import RenderedPart, RenderedPost
from runner.value import Value, field, replace

ENOUGH = timedelta(minutes=2)
"""What has to be left of the job for a claim."""
PLAN_HOLDS = timedelta(minutes=30)
"""How long a plan and the looks at X behind it are acted upon. Of a run that slept for longer,
while a ledger was deleted or rolled back, nobody could tell that others have sent the same."""
LOOKED_FOR = "nothing to do: a run in three minutes or later looks for it on X, by itself"


class Sender(Value, kw_only=True):
    """Sends posts of one account. Nothing is sent before its attempt is on stable storage."""

    publisher: Publisher
    ledger: Ledger
    clock: Clock
    read_media: ReadMedia
    writer: Writer
    agreed: AgreedTime
    holds: timedelta = PLAN_HOLDS
    """For how long after it has entered the account it may begin a post."""
    deadline: datetime | None = None
    stopped: Callable[[], bool]
    alone: bool = True
    """No other post of the account is due, by which to tell whether X refuses it or the account."""
    unsaid: list[Release] = field(default_factory=list)
    """The posts that X has refused without a reason."""
    origin: Origin | None = None
    """What the first claim has to say of whose ledger it is."""
    aside: SideRecord | None = None
    """What the first claim takes along."""
    monthly: Decimal | None = None
    """The month's budget in USD, if there is one."""

    def has_time(self) -> bool:
        """Whether a claim may still be made."""
        in_time = self.deadline is None or self.clock.now() + ENOUGH <= self.deadline
        return in_time and not self.stopped()

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
            uploads = upload_media(post, action.resumes_at, self.publisher, self.read_media)
        except UploadFailed as failed:
            return self._record_unattempted(action, post, failed)
        return self._send_parts(action, post, uploads, progress)

    def broken_off(self, action: Action, bug: Bug, progress: Progress) -> Result:
        """What came of a post that a bug has broken off; what is certain of it is recorded."""
        key, urls = action.key, tuple(posted.url for posted in progress.done)

        def record() -> None:
            if left := progress.record_after(bug, self.writer):
                self._record(left)

        recorded = contained("recording", key, record)
        now = contained("timing", key, self.clock.now)
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
        refused = self.writer.refused(post, failed.part, failed.answer)
        self.ledger.record(Record(entries=(refused,)))
        return self._result(action, State.REJECTED, answer=failed.answer)

    def _send_parts(
        self, action: Action, post: RenderedPost, uploads: Uploads, progress: Progress
    ) -> Result:
        out = action.standing.posted if action.standing else ()
        answered = out[-1].id if out else post.reply_to_id
        opening = action.standing.opening if action.standing else None
        given_up = self.writer.absent(action.standing) if action.standing else ()
        done, news = progress.done, Record(entries=given_up, origin=self.origin)
        for number in range(action.resumes_at, len(post.parts) + 1):
            if bar := self._bar(action, number):
                return self._not_now(action, news, done, bar)
            attempt = self.writer.attempting(post, number, uploads[number], reply_to=answered)
            opening = attempt if number == 1 else opening
            boot = self.clock.boot()
            progress.step, progress.attempt = Step.CLAIMING, attempt
            # part n's result and part n+1's attempt are one record: no record, no next part
            lost = self._claim(replace(news, entries=(*news.entries, attempt)), done)
            if lost:
                return self._not_now(action, news, done, lost)
            progress.step = Step.CLAIMED
            hindrance = self._hindrance(attempt, action, boot)
            progress.step = Step.CLAIMED if hindrance else Step.ASKED
            part = post.parts[number - 1]
            answer = hindrance or self._request(part, uploads[number], answered)
            if not isinstance(answer, Receipt):
                end = end_of(answer, action.standing, number)
                progress.step = Step.RECORDING
                ended = self.writer.ended(attempt, end, answer.because)
                self._record(Record(entries=(ended,)))
                return self._result(action, end, answer=answer, done=done)
            posted = self.writer.posted(attempt, answer, part)
            assert opening is not None, "a later part has an opening"  # noqa: S101
            news = Record(entries=(posted,), sent=(sent(opening, posted),))
            done.append(posted)
            progress.step, progress.news = Step.BEFORE, news
            answered = answer.id
        progress.step = Step.RECORDING
        self._record(news)
        return self._result(action, State.POSTED, done=done)

    def _bar(self, action: Action, number: int) -> Release | None:
        """Why no claim is made now."""
        if not self.has_time():
            return OUT_OF_TIME
        if not self.agreed.holds(self.clock):
            return CLOCK_SET
        now = self.clock.now()
        if number == action.resumes_at and now - self.agreed.wall > self.holds:
            return OUTDATED
        return TOO_LATE if number == 1 and now > action.occurrence.until else None

    def _not_now(
        self, action: Action, news: Record, done: Sequence[Posted], answer: Release
    ) -> Result:
        """The part that comes next is not claimed; what is out is recorded."""
        if not done:
            return self._result(action, None, answer=answer)
        self._record(news)
        return self._result(action, State.ATTEMPTING, answer=answer, done=done)

    def _claim(self, record: Record, done: Sequence[Posted]) -> Release | None:
        """Why the part that comes next is not claimed, if so."""
        if self.aside and self.aside.binds and self.ledger.stale():
            return STALE
        try:
            with self._telling_what_is_out(record):
                self._claim_with_aside(record)
        except Raced:
            return RACED
        except LedgerUnusable:
            # what is out is recorded with more patience than a claim may have
            if not done:
                raise
            return UNWRITTEN
        return None

    def _claim_with_aside(self, record: Record) -> None:
        """With what is recorded beside it, once."""
        self.ledger.claim(self.aside.with_it(record) if self.aside else record)
        if self.aside:
            self.aside.written = True

    def _record(self, record: Record) -> None:
        with self._telling_what_is_out(record):
            self.ledger.record(record)

    @contextmanager
    def _telling_what_is_out(self, record: Record) -> Iterator[None]:
        try:
            yield
        except LedgerUnusable as unusable:
            out = [entry.url for entry in record.entries if isinstance(entry, Posted)]
            if not out:
                raise
            message = f"{unusable.message}; this is out, and the ledger does not know it: {out[0]}"
            raise LedgerUnusable(message, help=unusable.help) from unusable

    def _hindrance(self, attempt: Attempting, action: Action, boot: float) -> Release | None:
        """Why what was claimed is not sent; either clock may say that it is too old."""
        confirmation = Confirmation(
            ledger=self.ledger,
            clock=self.clock,
            monthly=self.monthly,
            campaign=action.occurrence.campaign.budget,
            stopped=self.stopped,
        )
        try:
            refusal = confirmation.refusal(attempt, begins=attempt.part == 1)
        except LedgerUnusable as unusable:
            released = self.writer.ended(attempt, State.RELEASED, unusable.message)
            self._record(Record(entries=(released,)))
            raise
        asleep = self.clock.boot() - boot >= SEND_WITHIN.total_seconds()
        late = asleep or self.clock.now() >= attempt.send_by
        return refusal or (TOO_OLD if late else None)

    def _request(
        self, part: RenderedPart, media: tuple[Uploaded, ...], reply_to: str | None
    ) -> AnswerOfX:
        if part.repost:
            return self.publisher.repost(part.repost)
        answer = self.publisher.create(part, media=media, reply_to=reply_to)
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
            at=done[0].at if done else self.clock.now(),
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
