"""What templates see: bags of named values, and placeholders of what is not known yet."""

from collections.abc import Mapping
from functools import partial
from typing import Final

PLACEHOLDER: Final = "⟦{}⟧"
LINK_STAND_IN: Final = "https://x.com/i/status/1234567890123456789"
HANDLE_STAND_IN: Final = "w" * 15
DIGEST_STAND_IN: Final = "0" * 64
ROUND_STAND_IN: Final = "0" * 10
ID_STAND_IN: Final = "0" * 19
MOMENT_STAND_IN: Final = "w" * 30


class Later(str):
    """The placeholder of a value that exists only later, such as the link of a post."""

    __slots__ = ()


class Bag:
    """Named values, and nothing else: no methods, no other attributes. A `partial` among them is
    called when it is first looked at, so that only words that are used have to be translated."""

    __slots__ = ("_fields", "noun")

    def __init__(self, fields: Mapping[str, object], noun: str = "value") -> None:
        self._fields = dict(fields)
        self.noun = noun

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def look(self, name: str) -> object:
        value = self._fields[name]
        if isinstance(value, partial):
            value = self._fields[name] = value()
        return value

    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)
