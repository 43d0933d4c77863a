"""Where the pieces of a rendered post are written."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from runner.models import Item, Media, Words, key_for
from runner.problems import Place, Route
from runner.rules.context import Proof
from runner.schedule import Occurrence
from runner.value import replace


def post_place(occurrence: Occurrence, *below: str | int) -> Place:
    """A key of the post, or, without one, the post itself."""
    route = ("posts", occurrence.key.post, *below)
    return Place(path=occurrence.path, route=route, on_key=not below)


def time_place(occurrence: Occurrence) -> Place:
    """`at`, or the slot of the rhythm."""
    slots, nominal = occurrence.post.slots, occurrence.key.nominal
    if slots is None or nominal is None:
        return post_place(occurrence, "at")
    slot = nominal.partition(".")[2]
    index = slots.index(slot) if slot in slots else 0
    return post_place(occurrence, "every", "slots", index)


def text_place(proof: Proof, index: int) -> Place:
    """The text of a part in its language: the item's, the post's, or the name of its template."""
    return _text(proof, index)[0]


def word_place(proof: Proof, index: int, word: str) -> Place:
    """A word of the text of a part, where it stands in the file as it goes out; else the text."""
    place, words = _text(proof, index)
    key = key_for(words, proof.post.locale) if not isinstance(words, str) else None
    text = words if isinstance(words, str) else words[key] if key else ""
    at = _find(word, text)
    if at < 0:
        return place
    line_start = text.rfind("\n", 0, at) + 1
    return replace(place, inside=(text.count("\n", 0, at) + 1, at - line_start + 1))


def _find(word: str, text: str) -> int:
    """Where a word stands by itself in a text, in code points from 0; -1 where it does not."""
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (before.isalnum() or after.isalnum()):
            return at
        at = text.find(word, at + 1)
    return at


def _text(proof: Proof, index: int) -> tuple[Place, Words]:
    """Where the text of a part is written, and what is written there; nothing for a template."""
    post = proof.declared
    if not post.thread and (found := item_of(proof)):
        place, item = found
        if item.text is not None:
            return _below(place, "text", *in_locale_of(proof, item.text)), item.text
        return place, ""
    said = post.thread[index] if post.thread else post
    if said.text is not None:
        below = ("text", *in_locale_of(proof, said.text))
        return part_place(proof, index, *below), said.text
    template = ("template",) if said.template is not None else ()
    return part_place(proof, index, *template), ""


def part_place(proof: Proof, index: int, *below: str | int) -> Place:
    """A part of a thread, or the post that has no other; or a key below it."""
    thread = ("thread", index) if proof.declared.thread else ()
    return post_place(proof.occurrence, *thread, *below)


def item_of(proof: Proof) -> tuple[Place, Item] | None:
    """The item that a post carries, and where it is written."""
    listed = proof.file.items.get(proof.occurrence.key.post)
    index = listed.indexes.get(proof.post.item or "") if listed else None
    if listed is None or index is None:
        return None
    return Place(path=listed.path, route=(*listed.route, index)), listed.items[index]


def media_place(proof: Proof, index: int, number: int, *, alt: bool = False) -> Place:
    """A file of a part: of the thread's part, the post, the item, or the product. With `alt`, its
    description where it has one."""
    path = proof.post.parts[index].media[number].path
    for place, listed in _media_lists(proof, index):
        named = [n for n, media in enumerate(listed) if proof.file.beside(media.file) == path]
        if not named:
            continue
        place = _below(place, "media", number if number in named else named[0])
        written = listed[number if number in named else named[0]].alt
        if alt and written is not None:
            return _below(place, "alt", *in_locale_of(proof, written))
        return place
    return part_place(proof, index)


def _media_lists(proof: Proof, index: int) -> Iterator[tuple[Place, tuple[Media, ...]]]:
    post = proof.declared
    yield part_place(proof, index), (post.thread[index].media if post.thread else post.media) or ()
    if found := item_of(proof):
        place, item = found
        yield place, item.media
    product = getattr(proof.file.campaign, "product", None)
    if product is not None:
        yield Place(path=proof.file.path, route=("product",)), product.media


def _below(place: Place, *steps: str | int) -> Place:
    return Place(path=place.path, route=(*place.route, *steps))


def in_locale_of(proof: Proof, words: str | Mapping[str, str]) -> Route:
    """The step to the words of the proof's language, where each language has its own."""
    key = key_for(words, proof.post.locale) if isinstance(words, Mapping) else None
    return (key,) if key else ()


def part_name(proof: Proof, index: int = 0) -> str:
    """What people call a part: `part 2 of `launch` in es`; the language where there are several."""
    name = f"`{proof.occurrence.key.post}`"
    if len(proof.post.parts) > 1:
        name = f"part {index + 1} of {name}"
    return f"{name} in `{proof.post.locale}`" if len(proof.file.campaign.on) > 1 else name


def as_local(moment: datetime) -> str:
    """`2026-12-01 10:00`, in the zone that the moment has."""
    return f"{moment:%Y-%m-%d %H:%M}"
