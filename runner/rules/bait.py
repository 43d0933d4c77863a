"""The rule of bait: nothing begs for reposts, likes and follows."""

from collections.abc import Iterator

from runner.problems import Place, Severity
from runner.rules.bait_words import bait_in
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, word_place
from runner.rules.rule import Breach, rule


@rule("engagement-bait", Severity.WARNING)
def engagement_bait(context: RuleContext) -> Iterator[Breach]:
    """A post does not beg for reposts, likes or follows, and a contest asks something sincere.

    X labels what does, “repost and follow to win” above all, and shows it to nobody who does not
    follow the account yet (https://github.com/xai-org/x-algorithm, as of September 2026). What is
    said is looked for in Latvian, Spanish, Russian and English. A contest that is entered by a
    repost asks for nothing else, so it is told of at `how`.

    Ask a question that you want to read the answers to: `entry: {how: reply}`, and in
    `vars: {question: …}` the question of the standard announcement. Or give the reason:
    `ignore: {engagement-bait: the reason}`.
    """
    for proof in (*context.proofs, *context.others):
        yield from _begging(proof)
        if _asks_for_reposts(proof):
            yield engagement_bait.breach(
                text="the contest is entered by a repost, which X may take for begging",
                place=Place(path=proof.path, route=("entry", "how")),
                help="ask a question that people answer: `how: reply`",
                about=(proof.occurrence,),
            )


def _begging(proof: Proof) -> Iterator[Breach]:
    for index, part in enumerate(proof.post.parts):
        pattern = bait_in(part.text, proof.post.locale) if part.repost is None else None
        found = pattern.search(part.text) if pattern else None
        if found:
            yield engagement_bait.breach(
                text=f"{part_name(proof, index)} begs (“{found[0]}”), for which X hides posts",
                place=word_place(proof, index, found[0]),
                help="ask a question that you want to read the answers to",
                about=(proof.occurrence,),
                alike=f"{proof.post.locale} {found[0]}",
            )


def _asks_for_reposts(proof: Proof) -> bool:
    campaign = proof.file.campaign
    return (
        campaign.kind == "contest"
        and campaign.entry.how == "repost"
        and proof.occurrence.key.post == campaign.announcement
    )
