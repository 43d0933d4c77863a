"""The rules of contests with a key: what a draw that anyone can check asks of their posts."""

from collections.abc import Iterator

from runner.charter import charter_of
from runner.models import CampaignFile, Contest
from runner.problems import Place
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, text_place
from runner.rules.rule import Breach, rule
from runner.templating import DIGEST, PLACEHOLDER


@rule("contest-code")
def contest_code(context: RuleContext) -> Iterator[Breach]:
    """The announcement of a contest with a `key` carries the contest's code.

    The code stands for all that the contest promises: rules, times, prize, key. Because X shows
    when the announcement was made, anyone can see later that none of it was changed. The
    announcement is the post that is due when the contest opens, else the one that is called
    `announce`. Standard templates carry the code.

    Write `{{ contest.code }}` into the announcement.
    """
    for file, contest in _contests_with_a_key(context):
        if contest.announcement not in contest.posts:
            yield contest_code.breach(
                text="the contest has a `key`, and no announcement to carry its code",
                place=Place(path=file.path, route=("posts",), on_key=True),
                help="add it to the posts: `announce: {at: opens}`",
            )
        charter = charter_of(file.id, contest, context.anchors.get(file.path, {}))
        for proof in _proofs_of(file, contest.announcement, context):
            if charter and not any(charter.code in part.text for part in proof.post.parts):
                yield contest_code.breach(
                    text=f"{part_name(proof)} announces a contest with a `key` and does not carry "
                    "its code",
                    place=text_place(proof, 0),
                    help="write `{{ contest.code }}` into its text",
                    about=(proof.occurrence,),
                )


@rule("contest-digest")
def contest_digest(context: RuleContext) -> Iterator[Breach]:
    """A contest with a `key` has a post `closed` that carries the digest of its list of entries.

    It is what fixes the list before anybody can know who is drawn, and it waits until there is one.
    It answers the announcement, so that whoever has entered finds it, and a second one beside it is
    seen. The standard template carries the digest, the number of entries, and when the draw is.

    Add `closed: {at: closes, reply-to: announce}`, or write `{{ draw.digest }}` into its text.

    Where the results name a supplement, a post `supplement` answers `closed`, with the digest of
    the list with it: `{{ draw.supplement }}`.
    """
    for file, contest in _contests_with_a_key(context):
        yield from _supplement(file, contest, context)
        announced = contest.announcement
        if contest.closing_post not in contest.posts:
            yield contest_digest.breach(
                text="the contest has a `key`, and no post `closed` to carry the digest of its "
                "list of entries",
                place=Place(path=file.path, route=("posts",), on_key=True),
                help=f"add it to the posts: `closed: {{at: closes, reply-to: {announced}}}`",
            )
        elif contest.posts[contest.closing_post].reply_to != announced:
            yield contest_digest.breach(
                text="the post `closed` of a contest with a `key` does not answer its announcement",
                place=Place(path=file.path, route=("posts", contest.closing_post), on_key=True),
                help=f"add `reply-to: {announced}`",
            )
        digest = file.draw.digest if file.draw else None
        carried = digest or PLACEHOLDER.format(DIGEST)
        for proof in _proofs_of(file, contest.closing_post, context):
            if not any(carried in part.text for part in proof.post.parts):
                yield contest_digest.breach(
                    text=f"{part_name(proof)} does not carry the digest of the list of entries",
                    place=text_place(proof, 0),
                    help="write `{{ draw.digest }}` into its text",
                    about=(proof.occurrence,),
                )


def _supplement(file: CampaignFile, contest: Contest, context: RuleContext) -> Iterator[Breach]:
    supplement, post = file.draw.supplement if file.draw else None, contest.supplement_post
    if supplement is None:
        return
    declared, closing = contest.posts.get(post), contest.closing_post
    if declared is None or declared.reply_to != closing:
        yield contest_digest.breach(
            text="the list has a supplement, and no post `supplement` that answers "
            f"`{closing}` with its digest",
            place=Place(path=file.path, route=("posts",), on_key=True),
            help=f"add it to the posts: `{post}: {{at: MOMENT, reply-to: {closing}}}`",
        )
    for proof in _proofs_of(file, post, context):
        if not any(supplement.digest in part.text for part in proof.post.parts):
            yield contest_digest.breach(
                text=f"{part_name(proof)} does not carry the digest of the supplemented list",
                place=text_place(proof, 0),
                help="write `{{ draw.supplement }}` into its text",
                about=(proof.occurrence,),
            )


def _contests_with_a_key(context: RuleContext) -> Iterator[tuple[CampaignFile, Contest]]:
    for file in context.files:
        if isinstance(file.campaign, Contest) and file.campaign.key:
            yield file, file.campaign


def _proofs_of(file: CampaignFile, post: str, context: RuleContext) -> Iterator[Proof]:
    for proof in context.proofs:
        if proof.file.path == file.path and proof.occurrence.key.post == post:
            yield proof
