"""Rules of repetition: what is said again, word for word or nearly, and by whom."""

from collections.abc import Iterator
from datetime import timedelta

from runner.durations import apart, as_written, in_words
from runner.problems import Place, Severity
from runner.rules.compiled_post import CompiledPart, DatedPost
from runner.rules.context import Proof
from runner.rules.places import as_local, part_name, text_place
from runner.rules.plan_context import PlanContext, PlannedPost
from runner.rules.project_context import ProjectContext
from runner.rules.rule import Breach, plan_rule, project_rule
from runner.schedule import most_within

Heard = tuple[tuple[DatedPost, CompiledPart], ...]
"""Who said something last, and with which words; and who before them on another account."""


@project_rule("duplicate-text", Severity.WARNING)
def duplicate_text(context: ProjectContext) -> Iterator[Breach]:
    """An account does not say the same again within 7 days.

    X refuses a text that an account has posted recently, without saying how long recently is
    (https://github.com/akrherz/iembot/issues/163, 2026-02-12), and takes accounts that repeat
    themselves for spam. Sharing the same post again counts, too.

    Say it in other words, give a rhythm `items`, or let more time pass. How long is set in
    runner.yaml: `rules: {duplicate-text: {within: 7d}}`.
    """
    within = context.project.rules.duplicate_text.within
    for posts in context.accounts.values():
        last: dict[int, DatedPost] = {}
        for dated in posts:
            for part in dated.parts:
                if part.said is None:
                    continue
                before = last.get(part.said)
                if before and before is not dated and apart(before.due, dated.due) < within:
                    yield (
                        _too_soon_breach(before, dated, posts, within)
                        if _is_same_item(before, dated)
                        else _same_breach(before, dated, part, within)
                    )
                last[part.said] = dated


def _same_breach(
    before: DatedPost, dated: DatedPost, part: CompiledPart, within: timedelta
) -> Breach:
    """The breach of a text that says what was said before."""
    return duplicate_text.breach(
        text=f"{part.name} says what {_speaker(before, dated)} said "
        f"on `{dated.key.account}` at {as_local(before.due)}",
        place=part.place,
        help=f"say it in other words, or let {in_words(within)} pass",
        about=(dated, before),
        alike=_pair(before),
    )


def _is_same_item(before: DatedPost, dated: DatedPost) -> bool:
    """Whether a ring of items came round; in one that names an item twice, that is the cause."""
    item = dated.date.item
    is_again = item is not None and item == before.date.item
    return is_again and dated.post.ring is not None and before.post is dated.post


def _too_soon_breach(
    before: DatedPost, dated: DatedPost, posts: tuple[DatedPost, ...], within: timedelta
) -> Breach:
    """The breach of a ring that is too small, told once of a post, however many items it has."""
    ring = dated.post.ring
    assert ring  # noqa: S101 — asked before
    own = [each.due.replace(tzinfo=None) for each in posts if each.post is dated.post]
    missing = max(most_within(own, within) - ring.size, 1)
    add = f"add {missing} item{'s' * (missing > 1)}, or take fewer days or slots"
    return duplicate_text.breach(
        text=f"{dated.parts[0].name} says each of its {ring.size} items again after "
        f"{in_words(apart(before.due, dated.due))}, and {in_words(within)} have to pass",
        place=dated.post.below("rest" if ring.has_rest else "items"),
        help=f"{add}; then write `rest: {as_written(within)}`" if ring.has_rest else add,
        about=(dated, before),
        alike=dated.key.account,
    )


