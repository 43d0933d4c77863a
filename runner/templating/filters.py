"""The filters of templates that know no language: texts, lists, numbers, hashtags, mentions."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from jinja2 import Undefined

from runner.models import is_whole_hashtag
from runner.templating.arithmetic import is_number
from runner.templating.errors import misused
from runner.templating.filter_arguments import (
    Filter,
    as_spoken,
    list_of,
    number_of,
    text_of,
    texts_of,
    with_meter,
)
from runner.templating.meter import OUTPUT, too_long
from runner.templating.operators import refuse_unseen
from runner.templating.values import (
    Bag,
    Spoken,
    is_disguise,
    join_spoken,
    size_of,
)

_HANDLE: Final = re.compile(r"[A-Za-z0-9_]{1,15}")
_ENDING = re.compile(r"[.!?…][\"'»”’“)\]]*$")
"""The mark that ends a sentence, with what closes behind it."""


def _join(value: Any, separator: Any = "") -> Spoken:
    items = [value] if is_number(value) else list_of(value)
    texts, separator = [as_spoken(one) for one in items], as_spoken(separator)
    if sum(map(size_of, texts)) + size_of(separator) * len(texts) > 2 * OUTPUT:
        raise too_long()
    return _joined(texts, separator)


def _joined(texts: Sequence[Spoken], separator: Spoken) -> Spoken:
    pieces = [piece for text in texts for piece in (separator, text)]
    return join_spoken(pieces[1:])


def _replace(value: Any, old: str, new: str) -> str:
    text, old, new = text_of(value), text_of(old), text_of(new)
    if len(text) + text.count(old) * len(new) > 2 * OUTPUT:
        raise too_long()
    return text.replace(old, new)


def _round(value: Any, digits: int = 0) -> Any:
    if not isinstance(digits, int) or not 0 <= digits <= 12:
        raise misused("`round` keeps 0 to 12 decimals", "write round(2)")
    number = Decimal(str(number_of(value)))
    rounded = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return rounded if digits else int(rounded)


def _reverse(value: Any) -> Any:
    turned = list_of(value)[::-1]
    return "".join(turned) if isinstance(value, str) else turned


def _sorted(value: Any) -> list[Any]:
    items = list_of(value)
    refuse_unseen("sort", *items)
    if all(isinstance(one, str) for one in items):
        return sorted(items, key=str.casefold)
    if all(is_number(one) for one in items):
        return sorted(items)
    raise misused("`sort` takes a list of texts, or of numbers", "give it one of these")


def _unique(value: Any) -> list[Any]:
    items = list_of(value)
    refuse_unseen("unique", *items)
    if not all(isinstance(one, str) or is_number(one) for one in items):
        raise misused("`unique` takes a list of texts or numbers", "give it one of these")
    return list(dict.fromkeys(items))


def _end(value: Any, place: int) -> Any:
    items = list_of(value)
    if not items:
        raise misused("there is nothing in this list", "test it first: {% if … %}")
    return items[place]


def _length(value: Any) -> int:
    return len(list_of(value)) if not isinstance(value, dict) else len(value)


def _whole(value: Any) -> int:
    return int(number_of(value))


def _title(value: Any) -> str:
    # accents of their own belong to their letter
    word = r"\w[\w'’\u0300-\u036f\u0483-\u0487]*"
    return re.sub(word, lambda word: word[0][:1].upper() + word[0][1:], text_of(value))


def _default(value: Any, other: Any = "", empty: bool = False) -> Any:
    """Jinja's `default`, which also stands in for what is known but not given."""
    refuse_unseen("default", value)
    missing = isinstance(value, Undefined) or value is None
    return other if missing or (empty and not value) else value


def _hashtag(value: Any) -> str:
    """`#winter`; of several words `#winter #jeans`. A hashtag has no spaces or hyphens."""
    bare = (re.sub(r"[\s\-‐‑–—#]+", "", text) for text in texts_of(value))
    tags = [tag for tag in bare if tag]
    if broken := next((tag for tag in tags if not is_whole_hashtag(tag)), None):
        if broken.isdigit():
            raise misused("a hashtag of digits alone is none on X", "add a letter")
        raise misused("X makes no hashtag of this, or only of a part", "keep letters, digits and _")
    return " ".join(f"#{tag}" for tag in tags)


def _mention(value: Any) -> Spoken:
    """`@name`, of a handle, of several, of an account or a partner."""
    if isinstance(value, Bag) and "handle" in value:
        value = value.look("handle")
    handles = value if isinstance(value, list | tuple) else (value,)
    return _joined([_with_at_sign(as_spoken(handle)) for handle in handles], " ")


def _with_at_sign(handle: Spoken) -> Spoken:
    if not isinstance(handle, str):
        return join_spoken(("@", handle))
    if not _HANDLE.fullmatch(handle.removeprefix("@")) and not is_disguise(handle):
        raise misused("this is no handle on X", "a handle has up to 15 letters, digits and _")
    return "@" + handle.removeprefix("@")


def _sentence(value: Any, mark: str = ".") -> str:
    """The text with one mark at its end: its own, unless that is a full stop and another is asked
    for. What closes a quotation or a bracket may stand behind it."""
    text, mark = text_of(value).strip(), text_of(mark)
    ending = _ENDING.search(text)
    if ending is None:
        return text + mark
    return text if ending[0] != "." else text[:-1] + mark


def _last_day(value: Any) -> date:
    """The last day of what ends at a moment: at midnight that is the day before."""
    if isinstance(value, datetime):
        return (value - timedelta(microseconds=1)).date()
    if isinstance(value, date):
        return value
    raise misused("`last_day` takes a moment", "give it one: {{ closes | last_day | date }}")


def _trim(value: Any) -> str:
    return text_of(value).strip()


_FILTERS: dict[str, Filter] = {
    "capitalize": lambda value: text_of(value).capitalize(),
    "count": _length,
    "first": lambda value: _end(value, 0),
    "hashtag": _hashtag,
    "int": _whole,
    "join": _join,
    "last": lambda value: _end(value, -1),
    "last_day": _last_day,
    "length": _length,
    "list": lambda value: list(list_of(value)),
    "lower": lambda value: text_of(value).lower(),
    "mention": _mention,
    "replace": _replace,
    "reverse": _reverse,
    "round": _round,
    "sentence": _sentence,
    "sort": _sorted,
    "string": text_of,
    "title": _title,
    "trim": _trim,
    "unique": _unique,
    "upper": lambda value: text_of(value).upper(),
}
TEXT_FILTERS: dict[str, Filter] = {
    **{name: with_meter(name, filter) for name, filter in _FILTERS.items()},
    "d": _default,
    "default": _default,
}
