"""Rules of mentions: who is meant by an `@name`, and whether X lets us say it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from runner.models import CampaignFile, Partner, Project
from runner.problems import Severity, Suggestion
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, word_place
from runner.rules.rule import Breach, Guesses, rule
from runner.rules.tags import LONGEST_HANDLE, broken_mentions
from runner.text import handles_like
from runner.value import Value

MOST = 10
"""Handles of one text that are told of at most."""


@rule("unknown-handle", Severity.WARNING, of_one_post=True)
def unknown_handle(context: RuleContext) -> Iterator[Breach]:
    """A post mentions only handles that the project knows.

    A handle with a typo is somebody else's, who is told of the post. Known are the project's
    accounts, its partners, the winners of the campaign's contest, and who is listed in runner.yaml:
    `rules: {unknown-handle: {known: [riga_lv]}}`.

    Mend the handle, write the name without the `@`, or add it under `partners` in runner.yaml, with
    the `relationship` that they have to you, which may be `none`.
    """
    book, guesses = _KnownHandles.of(context.project), Guesses()
    for proof, index, part in context.parts():
        if handles_like(part.text) <= book.known.keys():
            continue
        cut = {linked.lstrip("@＠") for _, linked in broken_mentions(part.text)}
        for handle in _first(context.handles_in(part.text)):
            known = handle.casefold() in book.known or handle.casefold() in _winners(proof.file)
            if (
                known or handle in cut or len(handle) > LONGEST_HANDLE
            ):  # `not-a-mention` tells the last two
                continue
            near = guesses.suggest(handle.casefold(), book.known)
            yield unknown_handle.breach(
                text=f"{part_name(proof, index)} mentions @{handle}, neither an account of the "
                "project nor a partner",
                place=word_place(proof, index, f"@{handle}"),
                help=Suggestion(f"@{book.known[near.name]}")
                if near
                else "write the name without the `@`; if they agreed to it, add them under "
                "`partners` in runner.yaml",
                about=(proof.occurrence,),
            )


@rule("mention-may-be-refused", Severity.WARNING, of_one_post=True)
def mention_may_be_refused(context: RuleContext) -> Iterator[Breach]:
    """A post mentions only people who agreed to it.

    On all tiers but Enterprise, X may refuse a post that mentions somebody who takes no part in the
    conversation; it did so in February 2026, and has relaxed it since, without saying for how long
    (https://docs.x.com/changelog, 2026-02-23, read 2026-08-22). Of those whom the project knows,
    this concerns who is only listed under `unknown-handle`, and partners whose agreement is over.

    Write the name without the `@`; or, if they agreed, add them under `partners` in runner.yaml.
    X can't see such agreements; to be warned of all partners, write
    `rules: {mention-may-be-refused: {partners: true}}`.
    """
    book = _KnownHandles.of(context.project)
    for proof, index, part in context.parts():
        if context.project.accounts[proof.account].tier == "enterprise":
            continue
        likely = {h: _why_refused(h, proof, book) for h in handles_like(part.text)}
        for handle in _first(context.handles_in(part.text)) if any(likely.values()) else ():
            why = likely.get(handle.casefold())
            if why:
                yield mention_may_be_refused.breach(
                    text=f"X may refuse {part_name(proof, index)}: it mentions @{handle}, {why}",
                    place=word_place(proof, index, f"@{handle}"),
                    help="write the name without the `@`, or say why it may be: "
                    "`ignore: {mention-may-be-refused: the reason}`",
                    about=(proof.occurrence,),
                )


class _KnownHandles(Value, kw_only=True):
    """The handles that a project knows, by their casefolded form."""

    known: dict[str, str]
    accounts: frozenset[str]
    partners: dict[str, tuple[str, Partner]]
    even_partners: bool

    @classmethod
    def of(cls, project: Project) -> "_KnownHandles":
        accounts = [account.handle for account in project.accounts.values()]
        partners = [partner.handle for partner in project.partners.values()]
        listed = project.rules.unknown_handle.known
        return cls(
            known={handle.casefold(): handle for handle in (*listed, *partners, *accounts)},
            accounts=frozenset(handle.casefold() for handle in accounts),
            partners={p.handle.casefold(): (id, p) for id, p in project.partners.items()},
            even_partners=project.rules.mention_may_be_refused.partners,
        )


def _why_refused(handle: str, proof: Proof, book: _KnownHandles) -> str | None:
    """Why X may refuse a post that mentions this handle; None where it has no reason to, and where
    the project does not know the handle."""
    if handle in book.accounts or handle in _winners(proof.file) or handle not in book.known:
        return None
    if handle not in book.partners:
        return "who is no partner"
    id, partner = book.partners[handle]
    if book.even_partners:
        return "and can't see that they agreed"
    is_over = partner.until is not None and proof.occurrence.due.date() > partner.until
    # the rule expired-partner tells of the campaign's own partner
    if is_over and proof.file.campaign.partner != id:
        return f"whose agreement ends on {partner.until}"
    return None


def _first(handles: Iterable[str]) -> Iterable[str]:
    """The first handles of a text, each once: as many as are told at a time."""
    return islice(dict.fromkeys(handles), MOST)


def _winners(file: CampaignFile) -> frozenset[str]:
    """The handles of winners and alternates, casefolded."""
    drawn = (*file.draw.winners, *file.draw.alternates) if file.draw else ()
    return frozenset(handle.casefold() for handle in drawn)
