"""A person's word about a post: what it writes into the ledger, or why it can't be taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from runner.ledger import Closed, End, Facts, Posted, Record, Sent, State
from runner.problems import BadUsage
from runner.publish.ledger_writer import sent
from runner.publish.resolution_target import Link, Matter

SETTLES = timedelta(seconds=90)
"""So long after an attempt's `send-by` its request may still have an effect."""
EARLIER = timedelta(minutes=10)
"""How much older than its attempt a post may seem, by two clocks."""
_OVER = (State.MISSED, State.SKIPPED, State.DELETED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Who says it, why and when. What its methods give is empty where the ledger says so already;
    they raise BadUsage where the ledger, or X, speaks against it."""

    by: str
    because: str
    at: datetime
    run: str
    commit: str | None = None

    def posted(self, matter: Matter, link: Link, facts: Facts) -> Record:
        """The part in question is out, at this address. Where nothing was attempted, it is taken
        for the whole, and cost nothing."""
        if matter.whole and link.id == matter.out[-1].id:
            return Record()
        _refuse_while_sending(matter, self.at)
        _refuse_link(matter, link, facts, self.at)
        entry = self._posted(matter, link)
        if matter.opening and matter.said:
            line = sent(matter.opening, entry)
        else:
            line = _of_unknown_words(entry, matter.due)
        was_skipped = matter.standing is not None and matter.standing.state is State.SKIPPED
        if was_skipped and matter.part < matter.parts:
            return Record(entries=(entry, self._closed(matter, State.SKIPPED)), sent=(line,))
        return Record(entries=(entry,), sent=(line,))

    def not_posted(self, matter: Matter) -> Record:
        """The part in question is not out, so that it is due again while its grace lasts."""
        _refuse_while_sending(matter, self.at)
        standing = matter.standing
        if standing is None:
            # the answer where a run asks whether it went out under another name
            if matter.asked or (matter.due and matter.due <= self.at):
                return Record(entries=(self._closed(matter, State.RELEASED),))
            raise BadUsage(
                f"nothing of {matter.key} was ever sent",
                help="it goes out when it is due; `--skip` keeps it from that",
            )
        if standing.state in _OVER:
            raise BadUsage(
                f"{matter.key} is {standing.state}, so it never goes out",
                help="give it a new name in its file, and a new time",
            )
        _refuse_if_whole(matter)
        if not standing.doubtful and standing.state is not State.REJECTED:
            return Record()
        return Record(entries=(self._closed(matter, State.RELEASED),))

    def skipped(self, matter: Matter) -> Record:
        """Nothing more of it goes out, ever."""
        _refuse_while_sending(matter, self.at)
        if matter.standing and matter.standing.state in _OVER:
            return Record()
        _refuse_if_whole(matter)
        return Record(entries=(self._closed(matter, State.SKIPPED),))

    def _posted(self, matter: Matter, link: Link) -> Posted:
        """X gives a repost neither an id of its own nor an instant."""
        shares, tried = matter.shares, matter.tried
        whose = "i/web" if shares else matter.handle or link.handle
        return Posted(
            key=matter.key,
            part=matter.part,
            at=tried.at if shares and tried else link.at,
            run=self.run,
            commit=self.commit,
            attempt=tried.attempt if tried and tried.part == matter.part else None,
            id=link.id,
            url=f"https://x.com/{whose}/status/{link.id}",
            cost=matter.cost,
            by=self.by,
            because=self.because,
        )

    def _closed(self, matter: Matter, state: End) -> Closed:
        opening = matter.opening
        return Closed(
            key=matter.key,
            part=min(matter.part, matter.parts),
            at=self.at,
            run=self.run,
            commit=self.commit,
            state=state,
            because=self.because,
            due=opening.due if opening else matter.due,
            digest=opening.digest if opening else None,
            by=self.by,
        )


def _refuse_while_sending(matter: Matter, now: datetime) -> None:
    tries = matter.standing.suspects(matter.part) if matter.standing else ()
    until = max((attempt.send_by + SETTLES for attempt in tries), default=now)
    if now < until:
        seconds = (until - now).total_seconds()
        raise BadUsage(
            f"a run may be sending {matter} right now",
            help=f"look at X, then say it again in {seconds:.0f} seconds",
        )


def _refuse_if_whole(matter: Matter) -> None:
    if matter.whole:
        raise BadUsage(
            f"{matter.key} is out: {matter.out[-1].url}",
            help="nothing more of it is sent; what is not wanted can be deleted on X",
        )


def _refuse_link(matter: Matter, link: Link, facts: Facts, now: datetime) -> None:
    _refuse_if_whole(matter)
    if matter.shares:
        if link.id != matter.shares:
            raise BadUsage(
                f"{matter} shares another post: https://x.com/i/status/{matter.shares}",
                help="where the account shows that one as reposted, give its link",
            )
        return
    if matter.handle and link.handle.casefold() != matter.handle.casefold():
        raise BadUsage(
            f"that is the link of a post of @{link.handle}, not of @{matter.handle}",
            help=f"open the post, and copy its link: https://x.com/{matter.handle}/status/…",
        )
    if other := next(_known(link.id, facts), None):
        raise BadUsage(f"that post is {other}", help=f"find the post that is {matter}")
    if link.at > now + EARLIER:
        raise BadUsage("no post of X has that id yet", help="copy the link whole")
    if matter.tried and link.at < matter.tried.at - EARLIER:
        minutes = (matter.tried.at - link.at) // timedelta(minutes=1)
        raise BadUsage(
            f"that post is {minutes} minutes older than the attempt to send {matter}",
            help="it is another one; where nothing newer is there, say `--not-posted`",
        )


def _known(id: str, facts: Facts) -> Iterator[str]:
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
