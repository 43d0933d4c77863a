"""The rule of reach: what a post waits for can come."""

from collections.abc import Iterator, Mapping

from runner.ledger import Key
from runner.models import CampaignFile, Contest
from runner.problems import Place
from runner.rules.context import Proof, RuleContext
from runner.rules.places import as_local, part_name, post_place, text_place
from runner.rules.rule import Breach, rule
from runner.schedule import is_of_results


@rule("unreachable-post")
def unreachable_post(context: RuleContext) -> Iterator[Breach]:
    """A post does not wait for what can't come before it.

    What answers another post, or shows its link, waits until that one is out. It waits in vain when
    the other is a draft, is held, or is due later. A post that is due after the draw waits for
    entries; where people enter by an answer or a repost, something has to go out before it.

    Move one of the two, or let both be drafts, or both held.
    """
    by_key = {proof.occurrence.key: proof for proof in context.proofs}
    for proof in context.proofs:
        if proof.goes_out:
            for key in proof.post.awaits:
                yield from _in_vain(proof, key, by_key)
    for file in context.files:
        if isinstance(file.campaign, Contest) and not file.campaign.draft:
            yield from _nothing_to_enter(file, file.campaign)


def _in_vain(proof: Proof, key: Key, by_key: Mapping[Key, Proof]) -> Iterator[Breach]:
    other = by_key.get(key)
    declared = proof.file.campaign.posts[key.post]
    why = help = None
    if declared.draft:
        why, help = "which is a draft", f"make it a draft, too, or publish `{key.post}`"
    elif declared.hold and not proof.declared.hold:
        why, help = "which is held", "hold it, too: `hold: true`"
    elif other and other.occurrence.due.timestamp() > proof.occurrence.due.timestamp():
        why = f"which is due later, at {as_local(other.occurrence.due)}"
        help = f"move it after `{key.post}`"
    if why and help:
        yield unreachable_post.breach(
            text=f"{part_name(proof)} needs `{key.post}`, {why}",
            place=_needing(proof, key.post),
            help=help,
            about=(proof.occurrence,),
            alike=key.post,
        )


def _needing(proof: Proof, name: str) -> Place:
    """What makes the post wait: `reply-to`, or the text that shows the link."""
    if proof.declared.reply_to == name:
        return post_place(proof.occurrence, "reply-to")
    shown_as = (f"⟦link to {name}⟧", f"⟦id of {name}⟧")
    for index, part in enumerate(proof.post.parts):
        if any(each in part.text for each in shown_as):
            return text_place(proof, index)
    return text_place(proof, 0)


def _nothing_to_enter(file: CampaignFile, contest: Contest) -> Iterator[Breach]:
    """A draw of what nobody can have answered."""
    drawn = {
        name: post
        for name, post in contest.posts.items()
        if post.at and is_of_results(post.at.anchor)
    }
    if contest.entry.how not in ("reply", "repost"):
        return
    if any(not post.draft for name, post in contest.posts.items() if name not in drawn):
        return
    what = "answer" if contest.entry.how == "reply" else "repost"
    for name, post in drawn.items():
        if not post.draft:
            yield unreachable_post.breach(
                text=f"`{name}` waits for a draw, and before it there is no post to {what}",
                place=Place(path=file.path, route=("posts", name, "at")),
                help="announce the contest: `announce: {at: opens}`",
                declared=(post,),
            )
