"""The rule of bait: nothing begs for reposts, likes and follows; and how posts beg, by language.

The words are data: regexes, of any case. `[^.!?\\n]{0,60}` keeps two words within one sentence.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from runner.problems import Place, Severity
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, word_place
from runner.rules.rule import Breach, rule

_WITHIN: Final = r"[^.!?\n]{0,60}"
_NO_BEGGAR: Final = ("i", "you", "we", "they", "would", "'d", "’d", "look", "looks", "feel")
"""Whoever would like something, or says what it is like, begs for nothing."""
_LIKE: Final = "".join(rf"(?<!\b{before} )" for before in _NO_BEGGAR) + "like"
_EN: Final = rf"\b(?:re-?post|retweet|rt|{_LIKE}|follow|be following|share)\b"
_LV: Final = (
    r"\b(?:pārpublicē\w*|retvīto\w*|dalies|dalieties|padalies|padalieties|seko(?:jiet)?\b"
    r"|(?:no)?spied\w* [“„\"]?(?:patīk|sirsniņ\w*)|ieliec\w* (?:laiku|sirsniņ\w*))"
)
_ES: Final = (
    r"\b(?:re(?:post|tuit)ea\w*|(?:haz|haced) (?:un )?(?:repost|retuit|retweet)|rt\b|comparte\w*"
    r"|comparti[dr]\w*|sigue\w*|síguenos|sígueme|seguid\w*"
    r"|dad?(?:le|nos|r)? (?:al? )?(?:un )?(?:me gusta|like|rt|follow))"
)
_RU: Final = (
    r"(?:\bрепост\w*|\bретвит\w*|\bлайк\w*|\bподпи(?:шись|шитесь|сывайся|сывайтесь|ска|ску)\b"
    r"|\bподел(?:ись|итесь)\b)"
)
BAIT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            rf"{_EN}{_WITHIN}\b(?:to (?:win|enter|participate)|for a chance|and (?:you )?win)",
            rf"\b(?:to (?:win|enter)|for a chance)\b{_WITHIN}{_EN}",
            rf"{_EN} ?(?:and|&|\+|,) ?(?:re-?post|retweet|rt|like|follow|share|tag)\b",
            r"\b(?:re-?post|retweet|rt|like|share) (?:this )?if (?:you|u)\b",
            r"\btag (?:a|an|one|two|three|your|[0-9]+)\b[^.!?\n]{0,15}\bfriends?\b",
            r"\b(?:comment|reply|type|drop) (?:a )?[“\"'‘]?(?:yes|win|done|me)\b",
        ),
        "lv": (
            rf"{_LV}{_WITHIN}\b(?:lai (?:laimē|uzvarē|piedalīt)|un (?:laimē|uzvari|piedalies))",
            rf"\blai (?:laimē|uzvarē|piedalīt)\w*{_WITHIN}{_LV}",
            rf"{_LV}[^.!?\n]{{0,25}} un {_LV}",
            r"\b(?:pārpublicē|dalies|nospied patīk),? ja\b",
            r"\b(?:atzīmē|ieta[gk]o|pieta[gk]o|piemini)\w* (?:\w+ )?draug\w*",
        ),
        "es": (
            rf"{_ES}{_WITHIN}\b(?:para (?:ganar|participar|entrar)|y (?:gana|participa|llévate))",
            rf"\bpara (?:ganar|participar)\b{_WITHIN}{_ES}",
            rf"{_ES}[^.!?\n]{{0,25}} y {_ES}",
            r"\b(?:repostea|retuitea|rt|comparte|dale (?:a )?(?:like|me gusta)) si\b",
            r"\b(?:etiqueta|menciona)\w* a (?:\w+ )?amig[oa]s?\b",
        ),
        "ru": (
            (
                rf"{_RU}{_WITHIN}(?:чтобы (?:выиграть|победить|участвовать)|для участия"
                r"|и (?:выиграй|выиграйте|участвуй|участвуйте)\b)"
            ),
            rf"(?:чтобы (?:выиграть|победить|участвовать)|для участия){_WITHIN}{_RU}",
            rf"{_RU}[^.!?\n]{{0,25}} (?:и|\+) (?:\w+ )?{_RU}",
            r"(?:репост|ретвит|лайк)\w*,? если\b",
            r"\bотмет(?:ь|ьте) (?:\w+ )?друз\w*|\bотмет(?:ь|ьте) (?:\w+ )?друга\b",
        ),
    }
)


HINTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            *("post", "retweet", "rt", "like", "follow", "share"),
            *("tag", "comment", "reply", "type", "drop"),
        ),
        "lv": (
            *("pārpublicē", "retvīto", "dalies", "dalieties", "seko", "spied", "ieliec"),
            *("atzīmē", "ietag", "ietak", "pietag", "pietak", "piemini"),
        ),
        "es": (
            *("repost", "retuit", "retweet", "rt", "compart", "sigue", "sígue", "seguid"),
            *("me gusta", "like", "follow", "etiqueta", "menciona"),
        ),
        "ru": ("репост", "ретвит", "лайк", "подпи", "подел", "отмет"),
    }
)
"""Stems: a text that has none of them in small letters does not beg, and is quickly passed."""


def bait_in(text: str, locale: str) -> re.Pattern[str] | None:
    """What begs in a locale's language; None for a text that surely does not, and where nobody has
    told us."""
    language, small = locale.partition("-")[0], text.casefold()
    return _bait(language) if any(hint in small for hint in HINTS.get(language, ())) else None


@cache
def _bait(language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{way})" for way in BAIT[language]), re.IGNORECASE)


@rule("engagement-bait", Severity.WARNING)
def engagement_bait(context: RuleContext) -> Iterator[Breach]:
    """A post does not beg for reposts, likes or follows, and a contest asks something sincere.

    X labels what does, “repost and follow to win” above all, and shows it to nobody who does not
    follow the account yet (https://github.com/xai-org/x-algorithm, as of September 2026). What is
    said is looked for in Latvian, Spanish, Russian and English. A contest that is entered by a
    repost asks for nothing else, so it is told of at `how`.

    Ask a question that you want to read the answers to: `entry: {how: reply}`, and in
    `vars: {question: …}` the question of the standard announcement. Or give the reason:
    `ignore: {engagement-bait: the reason}`.
    """
    for proof in (*context.proofs, *context.others):
        yield from _begging(proof)
        if _asks_for_reposts(proof):
            yield engagement_bait.breach(
                text="the contest is entered by a repost, which X may take for begging",
                place=Place(path=proof.path, route=("entry", "how")),
                help="ask a question that people answer: `how: reply`",
                about=(proof.occurrence,),
            )


def _begging(proof: Proof) -> Iterator[Breach]:
    for index, part in enumerate(proof.post.parts):
        pattern = bait_in(part.text, proof.post.locale) if part.repost is None else None
        found = pattern.search(part.text) if pattern else None
        if found:
            yield engagement_bait.breach(
                text=f"{part_name(proof, index)} begs (“{found[0]}”), for which X hides posts",
                place=word_place(proof, index, found[0]),
                help="ask a question that you want to read the answers to",
                about=(proof.occurrence,),
                alike=f"{proof.post.locale} {found[0]}",
            )


def _asks_for_reposts(proof: Proof) -> bool:
    campaign = proof.file.campaign
    return (
        campaign.kind == "contest"
        and campaign.entry.how == "repost"
        and proof.occurrence.key.post == campaign.announcement
    )
