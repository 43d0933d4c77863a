"""The identity of an occurrence."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Annotated, Final

from pydantic import PlainSerializer, PlainValidator, StringConstraints

from runner.ledger.fields import each_is
from runner.value import Value

INBOX = "_inbox"
"""Stands for the campaign of an answer to what somebody has said to us; no campaign can be called
so. The post is the id of what they said."""
_ID = r"[a-z0-9][a-z0-9-]{0,63}"
_DAY = r"2[0-2][0-9]{2}-[0-9]{2}-[0-9]{2}"
_KEY = re.compile(rf"({_ID})/({_ID}|{INBOX})/({_ID})(?:@({_DAY}\.{_ID}))?")

_LONGEST_KEY = 100
ONCE = "once"
"""The period of what is due once."""
Id = Annotated[str, StringConstraints(pattern=rf"^{_ID}$")]
"""Of an account or a campaign."""


@lru_cache(maxsize=1024)
def _interned(name: str) -> str:
    """The same name as one object in memory, however often it is read."""
    return name


_are_like_keys: Final = each_is(rf"{_ID}/(?:{_ID}|{INBOX})/{_ID}(?:@{_DAY}\.{_ID})?")


def are_keys(texts: Iterable[str]) -> bool:
    """Whether `Key.parse` takes each of these, which may be very many."""
    found = list(texts)
    try:
        for day in {text.partition("@")[2][:10] for text in found} - {""}:
            date.fromisoformat(day)
    except ValueError:
        return False
    return _are_like_keys(found)


def is_id(text: str) -> bool:
    """Whether it can name an account, a campaign, a post, a slot."""
    return re.fullmatch(_ID, text) is not None


class Key(Value):
    """The identity of an occurrence: `account/campaign/post`, plus `@2026-12-01.morning` (local
    date and slot name) when it recurs. Nominal: moving a slot's hour changes no key."""

    account: str
    campaign: str
    post: str
    nominal: str | None = None

    def __lt__(self, other: "Key") -> bool:
        """By account, campaign, post and date; a post that recurs by now may have been due once."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, str, str, str]:
        return self.account, self.campaign, self.post, self.nominal or ""

    def __str__(self) -> str:
        base = f"{self.account}/{self.campaign}/{self.post}"
        return f"{base}@{self.nominal}" if self.nominal else base

    @property
    def short(self) -> str:
        """What people see: the post, and its date and slot when it recurs."""
        return f"{self.post}@{self.nominal}" if self.nominal else self.post

    @property
    def undated(self) -> tuple[str, str, str]:
        """What all dates of a post that recurs have in common: account, campaign and post."""
        return self.account, self.campaign, self.post

    @property
    def is_answer(self) -> bool:
        """Whether it answers what somebody has said to us, and stands in no file."""
        return self.campaign == INBOX

    @property
    def period(self) -> str:
        """The file in the campaign's folder: `once`, or the nominal month `2026-12`."""
        return self.nominal[:7] if self.nominal else ONCE

    @classmethod
    @lru_cache(maxsize=2**15)
    def parse(cls, text: str) -> "Key":
        """Raises ValueError when `text` is no key. Many lines have the same one: those of an
        occurrence beside each other, that of the journal elsewhere."""
        match = _KEY.fullmatch(text)
        if not match:
            raise ValueError(f"`{text[:_LONGEST_KEY]}` is not the key of an occurrence")
        account, campaign, post, nominal = match.groups()
        if nominal:
            date.fromisoformat(nominal[:10])
        # a journal names the same few of them in each of its lines
        return cls(_interned(account), _interned(campaign), post, nominal)


KeyText = Annotated[
    Key,
    PlainValidator(lambda value: value if isinstance(value, Key) else Key.parse(str(value))),
    PlainSerializer(str),
]
