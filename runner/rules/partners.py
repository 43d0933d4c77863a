"""Rules of partners: who is paid is disclosed, and nobody longer than agreed."""

import re
from collections.abc import Iterator, Mapping

from runner.models import PROJECT_FILE, Partner, Project, in_locale
from runner.problems import Place, Suggestion, suggest
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, post_place, text_place, time_place
from runner.rules.rule import Breach, rule
from runner.text import handles_like, nfc


@rule("unknown-partner")
def unknown_partner(context: RuleContext) -> Iterator[Breach]:
    """The partner of a campaign is one of the project.

    Disclosure follows from what runner.yaml says of the partner.

    Mend the name, or add the partner under `partners` in runner.yaml.
    """
    partners = context.project.partners
    for file in context.files:
        id = file.campaign.partner
        if id is not None and id not in partners:
            owner = _by_handle(id, partners)
            near = Suggestion(owner) if owner else suggest(id, partners)
            yield unknown_partner.breach(
                text=f"there is no partner `{id}` in {PROJECT_FILE}",
                place=Place(path=file.path, route=("partner",)),
                help=near
                or f"add it: `partners: {{{id}: {{handle: …, name: …, relationship: paid}}}}`",
            )


def _by_handle(handle: str, partners: Mapping[str, Partner]) -> str | None:
    bare = handle.removeprefix("@").casefold()
    return next((id for id, each in partners.items() if each.handle.casefold() == bare), None)


@rule("expired-partner", of_one_post=True)
def expired_partner(context: RuleContext) -> Iterator[Breach]:
    """A campaign with a partner ends with the agreement.

    After the last day, `until` in runner.yaml, nobody agreed to be named any more.

    Move the post, or, once the agreement is longer, write its new last day.
    """
    for proof in context.proofs:
        id = proof.file.campaign.partner
        partner = context.project.partners.get(id) if id else None
        day = proof.occurrence.due.date()
        if proof.occurrence.awaits:
            continue
        if id and partner and partner.until and day > partner.until:
            yield expired_partner.breach(
                text=f"`{proof.occurrence.key.post}` is due on {day}, and the agreement with "
                f"`{id}` ends on {partner.until}",
                place=time_place(proof.occurrence),
                help=f"move it, or renew `until` of `{id}` in {PROJECT_FILE}",
                about=(proof.occurrence,),
                alike=id,
            )


@rule("undisclosed-partner", of_one_post=True)
def undisclosed_partner(context: RuleContext) -> Iterator[Breach]:
    """A post with or about a partner who gives something says so.

    The law and X ask for it wherever somebody paid, gave a gift, or gives a share of the sales.
    Each post of such a partner's campaign holds the words that `disclosure` in runner.yaml has for
    the relationship and the language, as words of their own; so does every other post that mentions
    the partner while the agreement lasts. Of a thread: the first part, and each that mentions the
    partner. X's own label (`paid-partnership`) stays on. Reposts are exempt.

    Add the words to the text, in the language of the post. Standard templates begin with them.
    """
    givers = {id: p for id, p in context.project.partners.items() if p.relationship != "none"}
    id_of = {partner.handle.casefold(): id for id, partner in givers.items()}
    for proof, index, part in context.parts():
        handles = handles_like(part.text) & id_of.keys()
        if handles:
            handles &= {handle.casefold() for handle in context.handles_in(part.text)}
        for id in _to_disclose(proof, index, {id_of[h] for h in handles}, givers):
            partner = givers[id]
            words = _words_of(partner, proof, context.project)
            if words is None:
                yield _no_words(partner, proof)
            elif not _holds(part.text, words):
                yield undisclosed_partner.breach(
                    text=f"{part_name(proof, index)} does not disclose `{id}`, whose relationship "
                    f"is `{partner.relationship}`",
                    place=text_place(proof, index),
                    help=f'begin the text with it, in quotes: `text: "{words} …"`',
                    about=(proof.occurrence,),
                    alike=f"{id} {proof.post.locale}",
                )
        if index == 0:
            yield from _label_off(proof, context.project)


def _to_disclose(
    proof: Proof, index: int, mentioned: set[str], givers: Mapping[str, Partner]
) -> list[str]:
    """Whom a part has to disclose: of those who give something."""
    own, day = proof.file.campaign.partner, proof.occurrence.due.date()
    found = {id for id in mentioned if id == own or day <= (givers[id].until or day)}
    if own is not None and own in givers and index == 0:
        found.add(own)
    return sorted(found)


def _words_of(partner: Partner, proof: Proof, project: Project) -> str | None:
    try:
        return in_locale(project.disclosure[partner.relationship], proof.post.locale) or None
    except LookupError:
        return None


def _no_words(partner: Partner, proof: Proof) -> Breach:
    kind, locale = partner.relationship, proof.post.locale
    return undisclosed_partner.breach(
        text=f"there are no words that disclose `{kind}` in `{locale}`",
        place=Place(path=PROJECT_FILE, route=("disclosure", kind)),
        help=f'add them: `disclosure: {{{kind}: {{{locale}: "#…"}}}}`',
        about=(proof.occurrence,),
    )


def _holds(text: str, words: str) -> bool:
    """Whether the words stand in the text by themselves, in capitals or not."""
    sought = re.escape(nfc(words).strip().casefold())
    return bool(re.search(rf"(?<![\w@/]){sought}(?!\w)", nfc(text).casefold()))


def _label_off(proof: Proof, project: Project) -> Iterator[Breach]:
    id = proof.file.campaign.partner
    partner = project.partners.get(id) if id else None
    if partner and partner.relationship != "none" and proof.declared.paid_partnership is False:
        yield undisclosed_partner.breach(
            text=f"`{proof.occurrence.key.post}` switches X's label for paid partnerships off, "
            f"and the relationship of `{id}` is `{partner.relationship}`",
            place=post_place(proof.occurrence, "paid-partnership"),
            help="remove `paid-partnership: false`",
            about=(proof.occurrence,),
        )
