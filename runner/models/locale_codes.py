"""How locales are written, what is said of other ways, and whose words serve whom."""

import re
from typing import Final

from runner.models.codes import (
    LANGUAGE_WORDS,
    LANGUAGES,
    LONG_LANGUAGES,
    REGIONS,
    SCRIPTS,
    SHORTENED,
)
from runner.problems import LONGEST_NAME, InvalidValue, Suggestion
from runner.text.characters import nfc

LOCALE: Final = r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?"


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
