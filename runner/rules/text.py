"""Rules of text: what a post has to say, and what it had better not."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from runner.campaign import CampaignFile
from runner.problems import Severity
from runner.project import Project
from runner.rules.places import named, text_place
from runner.rules.rule import Finding, rule
from runner.rules.scene import Proof, Scene

RECENTLY = timedelta(days=7)


@rule("empty-text")
def empty_text(scene: Scene) -> Iterator[Finding]:
    """A post says or shows something.

    X refuses a post that has neither a text nor media; a poll needs its question, too. A text is
    empty when its template has nothing to say, as when all of it stands in an `{% if %}`.

    Write a text, or add media.
    """
    for proof, index, part in scene.parts():
        if not part.text.strip() and not part.media:
            yield Finding(
                message=f"{named(proof, index)} has nothing to say",
                place=text_place(proof, index),
                help="write the question of the poll" if part.poll else "write a text",
                about=(proof.occurrence,),
                alike=proof.post.locale,
            )


@rule("too-many-hashtags", Severity.WARNING)
def too_many_hashtags(scene: Scene) -> Iterator[Finding]:
    """A post has few hashtags.

    Many hashtags read like spam, to people and to X. In a thread each part counts by itself.

    Remove the least useful ones. `rules: {too-many-hashtags: {at-most: 2}}` in runner.yaml says how
    many there may be.
    """
    most = scene.project.rules.too_many_hashtags.at_most
    for proof, index, part in scene.parts():
        if part.text.count("#") + part.text.count("＃") <= most:
            continue
        tags = scene.linked(part.text, "hashtag")
        if len(tags) > most:
            yield Finding(
                message=f"{named(proof, index)} has {len(tags)} hashtags of {most}: "
                f"{' '.join(tags)}",
                place=text_place(proof, index),
                help=f"remove {len(tags) - most}",
                about=(proof.occurrence,),
            )


@rule("too-many-cashtags")
def too_many_cashtags(scene: Scene) -> Iterator[Finding]:
    """A post has one cashtag at most.

    X makes a cashtag, the sign of a share or a currency, of every `$WORD`, and refuses posts with
    two of them.

    Write the others without the `$`.
    """
    for proof, index, part in scene.parts():
        tags = scene.linked(part.text, "cashtag") if part.text.count("$") > 1 else ()
        if len(tags) > 1:
            yield Finding(
                message=f"{named(proof, index)} has {len(tags)} cashtags, and X takes one: "
                f"{' '.join(tags)}",
                place=text_place(proof, index),
                help=f"write {' and '.join(tag[1:] for tag in tags[1:])} without the `$`",
                about=(proof.occurrence,),
            )


@rule("unasked-mention", Severity.WARNING)
def unasked_mention(scene: Scene) -> Iterator[Finding]:
    """A post mentions only accounts that agreed to it.

    X lets a program mention people only when they asked for it or take part already, and may refuse
    other mentions. So a post may mention the project's own accounts, its partners, and the winners
    of the campaign's contest.

    Write the name without the `@`; or, if they agreed, add them under `partners` in runner.yaml,
    with the `relationship` that they have to you, which may be `none`.
    """
    ours = _handles_of(scene.project)
    for proof, index, part in scene.parts():
        for handle in scene.mentioned(part.text):
            if handle.casefold() not in ours and handle.casefold() not in _winners(proof.file):
                yield Finding(
                    message=f"{named(proof, index)} mentions @{handle}, neither an account of "
                    "the project nor a partner",
                    place=text_place(proof, index),
                    help="write the name without the `@`; if they agreed to it, add them under "
                    "`partners` in runner.yaml",
                    about=(proof.occurrence,),
                )


@rule("same-text", Severity.WARNING)
def same_text(scene: Scene) -> Iterator[Finding]:
    """An account does not say the same again within 7 days.

    X refuses a text that an account has posted recently, without saying how long recently is, and
    takes accounts that repeat themselves for spam. Sharing the same post again counts, too.

    Say it in other words, give a rhythm `items`, or let more time pass.
    """
    for proofs in scene.accounts.values():
        last: dict[str, tuple[datetime, Proof]] = {}
        for proof in proofs:
            for index, part in enumerate(proof.post.parts):
                said = part.repost or part.text.strip()
                if not said:
                    continue
                due = proof.occurrence.due
                when, before = last.get(said, (due, proof))
                if (
                    before is not proof
                    and due.timestamp() - when.timestamp() < RECENTLY.days * 86400
                ):
                    yield _again(proof, index, before)
                last[said] = due, proof


def _handles_of(project: Project) -> frozenset[str]:
    accounts = {account.handle for account in project.accounts.values()}
    partners = {partner.handle for partner in project.partners.values()}
    return frozenset(handle.casefold() for handle in accounts | partners)


def _winners(file: CampaignFile) -> frozenset[str]:
    drawn = (*file.draw.winners, *file.draw.alternates) if file.draw else ()
    return frozenset(handle.casefold() for handle in drawn)


def _again(proof: Proof, index: int, before: Proof) -> Finding:
    earlier = f"{before.occurrence.due:%Y-%m-%d %H:%M}"
    itself = before.declared is proof.declared
    speaker = "it" if itself else named(before)
    return Finding(
        message=f"{named(proof, index)} says what {speaker} said on `{proof.account}` at {earlier}",
        place=text_place(proof, index),
        help="say it in other words, or let a week pass",
        about=(proof.occurrence, before.occurrence),
        alike=f"{before.file.id}/{before.occurrence.key.post}",
    )
