"""What a check of a draw came to, in plain words."""

from collections.abc import Iterator
from typing import Final

from runner.contest.published import PublishedDraw, Verdict, Verification
from runner.models import EntriesSeen
from runner.views.phrases import count
from runner.x_facts import post_address


def verification_as_text(
    checked: Verification, published: PublishedDraw, handle: str, *, names: tuple[str, ...]
) -> str:
    """Each step, and what the verdict is worth."""
    steps = [f"{number}. {held}" for number, held in enumerate(checked.held, start=1)]
    if checked.wrong is not None:
        steps.append(f"{len(steps) + 1}. DOES NOT HOLD: {checked.wrong}")
    worth = _worth(checked.verdict, published, handle, names)
    if checked.wrong is None and published.is_rehearsal:
        worth = _REHEARSAL.format(worth)
    return "\n".join([*steps, *_coverage(published.draw.coverage), "", worth])


def _coverage(coverage: EntriesSeen | None) -> Iterator[str]:
    """What the organiser says to have seen; nothing shows that it is so."""
    if coverage:
        posts = count(coverage.seen, "post was", "posts were")
        left = ", ".join(f"{why}: {number}" for why, number in coverage.excluded.items())
        judged = f"not counted: {left}" if left else "all of them count"
        yield f"By the organiser's word, {posts} seen{_of_x(coverage)}; {judged}."


def _of_x(coverage: EntriesSeen) -> str:
    if coverage.counted is None:
        return ""
    missing = coverage.counted - coverage.seen
    unseen = f", {missing:,} of them never shown" if missing > 0 else ""
    return f", of {coverage.counted:,} that X counts{unseen}"


_VERIFIED: Final = """\
verified{}: the draw was not steered after its list was closed.
{}"""
_ASSERTED: Final = """\
asserted{}: the draw was not steered after its list was closed; that what X does not show any more
was an entry is the organiser's word.
{}"""
_CONSISTENT: Final = """\
consistent: all that was published fits together. The draw was not steered after its list was closed
if, as anyone can see on X:
{}
{}"""
_EXPIRED: Final = """\
expired{}: the list was closed before anybody could know the round. Who was in which place was
removed, as the terms say, and can't be checked any more."""
_REHEARSAL: Final = """\
rehearsal: everybody has the key that has signed its round, so that this proves nothing. Of a round
of the beacon it would say:
{}"""
_LIMITS: Final = "It does not show that each entry is another person, nor that none was left out."


def _worth(verdict: Verdict, published: PublishedDraw, handle: str, names: tuple[str, ...]) -> str:
    match verdict:
        case Verdict.VERIFIED:
            return _VERIFIED.format(_late(published), _LIMITS)
        case Verdict.ASSERTED:
            return _ASSERTED.format(_late(published), _LIMITS)
        case Verdict.CONSISTENT:
            return _CONSISTENT.format(_left_to_see(published, handle, names), _LIMITS)
        case Verdict.EXPIRED:
            return _EXPIRED.format(_late(published))
        case Verdict.FALSE:
            return "false: what was published does not hold, so this draw proves nothing."


def _late(published: PublishedDraw) -> str:
    days = published.round.days_late
    return f", {count(days, 'day')} late (earlier draws may have been seen)" if days else ""


def _left_to_see(published: PublishedDraw, handle: str, names: tuple[str, ...]) -> str:
    """Which posts are still to be looked at on X, where X was not asked."""
    standing = (place for place in published.proof.places if place.fallen is None)
    look_at = (
        (published.entries.announcement, handle, published.promised.code),
        (published.proof.closing_post, handle, published.draw.digest),
        *_of_a_supplement(published, handle),
        *((place.post, name, None) for place, name in zip(standing, names, strict=False)),
    )
    return "\n".join(_seen_on_x(*each) for each in look_at)


def _of_a_supplement(
    published: PublishedDraw, handle: str
) -> Iterator[tuple[str, str, str | None]]:
    post, supplement = published.proof.supplement, published.draw.supplement
    if post and supplement:
        yield post, handle, supplement.digest


def _seen_on_x(post: str, handle: str, carries: str | None) -> str:
    return f"- {post_address(post)} is of @{handle}" + (
        f", and carries {carries}" if carries else ""
    )
