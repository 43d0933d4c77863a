"""Checking a draw from nothing but what is public: each step in plain words, and a verdict."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial

from runner.charter import Charter
from runner.contest.eligibility import is_in_time, is_too_young
from runner.contest.entries import ContestEntry
from runner.contest.entry_list import drawn_places
from runner.contest.published import Mismatch, PublishedDraw, PublishedList, Verdict, Verification
from runner.contest.states import settled_at
from runner.contest.tickets import commitment, fingerprint, is_ticket
from runner.models import DrawnPlace
from runner.schedule import latest_supplement
from runner.value import replace
from runner.x_facts import instant

_Check = tuple[str, Callable[[], str]]
"""A step, behind the key of the results that it is about."""


def verify(published: PublishedDraw) -> Verification:
    """Checks step by step, up to the first that does not hold."""
    checked = _checked((*_of_a_list(published), *_of_a_draw(published)))
    is_left = checked.verdict is Verdict.CONSISTENT and published.proof.expired
    return replace(checked, verdict=Verdict.EXPIRED) if is_left else checked


def verify_list(published: PublishedList) -> Verification:
    """Whether a list holds that nobody has drawn from yet."""
    return _checked(_of_a_list(published))


def _checked(checks: Iterable[_Check]) -> Verification:
    held: list[str] = []
    for about, check in checks:
        try:
            held.append(check())
        except Mismatch as mismatch:
            return Verification(Verdict.FALSE, tuple(held), str(mismatch), about)
    return Verification(Verdict.CONSISTENT, tuple(held))


def _of_a_list(it: PublishedList) -> tuple[_Check, ...]:
    steps = (_charter, _key, _digest)
    found = tuple(("digest", partial(step, it)) for step in steps)
    return (*found, ("supplement", partial(_supplement, it))) if it.draw.supplement else found


def _of_a_draw(it: PublishedDraw) -> tuple[_Check, ...]:
    steps: Mapping[Callable[[PublishedDraw], str], str] = {
        _closing_post: "proof",
        _round: "round",
        **({_supplement_post: "proof"} if it.draw.supplement or it.proof.supplement else {}),
        _signature: "proof",
        _places: "proof",
        _winners: "winners",
    }
    return tuple((about, partial(step, it)) for step, about in steps.items())


def _charter(it: PublishedList) -> str:
    if it.entries.charter != it.promised:
        raise Mismatch(
            "The list's charter is not what the contest's file says: "
            f"{_difference(it.entries.charter, it.promised)}."
        )
    announced = instant(it.entries.announcement)
    if announced.timestamp() >= it.promised.closes:
        raise Mismatch(f"The contest was announced {announced:%Y-%m-%d %H:%M} UTC, after its end.")
    return (
        f"The rules are those that the code {it.promised.code} stands for, announced "
        f"{announced:%Y-%m-%d %H:%M} UTC."
    )


def _key(it: PublishedList) -> str:
    if fingerprint(it.entries.public_key) != it.promised.key:
        raise Mismatch("The list was made with another key than the one that was announced.")
    return f"The list was made with the key that was announced, {it.promised.key}."


def _digest(it: PublishedList) -> str:
    if it.entries.digest != it.draw.digest:
        stated = it.draw.digest or "none"
        raise Mismatch(f"The list's digest is {it.entries.digest}, and the results name {stated}.")
    count = len(it.entries.commitments)
    if count != it.draw.entries:
        number = it.draw.entries or "none"
        raise Mismatch(f"The list holds {count:,} entries, and the results name {number}.")
    return f"The list holds {count:,} entries, and its digest is {it.draw.digest}."


def _supplement(it: PublishedList) -> str:
    supplement, entries = it.draw.supplement, it.drawn_from
    digest, count = entries.digest, len(entries.commitments)
    if supplement is None or (supplement.digest, supplement.entries) != (digest, count):
        raise Mismatch(
            f"With its supplement the list holds {count:,} entries, and its digest is {digest}, "
            "which the results do not say."
        )
    added = count - len(it.entries.commitments)
    return (
        f"The supplement adds {added:,} that had been left out, and takes nobody away: the list "
        f"then holds {count:,}, and its digest is {digest}."
    )


def _supplement_post(it: PublishedDraw) -> str:
    if it.draw.supplement is None or it.proof.supplement is None:
        raise Mismatch("The results name a supplement, or the post that closed it, and not both.")
    closed = instant(it.proof.supplement)
    latest = latest_supplement(it.chain.instant(it.round.number))
    if not instant(it.proof.closing_post) < closed <= latest:
        raise Mismatch(
            f"The supplement was closed {closed:%Y-%m-%d %H:%M:%S} UTC, and not between the "
            f"closing post and {latest:%Y-%m-%d %H:%M:%S} UTC, six hours before the round."
        )
    return (
        f"The supplement was closed by the post {it.proof.supplement}, {closed:%Y-%m-%d %H:%M} UTC."
    )


def _closing_post(it: PublishedDraw) -> str:
    closed = instant(it.proof.closing_post)
    earliest = settled_at(it.promised.closes_at)
    if closed < earliest:
        raise Mismatch(
            f"The closing post is of {closed:%Y-%m-%d %H:%M:%S} UTC, before all entries could be "
            f"seen ({earliest:%H:%M:%S})."
        )
    return f"The list was closed by the post {it.proof.closing_post}, {closed:%Y-%m-%d %H:%M} UTC."


def _round(it: PublishedDraw) -> str:
    if it.round.number != it.draw.round:
        raise Mismatch(
            f"The round that decides is {it.round.number:,}, and the results name "
            f"{it.draw.round or 'none'}."
        )
    if it.round.days_late != (it.draw.days_late or 0):
        raise Mismatch(
            f"The results say `days-late: {it.draw.days_late or 0}`, and the round makes that "
            f"{it.round.days_late}."
        )
    at = it.chain.instant(it.round.number)
    text = f"Round {it.round.number:,} of the beacon decides, of {at:%Y-%m-%d %H:%M:%S} UTC"
    if it.round.days_late:
        days = f"{it.round.days_late} day{'s' * (it.round.days_late != 1)}"
        return f"{text}: {days} late, so that earlier draws may have been seen."
    return f"{text}: nobody knew it when the list was closed."


def _signature(it: PublishedDraw) -> str:
    beacon = "beacon of rehearsals" if it.is_rehearsal else "beacon"
    return f"The {beacon} has signed that round; it came to {it.randomness.hex()}."


def _places(it: PublishedDraw) -> str:
    if it.proof.expired:
        return _removed(it, it.proof.expired)
    drawn = drawn_places(it.drawn_from, it.randomness)
    for number, (place, meant) in enumerate(_pairs(it, drawn), start=1):
        ticket, entry = bytes.fromhex(place.ticket), ContestEntry(place.user, place.post)
        if not is_ticket(ticket, it.promised, place.user, it.entries.public_key):
            raise Mismatch(f"Place {number} has no ticket of the user {place.user}.")
        opened = commitment(ticket, entry)
        if opened[:32] != meant[:32]:
            raise Mismatch(f"The draw put somebody else in place {number} than {place.user}.")
        if opened != meant:
            raise Mismatch(f"The list means another post than {place.post} in place {number}.")
        _check_eligible(number, entry, it.promised)
    return f"The draw put these entries in its first {len(it.proof.places)} places."


def _removed(it: PublishedDraw, on: date) -> str:
    """Says when it was removed who was in which place. Raises Mismatch where that was while
    everyone should see it."""
    until = it.chain.instant(it.round.number) + timedelta(seconds=it.promised.keep)
    if on > it.today:
        raise Mismatch(f"Who was in which place is said to be removed on {on}, which is to come.")
    if on < until.date():
        raise Mismatch(
            f"Who was in which place is said to be removed on {on}, and had to stand there until "
            f"{until:%Y-%m-%d}."
        )
    return f"Who was in which place was removed on {on}, as the terms say."


def _pairs(it: PublishedDraw, drawn: tuple[bytes, ...]) -> list[tuple[DrawnPlace, bytes]]:
    if len(it.proof.places) > len(drawn):
        raise Mismatch(f"{len(it.proof.places)} places are named, and only {len(drawn)} can win.")
    return list(zip(it.proof.places, drawn, strict=False))


def _winners(it: PublishedDraw) -> str:
    if it.proof.expired:
        if it.draw.winners:
            raise Mismatch("The places were removed, and winners are named nevertheless.")
        return "Who won stands in the posts of the account, and can't be checked any more."
    places, charter = it.proof.places, it.promised
    standing = sum(place.fallen is None for place in places)
    most = min(charter.winners + charter.alternates, len(it.drawn_from.commitments))
    is_complete = standing == charter.winners and not places[-1].fallen
    if not is_complete and not (standing <= charter.winners and len(places) == most):
        raise Mismatch(f"{standing} of the {len(places)} places win, of {charter.winners} winners.")
    if len(it.draw.winners) != standing:
        raise Mismatch(f"{len(it.draw.winners)} winners are named, and {standing} places win.")
    win = "1 of them wins" if standing == 1 else f"{standing} of them win"
    if standing == len(places):
        return f"{win}; no place fell."
    return f"{win}; {len(places) - standing} fell, which is the organiser's word."


def _check_eligible(number: int, entry: ContestEntry, charter: Charter) -> None:
    """What ids alone tell of who may win."""
    if not is_in_time(entry, charter):
        raise Mismatch(f"The entry in place {number} is not of the time of the contest.")
    if is_too_young(entry, charter):
        raise Mismatch(f"The account in place {number} was too young to win.")


def _difference(one: Charter, other: Charter) -> str:
    lines = zip(*(each.encoded().decode().split("\n") for each in (one, other)), strict=True)
    return "; ".join(f"`{left}`, not `{right}`" for left, right in lines if left != right)
