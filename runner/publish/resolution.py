"""A person's word about a post: what it writes into the ledger, or why it can't be taken."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from runner.durations import in_words
from runner.ledger import Closed, End, Facts, Posted, Record, Sent, State
from runner.plan import LAST_LOOK
from runner.problems import BadUsage
from runner.publish.ledger_writer import sent
from runner.publish.resolution_target import GivenLink, ResolutionTarget
from runner.value import Value
from runner.x_facts import post_address

SETTLES = timedelta(seconds=90)
"""So long after an attempt's `send-by` its request may still have an effect."""
EARLIER = timedelta(minutes=10)
"""How much older than its attempt a post may seem, by two clocks."""
_OVER = (State.MISSED, State.SKIPPED, State.DELETED)


class Resolution(Value, kw_only=True):
    """Who says it, why and when. What its methods give is empty where the ledger says so already;
    they raise BadUsage where the ledger, or X, speaks against it."""

    by: str
    because: str
    at: datetime
    run: str
    commit: str | None = None

    def posted_record(self, target: ResolutionTarget, link: GivenLink, facts: Facts) -> Record:
        """The entries by which the part in question is out, at this address. Where nothing was
        attempted, it is taken for the whole, and cost nothing."""
        if target.whole and link.id == target.out[-1].id:
            return Record()
        _refuse_while_sending(target, self.at)
        _refuse_link(target, link, facts, self.at)
        entry = self._posted_entry(target, link)
        if target.opening and target.frozen_part:
            line = sent(target.opening, entry)
        else:
            line = _of_unknown_words(entry, target.due)
        was_skipped = target.standing is not None and target.standing.state is State.SKIPPED
        if was_skipped and target.part < target.parts:
            return Record(entries=(entry, self._closing_entry(target, State.SKIPPED)), sent=(line,))
        return Record(entries=(entry,), sent=(line,))

    def not_posted_record(self, target: ResolutionTarget, *, by_timeline: bool) -> Record:
        """The entries by which the part in question is not out, so that it is due again while its
        grace lasts. Where that rests on the timeline that X shows now, `by_timeline`, runs go on
        looking for it until it would be shown for certain."""
        _refuse_while_sending(target, self.at)
        standing = target.standing
        if standing is None:
            # the answer where a run asks whether it went out under another name
            if target.asked or (target.due and target.due <= self.at):
                return Record(entries=(self._closing_entry(target, State.RELEASED),))
            raise BadUsage(
                f"nothing of {target.key} was ever sent",
                help="it goes out when it is due; `--skip` keeps it from that",
            )
        if standing.state in _OVER:
            raise BadUsage(
                f"{target.key} is {standing.state}, so it never goes out",
                help="give it a new name in its file, and a new time",
            )
        _refuse_if_whole(target)
        if not standing.doubtful and standing.state is not State.REJECTED:
            return Record()
        suspects = standing.suspects(target.part)
        if not (by_timeline and suspects and self.at < suspects[0].at + LAST_LOOK):
            return Record(entries=(self._closing_entry(target, State.RELEASED),))
        if standing.said_absent:
            return Record()
        return Record(entries=(self._closing_entry(target, State.RELEASED, look="absent"),))

    def skipped_record(self, target: ResolutionTarget) -> Record:
        """The entries by which nothing more of it goes out, ever."""
        _refuse_while_sending(target, self.at)
        if target.standing and target.standing.state in _OVER:
            return Record()
        _refuse_if_whole(target)
        return Record(entries=(self._closing_entry(target, State.SKIPPED),))

    def _posted_entry(self, target: ResolutionTarget, link: GivenLink) -> Posted:
        """X gives a repost neither an id of its own nor an instant."""
        shares, tried = target.shares, target.tried
        whose = "i/web" if shares else target.handle or link.handle
        return Posted(
            key=target.key,
            part=target.part,
            at=tried.at if shares and tried else link.at,
            run=self.run,
            commit=self.commit,
            attempt=tried.attempt if tried and tried.part == target.part else None,
            id=link.id,
            url=post_address(link.id, whose),
            cost=target.cost,
            by=self.by,
            because=self.because,
        )

    def _closing_entry(
        self, target: ResolutionTarget, state: End, *, look: Literal["absent"] | None = None
    ) -> Closed:
        opening = target.opening
        return Closed(
            key=target.key,
            part=min(target.part, target.parts),
            at=self.at,
            run=self.run,
            commit=self.commit,
            state=state,
            because=self.because,
            due=opening.due if opening else target.due,
            digest=opening.digest if opening else None,
            by=self.by,
            look=look,
        )


def _refuse_while_sending(target: ResolutionTarget, now: datetime) -> None:
    tries = target.standing.suspects(target.part) if target.standing else ()
    until = max((attempt.send_by + SETTLES for attempt in tries), default=now)
    if now < until:
        raise BadUsage(
            f"a run may be sending {target} right now",
            help=f"look at X, then say it again in {in_words(until - now + timedelta(minutes=1))}",
        )


def _refuse_if_whole(target: ResolutionTarget) -> None:
    if target.whole:
        raise BadUsage(
            f"{target.key} is out: {target.out[-1].url}",
            help="nothing more of it is sent; what is not wanted can be deleted on X",
        )


def _refuse_link(target: ResolutionTarget, link: GivenLink, facts: Facts, now: datetime) -> None:
    _refuse_if_whole(target)
    if target.shares:
        if link.id != target.shares:
            raise BadUsage(
                f"{target} shares another post: {post_address(target.shares)}",
                help="where the account shows that one as reposted, give its link",
            )
        return
    if target.handle and link.handle.casefold() != target.handle.casefold():
        raise BadUsage(
            f"that is the link of a post of @{link.handle}, not of @{target.handle}",
            help=f"open the post, and copy its link: https://x.com/{target.handle}/status/…",
        )
    if other := next(_other_uses(link.id, facts), None):
        raise BadUsage(f"that post is {other}", help=f"find the post that is {target}")
    if link.at > now + EARLIER:
        raise BadUsage("no post of X has that id yet", help="copy the link whole")
    if target.tried and link.at < target.tried.at - EARLIER:
        raise BadUsage(
            f"that post is {in_words(target.tried.at - link.at)} older than the attempt to "
            f"send {target}",
            help="it is another one; where nothing newer is there, say `--not-posted`",
        )


def _other_uses(id: str, facts: Facts) -> Iterator[str]:
    """What else has this id."""
    lines = [(line.id, line.key, line.part) for line in facts.journal]
    for standing in facts.standings.values():
        lines += [(entry.id, entry.key, entry.part) for entry in standing.posted]
    return (f"part {part} of {key}" for known, key, part in lines if known == id)


def _of_unknown_words(posted: Posted, due: datetime | None) -> Sent:
    """The journal's line of what a person sent by hand: it counts, and is like no other post."""
    return Sent(
        at=posted.at,
        key=posted.key,
        part=posted.part,
        id=posted.id,
        digest="",
        text="",
        due=due,
        cost=posted.cost,
    )
