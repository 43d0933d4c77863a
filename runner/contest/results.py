"""The results of a contest as a file: first the list that was fixed, then the draw."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from runner.charter import Charter
from runner.contest.drawing import drawn_places
from runner.contest.entry_list import EntryList, ordered
from runner.contest.tickets import ContestEntry, commitment
from runner.models import Draw, DrawnPlace, DrawProof, EntriesSeen

SignAll = Callable[[Sequence[str]], Iterable[bytes]]
"""Gives the tickets of these users, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntries:
    """The list that is drawn from, and where it lies."""

    digest: str
    entries: int
    commit: str | None
    coverage: EntriesSeen | None = None

    def as_yaml(self) -> str:
        lines = [f"digest: {self.digest}", f"entries: {self.entries}"]
        lines += [f"commit: {self.commit}"] if self.commit else []
        lines += [f"coverage: {_flow(self.coverage)}"] if self.coverage else []
        return "".join(f"{line}\n" for line in lines)


def _flow(coverage: EntriesSeen) -> str:
    excluded = ", ".join(f"{why}: {number}" for why, number in coverage.excluded.items())
    counted = f"counted: {coverage.counted}, " if coverage.counted is not None else ""
    return f"{{seen: {coverage.seen}, {counted}excluded: {{{excluded}}}}}"


class Unmatched(Exception):
    """A place of the draw whose entry was never collected: the list is not ours."""


def open_places(
    entries: EntryList,
    randomness: bytes,
    collected: Sequence[ContestEntry],
    fallen: Mapping[str, str],
    sign: SignAll,
) -> tuple[DrawnPlace, ...]:
    """The places down to the last that wins, opened. `fallen` says of users, by id, why they do not
    win. Raises Unmatched."""
    charter, standing, places = entries.charter, 0, []
    places_drawn = drawn_places(entries, randomness)
    known = _opened(places_drawn, collected, sign)
    for drawn in places_drawn:
        if standing == charter.winners:
            break
        if drawn not in known:
            raise Unmatched
        entry, ticket = known[drawn]
        why = fallen.get(entry.user)
        standing += why is None
        places.append(
            DrawnPlace.model_validate(
                {"user": entry.user, "post": entry.post, "ticket": ticket.hex(), "fallen": why}
            )
        )
    return tuple(places)


def _opened(
    commitments: Collection[bytes], collected: Sequence[ContestEntry], sign: SignAll
) -> dict[bytes, tuple[ContestEntry, bytes]]:
    """The entries that these commitments stand for, with their tickets."""
    tickets = sign([each.user for each in collected])
    opened = (
        (commitment(ticket, entry), (entry, ticket))
        for entry, ticket in zip(collected, tickets, strict=True)
    )
    return {committed: entry for committed, entry in opened if committed in commitments}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnResults:
    """What a draw came to. `drawn` is when it may be public, as files write it."""

    drawn: str
    round: int
    closing_post: str
    signature: bytes
    places: tuple[DrawnPlace, ...]

    def as_yaml(self, listed: ListedEntries, handles: Mapping[str, str]) -> str:
        """The whole file; `handles` by user id."""
        winners = ", ".join(handles[place.user] for place in self.places if place.fallen is None)
        places = "".join(f"    - {_place(place)}\n" for place in self.places)
        return (
            "# Proposed by `runner draw`. Whoever reviews it may move `drawn`, and nothing else.\n"
            f"drawn: {self.drawn}\n"
            f"round: {self.round}\n"
            f"{listed.as_yaml()}"
            f"winners: [{winners}]\n"
            "proof:\n"
            f'  closing-post: "{self.closing_post}"\n'
            f"  signature: {self.signature.hex()}\n"
            f"  places:\n{places}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiredResults:
    """What is left of results when their proof is no longer kept: nobody, but that it was drawn."""

    draw: Draw
    proof: DrawProof
    on: date

    def as_yaml(self) -> str:
        draw = self.draw
        listed = ListedEntries(
            digest=draw.digest or "",
            entries=draw.entries or 0,
            commit=draw.commit,
            coverage=draw.coverage,
        )
        return (
            "# `runner forget` has removed who won, as the terms say.\n"
            f"drawn: {draw.drawn}\n"
            f"round: {draw.round}\n"
            f"{listed.as_yaml()}"
            "proof:\n"
            f'  closing-post: "{self.proof.closing_post}"\n'
            f"  signature: {self.proof.signature}\n"
            f"  expired: {self.on}\n"
        )


def _place(place: DrawnPlace) -> str:
    fallen = f", fallen: {place.fallen}" if place.fallen else ""
    return f'{{user: "{place.user}", post: "{place.post}", ticket: "{place.ticket}"{fallen}}}'


def list_of(
    charter: Charter,
    public_key: bytes,
    announcement: str,
    entries: Sequence[ContestEntry],
    sign: SignAll,
) -> EntryList:
    """The list of these entries, each with its ticket."""
    tickets = sign([each.user for each in entries])
    committed = map(commitment, tickets, entries)
    return EntryList(
        charter=charter,
        public_key=public_key,
        announcement=announcement,
        commitments=ordered(committed),
    )


def why_not_of(
    listed: EntryList, collected: Iterable[Collection[ContestEntry]], sign: SignAll
) -> str | None:
    """What is wrong with a published list that none of these collections gives; None where one of
    them does. Whoever may push could have published another list in ours' place."""
    there, why = frozenset(listed.commitments), None
    tickets: dict[str, bytes] = {}
    for entries in collected:
        new = sorted({each.user for each in entries} - tickets.keys())
        tickets |= zip(new, sign(new), strict=True)
        meant = {commitment(tickets[each.user], each) for each in entries}
        if meant == there:
            return None
        why = why or (
            f"it lacks {len(meant - there):,} of the entries that were collected, and holds "
            f"{len(there - meant):,} that were not"
        )
    return why or "nothing was collected that it could be made of"
