"""The results of a contest as a file: first the list that was fixed, then the draw."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import eq
from typing import NamedTuple, Self

from runner.charter import Charter
from runner.contest.commitments import ordered
from runner.contest.entries import ContestEntry
from runner.contest.entry_list import EntryList
from runner.contest.tickets import commitment
from runner.models import Draw, DrawnPlace, DrawProof, EntriesSeen, Supplement
from runner.value import Value

SignAll = Callable[[Sequence[ContestEntry]], Iterable[bytes]]
"""Gives the tickets of those who entered, in their order."""


class ListedEntries(Value, kw_only=True):
    """The list that is drawn from, and where it lies."""

    digest: str
    entries: int
    commit: str | None
    coverage: EntriesSeen | None = None
    supplement: Supplement | None = None

    @classmethod
    def of(cls, draw: Draw) -> Self:
        """The list of a draw, as its results name it."""
        return cls(
            digest=draw.digest or "",
            entries=draw.entries or 0,
            commit=draw.commit,
            coverage=draw.coverage,
            supplement=draw.supplement,
        )

    def as_yaml(self) -> str:
        lines = [f"digest: {self.digest}", f"entries: {self.entries}"]
        lines += [f"commit: {self.commit}"] if self.commit else []
        lines += [f"coverage: {_flow(self.coverage)}"] if self.coverage else []
        if added := self.supplement:
            lines.append(f"supplement: {{digest: {added.digest}, entries: {added.entries}}}")
        return "".join(f"{line}\n" for line in lines)


def _flow(coverage: EntriesSeen) -> str:
    excluded = ", ".join(f"{why}: {number}" for why, number in coverage.excluded.items())
    counted = f"counted: {coverage.counted}, " if coverage.counted is not None else ""
    return f"{{seen: {coverage.seen}, {counted}excluded: {{{excluded}}}}}"


class OpenedEntry(NamedTuple):
    """Who stands behind a commitment, and the ticket that shows it."""

    entry: ContestEntry
    ticket: bytes


def open_places(
    charter: Charter,
    drawn: Iterable[bytes],
    opened: Mapping[bytes, OpenedEntry],
    fallen: Mapping[str, str],
) -> tuple[DrawnPlace, ...]:
    """The places down to the last that wins. `fallen` says of users, by id, why they do not win."""
    standing, places = 0, []
    for each in drawn:
        if standing == charter.winners:
            break
        (user, post), ticket = opened[each]
        why = fallen.get(user)
        standing += why is None
        places.append(
            DrawnPlace.model_validate(
                {"user": user, "post": post, "ticket": ticket.hex(), "fallen": why}
            )
        )
    return tuple(places)


class DrawnResults(Value, kw_only=True):
    """What a draw came to. `drawn` is when it may be public; moments are as files write them."""

    drawn: str
    round: int
    closing_post: str
    signature: bytes
    places: tuple[DrawnPlace, ...]
    days_late: int | None = None
    supplement_post: str | None = None
    redrawn: tuple[str, ...] = ()
    """When it may be public who wins in the place of one that has fallen, for each redraw."""
    claim_by: str | None = None
    """Until when winners have to answer, where one has fallen."""

    def as_yaml(self, listed: ListedEntries, handles: Mapping[str, str]) -> str:
        """The whole file; `handles` by user id."""
        winners = ", ".join(handles[place.user] for place in self.places if place.fallen is None)
        places = "".join(f"    - {_place(place)}\n" for place in self.places)
        claim_by = f"claim-by: {self.claim_by}\n" if self.claim_by else ""
        may_move = "`drawn` and `redrawn`" if self.redrawn else "`drawn`"
        return (
            f"# Proposed by `runner draw`. Whoever reviews it may move {may_move}, and nothing "
            "else.\n"
            f"drawn: {self.drawn}\n"
            f"{_redrawn(self.redrawn)}"
            f"{_round(self.round, self.days_late)}"
            f"{listed.as_yaml()}"
            f"{claim_by}"
            f"winners: [{winners}]\n"
            "proof:\n"
            f"{_posts(self.closing_post, self.supplement_post)}"
            f"  signature: {self.signature.hex()}\n"
            f"  places:\n{places}"
        )


class ExpiredResults(Value, kw_only=True):
    """Results whose proof is no longer kept: that it was drawn stands in them, and nobody."""

    draw: Draw
    proof: DrawProof
    on: date

    def as_yaml(self) -> str:
        draw = self.draw
        return (
            "# `runner forget` has removed who won, as the terms say.\n"
            f"drawn: {draw.drawn}\n"
            f"{_redrawn(draw.redrawn)}"
            f"{_round(draw.round, draw.days_late)}"
            f"{ListedEntries.of(draw).as_yaml()}"
            "proof:\n"
            f"{_posts(self.proof.closing_post, self.proof.supplement)}"
            f"  signature: {self.proof.signature}\n"
            f"  expired: {self.on}\n"
        )


def _posts(closing_post: str, supplement: str | None) -> str:
    added = f'  supplement: "{supplement}"\n' if supplement else ""
    return f'  closing-post: "{closing_post}"\n{added}'


def _redrawn(moments: Sequence[object]) -> str:
    return f"redrawn: [{', '.join(map(str, moments))}]\n" if moments else ""


def _round(number: int | None, days_late: int | None) -> str:
    late = f"days-late: {days_late}\n" if days_late else ""
    return f"round: {number}\n{late}"


def _place(place: DrawnPlace) -> str:
    redraw = f", redraw: {place.redraw}" if place.redraw else ""
    fallen = f", fallen: {place.fallen}" if place.fallen else ""
    opened = f'user: "{place.user}", post: "{place.post}", ticket: "{place.ticket}"'
    return f"{{{opened}{redraw}{fallen}}}"


def list_of(
    charter: Charter,
    public_key: bytes,
    announcement: str,
    entries: Sequence[ContestEntry],
    sign: SignAll,
) -> EntryList:
    """The list of these entries, each with its ticket."""
    return EntryList(
        charter=charter,
        public_key=public_key,
        announcement=announcement,
        commitments=ordered(map(commitment, sign(entries), entries)),
    )


class NotOurs(Exception):
    """A published list that was not made of what was collected; the text says what differs. Whoever
    may push could have published another list in ours' place."""


