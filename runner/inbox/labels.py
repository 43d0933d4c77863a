"""What a mention is called, by words that somebody has declared, and by nothing else.

A word is found where it stands whole, however it is written: capitals and accents don't count, as
many people type without accents. A star at its end stands for any ending: Latvian and Russian words
have many. Addresses and names of accounts have no words. runner.yaml adds words to ours.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Final
from unicodedata import category, normalize

from runner.value import Value

COMPLAINTS: Final = {
    "lv": "saplīs*, salūz*, bojāt*, kavēj*, nestrādā*, slikt*, sūdz*, vīlies, vīlusies, neatbild*, "
    "nesaņēm*, naudu atpakaļ, atgriezt naudu, krāpnie*, brāķ*",
    "es": "roto, rota, rotos, rotas, defectuos*, dañad*, estropead*, retras*, queja, reclamación, "
    "decepcionad*, estafa, reembolso, no funciona, no llega, no ha llegado, nadie responde",
    "ru": "сломал*, порвал*, брак, бракован*, задерж*, опозда*, жалоб*, ужасн*, обман*, не пришел, "
    "не пришло, не пришла, не работает, не отвечает*, верните деньги, возврат денег, разочарован*",
    "en": "broken, damaged, defective, faulty, late, delayed, complaint, disappointed, "
    "unacceptable, scam, refund, not working, doesn't work, never arrived, hasn't arrived, "
    "no reply, worst",
}
QUESTIONS: Final = {
    "lv": "?, cik, kad, kāpēc, kādēļ, vai ir, vai var, vai jums",
    "es": "?, ¿, cuánto, cuándo, dónde, por qué, cómo puedo, tenéis",
    "ru": "?, сколько, когда, почему, есть ли, можно ли, как заказать",
    "en": "?, how much, how do, how can, when will, where can, do you have, is there",
}
PRAISE: Final = {
    "lv": "paldies, lielisk*, brīnišķīg*, super, skaist*, iesaku, ļoti labi",
    "es": "gracias, genial*, excelente*, me encanta*, maravillos*, recomiendo, precioso*",
    "ru": "спасибо, отличн*, прекрасн*, супер, рекомендую, обожаю",
    "en": "thanks, thank you, love it, love them, love my, awesome, beautiful, recommend",
}


_NO_WORDS: Final = re.compile(r"https?://\S+|@\w+")


class Label(StrEnum):
    """What a mention is; those that wait are told in this order."""

    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE = "praise"
    DO_NOT_FEED = "do-not-feed"
    """A mention of somebody whom nobody is to answer."""
    ENTRY = "entry"
    """An entry of a contest, which asks and complains of nothing."""


_OURS: Final = {
    Label.COMPLAINT: COMPLAINTS,
    Label.QUESTION: QUESTIONS,
    Label.PRAISE: PRAISE,
}


class LabelWords(Value, kw_only=True, dict=True):
    """The words of each label beside those that we bring, and who is never answered."""

    more: Mapping[Label, Iterable[str]]
    do_not_feed: Collection[str] = ()
    """Handles."""

    def labels_of(self, text: str, handle: str) -> tuple[Label, ...]:
        """What a mention with this text, of this person, is called."""
        if handle.casefold() in {each.casefold() for each in self.do_not_feed}:
            return (Label.DO_NOT_FEED,)
        said = _plain(_NO_WORDS.sub(" ", text))
        return tuple(label for label, found in self._patterns.items() if found.search(said))

    @cached_property
    def _patterns(self) -> Mapping[Label, re.Pattern[str]]:
        return {
            label: _pattern(
                [
                    *(word for listed in ours.values() for word in listed.split(", ")),
                    *self.more.get(label, ()),
                ]
            )
            for label, ours in _OURS.items()
        }


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted({_whole(_plain(word)) for word in words})))


def _whole(word: str) -> str:
    """What finds a word where it stands alone; a sign such as `?` stands alone anywhere."""
    stem = word.removesuffix("*")
    begins = r"(?<!\w)" if stem[:1].isalnum() else ""
    ends = r"(?!\w)" if stem[-1:].isalnum() and stem == word else ""
    return f"{begins}{re.escape(stem)}{ends}"


def _plain(text: str) -> str:
    """The text in small letters without accents, on one line, with the apostrophes of the
    keyboard."""
    bare = "".join(sign for sign in normalize("NFKD", text) if category(sign) != "Mn")
    return " ".join(bare.casefold().replace("’", "'").split())
