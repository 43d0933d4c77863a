"""What a tool, another format or a hurry leaves in a text, as patterns, and the search for them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Final

from runner.value import Value


class Slip(Value):
    """Characters of a text that hardly anybody means, what they are, and how to mend them."""

    found: str
    what: str
    help: str


class LeftoverKind(Value):
    """One kind of slip; a text that has none of its `signs` has no such slip."""

    signs: Sequence[str]
    pattern: str
    """Compiled when it is first looked for: few texts have any of the signs."""
    what: str
    help: str
    is_html: bool = False
    """Whether HTML says which character is meant."""

    def may_be_in(self, text: str) -> bool:
        """Whether a text has any of the signs."""
        return any(sign in text for sign in self.signs)

    def look(self, text: str) -> Slip | None:
        """The first slip of this kind in a text, if any."""
        if not self.may_be_in(text):
            return None
        found = re.search(self.pattern, text)
        if not found:
            return None
        meant = unescape(found[0]) if self.is_html else found[0]
        help = f"write `{meant}` in its place" if _is_one_sign(meant) else self.help
        return Slip(found[0].strip(), self.what, help)


def _is_one_sign(text: str) -> bool:
    return len(text) == 1 and text.isprintable() and not text.isspace()


PLACEHOLDERS: Final = (
    r"name|first name|your name|handle|link|url|date|price|product|brand|city|code|insert[^\]]*"
    r"|vārds|vārdu|saite|datums|cena|produkts|pilsēta|kods"
    r"|nombre|enlace|fecha|precio|producto|marca|ciudad|código"
    r"|имя|ссылка|дата|цена|товар|бренд|город|код"
)
HANDLES: Final = (
    r"(?:your|brand|partner)_?(?:user)?(?:handle|name|account)|handle|user_?name"
    r"|(?:tu|su)_?(?:usuario|cuenta)|usuario"
)
"""What stands for a handle in an example."""
INSTRUCTIONS: Final = (
    r"\b(?:insert|paste)(?: \w+){0,2} here\b|\b(?:add|put)(?: \w+)? (?:link|url|text|copy) here\b"
    r"|\biev(?:ieto|ielīmē)\w* (?:\w+ )?(?:saiti|tekstu|attēlu) (?:šeit|te)\b"
    r"|\b(?:inserta|pega|añad|pon)\w* (?:\w+ )?(?:enlace|texto|imagen) aquí\b"
    r"|\bвстав\w+ (?:\w+ )?(?:ссылк|текст|картинк|фото)\w* (?:сюда|здесь)\b"
)
"""What somebody asked somebody else to fill in, who has not done so."""
_DUNDERS: Final = "init|main|name|file|str|repr|call|new|dict|doc|all|next|iter|len|del|class"
_KINDS: Final = (
    LeftoverKind(
        "\\",
        r"\\[nrt]|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}",
        "an escape that YAML has not read",
        "put the text in double quotes, or write the character itself",
    ),
    LeftoverKind(
        "&",
        r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,6});",
        "an entity of HTML",
        "write the character itself",
        is_html=True,
    ),
    LeftoverKind(
        "<",
        r"(?i)</?(?:br|b|i|u|p|a|em|strong|span|div|ul|ol|li|h[1-6])(?:\s[^<>]{0,80})?/?>",
        "a tag of HTML",
        "X shows plain text: write it without",
    ),
    LeftoverKind(
        "*[#_~",
        (
            r"(?m)\*\*[^*\s][^*\n]{0,80}\*\*|~~[^~\s][^~\n]{0,80}~~"
            rf"|(?<!\w)__(?!(?:{_DUNDERS})__)[^_\s][^_\n]{{0,80}}__(?!\w)"
            r"|(?<![\w*])\*(?=\w)[^*\n]{0,80}(?<=[\w.!?…])\*(?![\w*])"
            r"|(?<![\w@#/_.-])_(?=\w)[^_\n]{0,80}(?<=[\w.!?…])_(?!\w)"
            r"|\[[^\[\]\n]{1,80}\]\((?:https?:)?//?[^()\s]+\)|^#{1,6}(?= )|(?<=\s)#{2,6}(?= \w)"
        ),
        "a mark of Markdown",
        "X shows plain text: write it without",
    ),
    LeftoverKind(
        ":",
        r"(?<![\w:/.]):[a-z][a-z0-9_+-]{2,30}:(?![\w:/])",
        "the name of an emoji",
        "put the emoji itself there",
    ),
    LeftoverKind(
        ("{", "%", "[", "<", "@", "TODO", "FIXME", "TBD", "TBC", "XX", "psum"),
        (
            r"\$?(?<!\{)\{(?:[^\W\d]\w{1,30}|\d)\}(?!\})|(?<![\w%])%[^\W\d_]\w{1,30}%(?![\w%])"
            r"|(?<![\w%])%(?:\d\$)?[sd](?![\w'’])|%\(\w{1,30}\)s|\[\[[^\[\]\n]{1,30}\]\]"
            rf"|(?i:[\[<](?:{PLACEHOLDERS})[\]>]|(?<![\w@/])@(?:{HANDLES})(?!\w))"
            r"|<[A-Z][A-Z _-]{1,30}>|<<\w[\w ]{0,30}>>"
            r"|\bTODO:|\bFIXME\b|\bTB[DC]\b|\bXXX+\b|(?:[€$£] ?|\b)XX[.:]XX\b"
            r"|[€$£] ?XX\b|\bXX ?[€$£%]|\b[Ll]orem ipsum\b"
        ),
        "a place that somebody meant to fill",
        "fill it; a value of the campaign stands in two braces: {{ product.name }}",
    ),
    LeftoverKind(
        ("ere", "šeit", " te", "aquí", "сюда", "здесь"),
        f"(?i){INSTRUCTIONS}",
        "what somebody was asked to do",
        "do it, and delete the words",
    ),
    LeftoverKind(
        ".",
        r"(?i)(?<![\w/.@-])[\w-]+\.(?:jpe?g|png|gif|webp|heic|psd|docx?|xlsx?)\b(?![/.]\w)",
        "the name of a file",
        "delete it; a picture goes out by `media`",
    ),
    LeftoverKind("\ufffd", "\ufffd", "a character that was lost", "type it anew"),
    LeftoverKind(
        "/",
        r"(?i)(?<![\w/])(?!https?://\w)h*[ht]t+p*s?(?:[:;]/{1,3}|/{2,3})(?=\w)\S*",
        "an address that no browser understands",
        "write it whole: https://…",
    ),
    LeftoverKind(
        "/w",
        (
            r"https?://\s\S+|\bwww\.\s\S+|https?://[\w.-]+\s+\.\w{2,4}\b"
            r"|https?://[\w-]+\.\s+(?:com|org|net|eu|lv|es|ru|lt|ee|shop)\b\S*"
        ),
        "an address with a space in it",
        "write it in one",
    ),
    LeftoverKind(
        "-•*",
        r"(?:^|[:.!?…] )[-•*] [^\n]{2,80}? [-•*] \S[^\n]{0,20}",
        "a list in one line",
        "`>` joins lines: begin the text with `|`, which keeps them",
    ),
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LATIN: Final = re.compile("[A-Za-z]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_ALIKE: Final = (frozenset("aceopxyABCEHKMOPTX"), frozenset("асеорхуАВСЕНКМОРТХіІјЈѕЅ"))
"""Latin and Cyrillic letters that nobody tells apart."""
_FOREIGN_RUN: Final = re.compile("[^\0-\x7f\U00010000-\U0010ffff]{2,}")


def kinds_in(texts: str) -> tuple[LeftoverKind, ...]:
    """The kinds that any of the texts may have."""
    return tuple(kind for kind in _KINDS if kind.may_be_in(texts))


def slips(text: str, kinds: Iterable[LeftoverKind]) -> Iterator[Slip]:
    """The first slip of each of the kinds in a text, then words of two alphabets and letters in the
    wrong encoding, which have no sign of their own."""
    for kind in kinds:
        if slip := kind.look(text):
            yield slip
    if not text.isascii():
        if slip := _two_alphabets(text):
            yield slip
        yield from _misread(text)


def _two_alphabets(text: str) -> Slip | None:
    """A word whose letters of one alphabet all look like those of the other: `Slim` typed with a
    Cyrillic `і`. A word such as `SMMщик` is none."""
    if not _CYRILLIC.search(text) or not _LATIN.search(text):
        return None
    for word in _WORD.findall(text):
        latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
        if not latin or not cyrillic:
            continue
        few, alike = (latin, _ALIKE[0]) if len(latin) <= len(cyrillic) else (cyrillic, _ALIKE[1])
        if alike.issuperset(few):
            name = "Latin" if few is latin else "Cyrillic"
            what = f"a word of two alphabets: {few[0]} (U+{ord(few[0]):04X}) is {name}"
            return Slip(word, what, "type the word anew, in one alphabet")
    return None


_MISREAD: Final = (("cp1252", 2), ("latin-1", 2), ("cp1251", 4))
"""Encodings as which UTF-8 is read by mistake, each with the shortest run of characters that
tells."""


def _read_as(first: int, last: int) -> str:
    """The characters that these bytes are in the encodings above, as the inside of a regex's
    brackets."""
    bytes_ = bytes(range(first, last + 1))
    return re.escape("".join(bytes_.decode(encoding, "ignore") for encoding, _ in _MISREAD))


_LEADS, _FOLLOWS = f"[{_read_as(0xC2, 0xF4)}]", f"[{_read_as(0x80, 0xBF)}]{{1,3}}"
"""How a character begins, and goes on, that has two bytes or more in UTF-8."""
_MAYBE_MISREAD: Final = re.compile(
    # that nothing foreign stands before comes second, since it is quicker to look for a letter
    rf"{_LEADS}(?<![\u0080-\uffff].){_FOLLOWS}(?:{_LEADS}{_FOLLOWS})*(?![\u0080-\uffff])"
)


def _misread(text: str) -> Iterator[Slip]:
    """A run of characters that are UTF-8, read as another encoding: `Itâ€™s`; the first of each."""
    if not _MAYBE_MISREAD.search(text):
        return
    runs = _FOREIGN_RUN.findall(text)
    for encoding, least in _MISREAD:
        for run in runs:
            if len(run) >= least and (meant := _decoded_text(run, encoding)):
                help = f"it was saved in another encoding: type it anew, perhaps as `{meant}`"
                yield Slip(run, "letters that were read in the wrong encoding", help)
                break


def _decoded_text(run: str, encoding: str) -> str | None:
    """The text that was meant, where UTF-8 was read as this encoding; None where it was not."""
    try:
        return run.encode(encoding).decode()
    except UnicodeError:
        return None


_NO_ALT: Final = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|mp4|mov)|[\s.…_?-]+"
    r"|(?:image|picture|photo|img|attēls|foto|bilde|imagen|изображение|фото|картинка)[ _-]?\d*",
    re.IGNORECASE,
)


def says_nothing(alt: str) -> bool:
    """Whether a picture's description is a file's name, dots, or only a word for "picture"."""
    return _NO_ALT.fullmatch(alt.strip()) is not None
