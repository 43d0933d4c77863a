"""What a run writes into the ledger: its entries, each with its id and the commit of its files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from runner.apply.ports import Clock, Doubt, Receipt, Rejection, Release, Uploaded
from runner.ledger import Attempting, Closed, End, Posted, Sent, State
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
class Writer:
    """Makes the entries of a run; writing them down is the ledger's part."""

    run: Run
    clock: Clock

    def attempting(
        self, post: RenderedPost, number: int, media: tuple[Uploaded, ...]
    ) -> Attempting:
        """Of the first part with all parts and their whole cost."""
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

    def closed(
        self, attempt: Attempting, answer: Release | Rejection | Doubt, state: End
    ) -> Closed:
        return Closed(
            key=attempt.key,
            part=attempt.part,
            at=self.clock.now(),
            run=self.run.id,
            commit=self.run.commit,
            attempt=attempt.attempt,
            state=state,
            because=answer.because,
            due=attempt.due,
            digest=attempt.digest,
        )

    def refused(self, post: RenderedPost, part: int, answer: Rejection) -> Closed:
        """Of media that X does not take, so that there was no attempt."""
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

    def missed(self, action: Action) -> Closed:
        return Closed(
            key=action.key,
            at=self.clock.now(),
            run=self.run.id,
            commit=self.run.commit,
            state=State.MISSED,
            because=action.because,
            due=action.occurrence.due,
        )


def sent(post: RenderedPost, posted: Posted) -> Sent:
    """The journal's line of a part that is out."""
    return Sent(
        at=posted.at,
        key=posted.key,
        part=posted.part,
        id=posted.id,
        digest=post.digest,
        text=post.parts[posted.part - 1].text_digest,
        item=post.item,
        cost=posted.cost,
    )
