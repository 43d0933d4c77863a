"""What a check of a draw came to, in plain words."""

from runner.contest.verifying import PublishedDraw, Verdict, Verification


def verification_as_text(
    checked: Verification, published: PublishedDraw, handle: str, *, names: tuple[str, ...]
) -> str:
    """Each step, and what the verdict is worth."""
    steps = [f"{number}. {held}" for number, held in enumerate(checked.held, start=1)]
    if checked.wrong is not None:
        steps.append(f"{len(steps) + 1}. DOES NOT HOLD: {checked.wrong}")
    match checked.verdict:
        case Verdict.CONSISTENT:
            worth = _consistent(published, handle, names)
        case Verdict.FALSE:
            worth = "false: what was published does not fit together, so this draw proves nothing."
    return "\n".join([*steps, "", worth])


_WORTH = """\
consistent: all that was published fits together. X was not asked. The draw was not steered after
its list was closed if, as anyone can see on X:
{}
It does not show that each entry is another person, nor that none was left out.\
"""


def _consistent(published: PublishedDraw, handle: str, names: tuple[str, ...]) -> str:
    """What is left to look at, since X was not asked."""
    standing = (place for place in published.proof.places if place.fallen is None)
    look_at = (
        (published.entries.announcement, handle, published.promised.code),
        (published.proof.closing_post, handle, published.draw.digest),
        *((place.post, name, None) for place, name in zip(standing, names, strict=False)),
    )
    return _WORTH.format("\n".join(_seen_on_x(*each) for each in look_at))


def _seen_on_x(post: str, handle: str, carries: str | None) -> str:
    return f"- https://x.com/i/status/{post} is of @{handle}" + (
        f", and carries {carries}" if carries else ""
    )