def opened_entries(
    listed: EntryList,
    collected: Iterable[Sequence[ContestEntry]],
    sign: SignAll,
    wanted: Collection[bytes] = (),
) -> dict[bytes, OpenedEntry]:
    """The wanted ones of a list's commitments, opened, where one of these collections gives that
    list. Raises NotOurs."""
    latest: Sequence[ContestEntry] | None = None
    for entries in collected:
        latest = entries if latest is None else latest
        if len(entries) != len(listed.commitments):
            continue  # signing takes long, and this can't be it
        opened: dict[bytes, OpenedEntry] = {}
        if all(map(eq, ordered(_commitments(entries, sign, wanted, opened)), listed.commitments)):
            return opened
    if latest is None:
        raise NotOurs("nothing was collected that it could be made of")
    meant = ordered(map(commitment, sign(latest), latest))
    raise NotOurs(
        f"it lacks {_count_missing(meant, listed.commitments):,} of the entries that were "
        f"collected, and holds {_count_missing(listed.commitments, meant):,} that were not"
    )


def opened_among(
    added: Collection[bytes], collected: Iterable[Sequence[ContestEntry]], sign: SignAll
) -> dict[bytes, OpenedEntry]:
    """These commitments, opened, as far as any of these collections gives them."""
    found: dict[bytes, OpenedEntry] = {}
    for entries in collected:
        if len(found) == len(added):
            break
        for _ in _commitments(entries, sign, added, found):
            pass
    return found


def _commitments(
    entries: Sequence[ContestEntry],
    sign: SignAll,
    wanted: Collection[bytes],
    opened: dict[bytes, OpenedEntry],
) -> Iterator[bytes]:
    """The commitments of these entries; notes in `opened` those that are wanted."""
    for entry, ticket in zip(entries, sign(entries), strict=True):
        made = commitment(ticket, entry)
        if made in wanted:
            opened[made] = OpenedEntry(entry, ticket)
        yield made


def _count_missing(those: Iterable[bytes], others: Sequence[bytes]) -> int:
    """How many of those are not among the others, which are in order."""
    return sum(each not in others[(at := bisect_left(others, each)) : at + 1] for each in those)
