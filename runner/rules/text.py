"""Rules of text: what a post has to say, what it had better not, and what a hurry left in it."""

from collections.abc import Iterator

from runner.problems import Severity
from runner.rules.context import RuleContext
from runner.rules.leftover_patterns import kinds_in, says_nothing, slips
from runner.rules.places import part_name, part_place, text_place, word_place
from runner.rules.rule import Breach, rule
from runner.text import as_spans, hidden_characters_message, invisible_characters, is_blank


@rule("empty-text", of_one_post=True)
def empty_text(context: RuleContext) -> Iterator[Breach]:
    """A post says or shows something.

    X refuses a post that has neither a text nor media; a poll needs its question, too. A text is
    empty when its template has nothing to say, as when all of it stands in an `{% if %}`, and when
    nothing of it can be seen.

    Write a text, or add media.
    """
    for proof, index, part in context.parts():
        if is_blank(part.text) and not part.media:
            yield empty_text.breach(
                text=f"{part_name(proof, index)} has nothing to say",
                place=text_place(proof, index),
                help="write the question of the poll" if part.poll else "write a text",
                about=(proof.occurrence,),
                alike=proof.post.locale,
            )


@rule("hidden-character", of_one_post=True)
def hidden_character(context: RuleContext) -> Iterator[Breach]:
    """What goes out has no character that nobody sees.

    Such a character hides words from the reviewer, turns a text around, or makes two posts look
    alike, and some of them X refuses. What an emoji is made of stays: a joiner within one that
    exists, one variation selector behind a character that takes it, the tags of the flags of
    England, Scotland and Wales. So do all spaces, and the joiners that Arabic and Indic scripts
    need. Where a file holds such a character itself, or makes it by an escape such as `\\u200b`,
    it is marked there, and can't be ignored; this rule looks at what templates put together.

    Delete it. An emoji or a flag that fell apart is chosen anew.
    """
    for proof, index, part in context.parts():
        found = invisible_characters(part.text)
        if found:
            message, help = hidden_characters_message(part.text[slice(*as_spans(found)[0])])
            yield hidden_character.breach(
                text=f"{part_name(proof, index)} has {message}",
                place=text_place(proof, index),
                help=help,
                about=(proof.occurrence,),
                alike=proof.post.locale,
            )


@rule("too-many-hashtags", Severity.WARNING, of_one_post=True)
def too_many_hashtags(context: RuleContext) -> Iterator[Breach]:
    """A post has few hashtags.

    Many hashtags read like spam, to people and to X. In a thread each part counts by itself.

    Remove the least useful ones. `rules: {too-many-hashtags: {at-most: 2}}` in runner.yaml says how
    many there may be.
    """
    most = context.project.rules.too_many_hashtags.at_most
    for proof, index, part in context.parts():
        if part.text.count("#") + part.text.count("＃") <= most:
            continue
        tags = context.entities_in(part.text, "hashtag")
        if len(tags) > most:
            yield too_many_hashtags.breach(
                text=f"{part_name(proof, index)} has {len(tags)} hashtags of {most}: "
                f"{' '.join(tags)}",
                place=word_place(proof, index, tags[most]),
                help=f"remove {len(tags) - most}",
                about=(proof.occurrence,),
            )


@rule("too-many-cashtags", of_one_post=True)
def too_many_cashtags(context: RuleContext) -> Iterator[Breach]:
    """A post has one cashtag at most.

    X makes a cashtag, the sign of a share or a currency, of every `$WORD`, and refuses posts with
    two of them.

    Write the others without the `$`.
    """
    for proof, index, part in context.parts():
        tags = context.entities_in(part.text, "cashtag") if part.text.count("$") > 1 else ()
        if len(tags) > 1:
            yield too_many_cashtags.breach(
                text=f"{part_name(proof, index)} has {len(tags)} cashtags, and X takes one: "
                f"{' '.join(tags)}",
                place=word_place(proof, index, tags[1]),
                help=f"write {' and '.join(tag[1:] for tag in tags[1:])} without the `$`",
                about=(proof.occurrence,),
            )


@rule("text-leftovers", Severity.WARNING, of_one_post=True)
def text_leftovers(context: RuleContext) -> Iterator[Breach]:
    """A text holds nothing that another format, a tool or a hurry has left in it.

    X shows plain text: `\\n` and `Caf\\u00e9` written out, `&amp;`, `<br>`, `*bold*`, `_italic_`,
    `~~old~~` and `:rocket:` go out as they stand. So do places that nobody has filled, `[NAME]`,
    `{name}`, `%s`, `XXX` and `@your_handle`, words such as “insert link here”, the name of a
    picture's file, an address with a space in it, letters that were read in the wrong encoding, and
    a list that `>` has joined into one line. A word that mixes Latin and Cyrillic letters is found
    by no search. A picture is described by what is on it, not by the name of its file.

    Write what people should read; or, if it is meant, say so:
    `ignore: {text-leftovers: the reason}`.
    """
    kinds = kinds_in(context.all_text)
    for proof, index, part in context.parts():
        about = (proof.occurrence,)
        offer = proof.file.campaign.offer
        for slip in slips(part.text, kinds):
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
