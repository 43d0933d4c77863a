"""Sending one post: attempt on disk, one request, result on disk; part by part."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from runner.apply.outcome import Result
from runner.apply.ports import (
    Answer,
    Clock,
    Doubt,
    Ledger,
    Publisher,
    ReadMedia,
    Receipt,
    Rejection,
    Release,
    Uploaded,
)
from runner.ledger import Attempting, Closed, Entry, Posted, Record, Sent, State
from runner.plan import Action
from runner.render.rendered import RenderedPart, RenderedPost

SEND_WITHIN = timedelta(seconds=60)
"""From the claim to the request; later, the claim is given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Who writes into the ledger: this run's id, the commit of its files, and fresh random ids."""

    id: str
    commit: str | None
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends posts of one account. Nothing is sent before its attempt is on stable storage."""

    publisher: Publisher
    ledger: Ledger
    clock: Clock
    read_media: ReadMedia
    run: Run

    def send(self, action: Action) -> Result:
        """Never raises for what the network does. Raises LedgerUnusable."""
        post = action.post
        assert post is not None, "only what is rendered is published"  # noqa: S101
        uploads = self._upload(post, action.resumes_at)
        if isinstance(uploads, Release | Rejection):
            return self._result(action, uploads, None)
        return self._send_parts(action, post, uploads)

    def _upload(
        self, post: RenderedPost, first: int
    ) -> dict[int, tuple[Uploaded, ...]] | Release | Rejection:
        """All media of all parts, so that nothing stands between two parts of a thread."""
        uploads: dict[int, tuple[Uploaded, ...]] = {}
        for number, part in enumerate(post.parts[first - 1 :], start=first):
            taken = []
            for media in part.media:
                data = self.read_media(media.path)
                if sha256(data).hexdigest() != media.digest:
                    return Release(because=f"{media.path} has changed since it was rendered")
                answer = self.publisher.upload(media, data)
                if not isinstance(answer, Uploaded):
                    return answer
                taken.append(answer)
            uploads[number] = tuple(taken)
        return uploads

    def _send_parts(
        self, action: Action, post: RenderedPost, uploads: dict[int, tuple[Uploaded, ...]]
    ) -> Result:
        standing = action.standing
        answered = standing.posted[-1].id if standing and standing.posted else post.reply_to_id
        done: list[Posted] = []
        before: tuple[tuple[Entry, ...], tuple[Sent, ...]] = ((), ())
        for number in range(action.resumes_at, len(post.parts) + 1):
            part = post.parts[number - 1]
            attempt = self._attempting(post, number, uploads[number])
            boot = self.clock.boot()
            # part n's result and part n+1's attempt are one record: no record, no next part
            self.ledger.record(Record(entries=(*before[0], attempt), sent=before[1]))
            answer = self._request(part, uploads[number], answered, attempt, boot)
            if not isinstance(answer, Receipt):
                self.ledger.record(Record(entries=(self._closed(attempt, answer),)))
                return self._result(action, answer, _STATES[type(answer)], done)
            posted = self._posted(attempt, answer, part)
            done.append(posted)
            before = ((posted,), (self._sent(post, posted, part),))
            answered = answer.id
        self.ledger.record(Record(entries=before[0], sent=before[1]))
        return self._result(action, None, State.POSTED, done)

    def _request(
        self,
        part: RenderedPart,
        media: tuple[Uploaded, ...],
        reply_to: str | None,
        attempt: Attempting,
        boot: float,
    ) -> Answer:
        asleep = self.clock.boot() - boot > SEND_WITHIN.total_seconds()
        if asleep or self.clock.now() > attempt.send_by:
            return Release(because="too much time passed between the claim and the request")
        if part.repost:
            return self.publisher.repost(part.repost)
        return self.publisher.create(part, media=media, reply_to=reply_to)

    def _attempting(
        self, post: RenderedPost, number: int, media: tuple[Uploaded, ...]
    ) -> Attempting:
        now = self.clock.now()
        first = number == 1
        return Attempting(
            key=post.key,
            part=number,
            at=now,
            run=self.run.id,
            commit=self.run.commit,
            attempt=self.run.new_id(),
            send_by=now + SEND_WITHIN,
            due=post.due,
            digest=post.digest,
            parts=tuple(part.canonical() for part in post.parts) if first else (),
            media=tuple(upload.key for upload in media),
            item=post.item,
            cost=post.cost if first else post.parts[number - 1].cost,
        )

    def _posted(self, attempt: Attempting, receipt: Receipt, part: RenderedPart) -> Posted:
        return Posted(
            key=attempt.key,
            part=attempt.part,
            at=receipt.at,
            run=self.run.id,
            commit=self.run.commit,
            attempt=attempt.attempt,
            id=receipt.id,
            url=receipt.url,
            cost=part.cost,
        )

    def _sent(self, post: RenderedPost, posted: Posted, part: RenderedPart) -> Sent:
        return Sent(
            at=posted.at,
            key=posted.key,
            part=posted.part,
            id=posted.id,
            digest=post.digest,
            text=part.text_digest,
            item=post.item,
            cost=part.cost,
        )

    def _closed(self, attempt: Attempting, answer: Release | Rejection | Doubt) -> Closed:
        return Closed(
            key=attempt.key,
            part=attempt.part,
            at=self.clock.now(),
            run=self.run.id,
            commit=self.run.commit,
            attempt=attempt.attempt,
            state=_STATES[type(answer)],
            because=answer.because,
            due=attempt.due,
            digest=attempt.digest,
        )

    def _result(
        self,
        action: Action,
        answer: Release | Rejection | Doubt | None,
        state: State | None,
        done: list[Posted] | None = None,
    ) -> Result:
        result = Result(
            action=action,
            at=done[0].at if done else self.clock.now(),
            state=state,
            urls=tuple(posted.url for posted in done or ()),
            cost=sum((posted.cost for posted in done or ()), Decimal(0)),
        )
        if answer is None:
            return result
        return replace(
            result,
            because=answer.because,
            help=getattr(answer, "help", None),
            stops=isinstance(answer, Release) and answer.stop,
        )


_STATES = {Release: State.RELEASED, Rejection: State.REJECTED, Doubt: State.UNKNOWN}


def has_time(now: datetime, deadline: datetime | None) -> bool:
    """Whether a claim may still be made: two minutes of the job have to be left."""
    return deadline is None or now + timedelta(minutes=2) <= deadline
