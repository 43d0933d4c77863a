"""How announcements of contests say X's conditions, by language. Data: regexes in small letters.

`[^.!?\\n]{0,30}` keeps two words within one sentence.
"""

import re
from functools import cache

from runner.value import Value


class Terms(Value, kw_only=True):
    """What a language says of several accounts, of entering again, and of posting again."""

    accounts: tuple[str, ...]
    """Who enters with several accounts can't win."""
    entries: tuple[str, ...]
    """One entry counts, in a day or at all."""
    daily: tuple[str, ...]
    """Each day has its own entry."""
    repeats: tuple[str, ...]
    """Who posts more often wins more easily: what X forbids to ask for."""
    elsewhere: tuple[str, ...]
    """Words for rules that may stand behind a link."""
    age: tuple[str, ...]
    """How old an account has to be."""
    example: str
    """What says both conditions; for the help."""
    example_of_accounts: str
    """What says the first of them, where nobody can enter twice."""
    example_of_age: tuple[str, str]
    """What says how old an account has to be, in days and in hours."""


TERMS = {
    "en": Terms(
        accounts=(
            (
                r"\b(?:one|1|single|several|multiple|two|second|duplicate|more than one|fake)\b"
                r"[^.!?\n]{0,30}\baccounts?\b"
            ),
            r"\baccounts? (?:per|each)\b",
        ),
        entries=(
            r"\b(?:one|1|single) entry\b",
            (
                r"\b(?:reply|post|comment|answer|try|mention|entry)[^.!?\n]{0,15}"
                r"\b(?:a|per|each|every) (?:day|person)\b"
            ),
            r"\b(?:only|just|max\w*) one (?:reply|post|comment|answer|try|mention)\b",
            r"\bonce (?:a|per|each|every) (?:day|person)\b|\benter (?:only |just )?once\b",
            r"\b(?:more than one|multiple|several|repeated) (?:entr|repl|post|comment)",
            r"\bdaily (?:entry|limit)\b",
        ),
        daily=(
            (
                r"\b(?:once|(?:an?|one|1|single) (?:reply|post|comment|answer|try|mention|entry))\b"
                r"[^.!?\n]{0,15}\b(?:a|per|each|every) day\b"
            ),
            r"(?<!we )\b(?:enter|reply|post|comment|answer)(?: again)? (?:each|every) day\b",
            r"\bdaily (?:entry|entries|chances?)\b",
        ),
        repeats=(
            (
                r"\bwho(?:ever)?\b[^.!?\n]{0,30}\b(?:re)?(?:post|tweet|share|repl|comment)\w*"
                r"[^.!?\n]{0,30}\bmost\b"
            ),
            r"\bmost (?:re)?(?:posts|tweets|shares|replies|comments)\b[^.!?\n]{0,15}\bwins?\b",
            r"\bthe (?:more|more often) you (?:re)?(?:post|tweet|share|reply|comment)",
            r"\bas (?:often|many times) as you\b|\bunlimited (?:entries|reposts|replies|posts)\b",
            r"\b(?:every|each) (?:re)?(?:post|tweet|share|reply|comment) (?:counts|is an entry)\b",
        ),
        elsewhere=(r"\b(?:terms|rules|conditions|t&cs?)\b",),
        age=(
            r"\b(?:accounts?|profiles?)\b[^.!?\n]{0,40}\b(?:old|older|age|days?|weeks?|months?|years?)\b",
            r"\b(?:accounts?|profiles?)\b[^.!?\n]{0,40}\b(?:hours?|created|opened|registered)\b",
            r"\b(?:old|older|age)\b[^.!?\n]{0,30}\baccounts?\b",
        ),
        example="One entry per person; multiple accounts don’t count.",
        example_of_accounts="Multiple accounts don’t count.",
        example_of_age=("Minimum account age in days: {}.", "Minimum account age in hours: {}."),
    ),
    "lv": Terms(
        accounts=(
            r"\b(?:vien\w*|1|vairāk\w*|div\w*|otr\w*|dažād\w*|viltus)\b[^.!?\n]{0,25}\bkont\w*",
        ),
        entries=(
            r"\b(?:vien\w*|1) (?:pieteikum|dalīb)\w*",
            r"\b(?:vien\w*|1) (?:atbild|ierakst|komentār)\w*[^.!?\n]{0,15}\b(?:dienā|cilvēk\w*)",
            r"\b(?:tikai|tik|ne vairāk kā) vien\w* (?:atbild|ierakst|komentār|reiz)\w*",
            r"\breiz[ie]? dienā\b|\bvairāk\w* (?:pieteikum|atbild|ierakst|komentār)\w*",
            r"\bvien ?reiz\b|\bvienu reizi\b",
        ),
        daily=(
            (
                r"\b(?:vien\w*|1) (?:pieteikum|dalīb|atbild|ierakst|komentār|reiz)\w*"
                r"[^.!?\n]{0,15}\b(?:dienā|katru dienu)\b"
            ),
            r"\b(?:vienreiz|reiz[ie]?) dienā\b",
            r"\b(?:piedal|piesak|atbild|koment)\w* (?:vēlreiz )?(?:katru|ik) dienu\b",
            r"\b(?:katru|ik) dienu (?:piedal|piesak|atbild|koment)\w*",
        ),
        repeats=(
            r"\bjo (?:vairāk|biežāk)\b[^.!?\n]{0,30}(?:publicē|ierakst|atbild|koment|dalī)",
            (
                r"\bkurš?\b[^.!?\n]{0,30}\bvisvairāk\b[^.!?\n]{0,30}"
                r"(?:publicē|ierakst|atbild|koment|dalī)|\bvisvairāk (?:reižu|reizes)\b"
            ),
            r"\b(?:cik vien bieži|neierobežot\w* (?:reiž|pieteikum)\w*)\b",
            r"\bkatr[sa] (?:pārpublicējums|publicējums|ieraksts|atbilde) (?:skaitās|tiek skaitī)",
        ),
        elsewhere=(r"\bnoteikum\w*",),
        age=(
            r"\b(?:kont|profil)\w*[^.!?\n]{0,40}\b(?:vec|vismaz|dien|nedēļ|mēne|gad|stund|izveidot|reģistr)",
            r"\b(?:vec|vismaz)\w*[^.!?\n]{0,30}\b(?:kont|profil)",
        ),
        example="Piedalies vienreiz un tikai no viena konta.",
        example_of_accounts="Piedalies tikai no viena konta.",
        example_of_age=("Konta vecums dienās: vismaz {}.", "Konta vecums stundās: vismaz {}."),
    ),
    "es": Terms(
        accounts=(
            (
                r"\b(?:una sola|una única|varias|múltiples|dos|otra|segunda|más de una)\b"
                r"[^.!?\n]{0,20}\bcuentas?\b"
            ),
            r"\bcuentas? (?:múltiples|duplicadas|falsas|por persona)\b",
        ),
        entries=(
            (
                r"\b(?:participaci[oó]n|respuesta|comentario|publicaci[oó]n|post|vez)[^.!?\n]{0,15}"
                r"(?:\bal día|\bpor día|\bpor persona|\bdiari)"
            ),
            (
                r"\b(?:una sola|una única|un solo|un único|solo una?|máximo una?) "
                r"(?:participaci[oó]n|respuesta|comentario|publicaci[oó]n|post|vez)\b"
            ),
            r"\b(?:varias|más de una|múltiples) (?:participaci|respuesta|publicaci)",
        ),
        daily=(
            (
                r"\b(?:participaci[oó]n|respuesta|comentario|publicaci[oó]n|post|vez)[^.!?\n]{0,15}"
                r"(?:\bal día\b(?! siguiente)|\b(?:por|cada) día\b)"
            ),
            r"\bparticipaci[oó]n(?:es)? diarias?\b",
            r"\b(?:participa|responde|comenta|publica)(?: otra vez)? (?:cada día|todos los días)\b",
        ),
        repeats=(
            r"\bquien\b[^.!?\n]{0,20}\bmás\b[^.!?\n]{0,20}(?:repost|publi|compart|coment|respond)",
            r"\bquien\b[^.!?\n]{0,20}(?:repost|publi|compart|coment|respond)\w*[^.!?\n]{0,20}\bmás",
            r"\bcuant[oa]s? más\b[^.!?\n]{0,20}(?:repost|publi|compart|coment|respon|participa)",
            r"\b(?:todas las veces|tantas veces como) (?:que )?quieras\b",
            r"\bcada (?:repost|publicación|comentario|respuesta) cuenta\b",
        ),
        elsewhere=(r"\b(?:bases|condiciones|reglas|términos)\b",),
        age=(
            r"\b(?:cuentas?|perfil\w*)\b[^.!?\n]{0,40}\b(?:antigüedad|días?|semanas?|mes(?:es)?|años?)\b",
            r"\b(?:cuentas?|perfil\w*)\b[^.!?\n]{0,40}\b(?:horas?|cread\w+|abiert\w+|registrad\w+)\b",
            r"\bantigüedad\b[^.!?\n]{0,30}\b(?:cuenta|perfil)",
        ),
        example="Participa una sola vez y con una sola cuenta.",
        example_of_accounts="Participa con una sola cuenta.",
        example_of_age=(
            "Antigüedad mínima de la cuenta en días: {}.",
            "Antigüedad mínima de la cuenta en horas: {}.",
        ),
    ),
    "ru": Terms(
        accounts=(
            (
                r"\b(?:нескольк\w+|один|одного|одним|два|двух|втор\w+|больше одного|1)\b"
                r"[^.!?\n]{0,25}\b(?:аккаунт|уч[её]тн|профил)\w*"
            ),
            r"\b(?:мультиаккаунт|твинк)\w*",
        ),
        entries=(
            r"\b(?:одн\w+|1)\b[^.!?\n]{0,10}\b(?:заявк|участи|попытк)\w*",
            (
                r"\b(?:одн\w+|один|1)\b[^.!?\n]{0,10}\b(?:ответ|коммент|пост|запис)\w*[^.!?\n]{0,15}"
                r"(?:в день|в сутки|от человека|на человека)"
            ),
            r"\bраз в (?:день|сутки)\b|\bодин раз\b",
            r"\bнескольк\w+ (?:заяв|ответ|коммент)\w*",
        ),
        daily=(
            (
                r"\b(?:одн\w+|один|1)\b[^.!?\n]{0,10}\b(?:заявк|попытк|ответ|коммент|пост|запис)\w*"
                r"[^.!?\n]{0,15}\b(?:в день|в сутки|каждый день)\b"
            ),
            r"\bраз в (?:день|сутки)\b",
            r"\b(?:участвуй|отвечай|пиши|комментируй)\w* (?:снова )?(?:каждый день|ежедневно)\b",
            r"\b(?:каждый день|ежедневно) (?:участвуй|отвечай|пиши|комментируй)\w*",
        ),
        repeats=(
            r"\bкто (?:больше|чаще)[^.!?\n]{0,30}(?:репост|пост|ответ|отвеч|коммент|дел)",
            r"\bчем (?:больше|чаще)[^.!?\n]{0,20}(?:репост|пост|ответ|отвеч|коммент|дел)",
            r"\bсколько угодно раз\b|\bбольше всех (?:репост|ответ|коммент)",
            r"\bкаждый (?:репост|пост|ответ|комментарий) (?:считается|засчитывается)",
        ),
        elsewhere=(r"\b(?:правил|услови)\w*",),
        age=(
            r"\b(?:аккаунт|профил|уч[её]тн)\w*[^.!?\n]{0,40}\b(?:дня|дней|день|недел|месяц|год|лет|час)",
            r"\b(?:аккаунт|профил|уч[её]тн)\w*[^.!?\n]{0,40}\b(?:старше|возраст|создан|зарегистр)",
            r"\b(?:старше|возраст)\w*[^.!?\n]{0,30}\b(?:аккаунт|профил)",
        ),
        example="Участвуйте один раз и только с одного аккаунта.",
        example_of_accounts="Участвуйте только с одного аккаунта.",
        example_of_age=(
            "Минимальный возраст аккаунта в днях: {}.",
            "Минимальный возраст аккаунта в часах: {}.",
        ),
    ),
}


class ContestPatterns(Value, kw_only=True):
    """A language's conditions, to be searched in any text."""

    accounts: re.Pattern[str]
    entries: re.Pattern[str]
    daily: re.Pattern[str]
    repeats: re.Pattern[str]
    elsewhere: re.Pattern[str]
    age: re.Pattern[str]
    example: str
    example_of_accounts: str
    example_of_age: tuple[str, str]


@cache
def patterns(locale: str) -> ContestPatterns | None:
    """The patterns of a locale's language; None where nobody has told us."""
    if not (terms := TERMS.get(locale.partition("-")[0])):
        return None
    return ContestPatterns(
        accounts=_any(terms.accounts),
        entries=_any(terms.entries),
        daily=_any(terms.daily),
        repeats=_any(terms.repeats),
        elsewhere=_any(terms.elsewhere),
        age=_any(terms.age),
        example=terms.example,
        example_of_accounts=terms.example_of_accounts,
        example_of_age=terms.example_of_age,
    )


def _any(ways: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{way})" for way in ways), re.IGNORECASE)
