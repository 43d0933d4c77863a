"""Values that exist only later, and that no template may look at, now or then: the other posts of a
campaign, its draw, and the moments that come of the draw."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Final

from runner.ledger import Key
from runner.models import Campaign, Supplement, redraw_of
from runner.problems import Message
from runner.render.request import RenderRequest
from runner.templating import (
    DIGEST,
    DIGEST_STAND_IN,
    ENTRIES_STAND_IN,
    HANDLE_STAND_IN,
    ID_STAND_IN,
    LINK_STAND_IN,
    ROUND_STAND_IN,
    Bag,
    Evaluation,
    OpaqueMoment,
    Spoken,
    TemplateFault,
)

_SOME_MOMENT: Final = datetime(2028, 9, 27, 22, 58, tzinfo=UTC)
"""Of those that are not known yet: a Wednesday in September, which is long in most languages."""


def siblings_of(request: RenderRequest, evaluation: Evaluation) -> Bag:
    """The value of `posts` in a template: `posts["announce"].url`, and `.id`."""
    posts: dict[str, object] = {}
    for name in request.file.campaign.posts:
        shown = partial(_sibling, request, evaluation, name)
        posts[name] = posts[name.replace("-", "_")] = shown
    return Bag(posts, noun="post")


def _sibling(request: RenderRequest, evaluation: Evaluation, name: str) -> Bag:
    key = key_of(request, name)
    if isinstance(key, str):
        help = "link to a post that goes out once, before this one"
        raise TemplateFault(Message("no-link", key, help), name)
    out = request.posted.get(name)

    def value(what: str, stand_in: str, known: str | None) -> Spoken:
        if known is None:
            evaluation.awaits[key] = None
        return evaluation.later(what, stand_in, known)

    return Bag(
        {
            "id": partial(value, f"id of {name}", ID_STAND_IN, out.id if out else None),
            "url": partial(value, f"link to {name}", LINK_STAND_IN, out.url if out else None),
        }
    )


def key_of(request: RenderRequest, name: str) -> Key | str:
    """The key of another post of the campaign on the same account, or why it has none."""
    own = request.occurrence.key
    post = request.file.campaign.posts[name]
    if name == own.post:
        return "a post has no link to itself"
    if post.every:
        return f"`{name}` recurs, so there is no one link to it"
    if post.repost:
        return f"`{name}` shares another post, so it has no link of its own"
    return Key(own.account, own.campaign, name)


def draw_of(request: RenderRequest, evaluation: Evaluation) -> Bag | None:
    """`draw.winners`, `.successors`, `.alternates`, `.round`, `.digest`, `.entries`, and of its
    supplement `.supplement` and `.supplemented`; None where nothing is drawn.
    The lists are lists like others: as long as the campaign declares, then as its result says."""
    campaign = request.file.campaign
    if campaign.kind != "contest":
        return None
    draw = request.file.draw

    def names(noun: str, count: int, known: Sequence[str] | None) -> list[Spoken]:
        found: Sequence[str | None] = [None] * count if known is None else known
        return [
            evaluation.value_of_draw(f"{noun} {place}", HANDLE_STAND_IN, handle)
            for place, handle in enumerate(found, start=1)
        ]

    round = str(draw.round) if draw and draw.round is not None else None
    digest = (draw.digest or None) if draw else None
    entries = str(draw.entries) if draw and draw.entries is not None else None
    winners = (draw.winners or None) if draw else None
    alternates = draw.alternates if draw and draw.drawn else None
    redraw = redraw_of(request.post.at.anchor if request.post.at else None)
    places = draw.proof.places if draw and draw.proof else ()  # none, once they are forgotten
    is_redrawn = draw and places and len(draw.redrawn) >= (redraw or 1)
    successors = draw.successors(redraw) if draw and is_redrawn else None
    return Bag(
        {
            "winners": partial(names, "winner", campaign.winners, winners),
            "successors": partial(names, "successor", 1, successors),
            "alternates": partial(names, "alternate", campaign.alternates, alternates),
            "round": partial(evaluation.value_of_draw, "round of the draw", ROUND_STAND_IN, round),
            "entries": partial(
                evaluation.value_of_draw, "number of entries", ENTRIES_STAND_IN, entries
            ),
            "digest": partial(evaluation.value_of_draw, DIGEST, DIGEST_STAND_IN, digest),
            **_supplement(draw.supplement if draw else None, evaluation),
        }
    )


def _supplement(added: Supplement | None, evaluation: Evaluation) -> dict[str, object]:
    """What a supplement of the list comes to."""
    digest = added.digest if added else None
    entries = str(added.entries) if added else None
    value = evaluation.value_of_draw
    return {
        "supplement": partial(value, "digest of the supplement", DIGEST_STAND_IN, digest),
        "supplemented": partial(value, "number of all entries", ENTRIES_STAND_IN, entries),
    }


def comes_of_a_draw(name: str, campaign: Campaign) -> bool:
    """Whether an anchor is `drawn`, or stands on it."""
    if None not in campaign.own_anchors.values():
        return False
    known = campaign.anchors
    passed: list[str] = []
    while name in known and name not in passed:
        if (when := known[name]) is None:
            return True
        passed.append(name)
        name = when.anchor or ""
    return False


def opaque(name: str, moment: date | None, request: RenderRequest) -> OpaqueMoment:
    """A moment that no template may look at; None where it is not known yet."""
    some = _SOME_MOMENT.astimezone(request.zone)
    return OpaqueMoment(name, some if moment is None else moment, known=moment is not None)


def opaque_due(request: RenderRequest) -> OpaqueMoment | None:
    """The due instant of a post whose time comes of a draw, as a template sees it, before the draw
    and after; None for other posts."""
    campaign, post = request.file.campaign, request.post
    stands_on = (post.at.anchor or "",) if post.at else ("starts", campaign.opening_anchor, "ends")
    if not any(comes_of_a_draw(name, campaign) for name in stands_on):
        return None
    due = request.occurrence.due.astimezone(request.zone)
    return opaque("at", None if request.occurrence.awaits else due, request)
