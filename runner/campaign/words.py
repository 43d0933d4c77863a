"""Words: what people read, as one text or as a text for each locale."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from runner.campaign.fields import LOCALE, refuse


class MissingLocale(LookupError):
    """Words are not written in the locale asked for; another language never stands in."""

    def __init__(self, locale: str, written: tuple[str, ...]) -> None:
        super().__init__(f"no words for locale `{locale}`")
        self.locale = locale
        self.written = written


def in_locale(words: str | Mapping[str, str], locale: str) -> str:
    """The words in one locale. Raises MissingLocale."""
    if isinstance(words, str):
        return words
    if locale not in words:
        raise MissingLocale(locale, tuple(words))
    return words[locale]


def _words(value: object) -> str | Mapping[str, str]:
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or not value:
        raise refuse(
            "wrong-type",
            f"expected a text, or a text for each locale, found {_named(value)}",
            f'put it in quotes: "{value}"' if isinstance(value, int | Decimal) else "write a text",
        )
    for locale, text in value.items():
        if not re.fullmatch(LOCALE, str(locale)):
            raise refuse(
                "bad-locale",
                f"`{locale}` is not a locale",
                "use codes such as lv, es, ru, en or pt-BR",
            )
        if not isinstance(text, str):
            raise refuse(
                "wrong-type",
                f"expected a text for `{locale}`, found {_named(text)}",
                f'put it in quotes: "{text}"'
                if isinstance(text, int | Decimal)
                else "write a text",
            )
    return MappingProxyType(dict(value))


def _named(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | Decimal():
            return f"the number {value}"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"`{value}`"


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
