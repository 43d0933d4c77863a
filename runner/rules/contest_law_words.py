"""Words for what the law looks at in a contest, in four languages. Data: regexes, of any case."""

import re
from typing import Final

_BARRED: Final = (
    # English, Latvian, Spanish, Russian
    r"\b(?:wines?|beers?|vodkas?|whisk(?:e?y|ies)|gin|rum|brandy|cognac|tequila|champagne|prosecco|liqueurs?|ciders?|alcohol\w*"
    r"|cigar\w*|tobacco|vapes?|e-cigarettes?|medicines?|pills|energy drinks?"
    r"|vīn\w*|al(?:us|u|um)|degvīn\w*|viskij\w*|konjak\w*|brendij\w*|tekil\w*|šampanie\w*|liķier\w*|sidr\w*|alkohol\w*"
    r"|cigare\w*|tabak\w*|zāles|zāļu|medikament\w*|enerģijas dzērien\w*"
    r"|vinos?|cervezas?|ginebra|ron|coñac|cava|sidra|licor\w*|tabaco|cigarrillos?|medicamentos?"
    r"|bebidas? energéticas?"
    r"|вин[оа]|пив[оа]|водк\w*|виски|джин|ром|коньяк\w*|бренди|текил\w*|шампанск\w*|ликёр\w*|ликер\w*|сидр\w*|алкогол\w*"
    r"|сигар\w*|табак\w*|лекарств\w*|энергетик\w*)\b"
)
_PURCHASE: Final = (
    r"\b(?:buy|purchase\w*|receipts?|with (?:each|every|any) order"
    r"|pirk(?!st)\w*|nopirk\w*|(?:jā)?(?:no)?pērc\w*|jā(?:no)?pērk|iegādājies|ček\w*"
    r"|compra\w*|tique?ts?|factura\w*"
    r"|купи(?:те|вши\w*)?|покупк\w*|покупател\w*|чек\w*)\b"
)
_DENIED: Final = (
    r"\b(?:no|not|\w+n['’]t|nothing|without|nav|bez|sin|не|без)"
    r"(?: (?:need|have|has|required|to|an?|any|es|hay|que|se|requiere|hace|falta|de|ningun\w*"
    r"|tien\w*|necesi\w*|necesari\w*|nepieciešam\w*|vajadzīg\w*|jebkād\w*|нужн\w*|требуется))*"
    rf" {_PURCHASE}"
    rf"|{_PURCHASE}(?: is| es)? (?:not|isn['’]t|no|nav|не|необязательн\w*)\b"
)
"""What says that nobody has to buy anything."""


def barred_prize(text: str) -> str | None:
    """The word for something that nobody may win in Latvia."""
    return _word(_BARRED, text)


def purchase(text: str) -> str | None:
    """The word for a purchase that is asked for."""
    return _word(_PURCHASE, re.sub(_DENIED, "", text, flags=re.IGNORECASE))


def _word(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text, re.IGNORECASE)
    return found[0] if found else None
