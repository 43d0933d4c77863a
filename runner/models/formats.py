"""How names, addresses, amounts and codes are written, and what is said of other ways."""

import re
from decimal import Decimal
from typing import Final
from unicodedata import category
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from runner.models.codes import (
    ABBREVIATIONS,
    CURRENCIES,
    CURRENCY_WORDS,
    LANGUAGE_WORDS,
    LANGUAGES,
    LONG_LANGUAGES,
    REGIONS,
    SCRIPTS,
    SHORTENED,
)
from runner.problems import LONGEST_NAME, InvalidValue, Suggestion, closest, named
from runner.text import LIMIT, hashtags
from runner.text.characters import nfc

LOCALE: Final = r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?"
_HANDLE: Final = r"[A-Za-z0-9_]{1,15}"
_PROFILE: Final = re.compile(r"(?:https?://)?(?:www\.|mobile\.)?(?:x|twitter)\.com/@?(\w+)[/?#]?.*")
_TRAILING: Final = ".,;:!"
"""What X takes for the end of a sentence, not of an address."""
_URL: Final = re.compile(
    rf"https?://[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:[/?#]\S*)?(?<![{_TRAILING}])"
)
_OFFSET: Final = re.compile(r"(?i)(?:utc|gmt|etc/gmt)?\s*[+-]\s*[0-9]{1,2}(?::?[0-9]{2})?")


def handle(value: object) -> object:
    """A handle on X, without its @. Raises InvalidValue."""
    if isinstance(value, str) and not re.fullmatch(_HANDLE, value):
        profile = _PROFILE.fullmatch(value.strip())
        bare = profile[1] if profile else value.strip().removeprefix("@").strip()
        less = "address" if profile else "@" if "@" in value else "space around it"
        raise InvalidValue(
            "bad-handle",
            f"`{value}` is not a handle on X",
            f"write it without the {less}: {bare}"
            if re.fullmatch(_HANDLE, bare)
            else _no_handle(bare),
        )
    return value


def _no_handle(bare: str) -> str:
    """What a handle has, and what this one has that it can't have."""
    rest = re.sub(r"[A-Za-z0-9_]", "", bare)
    has = "it has up to 15 letters, digits and underscores"
    return f"{has}, and no {_character(rest[0])}" if rest else has


def hashtag(value: object) -> object:
    """A hashtag without its #, which X takes as a whole. Raises InvalidValue."""
    if isinstance(value, str) and not is_whole_hashtag(value):
        bare = re.sub(r"\W", "", value)
        why = (
            "is written without its #"
            if value.startswith("#")
            else "is one word"
            if re.search(r"\s", value)
            else "has letters, digits and _ alone, and one letter at least"
        )
        raise InvalidValue(
            "bad-hashtag",
            f"a hashtag {why} here, found `{value}`",
            f"write `{bare}`" if is_whole_hashtag(bare) else "write a word, or remove the entry",
        )
    return value


def is_whole_hashtag(word: str) -> bool:
    """Whether X makes one hashtag of a word with a # before it, all of it."""
    if len(word) > LIMIT:
        return False
    return [tag.text for tag in hashtags(f"#{word}")] == [f"#{nfc(word)}"]


def slot(value: object) -> object:
    """The name of a slot. Raises InvalidValue."""
    if isinstance(value, str) and not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", value):
        clock = re.fullmatch(r"[0-9]{1,2}[:.][0-9]{2}", value)
        proper = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
        raise InvalidValue(
            "bad-slot",
            f"`{value}` is not the name of a slot",
            f'name it under `slots`: {{morning: "{value}"}}, then write the name'
            if clock
            else f"write `{proper}`"
            if re.fullmatch("[a-z][a-z0-9-]*", proper)
            else "begin it with a letter; lower-case letters, digits and hyphens may follow",
        )
    return value


def zone(value: object) -> ZoneInfo:
    """A time zone by its name: `Europe/Riga`. Raises InvalidValue."""
    if isinstance(value, ZoneInfo):
        return value
    if not isinstance(value, str):
        message = f"expected a time zone, found {named(value)}"
        raise InvalidValue("bad-timezone", message, "write a place: `Europe/Riga`")
    name = value
    if name == "UTC" or ("/" in name and not name.startswith(("Etc/", "posix/", "right/"))):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise InvalidValue("bad-timezone", f"`{name}` is not a time zone", _place_of(name))


def _place_of(name: str) -> str | Suggestion:
    """What to write in place of what is no zone."""
    if name.upper() in ABBREVIATIONS:
        place = ABBREVIATIONS[name.upper()]
        return f"write a place that keeps this time, such as `{place}`"
    if _OFFSET.fullmatch(name):
        return "an offset knows no summer time; write a place that keeps it: `Europe/Riga`"
    zones = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
    city = name.strip().replace(" ", "_").rpartition("/")[2].lower()
    cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(zones, reverse=True)}
    near = closest(city, cities)
    return Suggestion(cities[near]) if near else "write a place: `Europe/Riga`"


def url(value: str) -> str:
    """With its scheme in small letters."""
    scheme = re.match("(?i)https?://", value)
    address = scheme[0].lower() + value[scheme.end() :] if scheme else value
    if not _URL.fullmatch(address):
        raise InvalidValue("bad-url", *_no_url(value))
    return address


