"""Words for what the law looks at in a contest, in four languages. Data: regexes, of any case."""

import re
from typing import Final

_BARRED: Final = (
    # English, Latvian, Spanish, Russian
    r"\b(?:wine|beer|vodka|whisk(?:e)?y|gin|rum|champagne|prosecco|liqueur|cider|alcohol\w*"
    r"|cigar\w*|tobacco|vapes?|e-cigarettes?|medicines?|pills|energy drinks?"
    r"|vīn\w*|al(?:us|u|um)|degvīn\w*|viskij\w*|šampanie\w*|liķier\w*|sidr\w*|alkohol\w*"
    r"|cigare\w*|tabak\w*|zāles|zāļu|medikament\w*|enerģijas dzērien\w*"
    r"|vinos?|cervezas?|ginebra|cava|sidra|licor\w*|tabaco|cigarrillos?|medicamentos?"
    r"|bebidas? energéticas?"
    r"|вин[оа]|пив[оа]|водк\w*|виски|джин|ром|шампанск\w*|ликёр\w*|ликер\w*|сидр\w*|алкогол\w*"
    r"|сигар\w*|табак\w*|лекарств\w*|энергетик\w*)\b"
)
_PURCHASE: Final = (
    r"\b(?<!no )(?<!sin )(?<!bez )(?<!без )(?:buy|purchase\w*"
    r"|receipts?|with (?:each|every|any) order"
    r"|pirk(?!st)\w*|nopērc\w*|nopirk\w*|iegādājies|ček\w*"
    r"|compra\w*|tique?ts?|factura\w*"
    r"|купи(?:те|вши\w*)?|покупк\w*|покупател\w*|чек\w*)\b"
)


def barred_prize(text: str) -> str | None:
    """The word for something that nobody may win in Latvia."""
    return _word(_BARRED, text)


def purchase(text: str) -> str | None:
    """The word for a purchase."""
    return _word(_PURCHASE, text)


def _word(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text, re.IGNORECASE)
    return found[0] if found else None