@project_rule("near-duplicate-text", Severity.WARNING, of_all=True)
def near_duplicate_text(context: ProjectContext) -> Iterator[Breach]:
    """No account says nearly what it, or another account of the project, said within 7 days.

    X forbids duplicative or substantially similar posts on one account or over several accounts
    (https://help.x.com/en/rules-and-policies/x-automation, read 2026-08-03). Two texts are nearly
    the same when only links, digits, emoji, hashtags, punctuation or capitals tell them apart. The
    same in another language is another text.

    Say it in other words, or on one account only. How long is set in runner.yaml:
    `rules: {near-duplicate-text: {within: 7d}}`.
    """
    within = context.project.rules.near_duplicate_text.within
    heard: dict[int, Heard] = {}
    for dated in context.in_order:
        for part in dated.parts:
            if part.gist is None:
                continue
            recent = heard.get(part.gist, ())
            before = _similar(recent, dated, part, within)
            if before:
                yield _nearly(dated, part, before)
            heard[part.gist] = _heard_of(recent, dated, part)


@plan_rule("repeated-text", Severity.WARNING)
def repeated_text(context: PlanContext) -> Iterator[Breach]:
    """A post does not say what its account has said within 7 days.

    What went out counts even when the files no longer have it: X remembers it, and refuses the same
    text again. What the files still have is `duplicate-text`, whose setting holds here, too:
    `rules: {duplicate-text: {within: 7d}}`.

    Say it in other words, or let more time pass.
    """
    within = context.project.rules.duplicate_text.within
    declared = {occurrence.key for occurrence in context.today.occurrences}
    journal = [sent for sent in context.today.facts.journal if sent.key not in declared]
    sent_at = {(sent.key.account, sent.text): sent.at for sent in journal}
    if not sent_at:
        return
    for account, proofs in context.accounts.items():
        for proof in proofs:
            for index, part in enumerate(proof.post.parts):
                at = sent_at.get((account, part.text_digest))
                due = proof.occurrence.due
                if at and (part.repost or part.text) and apart(at, due) < within:
                    place, name = _written(proof, index, context)
                    yield repeated_text.breach(
                        text=f"{name} says what went out on `{account}` at "
                        f"{as_local(at.astimezone(due.tzinfo))}",
                        place=place,
                        help=f"say it in other words, or let {in_words(within)} pass",
                        about=(proof.occurrence,),
                        alike=account,
                    )


def _written(planned: PlannedPost, index: int, context: PlanContext) -> tuple[Place, str]:
    """Where a part is written, and what people call it."""
    file = context.opened(planned.occurrence)
    if file is None:
        return planned.place, f"`{planned.key.post}`"
    proof = Proof(occurrence=planned.occurrence, post=planned.post, file=file)
    return text_place(proof, index), part_name(proof, index)


def _similar(
    recent: Heard, dated: DatedPost, part: CompiledPart, within: timedelta
) -> DatedPost | None:
    """Who said nearly the same lately; what one account repeats word for word is another rule's."""
    for before, words in recent:
        is_own = before.post.account == dated.post.account
        if apart(before.due, dated.due) < within and not (is_own and words.said == part.said):
            return before
    return None


def _heard_of(recent: Heard, dated: DatedPost, part: CompiledPart) -> Heard:
    account = dated.post.account
    other = next((each for each in recent if each[0].post.account != account), None)
    return ((dated, part), other) if other else ((dated, part),)


def _nearly(dated: DatedPost, part: CompiledPart, before: DatedPost) -> Breach:
    when = f"`{before.key.account}` at {as_local(before.due)}"
    is_own = before.key.account == dated.key.account
    here = "" if is_own else f" on `{dated.key.account}`"
    return near_duplicate_text.breach(
        text=f"{part.name} says{here} nearly what {_speaker(before, dated)} said on {when}",
        place=part.place,
        help="say it in other words, not only with other digits, tags or marks"
        if is_own
        else "say it in other words, or on one of the two accounts only",
        about=(dated, before),
        alike=_pair(before),
    )


def _speaker(before: DatedPost, dated: DatedPost) -> str:
    if _pair(before) == _pair(dated):
        return "it"
    name = before.parts[0].name
    is_elsewhere = before.key.campaign != dated.key.campaign
    return f"{name} of `{before.key.campaign}`" if is_elsewhere else name


def _pair(dated: DatedPost) -> str:
    return f"{dated.key.campaign}/{dated.key.post}"
