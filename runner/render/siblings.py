"""The other posts of a campaign, and its draw, as a post's template sees them: what is not there
yet is a placeholder."""

from functools import partial

from runner.ledger import Key
from runner.render.faults import Fault
from runner.render.scene import Scene
from runner.render.values import (
    DIGEST_STAND_IN,
    HANDLE_STAND_IN,
    ID_STAND_IN,
    LINK_STAND_IN,
    ROUND_STAND_IN,
    Bag,
    Later,
)
from runner.render.workshop import Order


def siblings_of(order: Order, scene: Scene) -> Bag:
    """`posts["announce"].url`, and `.id`."""
    posts: dict[str, object] = {}
    for name in order.occurrence.file.campaign.posts:
        shown = partial(_sibling, order, scene, name)
        posts[name] = posts[name.replace("-", "_")] = shown
    return Bag(posts, noun="post")


def _sibling(order: Order, scene: Scene, name: str) -> Bag:
    key = key_of(order, name)
    if isinstance(key, str):
        raise Fault("no-link", key, "link to a post that goes out once, before this one", name)
    out = order.posted.get(name)
    return Bag(
        {
            "id": out.id if out else partial(_awaited, scene, key, f"id of {name}", ID_STAND_IN),
            "url": out.url
            if out
            else partial(_awaited, scene, key, f"link to {name}", LINK_STAND_IN),
        }
    )


def key_of(order: Order, name: str) -> Key | str:
    """The key of another post of the campaign on the same account, or why it has none."""
    own = order.occurrence.key
    post = order.occurrence.file.campaign.posts[name]
    if name == own.post:
        return "a post has no link to itself"
    if post.every:
        return f"`{name}` recurs, so there is no one link to it"
    if post.repost:
        return f"`{name}` shares another post, so it has no link of its own"
    return Key(own.account, own.campaign, name)


def _awaited(scene: Scene, key: Key, name: str, stand_in: str) -> Later:
    scene.awaits[key] = None
    return scene.later(name, stand_in)


def draw_of(order: Order, scene: Scene) -> Bag | None:
    """`draw.winners`, `.alternates`, `.round`, `.digest`; None where nothing is drawn."""
    campaign = order.occurrence.file.campaign
    if campaign.kind != "contest":
        return None
    draw = order.occurrence.file.draw

    def winners(noun: str, count: int) -> list[Later]:
        names = [f"{noun} {place}" for place in range(1, count + 1)]
        return [scene.lacking(name, HANDLE_STAND_IN) for name in names]

    return Bag(
        {
            "winners": list(draw.winners)
            if draw and draw.winners
            else partial(winners, "winner", campaign.winners),
            "alternates": list(draw.alternates)
            if draw
            else partial(winners, "alternate", campaign.alternates),
            "round": draw.round
            if draw and draw.round is not None
            else partial(scene.lacking, "round of the draw", ROUND_STAND_IN),
            "digest": draw.digest
            if draw and draw.digest
            else partial(scene.lacking, "digest of the draw", DIGEST_STAND_IN),
        }
    )
