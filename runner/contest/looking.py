"""Looking on X for what the published draw alone can't show: who wrote an entry, and whether it
still stands."""

from collections.abc import Sequence

from runner.contest.ports import NotShown, PostReader, ShownPost
from runner.contest.published import Mismatch, PublishedDraw, Verdict, Verification
from runner.contest.verifying import verify
from runner.reading import NotRead


def verify_on_x(
    published: PublishedDraw, handle: str, winners: Sequence[str], reader: PostReader
) -> Verification:
    """Checks a draw, and looks at the announcement, the closing post and the winners' entries."""
    checked = verify(published)
    if checked.verdict is Verdict.FALSE:
        return checked
    seen: list[str] = []
    try:
        verdict = _look(published, handle, winners, reader, seen)
    except Mismatch as mismatch:
        return Verification(Verdict.FALSE, (*checked.held, *seen), str(mismatch))
    return Verification(verdict, (*checked.held, *seen))


def _look(
    published: PublishedDraw,
    handle: str,
    winners: Sequence[str],
    reader: PostReader,
    seen: list[str],
) -> Verdict:
    """Adds to `seen` what X shows. Raises Mismatch for a post that is another's, that says
    something else, or that dates nothing any more."""
    proof = published.proof
    posts = [
        ("announcement", published.entries.announcement, published.promised.code),
        ("closing post", proof.closing_post, published.entries.digest),
    ]
    if proof.supplement:
        posts.append(("supplement", proof.supplement, published.drawn_from.digest))
    for what, id, carried in posts:
        shown = reader.show(id)
        if isinstance(shown, NotRead):
            return _unread(shown, seen)
        if isinstance(shown, NotShown):
            raise Mismatch(f"X shows no {what} {id} any more, so that nothing dates the draw.")
        _expect_author(f"The {what} {id}", shown, handle)
        if carried not in shown.text:
            raise Mismatch(f"The {what} {id} does not carry {carried}.")
        seen.append(f"X shows the {what} {id}: it is of @{handle}, and carries {carried}.")
    verdict = Verdict.EXPIRED if published.proof.expired else Verdict.VERIFIED
    standing = [place.post for place in published.proof.places if place.fallen is None]
    for id, winner in zip(standing, winners, strict=True):
        shown = reader.show(id)
        if isinstance(shown, NotRead):
            return _unread(shown, seen)
        if isinstance(shown, NotShown):
            verdict = Verdict.ASSERTED
            seen.append(f"X does not show the entry {id} of @{winner} any more.")
            continue
        _expect_author(f"The entry {id}", shown, winner)
        seen.append(f"X shows the entry {id}: it is of @{winner}.")
    return verdict


def _expect_author(what: str, shown: ShownPost, handle: str) -> None:
    if shown.author.casefold() != handle.casefold():
        raise Mismatch(f"{what} is of @{shown.author}, and not of @{handle}.")


def _unread(shown: NotRead, seen: list[str]) -> Verdict:
    seen.append(f"X could not be asked any further: {shown.because}.")
    return Verdict.CONSISTENT
