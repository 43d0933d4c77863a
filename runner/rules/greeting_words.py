"""Words that hold for a day, or for a part of it, by language. Data: no logic but its reading."""

import re
from functools import cache

from runner.value import Value


class Wished(Value, kw_only=True):
    """A greeting, and from when to when it is said: hours of the day, past 24 on the next one."""

    words: str
    start: int
    end: int
    odd: int
    """When it is plainly wrong, should the post go out late."""


class Language(Value, kw_only=True):
    """What a language says of days. Everything is in small letters; `words` are regexes."""

    of_the_day: tuple[str, ...]
    """True on the day itself only."""
    not_so: tuple[str, ...] = ()
    """What contains such a word and means something else."""
    wishes: tuple[Wished, ...]
    weekdays: tuple[str, ...]
    """Names of the days from Monday on, in all forms, as regexes."""
    frames: tuple[str, ...]
    """What says which day it is: `{}` stands for the name."""
    hints: tuple[str, ...]
    """Stems: a text that has none of them says none of all this."""


LANGUAGES = {
    "en": Language(
        of_the_day=("today", "tomorrow", "tonight", "this morning", "this evening"),
        not_so=(
            "today['’]s",
            "(?:a|the) good (?:morning|afternoon|evening|night)",
            "good night['’]s",
        ),
        wishes=(
            Wished(words="good morning", start=4, end=13, odd=17),
            Wished(words="good afternoon", start=12, end=19, odd=22),
            Wished(words="good evening", start=16, end=24, odd=26),
            Wished(words="good night", start=18, end=28, odd=30),
        ),
        weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        frames=("happy {}", "today is {}"),
        hints=("today", "tomorrow", "tonight", "morning", "afternoon", "evening", "night", "happy"),
    ),
    "lv": Language(
        of_the_day=("šodien", "rīt", "šovakar", "šorīt", "šonakt"),
        wishes=(
            Wished(words="labrīt", start=4, end=13, odd=17),
            Wished(words="labvakar", start=16, end=24, odd=26),
            Wished(words="(?:ar )?labu ?nakti", start=18, end=28, odd=30),
        ),
        weekdays=(
            "pirmdien[aui]",
            "otrdien[aui]",
            "trešdien[aui]",
            "ceturtdien[aui]",
            "piektdien[aui]",
            "sestdien[aui]",
            "svētdien[aui]",
        ),
        frames=("šodien ir {}", "(?:jauku|priecīgu|skaistu) {}"),
        hints=("rīt", "šodien", "šovakar", "šonakt", "labvakar", "nakti", "dienu"),
    ),
    "es": Language(
        of_the_day=("hoy", "mañana", "esta noche", "esta tarde", "pasado mañana"),
        not_so=("hoy en día", "(?:la|las|una|cada|esa|media|de|buena) mañanas?", "hoy por hoy"),
        wishes=(
            Wished(words="buenos días", start=4, end=15, odd=18),
            Wished(words="buenas tardes", start=12, end=21, odd=23),
            Wished(words="buenas noches", start=19, end=28, odd=30),
        ),
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        frames=("feliz {}", "hoy es {}"),
        hints=("hoy", "mañana", "esta ", "bueno", "buena", "feliz"),
    ),
    "ru": Language(
        of_the_day=("сегодня", "завтра", "послезавтра"),
        wishes=(
            Wished(words="доброе утро", start=4, end=13, odd=17),
            Wished(words="добрый вечер", start=16, end=24, odd=26),
            Wished(words="(?:спокойной|доброй) ночи", start=18, end=28, odd=30),
        ),
        weekdays=(
            "понедельник(?:ом|а)?",
            "вторник(?:ом|а)?",
            "сред(?:а|ой|ы)",
            "четверг(?:ом|а)?",
            "пятниц(?:а|ей|ы)",
            "суббот(?:а|ой|ы)",
            "воскресень(?:е|ем|я)",
        ),
        frames=("сегодня {}", "хорош(?:его|ей) {}"),
        hints=("сегодня", "завтра", "доброе", "добрый", "ночи", "хорошего", "хорошей"),
    ),
}
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class GreetingPatterns(Value, kw_only=True):
    """A language's words, to be searched in any text."""

    not_so: re.Pattern[str]
    of_the_day: re.Pattern[str]
    wishes: tuple[tuple[re.Pattern[str], Wished], ...]
    weekdays: tuple[re.Pattern[str], ...]


def hints(locale: str) -> tuple[str, ...]:
    """Signs of a locale's language: a text without them has none of its words."""
    language = LANGUAGES.get(locale.partition("-")[0])
    return language.hints if language else ()


@cache
def patterns(locale: str) -> GreetingPatterns | None:
    """The patterns of a locale's language; None where nobody has told us."""
    language = LANGUAGES.get(locale.partition("-")[0])
    if language is None:
        return None
    days = [f"(?:{'|'.join(f.format(day) for f in language.frames)})" for day in language.weekdays]
    return GreetingPatterns(
        not_so=_whole(*language.not_so) if language.not_so else re.compile(r"(?!)"),
        of_the_day=_whole(*language.of_the_day),
        wishes=tuple((_whole(wished.words), wished) for wished in language.wishes),
        weekdays=tuple(_whole(day) for day in days),
    )


def _whole(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w#@])(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