def _no_url(value: str) -> tuple[str, str]:
    """What is wrong with it, and the thing to do."""
    tight = re.sub(r"(\w/\S*)\s+(?=\S)", r"\1%20", value.strip())
    mended = _mended_url("".join(tight.split()))
    help = f"write it so: {mended}" if mended else "write one address, whole, and no words"
    space = re.search(r"\s", value)
    if space and len(re.findall(r"(?i)https?://", value)) < 2:
        where = "within" if space.start() and value[space.start() :].strip() else "beside"
        return f"there is a {_space(space[0])} {where} the address `{value.strip()}`", help
    if mended and value[-1] in _TRAILING:
        return f"`{value[-1]}` is no part of the address `{mended}`: X links only that", help
    whole = f"write it whole: {mended}" if mended else "write one address: https://acme.lv/page"
    return f"`{value}` is not a web address", whole


def _mended_url(value: str) -> str | None:
    """The address that a text is, but for its scheme and the punctuation behind it."""
    bare = re.sub("(?i)^(?:https?|htt?ps?|hhtps?):?/*", "", value).rstrip(_TRAILING)
    scheme = "http" if re.match("(?i)http://", value) else "https"
    address = f"{scheme}://{bare}"
    return address if _URL.fullmatch(address) and "://" not in bare else None


def _space(char: str) -> str:
    return {" ": "space", "\n": "line break", "\t": "tab"}.get(char, f"space (U+{ord(char):04X})")


def _character(char: str) -> str:
    """`space`, `-`, or a letter of another alphabet with its number: `а` (U+0430)."""
    if char.isspace():
        return _space(char)
    return f"`{char}`" if char.isascii() else f"`{char}` (U+{ord(char):04X})"


def money(value: object, field: str | None = None) -> object:
    """An amount of money; `field` is the key it stands under. Raises InvalidValue."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    number = _number(value) if isinstance(value, str) else None
    raise InvalidValue(
        "bad-amount",
        f"{_shown_value(value)} is not an amount",
        _amount(number, str(value), field) if number else "write a number: 59.90",
    )


def _amount(number: str, written: str, field: str | None) -> str:
    """How to write it; a budget is in USD and has no currency beside it."""
    word = re.sub(r"[0-9.,'\s]", "", written)
    code = word.upper() if word.upper() in CURRENCIES else CURRENCY_WORDS.get(word.lower())
    beside = f", and beside it `currency: {code}`" if code and field in ("price", "amount") else ""
    return f"write the number alone, with a point: {number}{beside}"


def _number(text: str) -> str | None:
    """`1 299,00 €` as 1299.00."""
    bare = "".join(char for char in text if char in "0123456789.,")
    others = [
        char for char in text if char not in "0123456789., \u00a0'" and category(char) != "Sc"
    ]
    if len(others) > 3 or not bare.strip(".,") or "-" in others or "%" in others:
        return None
    whole, mark, cents = bare.rpartition("," if bare.rfind(",") > bare.rfind(".") else ".")
    if mark and len(cents) != 3:
        return f"{re.sub('[.,]', '', whole)}.{cents}" if cents else re.sub("[.,]", "", whole)
    return re.sub("[.,]", "", bare)


def currency(value: object) -> object:
    """A currency by its three letters (ISO 4217). Raises InvalidValue."""
    if isinstance(value, str) and value not in CURRENCIES:
        word = value.strip()
        known = word.upper() in CURRENCIES
        code = word.upper() if known else CURRENCY_WORDS.get(word.lower())
        code = code or closest_code(word)
        raise InvalidValue(
            "bad-currency",
            f"`{value}` is not the code of a currency",
            Suggestion(code) if code else "write its three letters: `EUR`",
        )
    return value


def closest_code(word: str) -> str | None:
    near = closest(word, {code.lower() for code in CURRENCIES}) if len(word) == 3 else None
    return near.upper() if near else None


def locale(value: object) -> object:
    """A locale by its code: `lv`, `es-MX`. Raises InvalidValue."""
    if isinstance(value, str) and not is_locale(value):
        raise InvalidValue("bad-locale", *no_locale(value))
    return value


def is_locale(text: str) -> bool:
    found = re.fullmatch(LOCALE, text)
    if not found:
        return False
    language, script, region = found.groups()
    known = language in LANGUAGES or language in LONG_LANGUAGES
    return known and script in (None, *SCRIPTS) and region in (None, *REGIONS)


def no_locale(text: str) -> tuple[str, str | Suggestion]:
    """What is wrong with it, and the thing to do."""
    language, *rest = re.split("[-_ ]", nfc(text[:LONGEST_NAME].strip()).lower())
    code = LANGUAGE_WORDS.get(language) or SHORTENED.get(language, language)
    script = next((part.title() for part in rest if part.title() in SCRIPTS), None)
    region = next((part.upper() for part in rest if part.upper() in (*REGIONS, "UK")), None)
    mended = "-".join(filter(None, (code, script, "GB" if region == "UK" else region)))
    codes = "use codes such as lv, es, ru, en or pt-BR"
    help = Suggestion(mended) if is_locale(mended) else codes
    return f"`{text}` is not the code of a language", help


def locales_for(locale: str) -> tuple[str, ...]:
    """Where the words of a locale are looked for, in this order: `es-MX`, then `es`. A script stays
    as it is, and no other language ever stands in."""
    found = re.fullmatch(LOCALE, locale)
    if not found or not found[3]:
        return (locale,)
    return (locale, locale.removesuffix(f"-{found[3]}"))


def _shown_value(value: object) -> str:
    return f"`{value}`" if isinstance(value, str) else named(value)
