"""The rule of what is left in a text by a tool or a hurry."""

from collections.abc import Iterator

from runner.problems import Severity
from runner.rules.context import RuleContext
from runner.rules.leftover_patterns import says_nothing, slips
from runner.rules.places import part_name, part_place, text_place, word_place
from runner.rules.rule import Breach, rule


@rule("text-leftovers", Severity.WARNING, of_one_post=True)
def text_leftovers(context: RuleContext) -> Iterator[Breach]:
    """A text holds nothing that another format, a tool or a hurry has left in it.

    X shows plain text: `\\n` and `Caf\\u00e9` written out, `&amp;`, `<br>`, `**bold**`, `~~old~~`
    and `:rocket:` go out as they stand. So do places that nobody has filled, `[NAME]`, `{name}`,
    `%s` and `XXX`, words such as “insert link here”, the name of a picture's file, an address with
    a space in it, letters that were read in the wrong encoding, and a list that `>` has joined into
    one line. A word that mixes Latin and Cyrillic letters is found by no search. A picture is
    described by what is on it, not by the name of its file.

    Write what people should read; or, if it is meant, say so:
    `ignore: {text-leftovers: the reason}`.
    """
    for proof, index, part in context.parts():
        about = (proof.occurrence,)
        offer = proof.file.campaign.offer
        for slip in slips(part.text):
            if offer and offer.code and slip.found in offer.code:
                continue  # which `unclear-offer` tells where it is written
            yield text_leftovers.breach(
                text=f"{part_name(proof, index)} holds {slip.what}: `{slip.found}`",
                place=word_place(proof, index, slip.found),
                help=slip.help,
                about=about,
                alike=f"{slip.found} {proof.post.locale}",
            )
        for number, media in enumerate(part.media):
            if media.alt and says_nothing(media.alt):
                listed = proof.declared.thread[index] if proof.declared.thread else proof.declared
                yield text_leftovers.breach(
                    text=f"the description of {media.path} says nothing: `{media.alt}`",
                    place=part_place(proof, index, "media", number, "alt")
                    if listed.media
                    else text_place(proof, index),
                    help="say what is on it: `alt: A blue jacket on a hanger`",
                    about=about,
                    alike=media.path,
                )
