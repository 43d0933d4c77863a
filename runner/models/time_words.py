"""Months, and the words around times, of the languages that campaigns are written in."""

import re
from typing import Final

_MONTHS: Final = {
    "jan": r"janvār\w*|janv|enero|ene|январ\w*|янв",
    "feb": r"februār\w*|febr|febrero|феврал\w*|фев",
    "mar": r"marts|martā|marta|marzo|марта?|мар",
    "apr": r"aprīl\w*|abril|abr|апрел\w*|апр",
    "may": r"maij\w*|mayo|мая|май|мае",
    "jun": r"jūnij\w*|jūn|junio|июн\w*",
    "jul": r"jūlij\w*|jūl|julio|июл\w*",
    "aug": r"august\w*|agosto|ago|август\w*|авг",
    "sep": r"septembr\w*|septiembre|setiembre|сентябр\w*|сент?",
    "oct": r"oktobr\w*|okt|octubre|октябр\w*|окт",
    "nov": r"novembr\w*|noviembre|ноябр\w*|ноя",
    "dec": r"decembr\w*|diciembre|dic|декабр\w*|дек",
}
"""Of Latvian, Spanish and Russian, by the English ones; those begin with these letters already."""
_HOUR: Final = r"(?<![0-9-])([0-9]{1,2}(?:[:.][0-9]{2})?)"
MIDNIGHT: Final = re.compile(
    r"(?:\b(?:at|a(?: la)?|в) )?\b(?:midnight|medianoche|pusnakt\w*|полноч\w*)\b", re.IGNORECASE
)
WORDS: Final[tuple[tuple[str, str], ...]] = (
    (
        rf"{_HOUR} ?(?:de la madrugada|(?:de|por) la mañana|утра|ночи|no rīta|rīt[āa]|naktī)\b",
        r"\1 am",
    ),
    (
        rf"{_HOUR} ?(?:(?:de|por) la (?:tarde|noche)|вечера|дня|vakar[āa]|pēcpusdienā)\b",
        r"\1 pm",
    ),
    (r"\b(?:(?:by |at )?(?:the )?end of (?:the )?day|eod|fin del día)\b", "23:59"),
    *((rf"\b(?:{words})\b\.?", name) for name, words in _MONTHS.items()),
    (r"\b([0-9]{4})\.? ?(?:g|gad\w*|г|год\w*)\b\.?", r"\1"),
    (r"\b(?:a las?|al|de|del|plkst|pulksten\w*|в|во)\b\.?", " "),
    (r"\b(?:mediod[ií]a|полдень|полудень|pusdien(?:ās|laik\w*)|midday|lunchtime)\b", "12:00"),
    (r"(?<=[0-9]) ?(?:horas?|час\w*|ч)\b\.?", "h"),
    (r"(?<=[:.][0-9]{2}) ?h\b\.?", ""),
)
"""What is put in the place of words, as guesses have it: pattern and replacement."""
