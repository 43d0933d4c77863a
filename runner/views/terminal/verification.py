"""What a check of a draw came to, in plain words."""

from typing import Final

from runner.contest.verifying import PublishedDraw, Verdict, Verification
from runner.views.phrases import count


def verification_as_text(
    checked: Verification, published: PublishedDraw, handle: str, *, names: tuple[str, ...]
) -> str:
    """Each step, and what the verdict is worth."""
    steps = [f"{number}. {held}" for number, held in enumerate(checked.held, start=1)]
    if checked.wrong is not None:
        steps.append(f"{len(steps) + 1}. DOES NOT HOLD: {checked.wrong}")
    return "\n".join([*steps, "", _worth(checked.verdict, published, handle, names)])


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
    """What is left to look at where X was not asked."""
    standing = (place for place in published.proof.places if place.fallen is None)
    look_at = (
        (published.entries.announcement, handle, published.promised.code),
        (published.proof.closing_post, handle, published.draw.digest),
        *((place.post, name, None) for place, name in zip(standing, names, strict=False)),
    )
    return "\n".join(_seen_on_x(*each) for each in look_at)


def _seen_on_x(post: str, handle: str, carries: str | None) -> str:
    return f"- https://x.com/i/status/{post} is of @{handle}" + (
        f", and carries {carries}" if carries else ""
    )
