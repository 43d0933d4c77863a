"""Rules of repetition: what is said again, word for word or nearly, and by whom."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from runner.problems import Place, Severity
from runner.rules.context import Proof, RuleContext
from runner.rules.moments import apart, said, shown, written
from runner.rules.places import named, text_place
from runner.rules.rule import Breach, Stage, rule
from runner.schedule import item_id
from runner.schedule.checks import most_within
from runner.text.characters import nfc

ENOUGH = 12
"""Letters from which on a text is more than a greeting."""
_INNER_DOT = re.compile(r"\w\.\w")


@rule("duplicate-text", Severity.WARNING)
def duplicate_text(context: RuleContext) -> Iterator[Breach]:
    """An account does not say the same again within 7 days.

    X refuses a text that an account has posted recently, without saying how long recently is
    (https://github.com/akrherz/iembot/issues/163, 2026-02-12), and takes accounts that repeat
    themselves for spam. Sharing the same post again counts, too.

    Say it in other words, give a rhythm `items`, or let more time pass. How long is set in
    runner.yaml: `rules: {duplicate-text: {within: 7d}}`.
    """
    within = context.project.rules.duplicate_text.within
    for proofs in context.accounts.values():
        last: dict[str, Proof] = {}
        for proof in proofs:
            for index, part in enumerate(proof.post.parts):
                words = part.repost or part.text.strip()
                before = last.get(words, proof)
                if words and before is not proof and _between(before, proof) < within:
                    again = _is_same_item(before, proof)
                    yield (
                        _again(before, proof, proofs, within)
                        if again
                        else _same(before, proof, index, within)
                    )
                last[words] = proof


def _same(before: Proof, proof: Proof, index: int, within: timedelta) -> Breach:
    return duplicate_text.breach(
        text=f"{named(proof, index)} says what {_speaker(before, proof)} said "
        f"on `{proof.account}` at {shown(before.occurrence.due)}",
        place=text_place(proof, index),
        help=f"say it in other words, or let {said(within)} pass",
        about=(proof.occurrence, before.occurrence),
        alike=_pair(before),
    )


def _is_same_item(before: Proof, proof: Proof) -> bool:
    """Whether a ring of items came round; in one that names an item twice, that is the cause."""
    if proof.post.item is None or proof.post.item != before.post.item:
        return False
    items = proof.file.items[proof.occurrence.key.post].items
    is_ring = len({item_id(item) for item in items}) == len(items)
    return is_ring and before.declared is proof.declared


def _again(before: Proof, proof: Proof, proofs: tuple[Proof, ...], within: timedelta) -> Breach:
    """Told once of a post: a ring that is too small is one cause, however many items it has."""
    name, rest = proof.occurrence.key.post, proof.declared.rest
    own = [each.occurrence.due for each in proofs if each.declared is proof.declared]
    count = len(proof.file.items[name].items)
    missing = max(most_within([due.replace(tzinfo=None) for due in own], within) - count, 1)
    add = f"add {missing} item{'s' * (missing > 1)}, or take fewer days or slots"
    return duplicate_text.breach(
        text=f"{named(proof, 0)} says each of its {count} items again after "
        f"{said(_between(before, proof))}, and {said(within)} have to pass",
        place=Place(path=proof.file.path, route=("posts", name, "rest" if rest else "items")),
        help=f"{add}; then write `rest: {written(within)}`" if rest else add,
        about=(proof.occurrence, before.occurrence),
        alike=proof.account,
    )


@rule("near-duplicate-text", Severity.WARNING)
def near_duplicate_text(context: RuleContext) -> Iterator[Breach]:
    """No account says nearly what it, or another account of the project, said within 7 days.

    X forbids duplicative or substantially similar posts on one account or over several accounts
    (https://help.x.com/en/rules-and-policies/x-automation, read 2026-08-03). Two texts are nearly
    the same when only links, digits, emoji, hashtags, punctuation or capitals tell them apart. The
    same in another language is another text.

    Say it in other words, or on one account only. How long is set in runner.yaml:
    `rules: {near-duplicate-text: {within: 7d}}`.
    """
    within = context.project.rules.near_duplicate_text.within
    keys: dict[str, str] = {}
    heard: dict[str, tuple[tuple[Proof, str], ...]] = {}
    for proof in sorted((p for p in context.proofs if p.goes_out), key=_instant):
        for index, part in enumerate(proof.post.parts):
            if part.repost is not None:
                continue
            if part.text not in keys:
                keys[part.text] = _key(part.text)
            key = keys[part.text]
            if len(key) < ENOUGH:
                continue
            recent = heard.get(key, ())
            before = _similar(recent, proof, part.text, within)
            if before:
                yield _nearly(proof, index, before)
            heard[key] = _remembered(recent, proof, part.text)


@rule("repeated-text", Severity.WARNING, Stage.PLAN)
def repeated_text(context: RuleContext) -> Iterator[Breach]:
    """A post does not say what its account has said within 7 days.

    What went out counts even when the files no longer have it: X remembers it, and refuses the same
    text again. What the files still have is `duplicate-text`, whose setting holds here, too:
    `rules: {duplicate-text: {within: 7d}}`.

    Say it in other words, or let more time pass.
    """
    within = context.project.rules.duplicate_text.within
    declared = {occurrence.key for occurrence in context.present.occurrences}
    journal = [sent for sent in context.present.facts.journal if sent.key not in declared]
    sent_at = {(sent.key.account, sent.text): sent.at for sent in journal}
    if not sent_at:
        return
    for account, proofs in context.accounts.items():
        for proof in proofs:
            for index, part in enumerate(proof.post.parts):
                at = sent_at.get((account, part.text_digest))
                due = proof.occurrence.due
                if at and (part.repost or part.text) and apart(at, due) < within:
                    yield repeated_text.breach(
                        text=f"{named(proof, index)} says what went out on `{account}` at "
                        f"{shown(at.astimezone(due.tzinfo))}",
                        place=text_place(proof, index),
                        help=f"say it in other words, or let {said(within)} pass",
                        about=(proof.occurrence,),
                        alike=account,
                    )


def _key(text: str) -> str:
    """What is left of a text without links, hashtags, digits, emoji, punctuation and capitals."""
    plain = nfc(text).casefold()
    if "." in plain or "#" in plain or "＃" in plain:
        plain = "".join(word for word in plain.split() if not _is_link_or_tag(word))
    return "".join(filter(str.isalpha, plain))


def _is_link_or_tag(word: str) -> bool:
    return "#" in word or "＃" in word or ("." in word and bool(_INNER_DOT.search(word)))


Heard = tuple[tuple[Proof, str], ...]
"""Who said something last, and with which words; and who before them on another account."""


def _similar(recent: Heard, proof: Proof, text: str, within: timedelta) -> Proof | None:
    """Who said nearly the same lately; what one account repeats word for word is another rule's."""
    for before, words in recent:
        is_own = before.account == proof.account
        if _between(before, proof) < within and not (is_own and words == text):
            return before
    return None


def _remembered(recent: Heard, proof: Proof, text: str) -> Heard:
    other = next((each for each in recent if each[0].account != proof.account), None)
    return ((proof, text), other) if other else ((proof, text),)


def _nearly(proof: Proof, index: int, before: Proof) -> Breach:
    when = f"`{before.account}` at {shown(before.occurrence.due)}"
    is_own = before.account == proof.account
    here = "" if is_own else f" on `{proof.account}`"
    return near_duplicate_text.breach(
        text=f"{named(proof, index)} says{here} nearly what {_speaker(before, proof)} said on "
        f"{when}",
        place=text_place(proof, index),
        help="say it in other words, not only with other digits, tags or marks"
        if is_own
        else "say it in other words, or on one of the two accounts only",
        about=(proof.occurrence, before.occurrence),
        alike=_pair(before),
    )


def _speaker(before: Proof, proof: Proof) -> str:
    if before.declared is proof.declared:
        return "it"
    is_elsewhere = before.file is not proof.file
    return f"{named(before)} of `{before.file.id}`" if is_elsewhere else named(before)


def _pair(before: Proof) -> str:
    return f"{before.file.id}/{before.occurrence.key.post}"


def _between(before: Proof, proof: Proof) -> timedelta:
    return apart(before.occurrence.due, proof.occurrence.due)


def _instant(proof: Proof) -> tuple[float, str]:
    due: datetime = proof.occurrence.due
    return due.timestamp(), str(proof.occurrence.key)
