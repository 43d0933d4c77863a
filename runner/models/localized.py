"""Locales, and words: what people read, as one text or as a text for each locale."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Final
from unicodedata import category

from pydantic import PlainValidator, WithJsonSchema

from runner.models.codes import (
    LANGUAGE_WORDS,
    LANGUAGES,
    LONG_LANGUAGES,
    REGIONS,
    SCRIPTS,
    SHORTENED,
)
from runner.problems import LONGEST_NAME, InvalidValue, Suggestion, named
from runner.text import invisible_characters, nfc

LOCALE: Final = r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?"
_LETTERS = ("Lu", "Ll", "Lt", "Lo")


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


@lru_cache(maxsize=128)
def locales_for(locale: str) -> tuple[str, ...]:
    """Where the words of a locale are looked for, in this order: `es-MX`, then `es`. A script stays
    as it is, and no other language ever stands in."""
    found = re.fullmatch(LOCALE, locale)
    if not found or not found[3]:
        return (locale,)
    return (locale, locale.removesuffix(f"-{found[3]}"))


class MissingLocale(LookupError):
    """Words are not written in the locale asked for; another language never stands in."""

    def __init__(self, locale: str, written: tuple[str, ...]) -> None:
        super().__init__(f"no words for locale `{locale}`")
        self.locale = locale
        self.written = written


def in_locale(words: str | Mapping[str, str], locale: str) -> str:
    """The words in one locale, or in its language: `es` serves `es-MX`. Raises MissingLocale."""
    if isinstance(words, str):
        return words
    key = key_for(words, locale)
    if key is None:
        raise MissingLocale(locale, tuple(words))
    return words[key]


def key_for(words: Mapping[str, str], locale: str) -> str | None:
    """The locale under which words for another are written; None where there are none."""
    return next((key for key in locales_for(locale) if key in words), None)


def _localized_text(value: object) -> str | Mapping[str, str]:
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or not value:
        raise _no_text(value, "a text, or one for each language", ())
    for locale, text in value.items():
        if not is_locale(locale):
            raise InvalidValue("bad-locale", *no_locale(locale), below=(locale,))
        if not isinstance(text, str):
            raise _no_text(text, "a text", (locale,))
    return MappingProxyType(dict(value))


def _no_text(value: object, expected: str, below: tuple[str, ...]) -> InvalidValue:
    in_quotes = isinstance(value, bool | int | Decimal)
    help = f'put it in quotes: "{str(value).lower()}"' if in_quotes else "write a text"
    message = f"expected {expected}, found {named(value)}"
    return InvalidValue("wrong-type", message, help, below=below, on_key=False)


Words = Annotated[
    str | Mapping[str, str],
    PlainValidator(_localized_text),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            ],
            "examples": ["Hello", {"lv": "Sveiki", "en": "Hello"}],
        }
    ),
]
"""What people read: a text for all locales, or a mapping by locale."""


def readable(disclosure: Mapping[str, str | Mapping[str, str]]) -> Mapping[str, object]:
    """Words that tell people who gives something, by relationship: with letters, and with nothing
    hidden in them."""
    for kind, words in disclosure.items():
        for locale, text in {"": words}.items() if isinstance(words, str) else words.items():
            if not any(category(sign) in _LETTERS for sign in text) or invisible_characters(text):
                raise InvalidValue(
                    "bad-disclosure",
                    f"`{text}` is no word that people can read",
                    "write what the law asks for in letters: `#ad`",
                    below=(kind, locale) if locale else (kind,),
                    on_key=False,
                )
    return disclosure
