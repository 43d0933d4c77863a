"""Posts that say the same as one that went out under another name, since a post, a file or a slot
was renamed."""

from datetime import UTC

from runner.ledger import Facts, Key, Standing
from runner.plan.renamed import LOOKS_BACK, Renamed
from runner.render import RenderedPost
from runner.schedule import Occurrence


def same_under_another_name(
    occurrence: Occurrence, post: RenderedPost, facts: Facts
) -> Renamed | None:
    """Why a person has to say whether it is out already; None when nothing speaks for that."""
    key = occurrence.key
    since = occurrence.due.astimezone(UTC) - LOOKS_BACK
    says = {part.repost or part.text for part in post.parts} - {""}
    texts = {part.text_digest for part in post.parts if part.text or part.repost}
    for sent in facts.journal:
        if sent.key == key:
            return Renamed(because="its account's journal says that it is out", former=key)
        if sent.at >= since and _is_same(sent.key, key, alike=sent.text in texts):
            because = f"the same went out as `{sent.key}`: was it renamed?"
            return Renamed(because=because, former=sent.key)
    for standing in facts.unsettled:
        alike = bool(says & _attempted_contents(standing))
        if standing.may_be_out and _is_same(standing.key, key, alike=alike):
            because = f"`{standing.key}` says the same, and may be out: was it renamed?"
            return Renamed(because=because, former=standing.key)
    return _crowded_date(occurrence, facts)


def _is_same(other: Key, key: Key, *, alike: bool) -> bool:
    """Whether one may be the other's new name; `alike` when they say the same."""
    if other.account != key.account or other.is_answer:
        return False
    if (other.campaign, other.post) != (key.campaign, key.post):
        return alike
    # two of a rhythm may say the same, and are told apart by their dates
    return not (other.nominal and key.nominal)


def _attempted_contents(standing: Standing) -> set[object]:
    """What an attempt says that no journal has while it is in doubt."""
    parts = standing.opening.parts if standing.opening else ()
    return {part.get("repost") or part.get("text") for part in parts}


def _crowded_date(occurrence: Occurrence, facts: Facts) -> Renamed | None:
    """A date with more occurrences than its rhythm declares: one at a slot that is gone."""
    key, slots = occurrence.key, occurrence.post.slots
    if key.nominal is None or slots is None:
        return None
    day = key.nominal[:10]
    gone_out = {
        other.nominal: other
        for other, standing in facts.standings.items()
        if other.undated == key.undated
        and (other.nominal or "").startswith(f"{day}.")
        and standing.may_be_out
    }
    declared = {f"{day}.{slot}" for slot in slots}
    extra = sorted(other for nominal, other in gone_out.items() if nominal not in declared)
    if not extra:
        return None
    because = f"{day} had a post at a slot that is gone: was the slot renamed?"
    return Renamed(because=because, former=extra[0])
