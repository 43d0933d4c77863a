"""Words: what people read, as one text or as a text for each locale."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated
from unicodedata import category

from pydantic import PlainValidator, WithJsonSchema

from runner.models.locale_codes import is_locale, locales_for, no_locale
from runner.problems import InvalidValue, named
from runner.text.invisible import invisible

_LETTERS = ("Lu", "Ll", "Lt", "Lo")


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


def _words(value: object) -> str | Mapping[str, str]:
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
    PlainValidator(_words),
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
            if not any(category(sign) in _LETTERS for sign in text) or invisible(text):
                raise InvalidValue(
                    "bad-disclosure",
                    f"`{text}` is no word that people can read",
                    "write what the law asks for in letters: `#ad`",
                    below=(kind, locale) if locale else (kind,),
                    on_key=False,
                )
    return disclosure
