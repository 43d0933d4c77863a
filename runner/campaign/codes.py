"""The codes of languages and currencies, and the words that people write in their place."""

from typing import Final


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


LANGUAGES: Final = _codes(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """
)
"""ISO 639-1."""
LANGUAGE_WORDS: Final = _pairs(
    "english=en latvian=lv spanish=es russian=ru german=de french=fr italian=it polish=pl "
    "lithuanian=lt estonian=et finnish=fi swedish=sv norwegian=no danish=da dutch=nl "
    "portuguese=pt ukrainian=uk czech=cs greek=el turkish=tr japanese=ja chinese=zh korean=ko "
    "arabic=ar latviešu=lv latviski=lv español=es русский=ru deutsch=de français=fr "
    "lat=lv eng=en esp=es rus=ru ger=de fra=fr us=en gb=en cz=cs dk=da gr=el jp=ja cn=zh ua=uk"
)
CURRENCIES: Final = _codes(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
    KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
    NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
    SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV
    WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """
)
"""ISO 4217."""
CURRENCY_WORDS: Final = _pairs(
    "€=EUR euro=EUR euros=EUR eiro=EUR $=USD us$=USD dollar=USD dollars=USD £=GBP pound=GBP "
    "pounds=GBP ₽=RUB rouble=RUB zł=PLN zloty=PLN ¥=JPY yen=JPY kč=CZK kr=SEK ₴=UAH fr=CHF"
)
ABBREVIATIONS: Final = _pairs(
    "EET=Europe/Riga EEST=Europe/Riga CET=Europe/Madrid CEST=Europe/Madrid MET=Europe/Berlin "
    "WET=Europe/Lisbon WEST=Europe/Lisbon GMT=Europe/London BST=Europe/London MSK=Europe/Moscow "
    "EST=America/New_York EDT=America/New_York CST=America/Chicago CDT=America/Chicago "
    "MST=America/Denver MDT=America/Denver PST=America/Los_Angeles PDT=America/Los_Angeles "
    "IST=Asia/Kolkata JST=Asia/Tokyo"
)
"""Of zones of time, with a place that keeps it."""

DECIMALS: Final = {
    **dict.fromkeys(_codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"), 0),
    **dict.fromkeys(_codes("BHD IQD JOD KWD LYD OMR TND"), 3),
}
"""How many decimals a currency has, where it has not two (ISO 4217, minor units, 2026-11)."""
