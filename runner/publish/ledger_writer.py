"""What a run writes into the ledger: its entries, each with its id and the commit of its files."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, assert_never

from runner.ledger import Attempting, Closed, End, Key, Posted, Sent, Standing, State
from runner.publish.ports import Clock, Doubt, Receipt, Rejection, Release, Uploaded
from runner.reconcile import TimelinePost
from runner.render import RenderedPart, RenderedPost
from runner.value import Value

SEND_WITHIN = timedelta(seconds=60)
"""The time from a claim to its request; when it is over, the claim is given back."""
Look = Literal["absent", "unclear"]


class Run(Value, kw_only=True):
    """Who writes into the ledger: this run's id, the commit of its files, and fresh random ids."""

    id: str
    commit: str | None
    new_id: Callable[[], str]


class Writer(Value, kw_only=True):
    """Makes the entries of a run; writing them down is the ledger's part."""

    run: Run
    clock: Clock

    def attempting(
        self,
        post: RenderedPost,
        number: int,
        media: tuple[Uploaded, ...] = (),
        *,
        reply_to: str | None = None,
    ) -> Attempting:
        """The attempt of a part; that of the first part has all parts and their whole cost."""
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
            reply_to=reply_to,
            cost=post.cost if first else post.parts[number - 1].cost,
            costs=tuple(part.cost for part in post.parts) if first else (),
            promise=post.promise if first else None,
        )

    def posted(self, attempt: Attempting, receipt: Receipt, part: RenderedPart) -> Posted:
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

    def refused(self, post: RenderedPost, part: int, answer: Rejection) -> Closed:
        """The end of a part whose media X does not take, so that there was no attempt."""
        return Closed(
            key=post.key,
            part=part,
            at=self.clock.now(),
            run=self.run.id,
            commit=self.run.commit,
            state=State.REJECTED,
            because=answer.because,
            due=post.due,
            digest=post.digest,
        )

    def missed(self, key: Key, due: datetime | None, because: str) -> Closed:
        return Closed(
            key=key,
            at=self.clock.now(),
            run=self.run.id,
            commit=self.run.commit,
            state=State.MISSED,
            because=because,
            due=due,
        )

    def posted_on_timeline(
        self, attempt: Attempting, opening: Attempting, part: int, shown: TimelinePost
    ) -> Posted:
        """A part that a look at the timeline has shown; a repost is known by what it shares."""
        return Posted(
            key=attempt.key,
            part=part,
            at=shown.at,
            run=self.run.id,
            commit=self.run.commit,
            attempt=attempt.attempt if attempt.part == part else None,
            id=shown.repost_of or shown.id,
            url=shown.url,
            cost=opening.cost_of(part),
            because="found on the account's timeline",
        )

    def ended(
        self, attempt: Attempting, state: End, because: str, look: Look | None = None
    ) -> Closed:
        """How an attempt ended, other than that it is out: by a `look`, or by X's answer."""
        return Closed(
            key=attempt.key,
            part=attempt.part,
            at=self.clock.now(),
            run=self.run.id,
            commit=self.run.commit,
            attempt=attempt.attempt,
            state=state,
            because=because,
            due=attempt.due,
            digest=attempt.digest,
            look=look,
        )

    def final(self, word: Closed) -> Closed:
        """A person's word that rested on the timeline of its day, and no longer does."""
        said = {"at": self.clock.now(), "run": self.run.id, "commit": self.run.commit}
        return word.model_copy(update={**said, "look": None})

    def absent(self, standing: Standing) -> tuple[Closed, ...]:
        """The open attempts of a standing's next part, given up: two reads did not show them."""
        return tuple(
            self.ended(attempt, State.RELEASED, "X's timeline does not show it", "absent")
            for attempt in standing.open(standing.next_part)
        )


def sent(opening: Attempting, posted: Posted) -> Sent:
    """The journal's line of a part that is out."""
    part = opening.parts[posted.part - 1]
    return Sent(
        at=posted.at,
        key=posted.key,
        part=posted.part,
        id=posted.id,
        digest=opening.digest,
        text=sha256(str(part.get("repost") or part.get("text")).encode()).hexdigest(),
        due=opening.due,
        item=opening.item,
        cost=posted.cost,
    )


def end_of(answer: Release | Rejection | Doubt, standing: Standing | None, part: int) -> End:
    """How an attempt ended, by X's answer."""
    match answer:
        case Release():
            return State.RELEASED
        case Rejection():
            # X has seen the same words: perhaps an earlier attempt of this very part
            doubtful = answer.duplicate and standing is not None and bool(standing.suspects(part))
            return State.UNKNOWN if doubtful else State.REJECTED
        case Doubt():
            return State.UNKNOWN
        case _:
            assert_never(answer)
