"""What the rules across campaigns need to know of each campaign, taken from its rendered posts."""

import re
from collections import defaultdict
from collections.abc import Iterator

from runner.models import CampaignFile, Project, locales_for
from runner.rules.compiled_post import (
    CampaignFacts,
    CompiledDate,
    CompiledPart,
    CompiledPost,
    CompiledRing,
    digest,
)
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, text_place
from runner.rules.template_use import locales_of, stems_of
from runner.templating import PLACEHOLDER
from runner.text import nfc

ENOUGH = 12
"""Letters from which on a text is more than a greeting."""
_INNER_DOT = re.compile(r"\w\.\w")


def campaign_facts(context: RuleContext) -> tuple[CampaignFacts, ...]:
    """The facts of each campaign that the context has."""
    proofs: dict[str, list[Proof]] = defaultdict(list)
    for proof in context.proofs:
        proofs[proof.path].append(proof)
    return tuple(_facts(file, tuple(proofs[file.path]), context.project) for file in context.files)


def _facts(file: CampaignFile, proofs: tuple[Proof, ...], project: Project) -> CampaignFacts:
    by_post: dict[tuple[str, str], list[Proof]] = defaultdict(list)
    for proof in proofs:
        by_post[proof.account, proof.key.post].append(proof)
    spoken = {name: _languages_spoken(name, file, project) for name in file.campaign.posts}
    asked = {(stem, locales) for name, locales in spoken.items() for stem in stems_of(name, file)}
    return CampaignFacts(
        path=file.path,
        posts=tuple(_post(each) for each in by_post.values()),
        templates=tuple(sorted(asked)),
        locales=tuple(sorted({each for locales in spoken.values() for each in locales})),
    )


def _languages_spoken(name: str, file: CampaignFile, project: Project) -> tuple[str, ...]:
    """The languages of a post, each with those that stand in for it."""
    own = locales_of(file.campaign.posts[name], file, project)
    return tuple(sorted({each for locale in own for each in locales_for(locale)}))


def _post(proofs: list[Proof]) -> CompiledPost:
    """A post on one account, made of all its occurrences."""
    first = proofs[0]
    file, post = first.file, first.declared
    sayings: dict[tuple[CompiledPart, ...], int] = {}
    dates = tuple(_dates(proofs, sayings))
    promotes = post.promotional
    return CompiledPost(
        account=first.account,
        campaign=file.id,
        name=first.key.post,
        path=file.path,
        is_draft=first.occurrence.is_draft,
        promotes=file.campaign.is_promotional if promotes is None else promotes,
        ignored=tuple(post.ignore),
        ring=_ring(first),
        sayings=tuple(sayings),
        dates=dates,
    )


def _dates(
    proofs: list[Proof], sayings: dict[tuple[CompiledPart, ...], int]
) -> Iterator[CompiledDate]:
    known: dict[tuple[str | None, tuple[str, ...]], int] = {}
    for proof in proofs:
        words = proof.post.item, tuple(part.repost or part.text for part in proof.post.parts)
        if words not in known:
            known[words] = sayings.setdefault(tuple(_parts(proof)), len(sayings))
        yield CompiledDate(
            due=proof.occurrence.due.isoformat(),
            slot=_slot(proof),
            item=proof.post.item,
            saying=known[words],
        )


def _slot(proof: Proof) -> int | None:
    every, nominal = proof.declared.every, proof.key.nominal
    if nominal is None:
        return None
    slot = nominal.partition(".")[2]
    return every.slots.index(slot) if every and slot in every.slots else 0


def _parts(proof: Proof) -> Iterator[CompiledPart]:
    for index, part in enumerate(proof.post.parts):
        is_known = not any(PLACEHOLDER.format(each) in part.text for each in proof.post.lacks)
        words = (part.repost or part.text.strip()) if is_known else ""
        gist = _gist(part.text) if is_known and part.repost is None else ""
        place = text_place(proof, index)
        yield CompiledPart(
            name=part_name(proof, index),
            path=place.path,
            route=place.route,
            on_key=place.on_key,
            said=digest(words) if words else None,
            gist=digest(gist) if len(gist) >= ENOUGH else None,
        )


def _ring(proof: Proof) -> CompiledRing | None:
    listed = proof.file.items.get(proof.key.post)
    if listed is None or len(listed.indexes) < len(listed.items):
        return None
    return CompiledRing(size=len(listed.items), has_rest=proof.declared.rest is not None)


def _gist(text: str) -> str:
    """What is left of a text without links, hashtags, digits, emoji, punctuation and capitals."""
    plain = nfc(text).casefold()
    if "." in plain or "#" in plain or "＃" in plain:
        plain = "".join(word for word in plain.split() if not _is_link_or_tag(word))
    return "".join(filter(str.isalpha, plain))


def _is_link_or_tag(word: str) -> bool:
    return "#" in word or "＃" in word or ("." in word and bool(_INNER_DOT.search(word)))
