"""Rules of how media are described."""

from collections.abc import Iterator
from posixpath import basename

from runner.media import MediaKind, kind_of
from runner.render import RenderedMedia
from runner.rules.context import Proof, RuleContext
from runner.rules.places import media_place
from runner.rules.rule import Breach, rule
from runner.text import ALT_TEXT_LIMIT, is_blank


@rule("missing-alt", of_one_post=True)
def missing_alt(context: RuleContext) -> Iterator[Breach]:
    """Every picture says what it shows.

    People who don't see the picture have its description read to them; without one the post tells
    them nothing. A film has none on X.

    Write it as `alt`, in the language of the post: what there is to see, in a sentence or two.
    """
    for proof, index, number, medium in media_in(context):
        if is_blank(medium.alt or "") and kind_of(medium.type) is not MediaKind.VIDEO:
            yield missing_alt.breach(
                text=f"`{basename(medium.path)}` does not say what it shows",
                place=media_place(proof, index, number),
                help=_describe(proof, context),
                about=(proof.occurrence,),
                alike="",
            )


def _describe(proof: Proof, context: RuleContext) -> str:
    """How to write it: for each language in which the campaign goes out."""
    known = context.project.accounts
    accounts = [known[name].locale for name in proof.file.campaign.on if name in known]
    locale = proof.declared.locale or proof.file.campaign.locale
    locales = [locale] if locale else list(dict.fromkeys(accounts))
    if len(locales) == 1:
        return f"add it in `{locales[0]}`: `alt: what there is to see`"
    each = ", ".join(f"{name}: what there is to see" for name in locales)
    return f"add it in each language: `alt: {{{each}}}`"


@rule("alt-too-long", of_one_post=True)
def alt_too_long(context: RuleContext) -> Iterator[Breach]:
    """A picture's description has at most 1,000 characters.

    X refuses a longer one.

    Say what matters for the post; the rest belongs into its text.
    """
    for proof, index, number, medium in media_in(context):
        length = len(medium.alt or "")
        if length > ALT_TEXT_LIMIT:
            yield alt_too_long.breach(
                text=f"the description of `{basename(medium.path)}` is too long: {length:,} of "
                f"{ALT_TEXT_LIMIT:,}, remove {length - ALT_TEXT_LIMIT:,}",
                place=media_place(proof, index, number, alt=True),
                help="shorten it",
                about=(proof.occurrence,),
                alike=proof.post.locale,
            )


def media_in(context: RuleContext) -> Iterator[tuple[Proof, int, int, RenderedMedia]]:
    """Each medium, with its post, the number of its part and its own."""
    for proof, index, part in context.parts():
        for number, medium in enumerate(part.media):
            yield proof, index, number, medium
